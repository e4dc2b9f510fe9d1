"""A process killed at any moment leaves whole transactions or nothing, and loses nothing acknowledged."""

import os
import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.sqlite.store import SqliteStore
from domain.ledger import LedgerWrite, WorkState
from domain.personal import Personal
from tests.contract.stores import BY, NOW, a_pair, claim_one, opened, settled, work

KILLS = 30


def act_until_killed(folder: Path, subject: str, said: int) -> None:
    """Record one action after the other, each with the settlement of one row, and say so after each save."""
    with opened(folder) as store:
        store.void_leases()
        while True:
            relationship = store.relationship(subject)
            number = len(relationship.actions) + 1
            key = f"{subject}/chase/{number}/mentee"
            store.ensure([work(key)], NOW)
            claim = claim_one(store, "chase")
            words = Personal(relationship.mentee_id, f"Action {number}")
            relationship.owe_action(relationship.charter.pins, words, None, number, BY)
            store.save(relationship, now=NOW, write=LedgerWrite(settle=settled(claim)))
            os.write(said, b".")


@contextmanager
def child(folder: Path, subject: str) -> Iterator[tuple[int, int]]:
    """Fork a process that acts, give its id and where it acknowledges, and have it gone afterwards."""
    listen, said = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(listen)
            act_until_killed(folder, subject, said)
        finally:
            os._exit(1)
    os.close(said)
    try:
        yield process, listen
    finally:
        os.close(listen)


def killed_after(folder: Path, subject: str, acknowledged: int, spin: int) -> int:
    """Kill the child some instructions after so many acknowledgements; return how many it gave in all."""
    with child(folder, subject) as (process, listen):
        count = 0
        while count < acknowledged:
            heard = os.read(listen, acknowledged - count)
            assert heard, "the writer ended by itself"
            count += len(heard)
        for _ in range(spin):
            pass
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        while more := os.read(listen, 4096):
            count += len(more)
    return count


@pytest.fixture
def subject(tmp_path: Path) -> str:
    with opened(tmp_path) as store:
        return str(a_pair(store)[2].id)


def test_killed_writers_lose_nothing_that_they_acknowledged_and_leave_nothing_half_done(
    tmp_path: Path, subject: str
) -> None:
    chance, acknowledged = random.Random(7), 0
    for _ in range(KILLS):
        acknowledged += killed_after(tmp_path, subject, chance.randint(0, 3), chance.randint(0, 200_000))
    with opened(tmp_path) as store:
        recorded = len(store.relationship(subject).actions)
        assert acknowledged <= recorded <= acknowledged + KILLS
        assert_each_action_settled_its_row(store, recorded)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def assert_each_action_settled_its_row(store: SqliteStore, recorded: int) -> None:
    done = [int(row.work.occasion) for row in store.rows(["done"])]
    assert sorted(done) == list(range(1, recorded + 1))


def test_a_transaction_that_was_not_committed_when_the_process_died_never_was(tmp_path: Path, subject: str) -> None:
    process = os.fork()
    if process == 0:
        with opened(tmp_path) as store, store._engine.writing() as cursor:
            cursor.execute("DELETE FROM read_model")
            os._exit(0)
    os.waitpid(process, 0)
    with opened(tmp_path) as store:
        assert [row.id for row in store.summaries("relationship")] == [subject]


def test_a_lease_of_a_killed_daemon_is_void_after_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.ensure([work()], NOW)
        claim_one(store)
    with opened(tmp_path) as store:
        assert store.void_leases() == 1
        assert (claim_one(store).attempts, store.rows()[0].state) == (2, WorkState.OPEN)
