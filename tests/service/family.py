"""One mentor with several mentees in a store of their own, all agreed, all calendars read, and nothing planned."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.memory.world import MemoryWorld
from domain.calendar import CalendarChanges
from domain.charter import Role
from domain.decisions import PlanMeeting
from domain.plan import plan
from domain.relationship import Relationship
from service.house import House
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from service.situations import situation_of
from tests.contract.stores import BY, opened
from tests.service.theatre import START, house_over

MENTEES = ("jonas", "lena", "omar")


@dataclass(frozen=True, slots=True)
class Family:
    """One mentor, her house and the relationships with her mentees, all agreed and nothing planned."""

    house: House
    ids: tuple[str, ...]

    def one(self, place: int) -> Relationship:
        """Return one of the relationships as the store has it."""
        return self.house.streams.relationship(self.ids[place])

    def planned(self, place: int) -> PlanMeeting:
        """Return what its review would reserve now."""
        decisions = plan(situation_of(self.house, self.one(place)), START).decisions
        (found,) = (d for d in decisions if isinstance(d, PlanMeeting))
        return found


@contextmanager
def a_family(folder: Path, mentees: tuple[str, ...] = MENTEES, **terms: Any) -> Iterator[Family]:
    """Open a family whose calendars were read and are empty."""
    with opened(folder) as store:
        house = house_over(MemoryWorld(START, []), store)
        programme(house)
        mentor = add_person(house, "mara@example.org", "Mara", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00")
        ids = []
        for name in mentees:
            mentee = add_person(house, f"{name}@example.net", name, "google", "Europe/Berlin", "mon-fri 09:00-18:00")
            ids.append(request_relationship(house, Ask(mentor, mentee, ("Grow",), "You did.", "Time.", **terms)))
            for account in (mentor, mentee):
                store.replace(account, CalendarChanges((), (), "cursor", True))
            agreed = house.streams.relationship(ids[-1])
            agreed.accept(BY)
            for role in Role:
                agreed.approve_charter(role, BY)
            house.streams.save(agreed, now=START)
        yield Family(house, tuple(ids))
