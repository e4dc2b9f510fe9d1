"""Every text that an event can hold is somebody's own and sealed, or is known to be about nobody."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from eventsourcing.utils import get_topic

from adapters.sqlite.transcoding import VALUES
from domain.personal import Personal
from tests.unit.test_domain_topics import EVENTS

# A new name here is a decision: what it holds stands in the store in plain text, and nobody can be forgotten in it.
PLAIN = {
    "about": "an id, or what an effect is about",
    "channel": "mail, calendar, cli or policy",
    "actor": "an id, which is random",
    "clause": "a clause of a charter",
    "conversation": "the provider's id of a conversation",
    "counters": "names of constraints and numbers",
    "event_id": "the provider's id of an event",
    "hours": "weekly hours",
    "ical_uid": "the id of an event in all calendars",
    "kind": "the kind of an effect, or the media type of a file",
    "language": "a language tag",
    "mail": "the hash of a mail's id",
    "mentee_hours": "weekly hours",
    "mentee_id": "an id, which is random",
    "mentee_preferred": "weekly hours",
    "mentor_hours": "weekly hours",
    "mentor_id": "an id, which is random",
    "mentor_preferred": "weekly hours",
    "message_id": "the id of a mail, hashed where it holds its writer's address",
    "occasion": "the occasion of an effect",
    "originator_topic": "the library's name of a kind of stream",
    "person": "an id, which is random",
    "provider": "microsoft or google",
    "quiet": "hours of a day",
    "reason": "a reason in our own words",
    "recipient": "mentor, mentee or calendar",
    "ref": "the number of a meeting, the hash of a mail's id (with a number for a file of it), or a reason of ours",
    "refs": "the names of files: hashes of mails' ids with a number",
    "tzdata": "a version",
    "wall": "a wall clock",
    "zone": "the name of a time zone",
}
ALSO = {"programme.founded": {"name": "that of the programme"}}
SEALED_AS_A_WHOLE = ("attendee", "calendar-entry")


def texts() -> Iterator[tuple[str, str]]:
    """Give every field of an event, or of a value that stands in events, that holds a text in plain."""
    values = {name: kind for name, kind in VALUES.items() if name not in SEALED_AS_A_WHOLE}
    for name, kind in [*((get_topic(event), event) for event in EVENTS), *values.items()]:
        for field in fields(kind):
            said = getattr(field.type, "__name__", "") + str(field.type)
            if "str" in said and Personal.__name__ not in said:
                yield name, field.name


@pytest.mark.parametrize(("where", "field"), sorted(set(texts())))
def test_every_text_in_plain_is_known_to_name_nobody(where: str, field: str) -> None:
    assert field in PLAIN or field in ALSO.get(where, {})


def test_no_name_is_kept_that_nothing_has_any_more() -> None:
    assert {field for _, field in texts()} >= PLAIN.keys()
