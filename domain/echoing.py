"""Writes the answer to a mail: what was understood, what was not, and how to take it back."""

from dataclasses import replace

from domain.charter import Charter, Role
from domain.desk import Desk
from domain.effects import EffectKind
from domain.hearing import Deed, DeedKind, Heard
from domain.hours import zone_named
from domain.interval import Interval
from domain.letters import EchoLetter, EchoLine
from domain.meeting import Meeting
from domain.occasions import meeting_ref
from domain.relationship import Relationship
from domain.samples import is_prepared
from domain.terms import terms_of

_OF_MEETINGS = (
    DeedKind.HELD,
    DeedKind.MISSED,
    DeedKind.CANCELLED,
    DeedKind.SHORTENED,
    DeedKind.KEPT,
)
_OF_TERMS = (DeedKind.COUNTERED, DeedKind.PROPOSED, DeedKind.TERMS_CHANGED)
_OF_TIMES = (DeedKind.WISHED, DeedKind.CHOSEN)


def echo(desk: Desk) -> EchoLetter:
    """Return the answer to the mail that the effect names, and to those that it carries besides."""
    return _answer(desk, (desk.effect.about, *desk.effect.carries))


def rider(desk: Desk) -> EchoLetter | None:
    """Return the answer that a mail about something else carries, in the reader's language, or None."""
    if desk.effect.kind is EffectKind.ECHO or not desk.effect.carries:
        return None
    return replace(_answer(desk, desk.effect.carries), language=desk.situation.person(desk.reader).language)


def _answer(desk: Desk, mails: tuple[str, ...]) -> EchoLetter:
    """Only the first can ask something back or be written by somebody else (see domain.riding)."""
    heard = [desk.situation.relationship.heard[mail] for mail in mails]
    first, untils = heard[0], [mail.undo_until for mail in heard if mail.can_be_undone]
    zone = zone_named(desk.situation.person(desk.reader).zone)
    unreached = first.delegate is not None and first.delegate.reveal() in desk.unreached
    delegate, own = None if unreached else first.answered_to, desk.name(desk.reader)
    return EchoLetter(
        delegate.reveal() if delegate is not None else own,
        desk.name(desk.reader.other),
        tuple(_line(desk, deed) for mail in heard for deed in _told(mail)),
        tuple(words.reveal() for mail in heard for words in mail.unclear),
        first.question.value,
        min(untils).astimezone(zone).date() if untils else None,
        first.delegate.reveal() if first.delegate is not None and delegate is None else "",
        stead=own if delegate is not None else "",
        unreached=unreached,
    )


def _told(heard: Heard) -> tuple[Deed, ...]:
    """Leave out what another deed of the same mail says better."""
    kinds = {deed.what for deed in heard.deeds}
    implied = {DeedKind.SKIPPED} if DeedKind.CANCELLED in kinds else set()
    return tuple(deed for deed in heard.deeds if deed.what not in implied)


def _line(desk: Desk, deed: Deed) -> EchoLine:
    relationship = desk.situation.relationship
    ended = relationship.aims.get(deed.number) if deed.what is DeedKind.AIM_ENDED else None
    texts = tuple(text.reveal() for text in (deed.texts if ended is None else (ended.text,)))
    if deed.what in _OF_TIMES:
        return EchoLine(deed.what.value, time=desk.time(_time_of(relationship, deed)))
    match deed.what:
        case DeedKind.OWED | DeedKind.CLOSED | DeedKind.LET_GO:
            return _of_action(desk, deed, texts)
        case DeedKind.AGENDA if deed.items is not None:
            return EchoLine(deed.what.value, tuple(text.reveal() for text in deed.items.all))
        case DeedKind.AGENDA_ASKED:
            return _agenda(desk, relationship.meeting(deed.ref))
        case kind if kind in _OF_TERMS:
            charter = relationship.charter_of(deed.number) or _still_proposed(relationship)
            return EchoLine(kind.value, terms=terms_of(desk, charter))
        case DeedKind.PAUSED:
            day = desk.end_of_rest()
            return EchoLine(deed.what.value if day is not None else "resting", due=day)
        case kind if kind in _OF_MEETINGS:
            return _of_meeting(desk, deed)
        case kind:
            why = f"_{deed.ref}" if kind is DeedKind.FILES and deed.ref else ""
            return EchoLine(f"{kind.value}{why}", texts)


def _time_of(relationship: Relationship, deed: Deed) -> Interval:
    """Return the time that was wished for or chosen."""
    if deed.what is DeedKind.WISHED:
        return [wish.time for wish in relationship.meeting(deed.ref).proposals if wish.role is deed.role][-1]
    offer = relationship.offer(deed.number, deed.role or Role.MENTEE)
    start = offer.chosen if offer is not None and offer.chosen is not None else relationship.settled_at
    return Interval(start, start + relationship.charter.length)


def _agenda(desk: Desk, meeting: Meeting) -> EchoLine:
    """How far the agenda is, and nothing of what it says: that goes to the mentor alone."""
    relationship = desk.situation.relationship
    sent = any(kind == EffectKind.AGENDA and meeting_ref(about) == meeting.ref for kind, about, _ in relationship.mails)
    ready = is_prepared(relationship, meeting.cycle)
    what = "agenda_sent" if sent else "agenda_ready" if ready else "agenda_open"
    return EchoLine(what, time=desk.time(meeting.time))


def _still_proposed(relationship: Relationship) -> Charter:
    return relationship.proposed.charter if relationship.proposed is not None else relationship.charter


def _of_action(desk: Desk, deed: Deed, texts: tuple[str, ...]) -> EchoLine:
    action = desk.situation.relationship.action(deed.number)
    owner, due = (desk.name(action.owner), action.due) if action is not None else ("", None)
    return EchoLine(deed.what.value, texts or ((action.text.reveal(),) if action else ()), owner, due)


def _of_meeting(desk: Desk, deed: Deed) -> EchoLine:
    meetings = desk.situation.relationship.meetings
    meeting = desk.situation.relationship.meeting(deed.ref)
    skipped = any(m.cycle == meeting.cycle and m.state.value == "skipped" for m in meetings.items)
    what = DeedKind.SKIPPED if deed.what is DeedKind.CANCELLED and skipped else deed.what
    return EchoLine(what.value, time=desk.time(meeting.time))
