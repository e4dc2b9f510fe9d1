"""What must not be lost or doubled when something fails at an awkward moment: one test for each such moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import Fault
from domain.by import ADMINISTRATOR, CLI, By
from domain.calendar import Ask, Busy, CalendarEntry, Move, Shows
from domain.errors import Broken, TryLater
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.meeting_events import MeetingMoved
from domain.relationship_state import Status
from service.inbox import PARKED, receive
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre


def wish_for_another_time(stage: Theatre) -> tuple[CalendarEntry, Interval]:
    """Let the mentee drag the own copy of a meeting of the service's a day later."""
    entry = stage.live_to_booking()
    stage.live_until(stage.world.now + HOUR)
    wished = Interval(entry.time.start + DAY, entry.time.end + DAY)
    stage.hands.move(MENTEE, entry.ical_uid, wished)
    return entry, wished


def test_an_effect_that_is_put_off_a_hundred_times_is_still_put_off(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        for _ in range(100):
            stage.world.fail_next("mailbox.draft", Fault.TRY_LATER)
        stage.live_until(START + 4 * DAY)
        assert stage.daemon.troubles == []
        (row,) = [row for row in stage.house.ledger.rows() if row.work.kind == "request"]
        assert row.attempts > 50


def test_a_granted_wish_is_one_move_although_the_organisers_calendar_was_not_read_since(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        _, wished = wish_for_another_time(stage)
        stage.live_until(stage.world.now + 2 * HOUR)
        moves = [e.time for e in stage.house.streams.events(stage.id) if isinstance(e, MeetingMoved)]
        assert moves == [wished]


def test_the_organisers_own_move_in_the_last_moment_is_not_overwritten_by_a_guests_wish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path, "service") as stage:
        entry, _ = wish_for_another_time(stage)
        own = Interval(entry.time.start + 2 * DAY, entry.time.end + 2 * DAY)
        asked = stage.house.calendars["microsoft"].move

        def a_hand_was_faster(account: str, move: Move) -> object:
            if stage.events(SERVICE)[-1].time != own:
                stage.hands.move(SERVICE, entry.ical_uid, own)
            return asked(account, move)

        monkeypatch.setattr(stage.house.calendars["microsoft"], "move", a_hand_was_faster)
        stage.live_until(stage.world.now + 3 * HOUR)
        assert [e.time for e in stage.events(MENTOR)] == [own]
        assert stage.relationship.meetings.items[0].time == own


def test_a_wish_that_was_taken_back_in_time_is_not_granted(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        entry, _ = wish_for_another_time(stage)
        stage.live_until(stage.world.now + HOUR / 12)
        assert stage.relationship.meetings.items[0].proposal is not None
        stage.hands.move(MENTEE, entry.ical_uid, entry.time)
        stage.live_until(stage.world.now + 3 * HOUR)
        assert [e.time for e in stage.events(MENTOR)] == [entry.time]
        assert stage.relationship.meetings.items[0].time == entry.time


def test_two_guests_with_different_wishes_are_two_events_and_no_endless_review(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        for account, hours in ((MENTEE, 11), (MENTOR, 12)):
            night = Interval(entry.time.start + hours * HOUR, entry.time.end + hours * HOUR)
            stage.hands.move(account, entry.ical_uid, night)
        stage.live_until(stage.world.now + 3 * HOUR)
        assert len(stage.relationship.meetings.items[0].proposals) == 2


def test_a_calendar_that_says_busy_to_every_booking_is_tried_ever_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        asked = stage.house.calendars["google"].busy

        def busy(account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
            return (Busy(window, Shows.BUSY),) if account == MENTEE else asked(account, window)

        monkeypatch.setattr(stage.house.calendars["google"], "busy", busy)
        stage.live_until(START + 4 * DAY)
        assert 2 <= len(stage.relationship.meetings.items) <= 12


def test_a_leave_that_began_since_the_last_poll_costs_two_times_at_most(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("charter", 1)
        leave = Interval(START, START + 14 * DAY)
        stage.world.at(stage.world.now, lambda: stage.hands.busy(MENTEE, leave, Shows.OUT_OF_OFFICE))
        monkey = stage.daemon._hasten
        stage.daemon._hasten = lambda accounts: monkey([a for a in accounts if a == SERVICE])  # type: ignore[method-assign]
        stage.live_until(START + 2 * DAY)
        assert stage.relationship.meetings.items[-1].state is MeetingState.BOOKED
        lost = [m for m in stage.relationship.meetings.items if m.state is MeetingState.CANCELLED]
        assert len(lost) <= 2


def test_a_mail_that_is_named_again_after_the_person_came_back_does_not_stop_everything_once_more(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, MENTOR, "stop", request_id(stage))
        person = stage.house.streams.person(stage.relationship.mentor_id)
        person.resume(By(ADMINISTRATOR, CLI, None, stage.house.now()))
        stage.house.streams.save(person, now=stage.house.now())
        stage.world.fail_next("mailbox.arrivals", Fault.CURSOR_EXPIRED)
        stage.live_until(stage.world.now + 2 * DAY)
        assert not stage.house.streams.person(stage.relationship.mentor_id).paused


def test_an_agenda_reply_that_is_named_again_after_the_meeting_is_no_word_that_it_was_held(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["preparation"] = "Learned: to ask earlier\nQuestions: What next?"
        stage.habits["held_question"] = "not held"
        stage.live_to("held_question")
        stage.live_until(stage.world.now + 3 * HOUR)
        assert stage.relationship.meetings.items[0].state is MeetingState.MISSED
        letters = stage.world.accounts[SERVICE].letters.values()
        (reply,) = [x for x in letters if x.folder == "inbox" and b"ask earlier" in x.raw]
        receive(stage.house, reply.id)
        assert stage.relationship.meetings.items[0].state is MeetingState.MISSED


def test_a_mail_that_the_provider_refuses_to_give_out_is_parked_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        poison: list[str] = []
        given = stage.house.mailbox.raw

        def raw(account: str, message_id: str) -> bytes | None:
            poison[:] = poison or [message_id]
            if message_id in poison:
                raise Broken("The provider cannot make a mail of it.", "Look at it in the mailbox.")
            return given(account, message_id)

        assert isinstance(stage.house.mailbox, MemoryMailbox)
        monkeypatch.setattr(stage.house.mailbox, "raw", raw)
        write_in(stage, MENTOR, "anything", answers)
        write_in(stage, MENTOR, "Accept", answers)
        stage.live_until(stage.world.now + 2 * DAY)
        assert stage.relationship.status is Status.ACCEPTED


def test_two_mails_without_a_message_id_are_two_mails_set_aside(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        head = f"From: {MENTOR}\r\nTo: {SERVICE}\r\nIn-Reply-To: {answers}\r\n\r\n"
        from adapters.memory.mailbox import write

        for text in ("one", "two"):
            write(stage.world, SERVICE, f"{head}{text}".encode(), "inbox")
        stage.live_until(stage.world.now + HOUR)
        assert len(stage.relationship.held_mails) == 2


def test_a_parked_mail_is_known_by_the_providers_id_and_its_row_holds_no_words_of_a_stranger(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        write_in(stage, MENTOR, "hello", None)
        arrived = [x.id for x in stage.world.accounts[SERVICE].letters.values() if x.folder == "inbox"]
        now = stage.house.now()
        (claim,) = stage.house.ledger.claim(now, [PARKED], 5, now + HOUR)
        assert claim.work.occasion in arrived
        assert "@" not in claim.work.key


def test_a_no_to_the_question_what_became_of_a_mail_holds_it_as_unknown(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_AFTER)
        stage.world.fail_next("mailbox.find", Fault.BROKEN)
        stage.live_until(START + DAY)
        (row,) = [row for row in stage.house.ledger.rows() if row.work.kind == "request"]
        assert row.state.value == "unknown"


def test_news_from_a_calendar_wake_the_pair_although_the_store_was_busy_right_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        later = Interval(entry.time.start + HOUR, entry.time.end + HOUR)
        save, replace = stage.house.streams.save, stage.house.cache.replace
        busy: list[bool] = []

        def busy_after_the_copy(*aggregates: object, **more: object) -> None:
            if busy:
                busy.clear()
                raise TryLater("The store is in use by another process.", "Try again in a moment.")
            save(*aggregates, **more)  # type: ignore[arg-type]

        def copied(*given: object) -> None:
            replace(*given)  # type: ignore[arg-type]
            busy.append(True)

        monkeypatch.setattr(stage.house.streams, "save", busy_after_the_copy)
        monkeypatch.setattr(stage.house.cache, "replace", copied)
        stage.hands.move(MENTOR, entry.ical_uid, later)
        stage.live_until(stage.world.now + timedelta(hours=2))
        assert any(isinstance(trouble, TryLater) for trouble in stage.daemon.troubles)
        assert stage.relationship.meetings.items[0].time == later


def test_asked_to_stop_the_daemon_begins_no_further_piece_of_work(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_until(START + HOUR)
        begun: list[int] = []
        stage.house.ledger.hasten(polls(stage), stage.house.now())
        stage.daemon.stopping = lambda: len(begun) > 0
        changes = stage.house.calendars["google"].changes_of

        def reading(asks: Sequence[Ask], now: datetime) -> object:
            begun.append(len(asks))
            return changes(asks, now)

        stage.house.calendars["google"].changes_of = reading  # type: ignore[method-assign,assignment]
        stage.daemon.run_due()
        assert begun == [3], "three calendars were asked for in one go"
        assert stage.house.ledger.void_leases() == 3, "and none of them was taken"


def polls(stage: Theatre) -> list[str]:
    """Return the keys of the calendar polls of the service and the two."""
    owners = ("service", stage.relationship.mentor_id, stage.relationship.mentee_id)
    return [f"{owner}/poll-calendar//" for owner in owners]
