"""A whole house in which the mentee is away for two weeks: no mail goes there, and none of it is lost or late blame."""

from datetime import datetime, timedelta
from pathlib import Path

from domain.calendar import Shows
from domain.interval import Interval
from domain.relationship_state import Status
from service.people import plan_leave
from tests.service.theatre import DAY, MENTEE, START, Theatre, theatre


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
