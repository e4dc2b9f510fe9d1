"""What the port `Calendar` promises about reading: rounds of news, complete reads, and many calendars at once."""

import pytest

from domain.calendar import Ask, CalendarChanges
from domain.errors import Broken, CursorExpired
from domain.interval import Interval
from tests.contract.stage import DAY, LATER, MEETING, Act, Stage, Trouble, everything, request


def test_a_complete_read_holds_the_window_and_later_rounds_only_news(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    first = everything(stage, stage.host)
    assert first.complete
    assert [entry.event_id for entry in first.entries] == [meeting.event_id]
    second = stage.calendar.changes(stage.host, first.cursor, stage.now())
    assert (second.complete, second.entries, second.gone) == (False, (), ())
    stage.drag(stage.host, meeting, LATER)
    third = stage.calendar.changes(stage.host, second.cursor, stage.now())
    assert [(entry.event_id, entry.time) for entry in third.entries] == [(meeting.event_id, LATER)]


def test_reading_twice_from_one_cursor_gives_the_same_changes_or_more(stage: Stage) -> None:
    start = everything(stage, stage.host)
    meeting = stage.calendar.book(stage.host, request(stage))
    once = stage.calendar.changes(stage.host, start.cursor, stage.now())
    stage.calendar.book(stage.host, request(stage, key="booking-2", time=LATER))
    twice = stage.calendar.changes(stage.host, start.cursor, stage.now())
    assert [entry.event_id for entry in once.entries] == [meeting.event_id]
    assert {entry.event_id for entry in once.entries} < {entry.event_id for entry in twice.entries}


def test_one_round_names_each_event_once_in_its_last_state(stage: Stage) -> None:
    start = everything(stage, stage.host)
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.drag(stage.host, meeting, LATER)
    news = stage.calendar.changes(stage.host, start.cursor, stage.now())
    assert [(entry.event_id, entry.time) for entry in news.entries] == [(meeting.event_id, LATER)]


def test_what_was_deleted_comes_as_gone_or_cancelled(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    start = everything(stage, stage.host)
    stage.act(stage.host, Act.DELETE, meeting)
    news = stage.calendar.changes(stage.host, start.cursor, stage.now())
    cancelled = [entry.event_id for entry in news.entries if entry.cancelled]
    assert [*news.gone, *cancelled] == [meeting.event_id]
    assert not [entry for entry in news.entries if not entry.cancelled]


def test_an_event_beyond_the_window_is_not_taken_for_a_deletion(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    start = everything(stage, stage.host)
    far = Interval(MEETING.start + 300 * DAY, MEETING.end + 300 * DAY)
    stage.drag(stage.host, meeting, far)
    news = stage.calendar.changes(stage.host, start.cursor, stage.now())
    assert news.gone == ()
    assert [entry.time for entry in news.entries] == [far]


def test_a_forgotten_cursor_says_so_and_a_complete_read_follows(stage: Stage) -> None:
    start = everything(stage, stage.host)
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.trouble("calendar.changes", Trouble.EXPIRED)
    with pytest.raises(CursorExpired):
        stage.calendar.changes(stage.host, start.cursor, stage.now())
    again = everything(stage, stage.host)
    assert again.complete
    assert [entry.event_id for entry in again.entries] == [meeting.event_id]


def test_a_cursor_of_another_provider_is_a_forgotten_one(stage: Stage) -> None:
    with pytest.raises(CursorExpired):
        stage.calendar.changes(stage.host, "from somewhere else", stage.now())


def test_the_changes_of_an_unknown_account_are_broken(stage: Stage) -> None:
    with pytest.raises(Broken):
        stage.calendar.changes("nobody@nowhere.example", None, stage.now())


def test_many_calendars_are_asked_together_and_each_answers_as_if_alone(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    start = everything(stage, stage.host)
    stage.drag(stage.host, meeting, LATER)
    asks = [Ask(stage.host, start.cursor), Ask("nobody@nowhere.example"), Ask(stage.colleague), Ask(stage.host, "bad")]
    host, nobody, colleague, bad = stage.calendar.changes_of(asks, stage.now())
    assert host == stage.calendar.changes(stage.host, start.cursor, stage.now())
    assert colleague == everything(stage, stage.colleague)
    assert isinstance(nobody, Broken)
    assert isinstance(bad, CursorExpired)


def test_a_complete_read_names_the_window_that_it_covers(stage: Stage) -> None:
    window = everything(stage, stage.host).window
    assert window is not None
    assert window.contains(Interval(stage.now() - 29 * DAY, stage.now() + 179 * DAY))


def test_of_an_account_that_shows_busy_times_only_nothing_but_times_is_read(stage: Stage) -> None:
    stage.calendar.book(stage.host, request(stage))
    stage.enter(stage.host, LATER, "busy")
    stage.enter(stage.host, Interval(LATER.start + DAY, LATER.end + DAY), "free")
    ask = Ask(stage.host, times_only=True)
    (changes,) = stage.calendar.changes_of([ask], stage.now())
    assert isinstance(changes, CalendarChanges)
    assert [entry.time for entry in changes.entries] == [MEETING, LATER]
    assert {(entry.ical_uid, entry.organiser, entry.attendees) for entry in changes.entries} == {("", "", ())}
    assert (changes.complete, changes.times_only) == (True, True)
    assert stage.calendar.changes_of([Ask(stage.host, changes.cursor, (), True)], stage.now()) == (changes,)


def test_an_account_whose_entries_may_be_read_again_is_read_as_a_whole(stage: Stage) -> None:
    (changes,) = stage.calendar.changes_of([Ask(stage.host, times_only=True)], stage.now())
    assert isinstance(changes, CalendarChanges)
    (again,) = stage.calendar.changes_of([Ask(stage.host, changes.cursor)], stage.now())
    assert isinstance(again, CursorExpired)


def test_busy_times_of_an_unknown_account_are_no_free_times(stage: Stage) -> None:
    (found,) = stage.calendar.changes_of([Ask("nobody@nowhere.example", times_only=True)], stage.now())
    assert isinstance(found, Broken)
