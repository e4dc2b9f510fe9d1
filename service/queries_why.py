"""Why something was sent, booked or left undone: the clause that wanted it, its ledger row, and how it ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from domain import meeting_events, opening_events
from domain import relationship_events as events
from domain.causes import Causes, causes
from domain.charter import Charter
from domain.errors import NotFound
from domain.ledger import LedgerRow, WorkState
from domain.occasions import meeting_ref
from domain.plan import plan
from domain.rails import Stop
from domain.relationship import Relationship
from service.clause_words import clause_says
from service.event_words import effect_words, event_words, moment
from service.house import House
from service.names import names_within, relationship_named
from service.queries_history import HistoryLine, history_lines
from service.rails import is_of_rails
from service.reliving_people import people_of
from service.situations import situation_of

Name = tuple[str, str, str]
ENDINGS = (events.Declined, opening_events.CharterDeclined, events.RequestExpired)
_OF_REF: dict[str, tuple[str, ...]] = {
    "book": ("MeetingBooked", "SlotLost"),
    "move": ("MeetingMoved",),
    "cancel": ("BookingCancelled",),
    "blank": ("EventBlanked",),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What the ledger says of an effect; `due` and `expires` are UTC."""

    state: str
    due: datetime
    expires: datetime | None
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The event that records how an effect ended; `message_id` only for a mail that left."""

    at: datetime
    event: str
    what: str
    message_id: str | None


@dataclass(frozen=True, slots=True)
class Because:
    """One mail or calendar write: what it is, which clause wants it and what that says, its row, its end, in a word.

    `cause` is the event that it follows from; None where the plan wants it for what no event tells, such as a calendar.
    """

    kind: str
    occasion: str
    recipient: str
    what: str
    clause: str | None
    says: str
    row: Row | None
    ending: Ending | None
    verdict: str
    cause: HistoryLine | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Why a meeting is when it is: how many starts each constraint left, and what happened to it; instants are UTC.

    `target` is what the cadence asked for; `starts` how many feasible ones there were, none for a cycle left out.
    """

    ref: str
    clause: str | None
    says: str
    target: datetime
    chosen: datetime | None
    starts: int
    counters: tuple[tuple[str, int], ...]
    tzdata: str
    story: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All answers for one relationship, or about one kind or meeting; `ended` is why it came to nothing, if so."""

    id: str
    status: str
    ended: HistoryLine | None
    meetings: tuple[Choice, ...]
    effects: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """Everything that is looked at for one answer."""

    charter: Charter
    former: tuple[Charter, ...]
    stream: tuple[Any, ...]
    rows: Mapping[Name, LedgerRow]
    wanted: Mapping[Name, tuple[str | None, datetime]]
    stop: Stop | None
    now: datetime
    causes: Causes
    names: Mapping[str, str]


def why(house: House, id_or_prefix: str, what: str | None = None) -> Reasons:
    """Return the reasons for all of a relationship, or for one kind ("agenda") or meeting ("3.1"), or NotFound."""
    relationship = house.streams.relationship(relationship_named(house, id_or_prefix))
    file = _file(house, relationship)
    wanted = what.replace("-", "_") if what else None
    meetings = tuple(c for c in _choices(file, file.names) if wanted in (None, c.ref, "meeting", "book"))
    effects = tuple(_because(file, name) for name in _names(file) if wanted in (None, name[0], _about(name)))
    if not meetings and not effects and what:
        raise NotFound(
            f"Nothing called '{what}' is known of this relationship.",
            "Give a kind such as agenda, chase or book, or a meeting such as 3.1; without one everything is explained.",
        )
    endings = [event for event in file.stream if isinstance(event, ENDINGS)]
    ended = next(iter(history_lines(endings, file.names)), None)
    return Reasons(str(relationship.id), relationship.status.value, ended, meetings, effects)


def _file(house: House, relationship: Relationship) -> _File:
    id, now = str(relationship.id), house.now()
    rows = {(r.work.kind, r.work.occasion, r.work.recipient): r for r in house.ledger.rows(subject=id)}
    effects = plan(situation_of(house, relationship), now).effects
    wanted = {effect.name: (effect.clause, effect.due) for effect in effects}
    stream = tuple(cast(Any, event) for event in house.streams.events(id))
    past = causes(stream, people_of(house, relationship))
    names = names_within(house, relationship)
    return _File(relationship.charter, relationship.former, stream, rows, wanted, house.stopped(), now, past, names)


def _names(file: _File) -> tuple[Name, ...]:
    """Return every effect that was recorded, opened or is wanted, in the order of their time."""
    ended = {_name(event): event.by.at for event in file.stream if hasattr(event, "recipient")}
    opened = {name: row.work.due for name, row in file.rows.items()}
    coming = {name: due for name, (_, due) in file.wanted.items()}
    times = {**coming, **opened, **ended}
    return tuple(sorted(times, key=lambda name: (times[name], name)))


def _name(event: Any) -> Name:
    return (event.kind, event.occasion, event.recipient)


def _about(name: Name) -> str:
    """Return the meeting that it is about, or ""; a reminder's occasion only looks like a meeting."""
    return "" if name[0] == "chase" else meeting_ref(name[1])


