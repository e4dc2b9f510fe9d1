"""Facts instead of a score: what is noted of both alike, what explains it, and who hears of it first."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.acts import acts_of
from domain.calendar import Response
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.fact_finding import promised_by
from domain.facts import FactKind
from domain.health import in_a_row, open_facts
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.reliving import Reliving
from tests.unit.domain_cast import DAY, HOUR, agreed, by_cli, by_mail, charter, words
from tests.unit.domain_life import Life

MENTOR, MENTEE = Role.MENTOR, Role.MENTEE


def attentive(**terms: object) -> Life:
    """Return a pair whose first meeting is booked, with a service that reads its mail."""
    life = Life(agreed(charter(**terms)), hears=True)
    life.settle()
    return life


def facts(life: Life) -> list[tuple[str, str, int]]:
    """Return what was noted: kind, whose, and in which cycle."""
    return [(fact.kind.value, fact.role.value, fact.cycle) for fact in life.relationship.facts]


def through_meeting(life: Life) -> None:
    """Live until the newest meeting counts as held and the next one stands."""
    cycle = life.meeting.cycle
    while life.meeting.cycle == cycle:
        life.live_until(life.now + DAY)


def told(life: Life, topic: str) -> list[str]:
    """Return to whom a notice about the relationship as a whole left, in order."""
    return [m.recipient for m in life.relationship.mails.values() if m.occasion.startswith(f"health~{topic}~")]


@pytest.mark.parametrize("role", Role)
def test_giving_a_meeting_up_inside_the_notice_is_a_fact_of_either_alike(role: Role) -> None:
    life = attentive()
    life.live_until(life.meeting.time.start - 20 * HOUR)
    life.answer(role, Response.DECLINED)
    life.settle()
    assert ("late_decline", role.value, 1) in facts(life)


@pytest.mark.parametrize("role", Role)
def test_giving_it_up_in_time_asks_for_another_time_which_is_a_move(role: Role) -> None:
    life = attentive()
    life.answer(role, Response.DECLINED)
    life.settle()
    assert facts(life) == [("moved", role.value, 1)]


def test_a_move_by_hand_is_noted_once_and_one_move_is_ordinary_life() -> None:
    life = attentive()
    life.move(DAY)
    life.live_until(life.now + HOUR)
    assert facts(life) == [("moved", "mentor", 1)]
    assert in_a_row(life.relationship, MENTOR) == ()
    life.move(DAY)
    life.live_until(life.now + HOUR)
    assert [len(row) for row in in_a_row(life.relationship, MENTOR)] == [2]


def test_a_question_that_is_not_answered_within_the_promise_is_silence_once_the_promise_is_over() -> None:
    life = attentive(cadence_days=28, reply_promise_days=2)
    life.move(9 * DAY)
    life.live_until(life.now + HOUR)
    taken = Interval(life.meeting.time.start - 25 * HOUR, life.meeting.time.start - 23 * HOUR)
    life.busy = {**life.busy, MENTOR: (taken,)}
    life.wish(MENTEE, -DAY)
    life.live_until(life.now + HOUR)
    asked = life.now
    assert life.sent("notice")[-1].endswith("wish_question")
    life.live_until(asked + DAY)
    assert ("silence", "mentor", 1) not in facts(life)
    life.live_until(asked + 5 * DAY)
    assert ("silence", "mentor", 1) in facts(life)


def test_an_agenda_with_nothing_in_it_is_a_fact_of_the_mentee_and_one_with_a_line_is_none() -> None:
    life = attentive()
    life.live_until(life.meeting.time.start - HOUR)
    assert facts(life) == [("no_agenda", "mentee", 1)]
    other = attentive()
    other.relationship.add_agenda_items(1, AgendaItems(questions=words("How?")), by_mail(MENTEE, other.now))
    other.live_until(other.meeting.time.start - HOUR)
    assert facts(other) == []


def leave(life: Life) -> None:
    """The mentee is on leave over these days, as everybody was told."""
    life.mentee.plan_leave(date(2027, 2, 2), date(2027, 2, 3), by_cli(life.now))


def out_of_office(life: Life) -> None:
    """The mentee's calendar shows a day out of office."""
    life.away = {MENTEE: (Interval(life.now, life.now + 2 * DAY),)}


def pause(life: Life) -> None:
    """The mentee asks for silence, and comes back."""
    life.live_until(life.now + HOUR)
    life.pause(MENTEE)
    life.live_until(life.now + 6 * HOUR)
    life.resume(MENTEE)
    life.settle()


def lost_calendar(life: Life) -> None:
    """Her calendar cannot be read any more."""
    life.live_until(life.now + HOUR)
    life.mentee.lose_connection("consent", by_cli(life.now))
    life.settle()


def service_down(life: Life) -> None:
    """The service is switched off over the moment."""
    life.live_until(life.now + HOUR)
    life.sleep_until(life.meeting.time.start - 2 * HOUR)
    life.hears = False


@pytest.mark.parametrize("excuse", [leave, out_of_office, pause, lost_calendar, service_down])
def test_what_leave_a_pause_a_lost_calendar_or_an_outage_of_ours_explains_is_no_fact(
    excuse: Callable[[Life], None],
) -> None:
    life = Life(agreed(), hears=True)
    if excuse in (leave, out_of_office):
        excuse(life)
        life.settle()
    else:
        life.settle()
        excuse(life)
    life.live_until(life.meeting.time.end)
    assert facts(life) == []


