"""What the programme sees of a relationship's health: facts in their order, and why none is noted now."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.charter import Role
from domain.facts import Fact, FactKind
from service.queries_health import health_view
from tests.service.reading_house import PAIR, Told, told_house
from tests.unit.domain_cast import by_cli


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with told_house(tmp_path) as opened:
        yield opened


def note(told: Told, kind: FactKind, role: Role, cycle: int, hours: int) -> Fact:
    """Note a fact of so many hours ago."""
    relationship = told.house.streams.relationship(PAIR)
    fact = Fact(kind, role, cycle, f"{cycle}.1", told.now - timedelta(hours=hours))
    relationship.note_fact(fact, by_cli(told.now))
    told.house.streams.save(relationship, now=told.now)
    return fact


def test_what_calendars_showed_is_told_of_both_in_order_and_a_silence_from_a_dead_end_on_only(told: Told) -> None:
    note(told, FactKind.LATE_DECLINE, Role.MENTEE, 2, 5)
    note(told, FactKind.MOVED, Role.MENTOR, 1, 9)
    silence = note(told, FactKind.SILENCE, Role.MENTOR, 2, 7)
    assert [fact.says for fact in health_view(told.house, PAIR).facts] == [
        "the mentor moved meeting 1.1",
        "the mentee gave up meeting 2.1 later than the notice allows",
    ]
    relationship = told.house.streams.relationship(PAIR)
    relationship.suspect_dead_end(Role.MENTOR, (silence,), by_cli(told.now))
    told.house.streams.save(relationship, now=told.now)
    assert [(fact.kind, fact.who) for fact in health_view(told.house, PAIR).facts][1] == ("silence", "mentor")


def test_it_is_said_why_nothing_is_noted_at_present(told: Told) -> None:
    assert health_view(told.house, PAIR).suspended == {}
    mentee = told.house.streams.person(told.house.streams.relationship(PAIR).mentee_id)
    mentee.plan_leave(told.now.date(), told.now.date() + timedelta(days=3), by_cli(told.now))
    told.house.streams.save(mentee, now=told.now)
    assert health_view(told.house, PAIR).suspended == {"mentee": "away"}
    mentee.pause(by_cli(told.now))
    told.house.streams.save(mentee, now=told.now)
    assert health_view(told.house, PAIR).suspended == dict.fromkeys(("mentor", "mentee"), "one of the two is paused")


def test_while_the_two_rest_nothing_is_noted_of_either(told: Told) -> None:
    relationship = told.house.streams.relationship(PAIR)
    relationship.rest_until(told.now.date() + timedelta(days=9), "Europe/Berlin", Role.MENTEE, by_cli(told.now))
    told.house.streams.save(relationship, now=told.now)
    assert health_view(told.house, PAIR).suspended == dict.fromkeys(("mentor", "mentee"), "the two rest")
