"""Counts what a person was sent lately, over all relationships that she belongs to."""

from collections.abc import Collection
from datetime import datetime

from domain.charter import Role
from domain.discretion import UNCOUNTED, WEEK
from domain.relationship import Relationship
from service.house import House
from service.unreadable import relationships_of


def mailed(house: House, relationship: Relationship) -> dict[Role, tuple[datetime, ...]]:
    """Return when mails that count left for each of the two within a week, in order; without a limit none is read."""
    limited = relationship.charter.weekly_mails
    return {role: _to(house, relationship.person_id(role)) for role in Role} if limited else {}


def _to(house: House, person: str) -> tuple[datetime, ...]:
    return sent_to(house, person, house.now() - WEEK, UNCOUNTED)


def sent_to(house: House, person: str, since: datetime, uncounted: Collection[str] = ()) -> tuple[datetime, ...]:
    """Return when mails left for a person after an instant, in order, those of some kinds left out."""
    found = []
    for one in relationships_of(house, person):
        for mail in one.mails.values():
            counts = mail.at > since and mail.kind not in uncounted
            if counts and one.person_id(Role(mail.recipient)) == person:
                found.append(mail.at)
    return tuple(sorted(found))
