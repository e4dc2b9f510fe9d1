"""Doubt over memory adapters: answers that are lost, drafts that vanish, a provider that says no."""

from pathlib import Path

import pytest

from adapters.memory.world import Fault
from domain.calendar import Response
from domain.meeting import MeetingState
from domain.relationship_state import Status
from service.queries_outbox import resolve
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre


def sent(stage: Theatre, kind: str) -> int:
    """Count the mails of a kind that lie in the service's sent folder."""
    letters = stage.world.accounts[SERVICE].letters.values()
    return sum(
        1 for letter in letters if letter.folder == "sent" and f"X-Mentorsync-Kind: {kind}".encode() in letter.raw
    )


@pytest.mark.parametrize("operation", ["mailbox.draft", "mailbox.send"])
@pytest.mark.parametrize("fault", [Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_a_mail_whose_answer_was_lost_arrives_exactly_once(tmp_path: Path, operation: str, fault: Fault) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next(operation, fault)
        stage.live_until(START + 2 * HOUR)
        assert (sent(stage, "request"), len(stage.inbox(MENTOR, "request"))) == (1, 1)
        assert ("request", "request", "mentor") in stage.relationship.mails


@pytest.mark.parametrize("fault", [Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_a_booking_whose_answer_was_lost_stands_exactly_once_on_both_calendars(tmp_path: Path, fault: Fault) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("calendar.book", fault)
        stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        assert (len(stage.events(MENTOR)), len(stage.events(MENTEE))) == (1, 1)
        assert stage.relationship.meetings.items[0].state is MeetingState.BOOKED


@pytest.mark.parametrize("fault", [Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_a_cancellation_whose_answer_was_lost_is_done_in_the_end(tmp_path: Path, fault: Fault) -> None:
    with theatre(tmp_path, "service") as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        stage.world.fail_next("calendar.cancel", fault)
        stage.hands.decline(MENTEE, entry.ical_uid)
        stage.live_until(stage.world.now + 3 * HOUR)
        assert entry.ical_uid not in {e.ical_uid for e in stage.events(MENTOR)}
        assert not any(meeting.to_cancel for meeting in stage.relationship.meetings.items)


def test_a_draft_that_vanished_without_a_sent_copy_is_held_for_a_person_and_never_sent_again(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_BEFORE)
        stage.daemon.run_due()
        drafts = [x for x in stage.world.accounts[SERVICE].letters.values() if x.folder == "drafts"]
        assert len(drafts) == 1
        del stage.world.accounts[SERVICE].letters[drafts[0].id]
        stage.live_until(START + DAY)
        assert sent(stage, "request") == 0
        (row,) = [row for row in stage.house.ledger.rows() if row.work.kind == "request"]
        assert row.state.value == "unknown"
        assert "no sent copy" in stage.relationship.given_up["request", "request", "mentor"]


def _to_yes(stage: Theatre) -> None:
    """Let the mentor say yes, so that the charter and the answer to her mail are to leave."""
    stage.live_until(START + HOUR / 2)
    stage.hands.reply(MENTOR, stage.inbox(MENTOR, "request")[-1].id, "accept")


@pytest.mark.parametrize("fault", [Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_an_answer_that_rides_on_a_mail_whose_outcome_was_lost_arrives_once(tmp_path: Path, fault: Fault) -> None:
    with theatre(tmp_path) as stage:
        stage.habits.clear()
        _to_yes(stage)
        stage.world.fail_next("mailbox.send", fault)
        stage.live_until(START + 3 * HOUR)
        told = [letter for letter in stage.inbox(MENTOR) if b"You said yes to Jonas" in letter.raw]
        assert [b"Kind: charter" in letter.raw for letter in told] == [True]


def test_an_answer_that_may_have_left_on_a_mail_that_is_held_is_held_with_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits.clear()
        _to_yes(stage)
        for _ in range(2):
            stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_BEFORE)
        letters = stage.world.accounts[SERVICE].letters
        while not (drafts := [x for x in letters.values() if x.folder == "drafts" and b"You said yes" in x.raw]):
            stage.live_until(stage.world.now + HOUR / 60)
        del letters[drafts[0].id]
        stage.live_until(START + 3 * DAY)
        assert ("charter", "v1", "mentor") in stage.relationship.given_up
        assert sent(stage, "echo") == 0
        assert [why for name, why in stage.relationship.lapsed.items() if name[0] == "echo"]
        resolve(stage.house, f"{stage.id}/charter/v1/mentor", sent=True)
        assert [name[0] for name in stage.relationship.mails if name[2] == "mentor"] == ["request", "charter", "echo"]


def test_a_held_mail_is_sent_once_more_when_a_person_decides_so(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_BEFORE)
        stage.daemon.run_due()
        letters = stage.world.accounts[SERVICE].letters
        for letter in [x for x in letters.values() if x.folder == "drafts"]:
            del letters[letter.id]
        stage.live_until(START + DAY)
        key = resolve(stage.house, f"{stage.id}/request", sent=False)
        stage.live_until(START + DAY + HOUR)
        assert sent(stage, "request") == 1
        assert [row.state.value for row in stage.house.ledger.rows() if row.work.key == key] == ["done"]


def test_a_calendar_that_refuses_bookings_is_a_fact_and_is_asked_again_a_day_later(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("calendar.book", Fault.BROKEN)
        stage.live_until(START + 3 * DAY)
        first, second = stage.relationship.meetings.items[:2]
        assert (first.state, first.reason) == (MeetingState.CANCELLED, "the calendar refused the booking")
        assert second.planned_at - first.planned_at >= DAY
        assert len(stage.events(MENTOR)) == 1


def test_an_expired_cursor_is_followed_by_a_full_read_and_nothing_is_done_twice(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to_booking()
        for operation in ("calendar.changes", "calendar.changes", "mailbox.arrivals"):
            stage.world.fail_next(operation, Fault.CURSOR_EXPIRED)
        stage.live_until(stage.world.now + 2 * DAY)
        assert len(stage.relationship.meetings.items) <= 2
        assert (sent(stage, "request"), sent(stage, "charter")) == (1, 2)


def test_a_move_made_while_the_booking_was_in_doubt_is_not_lost(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("calendar.book", Fault.DOUBTFUL_AFTER)
        while not stage.events(MENTOR):
            stage.live_until(stage.world.now + HOUR / 60)
        entry = stage.events(MENTOR)[0]
        from domain.interval import Interval

        later = Interval(entry.time.start + DAY, entry.time.end + DAY)
        stage.hands.move(MENTOR, entry.ical_uid, later)
        stage.live_until(stage.world.now + 2 * HOUR)
        meeting = stage.relationship.meetings.items[0]
        assert (meeting.time, meeting.state) == (later, MeetingState.BOOKED)
        assert len(stage.events(MENTEE)) == 1


def test_an_answer_that_came_while_the_booking_was_in_doubt_is_not_forgotten(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("calendar.book", Fault.DOUBTFUL_AFTER)
        stage.live_to_booking()
        stage.live_until(stage.world.now + 2 * DAY)
        assert stage.relationship.meetings.items[0].mentee_response is Response.ACCEPTED


def test_who_answers_before_it_is_known_that_our_mail_left_is_heard(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits.clear()
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_AFTER)
        stage.live_until(START + HOUR / 40)
        assert ("request", "request", "mentor") not in stage.relationship.mails
        stage.world.fail_next("mailbox.find", Fault.TRY_LATER)
        (request,) = stage.inbox(MENTOR)
        stage.hands.reply(MENTOR, request.id, "accept")
        stage.live_until(START + DAY)
        assert stage.relationship.status is Status.ACCEPTED
        assert len(stage.inbox(MENTOR, "request")) == 1
