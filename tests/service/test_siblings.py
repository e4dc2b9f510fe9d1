"""Several mentees of one mentor in one store: each review knows the others, and none gets in the way."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.calendar import CalendarChanges
from domain.charter import Role
from domain.decisions import PlanMeeting
from domain.interval import Interval
from service.remembering import remembering
from service.situations import situation_of
from tests.contract.stores import BY
from tests.service.family import Family, a_family
from tests.service.theatre import START


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """A family whose calendars were read and are empty."""
    with a_family(tmp_path) as found:
        yield found


def test_reviews_of_one_moment_agree_on_who_meets_when(family: Family) -> None:
    times = [family.planned(place).time for place in range(3)]
    assert len({time.start for time in times}) == 3
    assert all(not one.overlaps(two) for one in times for two in times if one is not two)


def test_what_one_has_reserved_is_a_commitment_of_the_mentor_and_no_sibling_any_more(family: Family) -> None:
    first = family.planned(0)
    relationship = family.one(0)
    relationship.plan_meeting(first, "2026.6", BY)
    family.house.streams.save(relationship, now=START)
    situation = situation_of(family.house, family.one(1))
    assert situation.commitments[Role.MENTOR] == (first.time,)
    assert [str(other.relationship.id) for other in situation.siblings] == [family.ids[2]]
    assert not family.planned(1).time.overlaps(first.time)


def test_a_standing_meeting_looks_at_no_siblings(family: Family) -> None:
    relationship = family.one(0)
    time = Interval(START + timedelta(days=3), START + timedelta(days=3, minutes=45))
    relationship.plan_meeting(PlanMeeting(1, 1, time, time.start, "Europe/Berlin", (), (), "v1/cadence"), "2026.6", BY)
    family.house.streams.save(relationship, now=START)
    assert situation_of(family.house, family.one(0)).siblings == ()


def test_one_moment_reads_each_stream_and_each_calendar_once(family: Family) -> None:
    house = remembering(family.house)
    person = family.one(0).mentor_id
    assert house.streams.relationship(family.ids[0]) is house.streams.relationship(family.ids[0])
    assert house.streams.person(person) is house.streams.person(person)
    assert house.streams.relationships_of(person) is house.streams.relationships_of(person)
    assert house.streams.summaries("person") is house.streams.summaries("person")
    assert house.cache.entries(person) is house.cache.entries(person)
    assert family.house.streams.person(person) is not family.house.streams.person(person)


def test_what_is_saved_or_replaced_through_such_a_house_arrives(family: Family) -> None:
    house = remembering(family.house)
    mentor = house.streams.person(family.one(0).mentor_id)
    mentor.pause(BY)
    house.streams.save(mentor, now=START)
    house.cache.replace(str(mentor.id), CalendarChanges((), (), "later", True))
    assert family.house.streams.person(str(mentor.id)).paused
    assert house.streams.person_at("mara@example.org") == str(mentor.id)
    assert house.streams.programme() is not None
    assert house.cache.entry(str(mentor.id), "nothing") is None
    assert len(list(house.streams.events(family.ids[0]))) == len(list(family.house.streams.events(family.ids[0])))
    assert house.streams.summaries("person") == family.house.streams.summaries("person")
