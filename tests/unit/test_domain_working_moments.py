"""Preparation and follow-up reach their readers on days on which they work."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.charter import Role
from domain.effects import EffectKind
from domain.hours import Leave
from domain.rules_talks import preparation_due
from tests.unit.domain_cast import DAY, HOUR, by_cli, by_mail
from tests.unit.domain_life import Life, booked_life

BERLIN, CHICAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago")
FRIDAY = datetime(2027, 2, 12, tzinfo=UTC)


def second_meeting(**changes: object) -> Life:
    """Return a pair whose first meeting was held, with the second on Wednesday 17 February, or the day after."""
    life = booked_life(**changes)
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    life.settle()
    assert life.meeting.ref == "2.1"
    return life


def asked(life: Life) -> datetime:
    """Return when the mentee is asked, on her clock in Berlin."""
    return preparation_due(life.situation(), life.meeting).astimezone(BERLIN)


def test_who_would_be_asked_on_a_saturday_is_asked_on_friday_an_hour_before_she_stops() -> None:
    life = second_meeting()
    assert asked(life) == datetime(2027, 2, 12, 17, 0, tzinfo=BERLIN)
    life.live_until(life.meeting.time.end)
    times = {at for at, effect in life.done if effect.kind is EffectKind.PREPARATION and effect.about == "2.1"}
    assert times == {asked(life)}


def test_who_works_three_days_before_the_agenda_is_asked_then() -> None:
    life = second_meeting()
    life.move(-DAY)
    assert asked(life) == life.meeting.time.start - 4 * DAY


def test_on_a_friday_of_leave_or_in_quiet_hours_she_is_asked_before() -> None:
    life = second_meeting()
    life.mentee.plan_leave(FRIDAY.date(), FRIDAY.date(), by_cli(life.now))
    assert life.mentee.leaves == (Leave(FRIDAY.date(), FRIDAY.date()),)
    assert asked(life) == datetime(2027, 2, 11, 17, 0, tzinfo=BERLIN)
    quiet = second_meeting(quiet="15:00-07:00")
    assert asked(quiet) == datetime(2027, 2, 12, 14, 0, tzinfo=BERLIN)


def test_what_was_booked_after_her_last_day_of_work_is_asked_on_her_next_one_if_the_agenda_is_a_day_away() -> None:
    life = second_meeting()
    saturday = FRIDAY + DAY + 8 * HOUR
    life.now = saturday
    life.move(HOUR)
    assert asked(life) == datetime(2027, 2, 15, 9, 0, tzinfo=BERLIN)
    life.move(-DAY)
    assert asked(life) == life.meeting.time.start - 4 * DAY


def told(life: Life, reader: Role) -> datetime:
    """Return when one of the two gets the follow-up of the newest meeting that took place."""
    found = next(e for e in life.plan().effects if e.kind is EffectKind.FOLLOW_UP and e.recipient == reader)
    return found.due


@pytest.mark.parametrize(("reader", "zone"), [(Role.MENTEE, BERLIN), (Role.MENTOR, CHICAGO)])
def test_a_follow_up_that_would_come_on_a_saturday_comes_when_its_reader_works_again(
    reader: Role, zone: ZoneInfo
) -> None:
    life = booked_life()
    life.now = datetime(2027, 2, 6, 12, 0, tzinfo=UTC)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTOR, life.now))
    life.decide()
    assert told(life, reader) == datetime(2027, 2, 8, 9, 0, tzinfo=zone)
    follow_up = next(e for e in life.plan().effects if e.kind is EffectKind.FOLLOW_UP and e.recipient == reader)
    assert follow_up.expires - follow_up.due == timedelta(days=3)


def test_on_a_day_of_work_a_follow_up_comes_at_once_also_in_the_evening() -> None:
    life = booked_life()
    life.now = datetime(2027, 2, 4, 21, 0, tzinfo=BERLIN).astimezone(UTC)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    life.decide()
    assert {told(life, role) for role in Role} == {life.now}
