"""Looks at a mentor's other relationships: who considers her now, and what her mentees say of working with her."""

from collections.abc import Iterator
from datetime import datetime

from domain.consenting import CONSIDERED, may_be_asked, told
from domain.personal import Personal
from domain.relationship import Relationship
from service.house import House
from service.unreadable import relationships_of

Words = tuple[Personal, ...]


def considered(house: House, relationship: Relationship) -> datetime | None:
    """Return since when somebody else considers the mentor, the longest of those who do; None when nobody is asked."""
    if not may_be_asked(relationship, house.now()):
        return None
    return min((other.requested_at for other in _others(house, relationship) if _open(other)), default=None)


def told_of_mentor(house: House, relationship: Relationship) -> tuple[Words, ...]:
    """Return what each of the mentor's other mentees says, for a mentee who considers her."""
    if not _open(relationship):
        return ()
    given = (told(other, house.now()) for other in _others(house, relationship))
    return tuple(words for words in given if words)


def concerned(house: House, relationship: Relationship) -> tuple[str, ...]:
    """Return the relationships that something may follow in from what this one is now.

    One that considers the mentor concerns those that may be asked; one whose words count concerns those that consider.
    """
    now = house.now()
    if _open(relationship):
        return tuple(str(other.id) for other in _others(house, relationship) if may_be_asked(other, now))
    if told(relationship, now):
        return tuple(str(other.id) for other in _others(house, relationship) if _open(other))
    return ()


def _others(house: House, relationship: Relationship) -> Iterator[Relationship]:
    """The mentor's relationships with other mentees than this one's."""
    for other in relationships_of(house, relationship.mentor_id):
        if other.mentor_id == relationship.mentor_id and other.mentee_id != relationship.mentee_id:
            yield other


def _open(relationship: Relationship) -> bool:
    return relationship.status in CONSIDERED