def _because(file: _File, name: Name) -> Because:
    found = next((event for event in reversed(file.stream) if _ends(event, name)), None)
    row = file.rows.get(name)
    clause = found.by.clause if found is not None else None
    if clause is None and name in file.wanted:
        clause = file.wanted[name][0]
    return Because(
        *name,
        effect_words(*name),
        clause,
        clause_says(file.charter, clause, file.former),
        _row(row) if row else None,
        _ending(found) if found is not None else None,
        _verdict(file, name, row, found),
        _cause(file, name, found),
    )


def _cause(file: _File, name: Name, found: Any) -> HistoryLine | None:
    at = found.by.at if found is not None else max(file.now, file.stream[-1].by.at)
    event = file.causes.of(name, at, found)
    return next(iter(history_lines([event], file.names)), None) if event is not None else None


def _ends(event: Any, name: Name) -> bool:
    kind, occasion, _ = name
    if kind in _OF_REF and type(event).__name__ in _OF_REF[kind]:
        return bool(event.ref == meeting_ref(occasion))
    return hasattr(event, "recipient") and _name(event) == name


def _row(row: LedgerRow) -> Row:
    return Row(row.state.value, row.work.due, row.work.expires, row.attempts, row.reason)


def _ending(event: Any) -> Ending:
    return Ending(event.by.at, event.TOPIC, event_words(event), getattr(event, "message_id", None))


def _verdict(file: _File, name: Name, row: LedgerRow | None, found: Any) -> str:
    if isinstance(found, (events.EffectLapsed, events.EffectGivenUp)):
        return f"not done: {found.reason}"
    if found is not None:
        return "done"
    if row is not None and row.state is not WorkState.OPEN:
        return f"{row.state.value.replace('_', ' ')}: {row.reason}" if row.reason else row.state.value
    due = row.work.due if row else file.wanted[name][1]
    return _waiting(file, row, due)


def _waiting(file: _File, row: LedgerRow | None, due: datetime) -> str:
    if file.stop is not None:
        return "waits for go-live" if file.stop is Stop.NOT_LIVE else f"waits: {file.stop}"
    if row is not None and row.reason:
        verb = "is held back until" if is_of_rails(row.reason) else "is tried again at"
        return f"{verb} {moment(due)}: {row.reason}"
    return f"is due at {moment(due)}" if due > file.now else "is due now"


def _choices(file: _File, names: Mapping[str, str]) -> Iterable[Choice]:
    for event in file.stream:
        if isinstance(event, (meeting_events.MeetingPlanned, meeting_events.CycleSkipped)):
            yield _choice(file, event, names)


def _choice(file: _File, event: Any, names: Mapping[str, str]) -> Choice:
    ref = f"{event.cycle}.{event.generation}"
    planned = isinstance(event, meeting_events.MeetingPlanned)
    about = [e for e in file.stream if e is event or getattr(e, "ref", None) == ref]
    return Choice(
        ref,
        event.by.clause,
        clause_says(file.charter, event.by.clause, file.former),
        event.target.astimezone(UTC),
        event.time.start if planned else None,
        len(event.starts) if planned else 0,
        event.counters,
        event.tzdata if planned else "",
        tuple(history_lines(about, names)),
    )
