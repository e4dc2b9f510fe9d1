"""What a mail brought about, as read from the events that it caused, and the opposite of each."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.conversation import AgendaItems
from domain.facts import Choice
from domain.hearing import Deed, DeedKind
from domain.meeting import MeetingState
from domain.relationship_state import RelationshipState, Status

_CHOSEN = {Choice.KEEP: DeedKind.KEPT_TRYING, Choice.OPENLY: DeedKind.OPENLY}
_WHOLE = (DeedKind.RECALIBRATED, DeedKind.REVIVED, DeedKind.PAUSED)
"""Deeds that bring about all else that the same mail did: they are told, and taken back, as one."""
_DEEDS: dict[str, Callable[[Any], Deed]] = {
    "Accepted": lambda _: Deed(DeedKind.ACCEPTED),
    "AcceptedWithCounter": lambda e: Deed(DeedKind.COUNTERED, number=e.charter.version),
    "ReferenceGiven": lambda _: Deed(DeedKind.REFERRED),
    "ReferenceRefused": lambda _: Deed(DeedKind.NOT_REFERRED),
    "ReferencesWithdrawn": lambda e: Deed(DeedKind.WITHDRAWN, role=e.role),
    "Declined": lambda _: Deed(DeedKind.DECLINED),
    "CharterDeclined": lambda e: Deed(DeedKind.CHARTER_DECLINED, number=e.version, role=e.role),
    "CharterApproved": lambda e: Deed(DeedKind.APPROVED, number=e.version, role=e.role),
    "CharterAgreed": lambda e: Deed(DeedKind.AGREED, number=e.version),
    "AgendaItemsAdded": lambda e: Deed(DeedKind.AGENDA, number=e.cycle, items=e.items),
    "SamplesAttached": lambda e: Deed(
        DeedKind.SAMPLED, e.mail, e.cycle, texts=tuple(sample.name for sample in e.samples)
    ),
    "LearningsRecorded": lambda e: Deed(DeedKind.LEARNED, number=e.cycle, role=e.role, texts=e.texts),
    "ActionOwed": lambda e: Deed(DeedKind.OWED, number=e.number, role=e.owner, texts=(e.text,)),
    "ActionClosed": lambda e: Deed(DeedKind.CLOSED, number=e.number),
    "ActionLetGo": lambda e: Deed(DeedKind.LET_GO, number=e.number),
    "MeetingHeld": lambda e: Deed(DeedKind.HELD, e.ref),
    "MeetingMissed": lambda e: Deed(DeedKind.MISSED, e.ref),
    "MeetingCancelled": lambda e: Deed(DeedKind.CANCELLED, e.ref),
    "CycleSkipped": lambda e: Deed(DeedKind.SKIPPED, f"{e.cycle}.{e.generation}", e.cycle),
    "MovePlanned": lambda e: Deed(DeedKind.SHORTENED, e.ref),
    "CharterProposed": lambda e: Deed(DeedKind.PROPOSED, number=e.charter.version, role=e.role),
    "GoalSet": lambda e: Deed(DeedKind.AIMED, number=e.number, texts=(e.text,)),
    "GoalRefined": lambda e: Deed(DeedKind.AIMED, number=e.number, texts=(e.text,)),
    "GoalEnded": lambda e: Deed(DeedKind.AIM_ENDED, number=e.number),
    "RestBegan": lambda e: Deed(DeedKind.PAUSED, role=e.role),
    "RestEnded": lambda _: Deed(DeedKind.WENT_ON),
    "CharterRefused": lambda e: Deed(DeedKind.TERMS_REFUSED, number=e.version, role=e.role),
    "CharterChanged": lambda e: Deed(DeedKind.TERMS_CHANGED, number=e.charter.version),
    "TimeProposed": lambda e: Deed(DeedKind.WISHED, e.ref, role=e.role),
    "TimeChosen": lambda e: Deed(DeedKind.CHOSEN, number=e.cycle, role=e.role),
    "MeetingKept": lambda e: Deed(DeedKind.KEPT, e.ref, role=e.role),
    "Ended": lambda _: Deed(DeedKind.ENDED),
    "DeadEndAnswered": lambda e: Deed(_CHOSEN[e.choice], number=e.number),
    "RecalibratedToNetworkContact": lambda _: Deed(DeedKind.RECALIBRATED),
    "ContactKept": lambda _: Deed(DeedKind.CONTACT_KEPT),
    "RevivalWished": lambda e: Deed(DeedKind.REVIVAL_WISHED, role=e.role),
    "Revived": lambda _: Deed(DeedKind.REVIVED),
    "MailUndone": lambda e: Deed(DeedKind.UNDONE, e.mail),
}


def deeds_of(events: Iterable[object]) -> tuple[Deed, ...]:
    """Return the deeds that the events are, in their order; the library's subclasses keep the names of our classes."""
    named = ((type(event).__name__, event) for event in events)
    deeds = tuple(_DEEDS[name](event) for name, event in named if name in _DEEDS)
    return tuple(deed for deed in deeds if deed.what in _WHOLE) or deeds


