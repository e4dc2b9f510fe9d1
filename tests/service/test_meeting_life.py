"""What people do in their own calendars to a meeting that stands, and what the service makes of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.invitations import invite
from domain.calendar import Attendee, CalendarEntry, Response, Shows
from domain.interval import Interval
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Theatre]:
    """A pair whose first meeting stands in both calendars."""
    with theatre(tmp_path, "mentor") as stage:
        stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        yield stage


def meet(stage: Theatre, organiser: str, guest: str, time: Interval) -> CalendarEntry:
    """Let one of the two invite the other by hand."""
    number = stage.world.account(organiser).next()
    answers = (Attendee(guest, Response.NEEDS_ACTION),)
    made = CalendarEntry(
        f"event-{number}",
        f"{number}-{organiser}",
        time,
        Shows.BUSY,
        Response.ACCEPTED,
        organiser,
        answers,
        False,
        None,
        "",
    )
    entry = stage.world.put(organiser, made)
    invite(stage.world, entry)
    return entry


def test_a_copy_taken_out_of_a_calendar_without_a_word_gives_the_meeting_up_and_finds_another_time(
    stage: Theatre,
) -> None:
    entry = next(e for e in stage.events(MENTEE) if e.organiser == MENTOR)
    stage.world.put(MENTEE, entry, gone=True)
    stage.live_until(stage.world.now + 2 * HOUR)
    first, second = stage.relationship.meetings.items
    assert (first.state, first.reason) == ("cancelled", "taken out of the calendar by the mentee")
    assert [e.ical_uid for e in stage.events(MENTOR)] == [second.ical_uid]


def test_an_appointment_over_the_meeting_moves_it_in_both_calendars_and_both_hear_why(stage: Theatre) -> None:
    stood = stage.relationship.meetings.items[0]
    stage.hands.busy(MENTEE, stood.time)
    stage.live_until(stage.world.now + 2 * HOUR)
    (meeting,) = stage.relationship.meetings.items
    assert not meeting.time.overlaps(stood.time)
    assert {e.time for account in (MENTOR, MENTEE) for e in stage.events(account)} == {meeting.time}
    assert all(stage.mail_kinds(account).count("notice") == 1 for account in (MENTOR, MENTEE))


def test_of_two_appointments_made_by_hand_one_is_the_meeting_and_the_other_is_reported_to_its_maker(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path, "mentor") as stage:
        stage.attends = False
        day = START + timedelta(days=4, hours=7)
        other = meet(stage, MENTEE, MENTOR, Interval(day, day + HOUR))
        kept = meet(stage, MENTOR, MENTEE, Interval(day + DAY, day + DAY + HOUR))
        stage.live_until(stage.world.now + HOUR)
        stage.hands.accept(MENTEE, kept.ical_uid)
        stage.live_to("charter")
        stage.live_until(stage.world.now + 6 * HOUR)
        (adopted,) = stage.relationship.meetings.items
        assert (adopted.adopted, adopted.ical_uid, adopted.organiser) == (True, kept.ical_uid, "mentor")
        assert stage.mail_kinds(MENTEE).count("notice") == 1
        assert "notice" not in stage.mail_kinds(MENTOR)
        assert {e.ical_uid for e in stage.events(MENTEE)} == {kept.ical_uid, other.ical_uid}


def test_an_appointment_with_a_third_person_is_nobodys_meeting(tmp_path: Path) -> None:
    with theatre(tmp_path, "mentor") as stage:
        day = START + timedelta(days=2, hours=7)
        entry = meet(stage, MENTEE, MENTOR, Interval(day, day + HOUR))
        third = (*entry.attendees, Attendee("pia@example.com", Response.NEEDS_ACTION))
        stage.world.put(MENTEE, replace(entry, attendees=third))
        stage.live_to_booking("1.1")
        assert not stage.relationship.meetings.items[0].adopted


def test_a_third_person_on_the_invitation_stays_there_and_its_organiser_is_asked_once(stage: Theatre) -> None:
    (entry,) = stage.events(MENTOR)
    third = (*entry.attendees, Attendee("pia@example.com", Response.NEEDS_ACTION))
    stage.world.put(MENTOR, replace(entry, attendees=third))
    stage.live_until(stage.world.now + 5 * HOUR)
    assert stage.mail_kinds(MENTOR).count("notice") == 1
    assert len(stage.events(MENTOR)[0].attendees) == 2
    assert b"pia@" not in b"".join(letter.raw for letter in stage.inbox(MENTEE))


def test_an_event_that_is_deleted_before_the_first_look_at_it_is_missed(tmp_path: Path) -> None:
    with theatre(tmp_path, "mentor") as stage:
        entry = stage.live_to_booking()
        stage.hands.delete(MENTOR, entry.ical_uid)
        stage.live_until(stage.world.now + 2 * HOUR)
        assert stage.relationship.meetings.items[0].reason == "deleted by its organiser"


def test_of_a_third_person_at_a_meeting_of_the_services_the_mentor_is_asked_and_may_have_it_arranged_anew(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.live_to_booking()
        (entry,) = stage.events(SERVICE)
        third = (*entry.attendees, Attendee("ken@example.com", Response.NEEDS_ACTION))
        stage.world.put(SERVICE, replace(entry, attendees=third))
        stage.live_until(stage.world.now + 2 * HOUR)
        assert (stage.mail_kinds(MENTOR).count("notice"), stage.mail_kinds(MENTEE).count("notice")) == (1, 0)
        stage.hands.reply(MENTOR, stage.inbox(MENTOR, "notice")[-1].id, "move")
        stage.live_to_booking("1.2")
        stage.live_until(stage.world.now + HOUR)
        (anew,) = stage.events(SERVICE)
        assert anew.time != entry.time
        assert {guest.address for guest in anew.attendees} == {MENTOR, MENTEE}
