"""While somebody is away, no mail goes to that person, and no silence counts against anybody."""

from datetime import date, datetime, timedelta

import pytest

from domain.absence import AWAY, absences, prolonged
from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.interval import Interval
from domain.relationship_state import Status
from domain.sheet import LATE, Sheet
from domain.situation import Situation
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, agreed, by_cli, mentee, mentor, requested
from tests.unit.domain_life import Life


def away(start: datetime = BEGINNING, days: float = 3, role: Role = Role.MENTOR) -> Situation:
    """Return a pair of whom one is out of office for some days."""
    shown: dict[Role, tuple[Interval, ...]] = {role: (Interval(start, start + days * DAY),)}
    return Situation(agreed(), mentor(), mentee(), away=shown)


def agenda(due: datetime, expires: datetime) -> Effect:
    """Return a mail to the mentor."""
    return Effect(EffectKind.AGENDA, "1.1@2027-02-03", "mentor", "1.1", due, expires, None)


def on_sheet(situation: Situation, effect: Effect, now: datetime) -> Sheet:
    """Return the sheet on which that effect alone is wanted."""
    sheet = Sheet(situation, now)
    sheet.want(effect)
    return sheet


def test_a_mail_that_is_due_while_its_reader_is_away_waits_for_her_return() -> None:
    situation, back = away(), BEGINNING + 3 * DAY
    sheet = on_sheet(situation, agenda(BEGINNING + DAY, BEGINNING + 9 * DAY), BEGINNING)
    assert [effect.due for effect in sheet.effects] == [back]
    assert sheet.plan().next_review == back


def test_a_mail_that_was_not_sent_before_she_went_does_not_catch_up_with_her() -> None:
    situation = away(BEGINNING + DAY)
    effect = agenda(BEGINNING, BEGINNING + 9 * DAY)
    assert on_sheet(situation, effect, BEGINNING).plan().next_review == BEGINNING + DAY
    assert on_sheet(situation, effect, BEGINNING).effects == [effect]
    (waiting,) = on_sheet(situation, effect, BEGINNING + 2 * DAY).effects
    assert waiting.due == BEGINNING + 4 * DAY


def test_what_is_of_no_use_on_her_return_lapses_and_says_why() -> None:
    effect = agenda(BEGINNING + HOUR, BEGINNING + DAY)
    assert on_sheet(away(), effect, BEGINNING + 2 * HOUR).effects == []
    (lapse,) = on_sheet(away(), effect, BEGINNING + DAY).decisions
    assert getattr(lapse, "reason", None) == AWAY


def test_what_the_service_missed_is_not_blamed_on_an_absence() -> None:
    effect = agenda(BEGINNING, BEGINNING + 2 * DAY)
    (lapse,) = on_sheet(away(BEGINNING + DAY, 9), effect, BEGINNING + 3 * DAY).decisions
    assert getattr(lapse, "reason", None) == LATE


@pytest.mark.parametrize("kind", [EffectKind.BOOK, EffectKind.MOVE, EffectKind.CANCEL])
def test_writes_to_calendars_wait_for_nobody(kind: EffectKind) -> None:
    effect = Effect(kind, "1.1", "calendar", "1.1", BEGINNING + DAY, BEGINNING + 9 * DAY, None)
    assert on_sheet(away(), effect, BEGINNING).effects == [effect]


def test_the_other_one_gets_mail_as_ever() -> None:
    effect = agenda(BEGINNING + DAY, BEGINNING + 9 * DAY)
    assert on_sheet(away(role=Role.MENTEE), effect, BEGINNING).effects == [effect]


def test_an_afternoon_off_is_no_absence_and_joined_days_are_one() -> None:
    short = away(days=0.9)
    assert absences(short, Role.MENTOR) == ()
    person = mentor()
    for day in (1, 2):
        person.plan_leave(date(2027, 3, day), date(2027, 3, day), by_cli())
    (stretch,) = absences(Situation(agreed(), person, mentee()), Role.MENTOR)
    assert stretch.end - stretch.start == 2 * DAY
    assert stretch.start.hour == 6, "midnight in Chicago"


def test_leave_begins_and_ends_at_midnights_of_her_own_clock_also_over_a_clock_change() -> None:
    person = mentor("Europe/Berlin")
    person.plan_leave(date(2027, 3, 28), date(2027, 3, 28), by_cli())
    assert absences(Situation(agreed(), person, mentee()), Role.MENTOR) == ()
    person.plan_leave(date(2027, 3, 27), date(2027, 3, 28), by_cli())
    (stretch,) = absences(Situation(agreed(), person, mentee()), Role.MENTOR)
    assert stretch.end - stretch.start == timedelta(hours=47)


def test_a_deadline_moves_by_the_time_away_and_not_by_that_before_or_after() -> None:
    start = BEGINNING
    for situation, end in (
        (away(start - 9 * DAY, 3), start + 14 * DAY),
        (away(start - DAY, 3), start + 16 * DAY),
        (away(start + 5 * DAY, 3), start + 17 * DAY),
        (away(start + 14 * DAY, 3), start + 14 * DAY),
    ):
        assert prolonged(situation, Role.MENTOR, start, 14 * DAY) == end


def test_a_request_does_not_expire_while_the_mentor_is_away() -> None:
    life = Life(requested())
    life.mentor.plan_leave(date(2027, 2, 2), date(2027, 2, 20), by_cli())
    life.live_until(BEGINNING + 30 * DAY)
    known = [life.relationship.status]
    life.live_until(BEGINNING + 34 * DAY)
    assert [*known, life.relationship.status] == [Status.REQUESTED, Status.EXPIRED]


def test_reminders_of_an_action_keep_their_distance_without_the_time_away() -> None:
    life = Life(agreed())
    life.settle()
    life.relationship.owe_action(Role.MENTOR, mentor().name, date(2027, 2, 2), 1, by_cli())
    life.mentor.plan_leave(date(2027, 2, 5), date(2027, 2, 18), by_cli())
    life.live_until(BEGINNING + 40 * DAY)
    first, second = sorted(mail.at for mail in life.relationship.mails.values() if mail.kind == "chase")
    assert first == datetime(2027, 2, 3, 15, tzinfo=first.tzinfo)
    assert second == first + 21 * DAY