def take_back(state: RelationshipState, mail: str, at: datetime) -> None:
    """Assign the opposite of all that a mail brought about, the last first; whatever came since, it raises nothing."""
    heard = state.heard[mail]
    for deed in reversed(heard.deeds):
        _OPPOSITES.get(deed.what, _nothing)(state, deed, at)
    state.heard = {**state.heard, mail: replace(heard, undone=True)}


def _nothing(state: RelationshipState, deed: Deed, at: datetime) -> None:
    """What has no opposite stays."""
    _ = state, deed, at


def _answer(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = deed
    state.status, state.settled_at = Status.REQUESTED, at


def _counter(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _answer(state, deed, at)
    asked = state.asked or state.charter
    version = state.charter.version + state.charter_shown
    state.charter, state.asked, state.approved = replace(asked, version=version), None, ()


def _reference(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = deed, at
    state.references = replace(state.references, texts=(), at=None, refused_at=None)


def _withdrawal(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.references = state.references.allowed(deed.role) if deed.role is not None else state.references


def _approval(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.approved = tuple(role for role in state.approved if role is not deed.role)


def _agreement(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = deed
    state.status, state.settled_at = Status.ACCEPTED, at


def _no_charter(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _agreement(state, deed, at)
    state.asking = replace(state.asking, reason=None, against=None)


def _agenda(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    if deed.number in state.agendas:
        left = state.agendas[deed.number].without(deed.items or AgendaItems())
        state.agendas = {**state.agendas, deed.number: left}


def _samples(state: RelationshipState, deed: Deed, at: datetime) -> None:
    """What an agenda took along stays with the mentor."""
    _ = at
    state.samples = tuple(one for one in state.samples if one.mail != deed.ref or one.sent)


def _learnings(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    known = state.learnings.get(deed.number, ())
    gone = {(deed.role, text) for text in deed.texts}
    state.learnings = {**state.learnings, deed.number: tuple(said for said in known if said not in gone)}


def _owed(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    kept = tuple(action for action in state.actions if action.number != deed.number)
    state.withdrawn_actions += len(state.actions) - len(kept)
    state.actions = kept


def _closed(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.actions = tuple(replace(a, done_at=None) if a.number == deed.number else a for a in state.actions)


def _let_go(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.actions = tuple(replace(a, unreachable_at=None) if a.number == deed.number else a for a in state.actions)


def _report(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.meetings = state.meetings.changed(deed.ref, state=MeetingState.BOOKED, resolved_at=None)


def _skipped(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    state.meetings = state.meetings.without(deed.ref)


def _cancelled(state: RelationshipState, deed: Deed, at: datetime) -> None:
    """A meeting that still stands in the calendar stands again; else it is planned anew, which is a decision."""
    _ = at
    meeting = state.meetings.get(deed.ref)
    if meeting is not None and meeting.to_cancel and state.meetings.current is None:
        back = {"state": MeetingState.BOOKED, "to_cancel": False, "resolved_at": None, "reason": ""}
        state.meetings = state.meetings.changed(deed.ref, **back)


def _kept(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    meeting = state.meetings.get(deed.ref)
    kept = tuple(role for role in meeting.kept_by if role is not deed.role) if meeting is not None else ()
    state.meetings = state.meetings.changed(deed.ref, kept_by=kept)


def _ended(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = deed
    before = Status.AGREED if state.contact is None else Status.NETWORK_CONTACT
    state.status, state.settled_at, state.ended_because = before, at, ""


def _proposal(state: RelationshipState, deed: Deed, at: datetime) -> None:
    _ = at
    if state.proposed is not None and state.proposed.charter.version == deed.number:
        state.proposed = None


_OPPOSITES: dict[DeedKind, Callable[[RelationshipState, Deed, datetime], None]] = {
    DeedKind.ACCEPTED: _answer,
    DeedKind.COUNTERED: _counter,
    DeedKind.REFERRED: _reference,
    DeedKind.NOT_REFERRED: _reference,
    DeedKind.WITHDRAWN: _withdrawal,
    DeedKind.DECLINED: _answer,
    DeedKind.APPROVED: _approval,
    DeedKind.AGREED: _agreement,
    DeedKind.CHARTER_DECLINED: _no_charter,
    DeedKind.PROPOSED: _proposal,
    DeedKind.AGENDA: _agenda,
    DeedKind.SAMPLED: _samples,
    DeedKind.LEARNED: _learnings,
    DeedKind.OWED: _owed,
    DeedKind.CLOSED: _closed,
    DeedKind.LET_GO: _let_go,
    DeedKind.HELD: _report,
    DeedKind.MISSED: _report,
    DeedKind.CANCELLED: _cancelled,
    DeedKind.SKIPPED: _skipped,
    DeedKind.KEPT: _kept,
    DeedKind.ENDED: _ended,
}
