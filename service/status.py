"""How the whole programme stands: counts that name nobody, the outbox, the calendars, and each relationship."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.ledger import LedgerRow, WorkState
from domain.plan import plan
from domain.summary import Summary
from service.calendar_standing import unread
from service.house import House
from service.inbox import PARKED
from service.inbox_standing import inbox_trouble
from service.names import names_in
from service.nonsense import nonsense
from service.push_standing import PushReport, push_report
from service.queries import RelationshipRow, relationship_rows
from service.rails import is_of_rails
from service.rails_standing import RailsReport, rails_report
from service.rows import LEAVING, LETTER, POLL_CALENDAR
from service.situations import situation_of
from service.unreadable import served

ASKED = 10


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """The outbox in numbers. `due` rows are to be done now, the oldest for so many seconds. `postponed` rows were tried
    in vain; the oldest of those that the rails let leave was wanted so many seconds ago.
    """

    due: int
    postponed: int
    oldest_postponed_seconds: int | None
    unknown: int
    given_up: int
    oldest_due_seconds: int = 0


@dataclass(frozen=True, slots=True)
class CalendarCounts:
    """How many people's calendars were read at least once, and when the next poll of any is due (UTC).

    `failing` calendars (the service's own included) could not be read at the last try. `nonsense` counts their entries
    that were set aside because nobody can understand them, and `reasons` says why. `lost` counts the people whose
    calendars are known to be out of reach by the reason (consent, gone, never).
    """

    people: int
    read: int
    next_poll_due: datetime | None
    failing: int = 0
    nonsense: int = 0
    reasons: str = ""
    lost: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """All of it at `now` (UTC); `parked_since` is when the oldest mail without a conversation was set aside,
    `bouncing` counts the people whose address takes no mail, and `inbox` says why the service's own inbox could not be
    read at the last try, empty when it could.
    """

    now: datetime
    live: bool
    people: int
    paused: int
    by_status: dict[str, int]
    open_actions: int
    held_mails: int
    parked_since: datetime | None
    ledger: LedgerCounts
    calendars: CalendarCounts
    push: PushReport
    relationships: tuple[RelationshipRow, ...]
    bouncing: int
    rails: RailsReport
    inbox: str


def status(house: House) -> StatusReport:
    """Return how the programme stands now."""
    now, people = house.now(), house.streams.summaries("person")
    rows = relationship_rows(house, names_in(people))
    return StatusReport(
        now,
        house.live(),
        len(people),
        sum(1 for person in people if person.facts["paused"]),
        dict(sorted(Counter(row.status for row in rows).items())),
        sum(row.open_actions for row in rows),
        sum(row.held_mails for row in rows),
        house.ledger.next_due([PARKED]),
        ledger_counts(house, now),
        calendar_counts(house, people),
        push_report(house, people),
        rows,
        bouncing(people),
        rails_report(house),
        inbox_trouble(house),
    )


def bouncing(people: Sequence[Summary]) -> int:
    """Return how many people have an address that takes no mail."""
    return sum(1 for person in people if person.facts.get("bounces"))


def calendar_counts(house: House, people: Sequence[Summary]) -> CalendarCounts:
    """Return the calendars in numbers."""
    read = house.ledger.cursors("calendar")
    parked = nonsense(house)
    return CalendarCounts(
        len(people),
        sum(1 for person in people if person.id in read),
        house.ledger.next_due([POLL_CALENDAR]),
        len(unread(house)),
        len({(row.work.subject, row.work.occasion) for row in parked}),
        ", ".join(sorted({row.work.recipient for row in parked})),
        dict(sorted(Counter(reason for person in people if (reason := _lost(person.facts))).items())),
    )


def _lost(facts: Mapping[str, Any]) -> str | None:
    """Return why the calendar of somebody who is still there cannot be reached, or None."""
    return None if facts.get("left") else facts.get("connection")


def ledger_counts(house: House, now: datetime) -> LedgerCounts:
    """Return the outbox in numbers."""
    rows = house.ledger.rows([WorkState.OPEN, WorkState.UNKNOWN, WorkState.GIVEN_UP], kinds=LEAVING)
    states = Counter(row.state for row in rows)
    due = [row.work.due for row in rows if row.state is WorkState.OPEN and row.work.due <= now]
    postponed = [row for row in rows if row.state is WorkState.OPEN and row.reason]
    return LedgerCounts(
        len(due),
        len(postponed),
        _oldest(house, [row for row in postponed if not is_of_rails(row.reason)], now),
        states[WorkState.UNKNOWN],
        states[WorkState.GIVEN_UP],
        int((now - min(due, default=now)).total_seconds()),
    )


def _oldest(house: House, rows: Iterable[LedgerRow], now: datetime) -> int | None:
    """A postponement changes the row's due, so the plan is asked when the effect was wanted at first.

    Only of those that were tried most often, for it is dear and an outage may postpone thousands.
    """
    tried = sorted(rows, key=lambda row: row.attempts, reverse=True)[:ASKED]
    ages = [now - _first_due(house, row, now) for row in tried]
    return int(max(*ages, timedelta()).total_seconds()) if ages else None


def _first_due(house: House, row: LedgerRow, now: datetime) -> datetime:
    work = row.work
    relationship = None if work.kind == LETTER else served(house, work.subject)
    if relationship is None:
        return work.due
    effects = plan(situation_of(house, relationship), now).effects
    name = (work.kind, work.occasion, work.recipient)
    return next((effect.due for effect in effects if effect.name == name), work.due)
