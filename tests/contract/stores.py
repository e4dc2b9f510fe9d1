"""Opened stores and small streams and rows for the tests of the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from adapters.sqlite.store import SqliteStore, opened_store
from domain.by import ADMINISTRATOR, CLI, By
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.ledger import Claim, Settlement, Work, WorkState
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from domain.samples import Sample

NOW = datetime(2027, 2, 22, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = NOW + 5 * MINUTE
BY = By(ADMINISTRATOR, CLI, None, NOW)
MASTER_KEY = bytes(range(32))
CHARTER = Charter(
    version=1,
    cadence_days=14,
    minutes=60,
    mentor_hours="mon-fri 09:00-17:00",
    mentee_hours="mon-fri 09:00-18:00",
    pins=Role.MENTOR,
    organiser=Organiser.SERVICE,
    conflict=ConflictPolicy.MOVE,
    notice_hours=48,
    agenda_lead_hours=24,
    reply_promise_days=3,
)
A_SAMPLE = Sample("0a.1", Personal("owner", "Entwurf für Mia.pdf"), "application/pdf", 9, Personal("owner", "c0ffee"))
_numbers = count(1)


def an_id() -> UUID:
    """Return an id that no other call returned."""
    return UUID(int=next(_numbers))


@contextmanager
def opened(folder: Path) -> Iterator[SqliteStore]:
    """Open the store in that folder, made when absent, with its keyring beside it."""
    with opened_store(folder / "store.sqlite", folder / "keys.sqlite", MASTER_KEY, create=True) as store:
        yield store


def age(path: Path) -> None:
    """Turn a store into one of the first version, whose tables and indexes were fewer."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE sample")
        for name in ("work_kind", "work_lane", "work_of"):
            connection.execute(f"DROP INDEX {name}")
        connection.execute("CREATE INDEX work_due ON work (state, due)")
        connection.execute("CREATE INDEX work_subject ON work (subject)")
        connection.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")


def a_person(address: str = "ann@example.org", name: str = "Ann Example") -> Person:
    """Return a person who is not saved yet."""
    return Person.register(an_id(), name, address, "google", "Europe/Berlin", "mon-fri 09:00-17:00", "en", BY)


def a_relationship(mentor: Person, mentee: Person, why: str = "You know the field.") -> Relationship:
    """Return a request that is not saved yet."""
    owner = str(mentee.id)
    words = ((Personal(owner, "Learn to lead."),), Personal(owner, why), Personal(owner, "Time."))
    return Relationship.request(an_id(), str(mentor.id), owner, *words, CHARTER, BY)


def a_pair(store: SqliteStore) -> tuple[Person, Person, Relationship]:
    """Save a mentor, a mentee and their relationship, and return them as saved."""
    mentor, mentee = a_person("mia@example.org"), a_person("tom@example.org")
    relationship = a_relationship(mentor, mentee)
    store.save(mentor, mentee, relationship, now=NOW)
    return mentor, mentee, relationship


def work(
    key: str = "r1/agenda/1.1/mentor",
    lane: str = "mail",
    due: datetime = NOW,
    expires: datetime | None = LEASE,
) -> Work:
    """Return a row whose parts follow from its key."""
    subject, kind, occasion, recipient = key.split("/")
    return Work(key, subject, kind, occasion, recipient, lane, due, expires)


def poll(account: str) -> Work:
    """Return a poll of that account."""
    return work(f"{account}/poll//", f"calendar/{account}", expires=None)


def claim_one(store: SqliteStore, kind: str = "agenda", now: datetime = NOW) -> Claim:
    """Claim the only due row of that kind."""
    (claim,) = store.claim(now, [kind], 10, now + 5 * MINUTE)
    return claim


def claim_review(store: SqliteStore, subject: object) -> Claim:
    """Claim reviews until it is the one of that subject; the others are settled for a day."""
    while True:
        claim = claim_one(store, "review")
        if claim.work.subject == str(subject):
            return claim
        store.settle(settled(claim, WorkState.OPEN, due=NOW + timedelta(days=1)), NOW)


def due_reviews(store: SqliteStore) -> set[str]:
    """Return the subjects whose reviews are due, and settle them for a day."""
    subjects: set[str] = set()
    while claims := store.claim(NOW, ["review"], 1, LEASE):
        subjects.add(claims[0].work.subject)
        store.settle(settled(claims[0], WorkState.OPEN, due=NOW + timedelta(days=1)), NOW)
    return subjects


def settled(
    claim: Claim, state: WorkState = WorkState.DONE, due: datetime | None = None, reason: str = ""
) -> Settlement:
    """Return the settlement of a claim."""
    return Settlement(claim.work.key, claim.token, state, due, reason=reason)
