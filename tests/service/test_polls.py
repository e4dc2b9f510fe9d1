"""Polls of calendars: asked for together, taken one by one, and true whatever a provider leaves out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.memory.calendar import MemoryCalendar
from adapters.memory.world import Fault
from domain.by import CLI, By
from domain.calendar import Ask, CalendarChanges, ParkedItem
from domain.errors import MentorsyncError
from domain.interval import Interval
from service.nonsense import nonsense, to_park
from service.people import add_person
from service.rows import calendar_poll
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, START, Theatre, theatre


class Counting:
    """A calendar that remembers how many were asked for together, and otherwise is the one inside."""

    def __init__(self, inner: MemoryCalendar) -> None:
        self.rounds: list[list[Ask]] = []
        self._inner = inner
        self.changes, self.busy, self.book = inner.changes, inner.busy, inner.book
        self.find, self.read, self.move, self.cancel = inner.find, inner.read, inner.move, inner.cancel

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        self.rounds.append(list(asks))
        return self._inner.changes_of(asks, now)


def counted(stage: Theatre) -> Counting:
    """Put a counting calendar in the place of both clouds."""
    counting = Counting(MemoryCalendar(stage.world))
    stage.house.calendars.update(microsoft=counting, google=counting)  # type: ignore[attr-defined]
    return counting


def hasten(stage: Theatre, *owners: str) -> None:
    now = stage.house.now()
    stage.house.ledger.hasten([calendar_poll(owner, now).key for owner in owners], now)
    stage.daemon.run_due()


def test_calendars_of_one_provider_are_asked_for_twenty_at_a_time(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        counting = counted(stage)
        for number in range(20):
            address = f"p{number}@example.org"
            stage.world.add(address)
            add_person(stage.house, address, f"P {number}", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00")
        stage.daemon.start()
        stage.daemon.run_due()
        assert [len(asks) for asks in counting.rounds] == [20, 3]
        assert len({ask.account for asks in counting.rounds for ask in asks}) == 23
        assert stage.daemon.troubles == []


def test_one_calendar_that_cannot_be_read_keeps_no_other_from_being_taken(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("calendar.changes", Fault.BROKEN)
        stage.daemon.run_due()
        owners = ("service", stage.relationship.mentor_id, stage.relationship.mentee_id)
        assert [stage.house.cache.entries(owner) for owner in owners].count(None) == 1
        assert len(stage.daemon.troubles) == 1


def test_those_with_a_forgotten_cursor_are_read_anew_and_only_those(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.daemon.run_due()
        counting = counted(stage)
        stage.world.fail_next("calendar.changes", Fault.CURSOR_EXPIRED)
        hasten(stage, stage.relationship.mentor_id, stage.relationship.mentee_id)
        first, again = counting.rounds
        assert [ask.cursor is None for ask in first] == [False, False]
        assert [ask.cursor for ask in again] == [None]
        assert stage.daemon.troubles == []


def test_a_meeting_moved_beyond_the_window_is_not_taken_for_a_deletion_at_the_next_complete_read(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path) as stage:
        entry = stage.live_to_booking()
        mentor = stage.relationship.mentor_id
        far = Interval(entry.time.start + 300 * DAY, entry.time.end + 300 * DAY)
        stage.hands.move(MENTOR, entry.ical_uid, far)
        stage.live_until(stage.world.now + HOUR)
        stage.world.fail_next("calendar.changes", Fault.CURSOR_EXPIRED)
        hasten(stage, mentor)
        known = stage.house.cache.entry(mentor, entry.ical_uid)
        assert known is not None
        assert (known.time, known.cancelled) == (far, False)


def test_what_vanished_without_a_word_is_missed_at_the_next_complete_read(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.hands.busy(MENTEE, Interval(START + 9 * DAY, START + 9 * DAY + HOUR))
        stage.daemon.run_due()
        mentee = stage.relationship.mentee_id
        hasten(stage, mentee)
        ((id, entry),) = (stage.house.cache.entries(mentee) or {}).items()
        assert not entry.cancelled
        del stage.world.accounts[MENTEE].records[id]
        hasten(stage, mentee)
        assert not (stage.house.cache.entries(mentee) or {})[id].cancelled
        stage.world.fail_next("calendar.changes", Fault.CURSOR_EXPIRED)
        hasten(stage, mentee)
        assert (stage.house.cache.entries(mentee) or {})[id].cancelled


def test_polls_that_found_nothing_new_come_back_after_the_usual_while(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.daemon.run_due()
        hasten(stage, "service")
        due = stage.house.ledger.next_due(["poll-calendar"])
        assert due == stage.house.now() + timedelta(hours=24)


def test_an_error_of_ours_over_one_calendar_keeps_no_other_from_being_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        calendar = MemoryCalendar(stage.world)

        def stumble(asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
            if MENTEE in {ask.account for ask in asks}:
                raise ZeroDivisionError
            return calendar.changes_of(asks, now)

        monkeypatch.setattr(stage.house.calendars["google"], "changes_of", stumble)
        stage.daemon.run_due()
        owners = ("service", stage.relationship.mentor_id, stage.relationship.mentee_id)
        assert [stage.house.cache.entries(owner) is None for owner in owners] == [False, False, True]
        assert [type(trouble) for trouble in stage.daemon.troubles] == [ZeroDivisionError]


def nonsense_of(stage: Theatre) -> list[tuple[str, str]]:
    return [(row.work.occasion, row.work.recipient) for row in nonsense(stage.house)]


def test_what_makes_no_sense_is_set_aside_once_and_taken_back_when_it_is_well(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.daemon.run_due()
        mentee, uid = stage.relationship.mentee_id, stage.hands.busy(MENTEE, Interval(START + DAY, START + DAY + HOUR))
        for _ in range(2):
            stage.hands.garble(MENTEE, uid, "unknown-zone")
            hasten(stage, mentee)
        ((id, reason),) = nonsense_of(stage)
        assert reason == "unknown-zone"
        entry = (stage.house.cache.entries(mentee) or {})[id]
        assert (entry.shows.blocks, entry.ical_uid, entry.time.start) == (True, "", START + DAY)
        stage.hands.mend(MENTEE, uid)
        hasten(stage, mentee)
        assert nonsense_of(stage) == []
        stage.hands.garble(MENTEE, uid, "unknown-zone")
        hasten(stage, mentee)
        assert nonsense_of(stage) == [(id, "unknown-zone")]


def test_what_made_no_sense_and_is_gone_is_no_longer_set_aside(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        uid = stage.hands.busy(MENTEE, Interval(START + DAY, START + DAY + HOUR))
        stage.hands.garble(MENTEE, uid, "ends-before-start")
        stage.daemon.run_due()
        assert len(nonsense_of(stage)) == 1
        stage.hands.delete(MENTEE, uid)
        hasten(stage, stage.relationship.mentee_id)
        assert nonsense_of(stage) == []


def test_an_id_that_may_hold_words_is_kept_as_a_digest(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        items = tuple(ParkedItem(id, "no-time") for id in ("plain_Id-1=", "Lunch with Bo/../x", "a" * 300, "", ""))
        changes = CalendarChanges((), (), "cursor-0", False, parked=items)
        rows = {row.occasion for row in to_park(stage.house, "service", changes)}
        digests = {id for id in rows if id.startswith("digest-")}
        assert rows - digests == {"plain_Id-1=", "none"}
        assert len(digests) == 2


def test_further_calendars_of_a_person_make_her_busy(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.add("team@example.net")
        mentee = stage.house.streams.person(stage.relationship.mentee_id)
        mentee.add_calendar("team@example.net", by(stage))
        stage.house.streams.save(mentee, now=stage.house.now())
        taken = Interval(START + DAY, START + DAY + HOUR)
        stage.hands.busy("team@example.net", taken)
        stage.daemon.run_due()
        entries = stage.house.cache.entries(str(mentee.id)) or {}
        assert {id.partition("/")[0]: entry.time for id, entry in entries.items()} == {"team@example.net": taken}


def test_of_a_person_who_shows_busy_times_only_no_more_is_kept_than_times(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stands = stage.live_to_booking().time
        mentor = stage.house.streams.person(stage.relationship.mentor_id)
        assert any(entry.attendees for entry in (stage.house.cache.entries(str(mentor.id)) or {}).values())
        mentor.read_busy_times_only(True, by(stage))
        stage.house.streams.save(mentor, now=stage.house.now())
        taken = Interval(START + 20 * DAY, START + 20 * DAY + HOUR)
        uid = stage.hands.busy(MENTOR, taken)
        hasten(stage, str(mentor.id))
        entries = (stage.house.cache.entries(str(mentor.id)) or {}).values()
        assert taken in {entry.time for entry in entries}
        assert {(entry.organiser, entry.ical_uid, entry.attendees, entry.tag) for entry in entries} == {
            ("", "", (), None)
        }
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.meetings.items[0].time == stands, "our own meeting is no conflict with itself"
        stage.hands.delete(MENTOR, uid)
        hasten(stage, str(mentor.id))
        assert taken not in {entry.time for entry in (stage.house.cache.entries(str(mentor.id)) or {}).values()}
        mentor = stage.house.streams.person(str(mentor.id))
        mentor.read_busy_times_only(False, by(stage))
        stage.house.streams.save(mentor, now=stage.house.now())
        hasten(stage, str(mentor.id))
        assert any(entry.attendees for entry in (stage.house.cache.entries(str(mentor.id)) or {}).values())


def test_busy_times_that_are_the_same_are_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with theatre(tmp_path) as stage:
        mentor = stage.house.streams.person(stage.relationship.mentor_id)
        mentor.read_busy_times_only(True, by(stage))
        stage.house.streams.save(mentor, now=stage.house.now())
        stage.hands.busy(MENTOR, Interval(START + DAY, START + DAY + HOUR))
        stage.daemon.run_due()
        written: list[str] = []
        replace = stage.house.cache.replace

        def writing(account: str, changes: CalendarChanges) -> None:
            written.append(account)
            replace(account, changes)

        monkeypatch.setattr(stage.house.cache, "replace", writing)
        hasten(stage, str(mentor.id))
        assert written == []
        stage.hands.busy(MENTOR, Interval(START + 2 * DAY, START + 2 * DAY + HOUR))
        hasten(stage, str(mentor.id))
        assert written == [str(mentor.id)]


def by(stage: Theatre) -> By:
    return By("admin", CLI, None, stage.house.now())
