"""The sandbox's schema checks: generated from the vendors' own models,
and able to catch what does not fit them."""

import json
import warnings
from dataclasses import replace
from typing import Any

import pytest

from adapters.sandbox import app, google_check, graph_check
from adapters.sandbox.operations import OPERATIONS
from adapters.sandbox.schema_generator import SCHEMA_FILE, generate
from adapters.sandbox.wire import Answer, Operation
from tests.unit.sandbox_client import JONAS, MARA, sandbox


def of(provider: str, name: str) -> Operation:
    """The operation of that name."""
    return next(found for found in OPERATIONS if (found.provider, found.name) == (provider, name))


def test_the_schema_file_is_what_the_installed_models_say() -> None:
    with warnings.catch_warnings():
        # kiota warns about its own module when the builders of the actions are imported.
        warnings.simplefilter("ignore", DeprecationWarning)
        fresh = generate()
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == fresh


@pytest.mark.parametrize(
    ("model", "value", "problem"),
    [
        ("event", {"subject": "Talk", "isAllDay": False, "recurrence": None}, ""),
        ("event", {"Subject": "Talk"}, "Subject is not a field of event"),
        ("event", {"isAllDay": 0}, "isAllDay is not of kind bool"),
        ("event", {"reminderMinutesBeforeStart": True}, "reminderMinutesBeforeStart is not of kind int"),
        ("event", {"showAs": "asleep"}, "showAs is not a value of freeBusyStatus"),
        ("event", {"attendees": {}}, "attendees is not a list"),
        (
            "event",
            {"attendees": [{"status": {"response": "yes"}}]},
            "attendees.status.response is not a value of responseType",
        ),
        ("event", {"body": "text"}, "body. is not an object"),
        ("event", {"createdDateTime": "2027-03-01T10:00:00"}, "createdDateTime has no offset"),
        ("event", {"attachments": []}, "attachments is not served"),
        ("event", {"recurrence": {"pattern": {"type": "hourly"}}}, "recurrence.pattern.type is not a value of"),
    ],
)
def test_a_graph_value_is_judged_by_the_models_table(model: str, value: dict[str, Any], problem: str) -> None:
    found = graph_check.wrong_in(model, value)
    assert found.startswith(problem)
    assert bool(found) is bool(problem)


def test_only_the_bodies_of_actions_may_spell_their_keys_in_any_case() -> None:
    action, event = of("microsoft", "events.cancel"), of("microsoft", "events.create")
    assert graph_check.wrong_request(action, (), {"Comment": "x"}) == ""
    assert graph_check.wrong_request(action, (), {"comment": "x"}) == ""
    assert graph_check.wrong_request(event, (), {"SUBJECT": "x"}) != ""


def test_a_selection_of_an_unknown_field_is_refused() -> None:
    get = of("microsoft", "messages.get")
    assert graph_check.wrong_request(get, (("$select", "subject,from"),), {}) == ""
    assert "colour" in graph_check.wrong_request(get, (("$select", "subject,colour"),), {})
    assert graph_check.wrong_request(get, (("$select", "id"), ("$select", "subject")), {}) != ""


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"summary": "Talk", "attendees": [{"email": "a@b.example"}]}, ""),
        ({"extendedProperties": {"private": {"any": "text"}}}, ""),
        (
            {"extendedProperties": {"private": {"any": 7}}},
            "Event.extendedProperties.private.any is not of type string",
        ),
        ({"colour": "red"}, "Event.colour is not in the schema"),
        ({"sequence": "1"}, "Event.sequence is not of type integer"),
        ({"start": {"dateTime": "soon"}}, "Event.start.dateTime is not of format date-time"),
        ({"attendees": [{"self": "yes"}]}, "Event.attendees.self is not of type boolean"),
    ],
)
def test_a_google_value_is_judged_by_the_discovery_document(value: dict[str, Any], problem: str) -> None:
    assert google_check.wrong_in("calendar.v3:Event", value) == problem


def test_an_answer_of_our_own_that_does_not_fit_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Answer:
        return Answer(200, {"value": [{"id": "1", "colour": "red"}], "items": [{"colour": "red"}]})

    table = tuple(replace(operation, serve=broken) for operation in OPERATIONS)
    monkeypatch.setattr(app, "OPERATIONS", table)
    with sandbox() as client:
        client.graph("GET", MARA, "/mailFolders/inbox/messages")
        client.calendar("GET", JONAS)
        assert client.report()["checked"]["violations"] == [
            "microsoft folder.messages: items is not part of a collection",
            "google events.list: Events.value is not in the schema",
        ]


def test_a_refused_request_counts_as_checked_and_is_no_violation() -> None:
    with sandbox() as client:
        assert client.graph("POST", MARA, "/events", json={"colour": "red"}).status_code == 400
        assert client.graph("POST", MARA, "/events", content=b"{", headers={}).status_code == 400
        checked = client.report()["checked"]
    assert checked["requests"] == 2
    assert checked["violations"] == []
