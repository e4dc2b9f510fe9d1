"""What the mentee adds to an agenda that has been sent: it settles for five minutes, so a storm of it is one mail."""

from datetime import datetime, timedelta

from domain.charter import Role
from domain.conversation import SentMail
from domain.effects import EffectKind
from domain.hearing import DeedKind, Heard
from domain.meeting import Meeting
from domain.occasions import meeting_ref
from domain.personal import Personal
from domain.relationship_state import RelationshipState
from domain.samples import waiting_for

SETTLING = timedelta(minutes=5)
_AGAIN = "~changed."
PAUSE = timedelta(hours=1)
"""How long the mentor is left alone between two agendas for one meeting, where there is time for it."""


def only_edits(heard: Heard) -> bool:
    """Say whether a mail did nothing but add to an agenda, in words or by files."""
    kinds = {deed.what for deed in heard.deeds} - {DeedKind.FILES}
    return bool(kinds) and kinds <= {DeedKind.AGENDA, DeedKind.SAMPLED}


def again(occasion: str, number: int) -> str:
    """Return the occasion of an agenda that comes once more; `number` have left before it."""
    return f"{occasion}{_AGAIN}{number}"


def is_again(occasion: str) -> bool:
    """Say whether an agenda of that occasion comes once more, with what was added."""
    return _AGAIN in occasion


def sent_agendas(relationship: RelationshipState, meeting: Meeting) -> tuple[SentMail, ...]:
    """Return the agendas of a meeting that have left, oldest first."""
    name = (EffectKind.AGENDA.value, Role.MENTOR.value)
    mails = (m for m in relationship.mails.values() if (m.kind, m.recipient) == name)
    return tuple(sorted((m for m in mails if meeting_ref(m.occasion) == meeting.ref), key=lambda m: m.at))


def added_since(relationship: RelationshipState, cycle: int, moment: datetime) -> dict[Personal, datetime]:
    """Return what was added to the agenda of a cycle after that moment and still stands, with when it was heard."""
    standing = relationship.agendas.get(cycle)
    return {
        item: heard.at
        for heard in relationship.heard.values()
        if heard.at > moment and not heard.undone
        for deed in heard.deeds
        if deed.what is DeedKind.AGENDA and deed.number == cycle and deed.items is not None
        for item in deed.items.all
        if standing is not None and item in standing.all
    }


def changed_agenda_due(relationship: RelationshipState, meeting: Meeting) -> datetime | None:
    """Return when the mentor is to get the agenda again because something was added, or None."""
    sent = sent_agendas(relationship, meeting)
    if not sent:
        return None
    files = (one.at for one in waiting_for(relationship, meeting.cycle))
    added = (*added_since(relationship, meeting.cycle, sent[-1].at).values(), *files)
    if not added:
        return None
    settled = min(added) + SETTLING
    rested = max(settled, sent[-1].at + PAUSE)
    return rested if rested < meeting.time.start else settled
