"""Writes the answer to a mail: what was understood, what was not, and how to take it back."""

from dataclasses import replace

from domain.desk import Desk
from domain.effects import EffectKind
from domain.hearing import Deed, DeedKind, Heard
from domain.hours import zone_named
from domain.letters import EchoLetter, EchoLine
from domain.terms import terms_of

_OF_MEETINGS = (
    DeedKind.HELD,
    DeedKind.MISSED,
    DeedKind.CANCELLED,
    DeedKind.SHORTENED,
    DeedKind.KEPT,
)


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
    return EchoLetter(
        desk.name(desk.reader),
        desk.name(desk.reader.other),
        tuple(_line(desk, deed) for mail in heard for deed in _told(mail)),
        tuple(words.reveal() for mail in heard for words in mail.unclear),
        first.question.value,
        min(untils).astimezone(zone).date() if untils else None,
        first.delegate.reveal() if first.delegate is not None else "",
    )


def _told(heard: Heard) -> tuple[Deed, ...]:
    """Leave out what another deed of the same mail says better."""
    kinds = {deed.what for deed in heard.deeds}
    implied = {DeedKind.SKIPPED} if DeedKind.CANCELLED in kinds else set()
    return tuple(deed for deed in heard.deeds if deed.what not in implied)


def _line(desk: Desk, deed: Deed) -> EchoLine:
    relationship = desk.situation.relationship
    texts = tuple(text.reveal() for text in deed.texts)
    match deed.what:
        case DeedKind.OWED | DeedKind.CLOSED:
            action = relationship.action(deed.number)
            owner, due = (desk.name(action.owner), action.due) if action is not None else ("", None)
            return EchoLine(deed.what.value, texts or ((action.text.reveal(),) if action else ()), owner, due)
        case DeedKind.AGENDA if deed.items is not None:
            return EchoLine(deed.what.value, tuple(text.reveal() for text in deed.items.all))
        case DeedKind.COUNTERED:
            return EchoLine(deed.what.value, terms=terms_of(desk, relationship.charter))
        case kind if kind in _OF_MEETINGS:
            meeting = relationship.meeting(deed.ref)
            skipped = any(m.cycle == meeting.cycle and m.state.value == "skipped" for m in relationship.meetings.items)
            what = DeedKind.SKIPPED if kind is DeedKind.CANCELLED and skipped else kind
            return EchoLine(what.value, time=desk.time(meeting.time))
        case kind:
            return EchoLine(kind.value, texts)