def test_a_fact_waits_while_our_own_mailbox_is_not_read_and_is_noted_when_it_is() -> None:
    life = attentive()
    life.hears = False
    life.live_until(life.meeting.time.start - 23 * HOUR)
    assert facts(life) == []
    life.hears = True
    life.live_until(life.now + 2 * HOUR)
    assert facts(life) == [("no_agenda", "mentee", 1)]


def test_what_is_older_than_half_a_day_is_never_noted_so_a_new_program_charges_nobody_with_the_past() -> None:
    life = Life(agreed())
    life.settle()
    life.live_until(life.meeting.time.start - HOUR)
    life.hears = True
    life.live_until(life.now + 10 * DAY)
    assert [fact for fact in facts(life) if fact[2] == 1] == []


def test_after_the_second_silence_the_mentee_alone_gets_a_note_and_after_the_third_a_choice() -> None:
    life = attentive()
    through_meeting(life)
    assert told(life, "quiet_note") == []
    through_meeting(life)
    assert told(life, "quiet_note") == ["mentee"]
    assert open_facts(life.relationship) == ()
    through_meeting(life)
    (dead_end,) = life.relationship.dead_ends
    assert (dead_end.role, [fact.kind for fact in dead_end.evidence]) == (MENTEE, [FactKind.NO_AGENDA] * 3)
    assert told(life, "stalled") == ["mentee"]
    assert [fact.cycle for _, fact in open_facts(life.relationship)] == [1, 2, 3]
    through_meeting(life)
    assert (told(life, "quiet_note"), told(life, "stalled")) == (["mentee"], ["mentee"])


def test_a_round_in_which_the_mentee_prepares_ends_the_row() -> None:
    life = attentive()
    through_meeting(life)
    through_meeting(life)
    items = AgendaItems(questions=words("How?"))
    life.relationship.add_agenda_items(life.meeting.cycle, items, by_mail(MENTEE, life.now))
    through_meeting(life)
    through_meeting(life)
    assert life.relationship.dead_ends == ()
    assert [row[0].cycle for row in in_a_row(life.relationship, MENTEE)] == [4]


def test_nudges_to_one_reader_are_a_week_apart_even_when_the_meetings_are_not() -> None:
    life = attentive(cadence_days=4, agenda_lead_hours=4, notice_hours=4)
    for _ in range(8):
        through_meeting(life)
    nudged = [m.at for m in life.relationship.mails.values() if m.occasion.startswith("health~")]
    assert len(nudged) >= 2
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(nudged))


def decline_late(life: Life) -> None:
    """The mentor declines a few hours before, and the time that is found instead comes to nothing too."""
    cycle = life.meeting.cycle
    life.relationship.add_agenda_items(cycle, AgendaItems(questions=words("How?")), by_mail(MENTEE, life.now))
    life.live_until(life.meeting.time.start - 20 * HOUR)
    life.answer(MENTOR, Response.DECLINED)
    life.settle()
    while life.meeting.cycle == cycle:
        if life.meeting.state is MeetingState.BOOKED and life.meeting.time.end < life.now:
            life.relationship.report_held(life.meeting.ref, False, by_mail(MENTEE, life.now))
        life.live_until(life.now + 6 * HOUR)


def test_three_rounds_that_came_to_nothing_with_the_mentor_are_told_to_the_mentee_alone_with_their_evidence() -> None:
    life = attentive()
    for _ in range(3):
        decline_late(life)
    (dead_end,) = [one for one in life.relationship.dead_ends if one.role is MENTOR]
    assert {fact.cycle for fact in dead_end.evidence} == {1, 2, 3}
    assert told(life, "dead_end") == ["mentee"]


def test_a_meeting_that_somebody_reported_as_held_ends_the_row_of_either() -> None:
    life = attentive()
    decline_late(life)
    decline_late(life)
    life.live_until(life.meeting.time.end + HOUR)
    life.relationship.report_held(life.meeting.ref, True, by_mail(MENTEE, life.now))
    assert in_a_row(life.relationship, MENTOR) == ()
    assert in_a_row(life.relationship, MENTEE) == ()


def rest_of_the_pair(life: Life) -> None:
    """The two rest for some days."""
    life.relationship.rest_until(date(2027, 2, 5), "Europe/Berlin", MENTEE, by_mail(MENTEE, life.now))


def pause_by_an_administrator(life: Life) -> None:
    """An administrator lets the pair rest and go on."""
    life.relationship.rest_until(None, "Europe/Berlin", None, by_cli(life.now))
    life.live_until(life.now + HOUR)
    life.relationship.go_on(by_cli(life.now))


@pytest.mark.parametrize("rest", [rest_of_the_pair, pause_by_an_administrator])
def test_after_a_rest_of_the_pair_the_time_to_answer_begins_anew(rest: Callable[[Life], None]) -> None:
    life = attentive(cadence_days=28)
    asked = life.now
    before = promised_by(life.situation(), MENTOR, asked)
    life.live_until(life.now + DAY)
    rest(life)
    life.live_until(life.now + 5 * DAY)
    assert promised_by(life.situation(), MENTOR, asked) > before


def test_lived_again_the_facts_are_those_that_were_recorded_and_the_same_follows_from_them() -> None:
    life = attentive()
    for _ in range(3):
        through_meeting(life)
    stream = list(life.relationship.pending_events)
    again = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, life.relationship.charter)
    acts = sorted((act.what, act.about, act.at) for act in again.acts())
    assert acts == sorted((act.what, act.about, act.at) for act in acts_of(stream))
    assert [what for what, _, _ in acts].count("DeadEndSuspected") == 1
