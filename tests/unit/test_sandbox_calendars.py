"""Several calendars of one person in the sandbox, and consent that covers only when the person is free."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import ISLA, JONAS, MARA, OUTLOOK, THEO, Client, google_event, graph_event, sandbox

WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}
TIMES = {"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T16:00:00Z"}
WALLS = ("2027-03-01T15:00:00", "2027-03-01T16:00:00")


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def act(client: Client, account: str, name: str, /, **fields: Any) -> str:
    client.hand(account=account, act=name, **fields)
    client.settle()
    return str(client.report()["acts"][-1]["outcome"])


def family(client: Client, account: str) -> str:
    """The id of a second calendar with one appointment in it."""
    act(client, account, "calendar", name="Family", zone="Europe/Paris")
    assert act(client, account, "busy", subject="School", calendar="family", **TIMES) == "done"
    return next(iter(client.world.accounts[account].others))


def free_busy(client: Client, *names: str) -> dict[str, Any]:
    body = {"timeMin": "2027-03-01T00:00:00Z", "timeMax": "2027-03-02T00:00:00Z"}
    asked = body | {"items": [{"id": name} for name in names]}
    bearer = {"Authorization": f"Bearer {client.world.issue('google', ISLA)}"}
    found: dict[str, Any] = client.http.post("/calendar/v3/freeBusy", headers=bearer, json=asked).json()["calendars"]
    return found


def schedules(client: Client, *people: str) -> list[dict[str, Any]]:
    start, end = ({"dateTime": wall, "timeZone": "UTC"} for wall in ("2027-03-01T14:00:00", "2027-03-01T17:00:00"))
    body = {"schedules": list(people), "startTime": start, "endTime": end, "availabilityViewInterval": 60}
    answer = client.graph("POST", OUTLOOK, "/calendar/getSchedule", json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["value"]
    return found


def test_outlook_lists_its_calendars_and_each_has_a_delta_of_its_own(client: Client) -> None:
    second = family(client, MARA)
    listed = client.graph("GET", MARA, "/calendars").json()["value"]
    assert [(item["name"], item["isDefaultCalendar"]) for item in listed] == [("Calendar", True), ("Family", False)]
    assert client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["value"] == []
    page = client.graph("GET", MARA, f"/calendars/{second}/calendarView/delta", params=WINDOW).json()
    assert [item["subject"] for item in page["value"]] == ["School"]
    act(client, MARA, "move", event={"subject_has": "School"}, shift_minutes=30)
    link = page["@odata.deltaLink"]
    (moved,) = client.graph("GET", MARA, link).json()["value"]
    assert moved["start"]["dateTime"][:16] == "2027-03-01T15:30"
    assert client.graph("GET", MARA, f"/events/{moved['id']}").json()["subject"] == "School"


def test_a_delta_link_of_one_calendar_is_not_good_for_another(client: Client) -> None:
    second = family(client, MARA)
    link = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["@odata.deltaLink"]
    token = {"$deltatoken": link.partition("deltatoken=")[2]}
    assert client.graph("GET", MARA, f"/calendars/{second}/calendarView/delta", params=token).status_code == 400
    assert client.graph("GET", MARA, "/calendars/Family/calendarView", params=WINDOW).status_code == 404


def test_google_keeps_calendars_apart_by_their_ids(client: Client) -> None:
    second = family(client, JONAS)
    own = {"Authorization": f"Bearer {client.world.issue('google', JONAS)}"}
    listed = client.http.get("/calendar/v3/users/me/calendarList", headers=own).json()["items"]
    assert [(item["id"], item.get("primary", False)) for item in listed] == [(JONAS, True), (second, False)]
    assert client.calendar("GET", "primary", headers=own).json()["items"] == []
    page = client.calendar("GET", second, headers=own).json()
    assert ([item["summary"] for item in page["items"]], page["timeZone"]) == (["School"], "Europe/Paris")
    wrong = client.calendar("GET", "primary", headers=own, params={"syncToken": page["nextSyncToken"]})
    assert wrong.status_code == 400
    about = client.http.get(f"/calendar/v3/calendars/{second}", headers=own).json()
    assert (about["summary"], about["timeZone"]) == ("Family", "Europe/Paris")


def test_an_event_is_written_into_the_calendar_that_is_named(client: Client) -> None:
    second = family(client, JONAS)
    made = client.calendar("POST", second, json=google_event("Talk", TIMES["start"], TIMES["end"])).json()
    assert client.calendar("GET", JONAS, f"/{made['id']}").status_code == 404
    assert client.calendar("DELETE", second, f"/{made['id']}").status_code == 204
    assert client.events(JONAS, "Talk")[0]["calendar"] == "Family"


def test_free_and_busy_is_told_per_calendar_with_an_error_for_each_unknown_one(client: Client) -> None:
    second = family(client, JONAS)
    found = free_busy(client, JONAS, second, "c_none@group.calendar.google.com")
    assert (found[JONAS]["busy"], len(found[second]["busy"])) == ([], 1)
    assert found["c_none@group.calendar.google.com"]["errors"][0]["reason"] == "notFound"


def test_an_appointment_in_a_calendar_that_is_not_there_is_not_made(client: Client) -> None:
    assert act(client, MARA, "busy", calendar="Garden", **TIMES) == "no such calendar"


def test_consent_for_free_and_busy_alone_closes_all_events_and_shows_no_titles(client: Client) -> None:
    for account in (MARA, JONAS):
        act(client, account, "busy", subject="Secret", **TIMES)
        assert act(client, account, "consent", scope="freebusy") == "done"
    read = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW)
    write = client.graph("POST", MARA, "/events", json=graph_event("Talk", *WALLS))
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in (read, write)] == [
        (403, "ErrorAccessDenied")
    ] * 2
    denied = client.calendar("GET", JONAS)
    assert (denied.status_code, denied.json()["error"]["errors"][0]["reason"]) == (403, "forbidden")
    (mara,) = schedules(client, MARA)
    assert mara["availabilityView"] == "020"
    assert "subject" not in mara["scheduleItems"][0]
    assert len(free_busy(client, JONAS)[JONAS]["busy"]) == 1


def test_consent_comes_back_whole_and_goes_altogether(client: Client) -> None:
    act(client, MARA, "consent", scope="freebusy")
    act(client, MARA, "consent", scope="full")
    assert client.graph("GET", MARA, "/calendarView", params=WINDOW).status_code == 200
    for account in (MARA, JONAS):
        act(client, account, "consent", scope="none")
    client.world.accounts[THEO].aliases.append("hartley@contoso.example")
    mara, theo, nobody = schedules(client, MARA, "hartley@contoso.example", "nobody@contoso.example")
    assert mara["error"]["responseCode"] == "ErrorNoFreeBusyAccess"
    assert nobody["error"]["responseCode"] == "ErrorMailRecipientNotFound"
    assert "error" not in theo
    assert free_busy(client, JONAS)[JONAS]["errors"][0]["reason"] == "notFound"
    assert act(client, MARA, "consent", scope="some").startswith("the scope is one of")
