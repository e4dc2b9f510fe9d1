"""The whole loop over memory adapters: from a matched pair to agendas, actions and the next meeting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.kill_switch import FileKillSwitch
from adapters.memory.world import Fault
from domain.by import MAIL, By
from domain.calendar import Ask, CalendarChanges
from domain.charter import Role
from domain.interval import Interval
from domain.ledger import Claim
from domain.meeting import MeetingState
from domain.relationship_state import Status
from service.daemon import Daemon
from service.house import House
from service.telling import Told
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, START, Theatre, theatre

WEEK = timedelta(weeks=1)


def states(stage: Theatre) -> list[tuple[str, str]]:
    return [(m.ref, m.state.value) for m in stage.relationship.meetings.items]


@pytest.mark.parametrize("organiser", ["mentor", "mentee", "service"])
def test_a_pair_lives_from_request_to_two_meetings_and_on_whoever_organises(tmp_path: Path, organiser: str) -> None:
    with theatre(tmp_path, organiser) as stage:
        stage.live_until(START + 3 * WEEK)
        assert states(stage) == [("1.1", "held"), ("2.1", "held"), ("3.1", "booked")]
        assert stage.mail_kinds(MENTOR) == ["request", "charter", *["agenda", "follow_up"] * 2]
        assert stage.mail_kinds(MENTEE)[:6] == [
            "charter", "preparation", "held_question", "follow_up", "preparation", "chase"
        ]  # fmt: skip
        assert {e.time for e in stage.events(MENTOR)} == {e.time for e in stage.events(MENTEE)}


def test_the_agenda_arrives_a_day_ahead_with_what_the_mentee_wrote(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("agenda")
        meeting = stage.relationship.meetings.items[0]
        stage.live_until(stage.world.now + HOUR)
        (agenda,) = stage.inbox(MENTOR, "agenda")
        assert b"What should I stop doing?" in agenda.raw
        sent = stage.relationship.mails["agenda", f"1.1@{meeting.time.start.date()}", "mentor"]
        assert meeting.time.start - sent.at == DAY


def test_a_meeting_dragged_by_its_organiser_is_a_fact_on_both_calendars(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        entry = stage.live_to_booking()
        later = Interval(entry.time.start + DAY, entry.time.end + DAY)
        stage.hands.move(MENTOR, entry.ical_uid, later)
        stage.live_until(stage.world.now + HOUR)
        meeting = stage.relationship.meetings.items[0]
        assert (meeting.time, meeting.moved_by_hand, meeting.generation) == (later, True, 1)
        assert [e.time for e in stage.events(MENTEE)] == [later]


def test_a_declined_meeting_is_cancelled_everywhere_and_another_time_is_booked(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        stage.hands.decline(MENTEE, entry.ical_uid)
        stage.live_until(stage.world.now + HOUR)
        first, second = stage.relationship.meetings.items
        assert (first.state, first.to_cancel, first.reason) == (MeetingState.CANCELLED, False, "declined by the mentee")
        assert second.state is MeetingState.BOOKED
        assert not second.time.overlaps(first.time)
        assert [e.ical_uid for e in stage.events(MENTOR)] == [second.ical_uid]


def test_a_meeting_deleted_by_its_organiser_leaves_no_booking_behind(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        entry = stage.live_to_booking()
        stage.hands.delete(MENTOR, entry.ical_uid)
        stage.live_until(stage.world.now + HOUR)
        first, second = stage.relationship.meetings.items
        assert (first.state, first.reason) == (MeetingState.CANCELLED, "deleted by its organiser")
        assert second.state is MeetingState.BOOKED


def test_a_time_that_is_taken_between_plan_and_booking_is_lost_and_another_one_is_found(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["charter"] = "agree"
        stage.live_until(START + 3 * HOUR)
        assert stage.relationship.status is Status.AGREED or stage.relationship.status is Status.ACCEPTED
        first = stage.live_to_booking().time
        stage.live_until(first.end)
        stage.habits["held_question"] = "held"
        stage.world.fail_next("calendar.book", Fault.TRY_LATER)
        while len(stage.relationship.meetings.items) < 2:
            stage.live_until(stage.world.now + timedelta(minutes=1))
        planned = stage.relationship.meetings.items[1]
        assert planned.state is MeetingState.PLANNED
        stage.hands.busy(MENTEE, planned.time)
        stage.live_until(stage.world.now + HOUR)
        lost, found = stage.relationship.meetings.items[1:]
        assert (lost.state, lost.event_id, found.state) == (MeetingState.CANCELLED, "", MeetingState.BOOKED)
        assert not found.time.overlaps(planned.time)


def test_nobody_says_whether_the_meeting_took_place_so_it_is_presumed_after_two_days(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        del stage.habits["held_question"]
        end = stage.live_to_booking().time.end
        stage.live_until(end + 2 * DAY + HOUR)
        assert stage.relationship.meetings.items[0].state is MeetingState.PRESUMED_HELD
        assert "follow_up" in stage.mail_kinds(MENTOR)


def test_stop_silences_everything_for_that_person_at_once(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["preparation"] = "stop"
        stage.live_to("preparation")
        stage.live_until(stage.world.now + 4 * WEEK)
        assert stage.house.streams.person(stage.relationship.mentee_id).paused
        assert "agenda" not in stage.mail_kinds(MENTOR)
        assert stage.mail_kinds(MENTEE) == ["charter", "preparation"]


def test_a_mentor_who_declines_is_not_written_to_again_and_the_mentee_hears_of_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["request"] = "decline"
        stage.live_until(START + 3 * WEEK)
        assert stage.relationship.status is Status.DECLINED
        assert (stage.mail_kinds(MENTOR), stage.mail_kinds(MENTEE)) == (["request"], ["notice"])
        assert stage.events(MENTOR) == []


def test_a_request_that_nobody_answers_expires(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits.clear()
        stage.live_until(START + 3 * WEEK)
        assert stage.relationship.status is Status.EXPIRED
        assert stage.mail_kinds(MENTEE) == ["notice"]


def test_nothing_is_planned_over_a_calendar_that_cannot_be_read(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        for _ in range(400):
            stage.world.fail_next("calendar.changes", Fault.TRY_LATER)
        stage.live_until(START + 3 * DAY)
        assert stage.relationship.status is Status.AGREED
        assert stage.relationship.meetings.items == ()


def test_an_agenda_that_could_not_leave_in_time_lapses_with_its_reason_and_never_arrives_late(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        start = stage.live_to_booking().time.start
        stage.live_until(start - 2 * DAY if start - 2 * DAY > stage.world.now else stage.world.now)
        for _ in range(500):
            stage.world.fail_next("mailbox.draft", Fault.TRY_LATER)
        stage.live_until(start + HOUR)
        occasion = f"1.1@{start.date()}"
        assert "not done in time" in stage.relationship.lapsed["agenda", occasion, "mentor"]
        stage.world._faults.clear()
        stage.live_until(start + 3 * DAY)
        assert "agenda" not in stage.mail_kinds(MENTOR)


def test_without_go_live_nothing_leaves_for_the_world_and_afterwards_it_does(tmp_path: Path) -> None:
    from service.people import go_live

    with theatre(tmp_path, loopback=False) as stage:
        stage.live_until(START + DAY)
        assert stage.inbox(MENTOR) == []
        assert go_live(stage.house) is True
        stage.live_until(START + DAY + HOUR)
        assert stage.mail_kinds(MENTOR)[0] == "request"
        assert go_live(stage.house) is False


def test_a_daemon_that_starts_again_takes_up_where_the_last_one_was(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("agenda")
        due = stage.house.ledger.claim(stage.world.now + WEEK, ["review"], 5, stage.world.now + 52 * WEEK)
        assert due, "a review is left leased by the daemon that died"
        stage.daemon.start()
        stage.live_until(START + 4 * WEEK)
        assert states(stage)[:2] == [("1.1", "held"), ("2.1", "held")]


class Seen:
    """Watches a daemon and remembers what it did, in order."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def worked(self, claim: Claim, told: Told, began: datetime, seconds: float) -> None:
        _ = told, began, seconds
        self.kinds.append(claim.work.kind)

    def turned(self, house: House) -> None: ...


