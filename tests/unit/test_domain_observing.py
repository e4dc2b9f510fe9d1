"""What a calendar shows becomes a fact once, and only the organiser's copy counts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.by import ADMINISTRATOR, CALENDAR
from domain.calendar import Attendee, CalendarEntry, Response, Shows
from domain.charter import Organiser, Role
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.observing import Seen, observe
from domain.relationship import Relationship
from tests.unit.domain_cast import BEGINNING, DAY, IDS, START, booked, by_cli, charter, kinds, origins

ROLES = {"marta@example.com": Role.MENTOR, "tilo@example.org": Role.MENTEE}
TIME = Interval(START, START + timedelta(minutes=45))
ENTRY = CalendarEntry(
    "event-1.1",
    "uid-1.1",
    TIME,
    Shows.BUSY,
    Response.ACCEPTED,
    "marta@example.com",
    (
        Attendee("tilo@example.org", Response.NEEDS_ACTION),
        Attendee("somebody@example.net", Response.DECLINED),
    ),
    False,
    "1.1",
    "etag-1",
)
NOW: datetime = BEGINNING + DAY


def answered(*answers: tuple[str, Response], cancelled: bool = False) -> CalendarEntry:
    """Return the entry with these answers of its attendees."""
    return replace(ENTRY, attendees=tuple(Attendee(*one) for one in answers), cancelled=cancelled)


def seen(relationship: Relationship, entry: CalendarEntry) -> list[str]:
    """Let the entry be seen three times and return the events that came of it."""
    before = len(kinds(relationship))
    for _ in range(3):
        observe(relationship, relationship.meeting("1.1"), entry, ROLES, Seen(NOW, "2026.6"))
    return kinds(relationship)[before:]


def test_an_entry_as_we_made_it_says_nothing() -> None:
    assert seen(booked(), ENTRY) == []


PIA = {"pia@example.com": Role.MENTEE}


def seen_with_pia(relationship: Relationship, entry: CalendarEntry) -> list[str]:
    """Let an entry be seen three times while Pia acts for the mentee, and return the events that came of it."""
    before = len(kinds(relationship))
    for _ in range(3):
        observe(relationship, relationship.meeting("1.1"), entry, ROLES, Seen(NOW, "2026.6"), PIA)
    return kinds(relationship)[before:]


def test_a_delegates_acceptance_counts_for_who_named_her_and_says_who_it_was() -> None:
    relationship = booked()
    entry = answered(("tilo@example.org", Response.NEEDS_ACTION), ("pia@example.com", Response.ACCEPTED))
    assert seen_with_pia(relationship, entry) == ["DelegateResponded"]
    assert relationship.meeting("1.1").response_of(Role.MENTEE) is Response.ACCEPTED
    event: Any = relationship.pending_events[-1]
    assert (event.delegate.reveal(), event.by.actor) == ("pia@example.com", IDS[Role.MENTEE])


def test_a_delegate_who_declines_speaks_for_herself_and_an_own_answer_comes_first() -> None:
    relationship = booked()
    declined = answered(("tilo@example.org", Response.NEEDS_ACTION), ("pia@example.com", Response.DECLINED))
    assert seen_with_pia(relationship, declined) == []
    both = answered(("tilo@example.org", Response.TENTATIVE), ("pia@example.com", Response.ACCEPTED))
    assert seen_with_pia(relationship, both) == ["ResponseSeen"]
    assert relationship.meeting("1.1").response_of(Role.MENTEE) is Response.TENTATIVE


def test_a_move_is_recorded_once_and_is_the_organisers() -> None:
    relationship = booked()
    later = Interval(TIME.start + DAY, TIME.end + DAY)
    assert seen(relationship, replace(ENTRY, time=later, etag="etag-2")) == ["MeetingMoved"]
    assert relationship.meeting("1.1").time == later
    at, by = origins(relationship)[-1]
    assert (at, by.actor, by.channel, by.clause) == (NOW, IDS[Role.MENTOR], CALENDAR, None)


def test_a_longer_meeting_is_a_move_too() -> None:
    longer = Interval(TIME.start, TIME.end + timedelta(minutes=15))
    assert seen(booked(), replace(ENTRY, time=longer)) == ["MeetingMoved"]


def test_a_deletion_is_recorded_once_and_leaves_nothing_to_cancel() -> None:
    relationship = booked()
    assert seen(relationship, replace(ENTRY, cancelled=True)) == ["MeetingCancelled"]
    meeting = relationship.meeting("1.1")
    assert (meeting.state, meeting.to_cancel) == (MeetingState.CANCELLED, False)


def test_a_deleted_entry_is_not_read_for_moves_or_answers() -> None:
    entry = replace(
        answered(("tilo@example.org", Response.DECLINED), cancelled=True), time=Interval(START, START + DAY)
    )
    assert seen(booked(), entry) == ["MeetingCancelled"]


@pytest.mark.parametrize("response", [Response.ACCEPTED, Response.TENTATIVE, Response.DECLINED])
def test_an_attendees_answer_is_recorded_once_as_her_own(response: Response) -> None:
    relationship = booked()
    assert seen(relationship, answered(("tilo@example.org", response))) == ["ResponseSeen"]
    assert relationship.meeting("1.1").mentee_response is response
    assert origins(relationship)[-1][1].actor == IDS[Role.MENTEE]


def test_the_organisers_own_answer_and_a_strangers_are_ignored() -> None:
    entry = answered(("marta@example.com", Response.ACCEPTED), ("somebody@example.net", Response.DECLINED))
    assert seen(booked(), entry) == []


def test_when_the_service_organises_both_answers_count_and_a_move_is_the_administrators() -> None:
    relationship = booked(charter(organiser=Organiser.SERVICE))
    entry = answered(("marta@example.com", Response.DECLINED), ("tilo@example.org", Response.ACCEPTED))
    assert seen(relationship, entry) == ["ResponseSeen", "ResponseSeen"]
    assert relationship.meeting("1.1").mentor_response is Response.DECLINED
    later = Interval(TIME.start + DAY, TIME.end + DAY)
    assert seen(relationship, replace(entry, time=later)) == ["MeetingMoved"]
    assert origins(relationship)[-1][1].actor == ADMINISTRATOR


def test_what_was_given_up_is_not_brought_back_by_its_entry() -> None:
    relationship = booked()
    relationship.cancel_meeting("1.1", "declined", by_cli())
    moved = replace(ENTRY, time=Interval(TIME.start + DAY, TIME.end + DAY))
    assert seen(relationship, moved) == []
    assert seen(relationship, replace(ENTRY, cancelled=True)) == []
