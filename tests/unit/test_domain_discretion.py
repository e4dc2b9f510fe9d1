"""Mails keep quiet hours and the weekly budget of the charter, and nothing is lost by it that is of use later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.charter import Charter, Role
from domain.discretion import deferred, next_quiet
from domain.effects import Effect, EffectKind
from domain.errors import BadInput
from domain.situation import Situation
from tests.unit.domain_cast import agreed, charter, mentee, mentor
from tests.unit.domain_life import booked_life

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVENING = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 20:00 in Chicago."""


def situation(terms: Charter, sent: tuple[datetime, ...] = ()) -> Situation:
    return Situation(agreed(terms), mentor(), mentee(), mailed={Role.MENTOR: sent})


def mail(
    kind: EffectKind = EffectKind.CHASE, due: datetime = EVENING, lasts: timedelta = 5 * DAY, to: Role = Role.MENTOR
) -> Effect:
    return Effect(kind, "1.1", to, "1", due, due + lasts, "v1/actions")


QUIET = charter(quiet="19:00-08:00")


def test_a_mail_in_quiet_hours_waits_for_the_readers_morning() -> None:
    morning = datetime(2027, 3, 2, 14, 0, tzinfo=UTC)
    assert deferred(situation(QUIET), mail(), EVENING - DAY).due == morning


def test_the_readers_own_clock_counts() -> None:
    assert deferred(situation(QUIET), mail(to=Role.MENTEE), EVENING - DAY).due == datetime(2027, 3, 2, 7, 0, tzinfo=UTC)


def test_a_mail_that_is_late_waits_for_the_morning_too() -> None:
    late = deferred(situation(QUIET), mail(due=EVENING - 3 * HOUR), EVENING + HOUR)
    assert late.due == datetime(2027, 3, 2, 14, 0, tzinfo=UTC)


def test_by_day_nothing_waits() -> None:
    noon = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)
    assert deferred(situation(QUIET), mail(due=noon), noon).due == noon


def test_what_would_be_of_no_use_in_the_morning_leaves_at_night() -> None:
    assert deferred(situation(QUIET), mail(lasts=2 * HOUR), EVENING).due == EVENING


@pytest.mark.parametrize("kind", [EffectKind.AGENDA, EffectKind.ECHO])
def test_an_agenda_and_an_echo_come_when_they_are_due(kind: EffectKind) -> None:
    assert deferred(situation(QUIET), mail(kind), EVENING).due == EVENING


def test_quiet_hours_keep_to_the_wall_clock_when_the_clocks_change() -> None:
    saturday_night = datetime(2027, 3, 14, 4, 0, tzinfo=UTC)
    assert deferred(situation(QUIET), mail(due=saturday_night), EVENING).due == datetime(2027, 3, 14, 13, 0, tzinfo=UTC)


def test_quiet_hours_inside_one_day_are_possible() -> None:
    noon = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)
    lunch = situation(charter(quiet="12:00-13:30"))
    assert deferred(lunch, mail(due=noon), noon).due == noon + HOUR
    assert next_quiet(lunch, mail(due=noon), noon) == noon + DAY - HOUR / 2


def test_the_budget_holds_a_mail_back_until_the_week_has_room() -> None:
    sent = (EVENING - 6 * DAY, EVENING - 2 * DAY)
    terms = charter(weekly_mails=2)
    assert deferred(situation(terms, sent), mail(), EVENING).due == EVENING + DAY
    assert deferred(situation(terms, sent[1:]), mail(), EVENING).due == EVENING
    assert deferred(situation(charter(), sent * 20), mail(), EVENING).due == EVENING


@pytest.mark.parametrize("kind", [EffectKind.AGENDA, EffectKind.CHARTER, EffectKind.ECHO, EffectKind.REQUEST])
def test_what_the_meeting_cannot_do_without_is_not_held_back(kind: EffectKind) -> None:
    assert deferred(situation(charter(weekly_mails=1), (EVENING - DAY,)), mail(kind), EVENING).due == EVENING


def test_both_together_wait_for_the_first_morning_with_room() -> None:
    both = charter(quiet="19:00-08:00", weekly_mails=1)
    due = deferred(situation(both, (EVENING - 6 * DAY,)), mail(), EVENING).due
    assert due == datetime(2027, 3, 3, 14, 0, tzinfo=UTC)


def test_a_pair_with_quiet_hours_gets_its_mails_and_none_at_night() -> None:
    life = booked_life(quiet="17:00-09:30")
    life.live_until(life.now + 40 * DAY)
    assert {"agenda", "preparation", "held_question", "follow_up"} <= {e.kind.value for _, e in life.done}
    for at, effect in life.done:
        if effect.kind.is_mail and effect.kind is not EffectKind.AGENDA:
            local = at.astimezone(_zone(effect.recipient))
            assert (9, 30) <= (local.hour, local.minute) < (17, 0), effect


def _zone(role: str) -> ZoneInfo:
    return ZoneInfo("America/Chicago" if role == "mentor" else "Europe/Berlin")


def test_a_budget_and_quiet_hours_that_cannot_be_are_refused() -> None:
    for terms in (charter(quiet="evening"), charter(weekly_mails=101)):
        with pytest.raises(BadInput):
            terms.checked()
