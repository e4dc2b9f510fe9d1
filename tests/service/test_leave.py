"""A whole house in which the mentee is away for two weeks: no mail goes there, and none of it is lost or late blame."""

from datetime import datetime, timedelta
from pathlib import Path

from domain.calendar import CalendarEntry, Response, Shows
from domain.interval import Interval
from domain.relationship_state import Status
from service.people import plan_leave
from service.standing import away_of
from tests.service.theatre import DAY, HOUR, MENTEE, START, Theatre, theatre


def arrived(stage: Theatre, start: datetime, end: datetime) -> list[str]:
    """Return the mails that arrived at the mentee in a stretch of time."""
    return [letter.message_id for letter in stage.inbox(MENTEE) if start <= letter.at < end]


def test_no_mail_goes_to_somebody_whose_calendar_says_out_of_office_and_it_comes_afterwards(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.live_to("held_question")
        del stage.habits["held_question"]
        gone = stage.world.now
        stage.hands.busy(MENTEE, Interval(gone, gone + 10 * DAY), Shows.OUT_OF_OFFICE)
        stage.live_until(gone + 9 * DAY)
        assert arrived(stage, gone + timedelta(hours=1), gone + 9 * DAY) == []
        stage.live_until(gone + 12 * DAY)
        assert arrived(stage, gone + 10 * DAY, gone + 12 * DAY) != []


def test_a_request_waits_for_a_mentor_on_leave_and_does_not_expire_meanwhile(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        mentor = stage.house.streams.person(stage.relationship.mentor_id)
        plan_leave(stage.house, mentor, START.date(), START.date() + 20 * DAY)
        stage.habits.clear()
        stage.live_until(START + 20 * DAY)
        assert (stage.relationship.status, stage.relationship.mails) == (Status.REQUESTED, {})
        stage.live_until(START + 22 * DAY)
        assert [kind for kind, _, _ in stage.relationship.mails] == ["request"]


def out(uid: str, start: datetime, length: timedelta) -> CalendarEntry:
    """Return what a calendar shows as out of office."""
    time = Interval(start, start + length)
    return CalendarEntry(uid, uid, time, Shows.OUT_OF_OFFICE, Response.ACCEPTED, MENTEE, (), False, None, "")


def test_an_hour_away_counts_while_a_calendar_is_read_whole_days_afterwards_too_and_our_own_meetings_never() -> None:
    hour, week = out("a", START, HOUR), out("b", START + DAY, 7 * DAY)
    shown = {entry.event_id: entry for entry in (hour, week, out("ours", START + 20 * DAY, 2 * DAY))}
    assert away_of(shown, {"ours"}, readable=True) == (hour.time, week.time)
    assert away_of(shown, {"ours"}, readable=False) == (week.time,)
    assert away_of(None, (), readable=True) == ()
