"""What follows when one of the two has left the organisation: an end, told to the other once, and to nobody gone."""

from domain.charter import Role
from domain.decisions import EndForLeaver
from domain.effects import Effect, EffectKind
from domain.ending import CLOSED
from domain.hearing import DeedKind
from domain.leaving import LEFT
from domain.relationship import Relationship
from domain.relationship_state import ENDED
from domain.sheet import DAY, Sheet

FAREWELL_TIME = 14 * DAY


def end_with_leaver(sheet: Sheet) -> bool:
    """End what has not ended yet, and say whether that is what is to be done; the rest follows from the end."""
    if sheet.situation.relationship.status in ENDED:
        return False
    leaver = next((role for role in Role if sheet.situation.person(role).left), None)
    if leaver is None:
        return False
    sheet.decide(EndForLeaver(leaver))
    return True


def farewell(sheet: Sheet) -> None:
    """The one who stays hears of it once and can ask for somebody else."""
    relationship = sheet.situation.relationship
    due = relationship.settled_at
    if relationship.ended_because == CLOSED:
        for role in Role:
            if role not in _closers(relationship):
                sheet.want(Effect(EffectKind.NOTICE, CLOSED, role, CLOSED, due, due + FAREWELL_TIME, None))
    if relationship.ended_because != LEFT:
        return
    for role in Role:
        if not sheet.situation.person(role).left and _knows(relationship, role):
            sheet.want(Effect(EffectKind.NOTICE, LEFT, role, LEFT, due, due + FAREWELL_TIME, None))


def _closers(relationship: Relationship) -> set[Role]:
    """Return who closed it by mail and is told so in answer to that mail."""
    mails = relationship.heard.values()
    return {heard.role for heard in mails if any(deed.what is DeedKind.ENDED for deed in heard.deeds)}


def _knows(relationship: Relationship, role: Role) -> bool:
    """Say whether that person ever heard of it: who asked or agreed did, and whom a mail reached."""
    told = any(recipient == role for _, _, recipient in relationship.mails)
    return told or role in (Role.MENTEE, *relationship.approved)
