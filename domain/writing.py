"""Writes what each mail says, from the state of the relationship at the moment of sending."""

from collections.abc import Callable
from dataclasses import replace

from domain.charter import Role
from domain.clock_changes import clock_change
from domain.conversation import Action, AgendaItems
from domain.desk import Desk
from domain.echoing import echo
from domain.edits import added_since, is_again, sent_agendas
from domain.effects import EffectKind
from domain.hours import zone_named
from domain.letters import (
    ActionLine,
    AgendaLetter,
    CharterLetter,
    ChaseLetter,
    FollowUpLetter,
    HeldQuestionLetter,
    Letter,
    PreparationLetter,
    ReferenceQuestionLetter,
    ReferencesLetter,
    RequestLetter,
)
from domain.mailed_times import invitation, offer
from domain.meeting import MeetingState
from domain.notices import next_around, notice
from domain.occasions import action_in, meeting_ref, reminder_in
from domain.personal import Personal
from domain.references import shuffled
from domain.rules_talks import agenda_due
from domain.samples import brought_for, waiting_for
from domain.telling_facts import facts_of_round
from domain.terms import terms_of


def write(desk: Desk) -> Letter:
    """Return what the mail that the effect wants says, in the reader's language."""
    return replace(_WRITERS[desk.effect.kind](desk), language=desk.situation.person(desk.reader).language)


def _charter(desk: Desk) -> CharterLetter:
    relationship, reader = desk.situation.relationship, desk.reader
    proposed, before = relationship.proposed, relationship.asked
    charter = relationship.charter
    if proposed is not None and desk.effect.about == str(proposed.charter.version):
        before, charter = charter, proposed.charter
    terms, asked = terms_of(desk, charter), terms_of(desk, before) if before is not None else None
    until = desk.effect.expires.astimezone(zone_named(desk.situation.person(reader).zone)).date()
    names = desk.name(reader), desk.name(reader.other)
    running, accepted = relationship.running, reader is Role.MENTEE and not relationship.running and asked is None
    return CharterLetter(
        *names, terms, desk.programme, asked, _reminder(desk), until, proposal=running, accepted=accepted
    )


def _reminder(desk: Desk) -> int:
    """Return which reminder a mail is: it counts behind the point of its occasion."""
    return reminder_in(desk.effect.occasion)


def _held_question(desk: Desk) -> HeldQuestionLetter:
    return HeldQuestionLetter(desk.name(Role.MENTEE), desk.name(Role.MENTOR), desk.time(desk.meeting.time))


def _words(texts: tuple[Personal, ...]) -> tuple[str, ...]:
    return tuple(text.reveal() for text in texts)


def _action(desk: Desk, action: Action) -> ActionLine:
    return ActionLine(desk.name(action.owner), action.text.reveal(), action.due, not action.open)


def _open_actions(desk: Desk) -> tuple[ActionLine, ...]:
    return tuple(_action(desk, action) for action in desk.situation.relationship.open_actions())


def _first(desk: Desk) -> bool:
    """Say whether the two have not met yet, here or before they came here."""
    relationship = desk.situation.relationship
    return relationship.since is None and not any(meeting.took_place for meeting in relationship.meetings.items)


def _request(desk: Desk) -> RequestLetter:
    relationship, charter = desk.situation.relationship, desk.situation.relationship.charter
    answer_by = desk.effect.expires.astimezone(zone_named(desk.situation.mentor.zone)).date()
    return RequestLetter(
        desk.programme,
        desk.name(Role.MENTOR),
        desk.situation.mentee.name.reveal(),
        _words(relationship.goals),
        relationship.why.reveal(),
        relationship.bring.reveal(),
        charter.cadence_days,
        charter.minutes,
        answer_by,
        _reminder(desk),
    )


def _preparation(desk: Desk) -> PreparationLetter:
    relationship = desk.situation.relationship
    return PreparationLetter(
        desk.name(Role.MENTEE),
        desk.name(Role.MENTOR),
        desk.time(desk.meeting.time),
        agenda_due(desk.meeting, relationship.charter),
        _words(relationship.goals),
        _open_actions(desk),
        _first(desk),
        clock_change(desk),
    )


