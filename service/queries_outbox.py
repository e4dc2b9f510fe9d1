"""The outbox as an administrator sees it, and the decision about an effect whose outcome nobody knows."""

from dataclasses import dataclass
from datetime import datetime

from domain.by import ADMINISTRATOR, CLI, By
from domain.effects import EffectKind
from domain.ledger import LedgerRow, LedgerWrite, Reference, WorkState
from service.event_words import effect_words
from service.house import House
from service.names import the_one
from service.posting import message_id_of, record_sent
from service.rows import LEAVING, LETTER


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One effect that leaves the house; `due` and `expires` are UTC. A letter's `relationship` is its reader's id."""

    key: str
    relationship: str
    what: str
    kind: str
    occasion: str
    recipient: str
    state: str
    due: datetime
    expires: datetime | None
    attempts: int
    leased: bool
    reason: str


def outbox(house: House, state: str | None = None) -> tuple[OutboxRow, ...]:
    """Return the effects of one state; without one those that are not done: open, unknown or given up."""
    states = [state] if state else [WorkState.OPEN, WorkState.UNKNOWN, WorkState.GIVEN_UP]
    return tuple(_row(row) for row in house.ledger.rows(states, kinds=LEAVING))


def resolve(house: House, key: str, sent: bool) -> str:
    """Decide an effect that is unknown or given up, named by its key or the beginning of it, and return the key.

    With `sent` a mail is recorded as sent under the message id that we gave it, so that replies find their thread;
    otherwise the effect is wanted again and done anew. Recording and deciding are two steps that may be repeated.
    """
    undecided = {row.work.key: row for row in house.ledger.rows([WorkState.UNKNOWN, WorkState.GIVEN_UP], kinds=LEAVING)}
    key = the_one(key, undecided, "effect that waits for a decision", "See mentorsync outbox for those that do.")
    # A letter belongs to no relationship, so there is no stream in which its outcome stands.
    if undecided[key].work.kind != LETTER:
        _record(house, undecided[key], sent)
    house.ledger.resolve(key, WorkState.DONE if sent else WorkState.OPEN, house.now())
    return key


def _record(house: House, row: LedgerRow, sent: bool) -> None:
    if not sent:
        _reopen(house, row)
    elif EffectKind(row.work.kind).is_mail:
        _record_sent(house, row)


def _reopen(house: House, row: LedgerRow) -> None:
    now, work = house.now(), row.work
    relationship = house.streams.relationship(work.subject)
    relationship.reopen((work.kind, work.occasion, work.recipient), By(ADMINISTRATOR, CLI, None, now))
    house.streams.save(relationship, now=now)


def _record_sent(house: House, row: LedgerRow) -> None:
    now, work = house.now(), row.work
    message_id = message_id_of(house, work.key)
    relationship = house.streams.relationship(work.subject)
    record_sent(relationship, row, message_id, By(ADMINISTRATOR, CLI, None, now))
    reference = Reference(f"mail:{message_id}", work.subject, work.key)
    house.streams.save(relationship, now=now, write=LedgerWrite(references=(reference,)))


def _row(row: LedgerRow) -> OutboxRow:
    work = row.work
    name = (work.kind, work.occasion, work.recipient)
    return OutboxRow(
        work.key,
        work.subject,
        effect_words(*name),
        *name,
        row.state.value,
        work.due,
        work.expires,
        row.attempts,
        row.leased,
        row.reason,
    )
