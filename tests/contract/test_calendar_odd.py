"""What the port `Calendar` promises about calendars that are out of the ordinary."""

from datetime import datetime, timedelta

import pytest

from domain.calendar import Ask, CalendarChanges, Move
from domain.errors import Broken, MentorsyncError, NoAccess, NoMailbox
from domain.interval import Interval
from tests.contract.stage import DAY, HOUR, LATER, MEETING, Consent, Odd, Stage, everything, request


def good(found: CalendarChanges | MentorsyncError) -> CalendarChanges:
    assert isinstance(found, CalendarChanges), found
    return found


def starts(changes: CalendarChanges) -> list[datetime]:
    return sorted(entry.time.start for entry in changes.entries if not entry.cancelled and entry.shows.blocks)


@pytest.mark.parametrize("odd", [Odd.ZONE, Odd.SWAPPED])
def test_an_event_that_makes_no_sense_is_set_aside_and_the_others_are_read(stage: Stage, odd: Odd) -> None:
    stage.enter(stage.host, MEETING, "busy")
    stage.enter(stage.host, LATER, "busy")
    stage.spoil(odd)
    changes = everything(stage, stage.host)
    (parked,) = changes.parked
    assert parked.event_id
    assert "@" not in parked.reason
    whole = [entry for entry in changes.entries if entry.event_id != parked.event_id]
    assert [entry.time for entry in whole] == [LATER]
    (spoilt,) = [entry for entry in changes.entries if entry.event_id == parked.event_id]
    assert (spoilt.ical_uid, spoilt.shows.blocks, spoilt.time.overlaps(MEETING)) == ("", True, True)


def test_an_event_without_times_is_asked_for_once_more_or_set_aside(stage: Stage) -> None:
    stage.enter(stage.host, MEETING, "busy")
    stage.enter(stage.host, LATER, "busy")
    stage.spoil(Odd.BARE)
    changes = everything(stage, stage.host)
    understood = {entry.event_id for entry in changes.entries if entry.ical_uid}
    assert len(understood | {item.event_id for item in changes.parked}) == 2
    assert LATER.start in starts(changes)


def test_what_made_no_sense_and_was_corrected_is_an_event_like_any_other(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.spoil(Odd.SWAPPED)
    spoilt = everything(stage, stage.host)
    assert [item.event_id for item in spoilt.parked] == [meeting.event_id]
    stage.drag(stage.host, meeting, LATER)
    news = stage.calendar.changes(stage.host, spoilt.cursor, stage.now())
    assert [(entry.ical_uid, entry.time) for entry in news.entries] == [(meeting.ical_uid, LATER)]
    assert news.parked == ()


def test_what_lies_in_a_further_calendar_is_read_and_blocks(stage: Stage) -> None:
    team = stage.further(stage.host)
    stage.enter(stage.host, MEETING, "busy")
    stage.enter(stage.host, LATER, "busy", team)
    changes = good(stage.calendar.changes_of([Ask(stage.host, None, (team,))], stage.now())[0])
    assert starts(changes) == [MEETING.start, LATER.start]
    assert [entry.event_id.startswith(f"{team}/") for entry in changes.entries] == [False, True]
    assert len(everything(stage, stage.host).entries) == 1
    window = Interval(MEETING.start, LATER.end)
    assert [busy.time for busy in stage.calendar.busy(stage.host, window, [team])] == [MEETING, LATER]
    next_day = Interval(LATER.start + DAY, LATER.end + DAY)
    stage.enter(stage.host, next_day, "busy", team)
    news = good(stage.calendar.changes_of([Ask(stage.host, changes.cursor, (team,))], stage.now())[0])
    assert (news.complete, starts(news)) == (False, [next_day.start])


def test_what_lies_in_a_further_calendar_is_found_under_the_id_that_it_was_read_with(stage: Stage) -> None:
    team = stage.further(stage.host)
    stage.enter(stage.host, MEETING, "busy", team)
    changes = good(stage.calendar.changes_of([Ask(stage.host, None, (team,))], stage.now())[0])
    (known,) = changes.entries
    assert stage.calendar.read(stage.host, known.event_id) == known
    stage.calendar.move(stage.host, Move(known.event_id, LATER, "Europe/Berlin", known.etag))
    moved = stage.calendar.read(stage.host, known.event_id)
    assert moved is not None
    assert moved.time == LATER
    assert stage.calendar.read(stage.host, f"{team}/neverwas0") is None


def test_a_further_calendar_that_is_not_there_leaves_the_account_unread(stage: Stage) -> None:
    (found,) = stage.calendar.changes_of([Ask(stage.host, None, ("nowhere@nowhere.example",))], stage.now())
    assert isinstance(found, Broken)
    assert not isinstance(found, NoAccess | NoMailbox)


def test_what_comes_again_blocks_each_time_and_what_is_skipped_does_not(stage: Stage) -> None:
    stage.repeat(stage.host, MEETING, 4)
    days = [MEETING.start + timedelta(days=day) for day in range(4)]
    first = everything(stage, stage.host)
    assert starts(first) == days
    assert first.parked == ()
    stage.skip(stage.host, str(days[1].date()))
    whole = good(stage.calendar.changes_of([Ask(stage.host)], stage.now())[0])
    assert starts(whole) == [days[0], days[2], days[3]]
    seen = Interval(days[0] - HOUR, days[3] + DAY)
    assert [busy.time.start for busy in stage.calendar.busy(stage.host, seen)] == [days[0], days[2], days[3]]


def test_consent_for_busy_times_alone_gives_them_and_nothing_else(stage: Stage) -> None:
    stage.enter(stage.host, MEETING, "busy")
    stage.consent(stage.host, Consent.TIMES)
    refused, times = stage.calendar.changes_of([Ask(stage.host), Ask(stage.host, times_only=True)], stage.now())
    assert isinstance(refused, Broken)
    assert starts(good(times)) == [MEETING.start]
    stage.consent(stage.host, Consent.FULL)
    assert starts(everything(stage, stage.host)) == [MEETING.start]


def test_consent_that_was_taken_back_and_a_mailbox_that_is_gone_are_told_apart(stage: Stage) -> None:
    stage.consent(stage.host, Consent.NONE)
    for ask in (Ask(stage.host), Ask(stage.host, times_only=True)):
        (found,) = stage.calendar.changes_of([ask], stage.now())
        assert isinstance(found, Broken)
        assert not isinstance(found, NoMailbox)
    stage.consent(stage.host, Consent.FULL)
    stage.remove(stage.host)
    (found,) = stage.calendar.changes_of([Ask(stage.host)], stage.now())
    assert isinstance(found, NoMailbox)
