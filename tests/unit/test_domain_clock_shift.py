"""Between two countries' changes of the clocks, the mails say beforehand at which hour the meeting shows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.by import By
from domain.charter import Role
from domain.desk import Desk
from domain.letters import AgendaLetter, ClockChange, LocalClock, PreparationLetter
from domain.writing import write
from tests.unit.domain_cast import DAY, HOUR, by_cli
from tests.unit.domain_life import Life

BERLIN = LocalClock("Tilo", "Europe/Berlin")


def changes(life: Life) -> dict[date, set[ClockChange | None]]:
    """Return what the mails before each meeting said of the clocks, by the meeting's day, until April."""
    said: dict[date, set[ClockChange | None]] = {}
    life.settle()
    while life.now < datetime(2027, 4, 20, tzinfo=life.now.tzinfo):
        life.decide()
        for effect in life.plan().due(life.now):
            if effect.kind in ("agenda", "preparation"):
                letter = write(Desk(life.situation(), effect, ""))
                assert isinstance(letter, (AgendaLetter, PreparationLetter))
                said.setdefault(life.relationship.meeting(effect.about).time.start.date(), set()).add(
                    letter.clock_change
                )
            life.perform(effect)
        life.decide()
        life.now = life.plan().next_review or life.now + DAY
    return said


def test_the_weeks_in_which_one_country_has_changed_are_told_and_no_others() -> None:
    said = changes(Life())
    gap = {day: found for day, found in said.items() if date(2027, 3, 14) <= day < date(2027, 3, 28)}
    assert gap
    for found in gap.values():
        (change,) = found
        assert change is not None
        assert change.clock == BERLIN
    before = [found for day, found in said.items() if day < date(2027, 3, 14)]
    assert before
    assert all(found == {None} for found in before)


def test_the_usual_hour_is_the_one_that_would_show_if_both_had_changed() -> None:
    life = Life()
    day, found = next((day, found) for day, found in changes(life).items() if day >= date(2027, 3, 14))
    (change,) = found
    assert change is not None
    start = next(m.time.start for m in life.relationship.meetings.items if m.time.start.date() == day)
    shown = start.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    assert change.usual == (shown + HOUR).time()


def test_who_travels_is_told_her_hour_there_and_nothing_of_changes() -> None:
    life = Life()
    life.settle()
    life.mentor.plan_travel(date(2027, 1, 1), date(2027, 12, 31), "Asia/Tokyo", by(life))
    agenda = next(e for e in life.plan().effects if e.kind == "agenda")
    letter = write(Desk(life.situation(), agenda, ""))
    assert isinstance(letter, AgendaLetter)
    assert letter.time.clocks[0] == LocalClock("Marta", "Asia/Tokyo")
    assert letter.clock_change is None


def by(life: Life) -> By:
    return by_cli(life.now)


@pytest.mark.parametrize("role", list(Role))
def test_at_home_the_clock_is_that_of_home(role: Role) -> None:
    life = Life()
    life.settle()
    agenda = next(e for e in life.plan().effects if e.kind == "agenda")
    desk = Desk(life.situation(), agenda, "")
    assert desk.zone(role, life.meeting.time.start) == life.situation().person(role).zone