def started_again(stage: Theatre) -> list[str]:
    """Let another daemon take up, do all that is due, and return what it did, in order."""
    seen = Seen()
    daemon = Daemon(stage.house, lambda: False, watch=seen)
    daemon.start()
    daemon.run_due()
    daemon.run_due()
    return seen.kinds


def test_after_a_restart_what_waits_goes_before_the_look_at_every_relationship(tmp_path: Path) -> None:
    switch = FileKillSwitch(tmp_path / "stop")
    with theatre(tmp_path) as stage:
        switch.throw()
        stage.house = replace(stage.house, switch=switch)
        assert "request" not in started_again(stage)
        switch.release()
        assert started_again(stage)[0] == "request"


def test_after_a_restart_every_relationship_is_looked_at_once_although_nothing_is_due(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("agenda")
        assert started_again(stage) == ["review"]


def test_an_error_of_ours_in_one_piece_of_work_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:

        def stumble(asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges, ...]:
            raise ZeroDivisionError

        monkeypatch.setattr(stage.house.calendars["google"], "changes_of", stumble)
        stage.live_until(START + 4 * HOUR)
        assert stage.relationship.status is Status.AGREED
        assert {type(trouble) for trouble in stage.daemon.troubles} == {ZeroDivisionError}


def test_the_two_are_told_apart_in_what_they_owe(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["held_question"] = "held\nAction for Mara: name two people by 2027-03-09\nAction for me: ask them"
        stage.live_to("follow_up")
        owed = [(a.owner, a.text.reveal(), str(a.due)) for a in stage.relationship.actions]
        assert owed == [(Role.MENTOR, "name two people", "2027-03-09"), (Role.MENTEE, "ask them", "None")]
        by = By(stage.relationship.mentee_id, MAIL, None, stage.world.now)
        assert by.actor == stage.relationship.mentee_id