def _agenda(desk: Desk) -> AgendaLetter:
    """Done since last time starts from the actions that were closed, from both sides, since the meeting before."""
    relationship = desk.situation.relationship
    items = relationship.agendas.get(desk.meeting.cycle, AgendaItems())
    files = brought_for(relationship, desk.meeting.cycle)
    return AgendaLetter(
        desk.name(Role.MENTOR),
        desk.name(Role.MENTEE),
        desk.time(desk.meeting.time),
        _words(relationship.goals),
        _words(items.done),
        _words(items.learned),
        _words(items.questions),
        _words(items.samples),
        _words(items.observed),
        _words(items.unsorted),
        _open_actions(desk),
        _first(desk),
        _closed_since(desk),
        clock_change(desk),
        added=_added(desk),
        terms=terms_of(desk, relationship.charter) if _first(desk) else None,
        attached=tuple(one.sample.name.reveal() for one in files if not one.sent),
        attached_before=tuple(one.sample.name.reveal() for one in files if one.sent),
    )


def _added(desk: Desk) -> tuple[str, ...]:
    """Return what is new in an agenda that comes once more."""
    relationship, sent = desk.situation.relationship, sent_agendas(desk.situation.relationship, desk.meeting)
    if not sent or not is_again(desk.effect.occasion):
        return ()
    files = (one.sample.name for one in waiting_for(relationship, desk.meeting.cycle))
    return _words((*added_since(relationship, desk.meeting.cycle, sent[-1].at), *files))


def _closed_since(desk: Desk) -> tuple[ActionLine, ...]:
    relationship = desk.situation.relationship
    held = [m.time.end for m in relationship.meetings.items if m.took_place]
    since = max(held, default=relationship.requested_at)
    closed = [a for a in relationship.actions if a.done_at is not None and a.done_at >= since]
    return tuple(_action(desk, action) for action in closed)


def _follow_up(desk: Desk) -> FollowUpLetter:
    relationship, meeting = desk.situation.relationship, desk.meeting
    learned = _words(tuple(text for _, text in relationship.learnings.get(meeting.cycle, ())))
    actions = tuple(
        _action(desk, a) for a in relationship.actions if a.open or (a.done_at and a.cycle == meeting.cycle)
    )
    reader, other = desk.name(desk.reader), desk.name(desk.reader.other)
    presumed = meeting.state is MeetingState.PRESUMED_HELD
    lapsed = [name for kind, name, _ in relationship.lapsed if kind == EffectKind.AGENDA and not is_again(name)]
    missed = any(meeting.ref == meeting_ref(name) for name in lapsed)
    again, facts = next_around(desk, meeting), facts_of_round(desk, meeting)
    told = FollowUpLetter(reader, other, desk.time(meeting.time), presumed, learned, actions, again, missed, facts)
    return replace(told, goals=_goals(desk), first=_told_first(desk))


def _told_first(desk: Desk) -> bool:
    """Say whether no mail of that kind went to the reader before."""
    others = (
        kind == desk.effect.kind and role == desk.reader and about != desk.effect.occasion
        for kind, about, role in desk.situation.relationship.mails
    )
    return not any(others)


def _goals(desk: Desk) -> tuple[tuple[int, str], ...]:
    """Return the mentee's own goals for the one question about them, which nobody else is asked."""
    if desk.reader is not Role.MENTEE:
        return ()
    return tuple((goal.number, goal.text.reveal()) for goal in desk.situation.relationship.aims.items if goal.open)


def _chase(desk: Desk) -> ChaseLetter:
    number = action_in(desk.effect.occasion)
    action = desk.situation.relationship.action(number)
    if action is None:
        raise LookupError(f"no action {number}")
    return ChaseLetter(desk.name(desk.reader), desk.name(desk.reader.other), _action(desk, action), _reminder(desk))


def _reference(desk: Desk) -> ReferenceQuestionLetter:
    return ReferenceQuestionLetter(desk.name(Role.MENTEE), desk.name(Role.MENTOR))


def _references(desk: Desk) -> ReferencesLetter:
    words = shuffled(desk.situation.told, str(desk.situation.relationship.id))
    return ReferencesLetter(desk.name(Role.MENTEE), desk.name(Role.MENTOR), words)


_WRITERS: dict[EffectKind, Callable[[Desk], Letter]] = {
    EffectKind.REQUEST: _request,
    EffectKind.CHARTER: _charter,
    EffectKind.PREPARATION: _preparation,
    EffectKind.AGENDA: _agenda,
    EffectKind.HELD_QUESTION: _held_question,
    EffectKind.FOLLOW_UP: _follow_up,
    EffectKind.CHASE: _chase,
    EffectKind.NOTICE: notice,
    EffectKind.ECHO: echo,
    EffectKind.OFFER: offer,
    EffectKind.INVITATION: invitation,
    EffectKind.REFERENCE: _reference,
    EffectKind.REFERENCES: _references,
}
