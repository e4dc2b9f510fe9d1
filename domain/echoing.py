"""Writes the answer to a mail: what was understood, what was not, and how to take it back."""

from domain.desk import Desk
from domain.hearing import LASTING, Deed, DeedKind, Heard
from domain.hours import zone_named
from domain.letters import EchoLetter, EchoLine

_OF_MEETINGS = (
    DeedKind.HELD,
    DeedKind.MISSED,
    DeedKind.CANCELLED,
    DeedKind.SHORTENED,
    DeedKind.KEPT,
)


def echo(desk: Desk) -> EchoLetter:
    """Return the answer to the mail that the effect names."""
    heard = desk.situation.relationship.heard[desk.effect.about]
    lines = tuple(_line(desk, deed) for deed in _told(heard))
    until = heard.undo_until.astimezone(zone_named(desk.situation.person(desk.reader).zone)).date()
    undoable = any(deed.what not in (*LASTING, DeedKind.SHORTENED) for deed in heard.deeds) and not heard.undone
    return EchoLetter(
        desk.name(desk.reader),
        desk.name(desk.reader.other),
        lines,
        tuple(words.reveal() for words in heard.unclear),
        heard.question.value,
        until if undoable else None,
        heard.delegate.reveal() if heard.delegate is not None else "",
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
        case kind if kind in _OF_MEETINGS:
            meeting = relationship.meeting(deed.ref)
            skipped = any(m.cycle == meeting.cycle and m.state.value == "skipped" for m in relationship.meetings.items)
            what = DeedKind.SKIPPED if kind is DeedKind.CANCELLED and skipped else kind
            return EchoLine(what.value, time=desk.time(meeting.time))
        case kind:
            return EchoLine(kind.value, texts)
