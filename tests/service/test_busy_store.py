"""A store that another process holds for long, or whose disk is full, stops nothing for good and doubles nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.world import Fault
from domain.errors import TryLater
from service.daemon import Daemon
from tests.service.test_loop import Seen
from tests.service.theatre import HOUR, MENTOR, START, Theatre, theatre

MINUTES = timedelta(minutes=10)


def daemon_until(stage: Theatre) -> Daemon:
    """Return a daemon that works for two hours after the beginning."""
    return Daemon(stage.house, lambda: stage.world.now >= START + 2 * HOUR)


def hold(stage: Theatre, connection: sqlite3.Connection) -> None:
    """Let another process hold the store for ten minutes."""
    with stage.house.streams._engine.writing() as cursor:  # type: ignore[attr-defined]
        cursor.execute("PRAGMA busy_timeout = 0")  # nobody waits in real time
    connection.execute("BEGIN IMMEDIATE")
    stage.world.at(stage.world.now + MINUTES, lambda: connection.execute("ROLLBACK"))


def other_process(folder: Path) -> sqlite3.Connection:
    """Return a connection of its own to the same store."""
    return sqlite3.connect(folder / "store.sqlite", isolation_level=None)


def test_a_store_that_is_held_for_minutes_is_waited_for_and_then_all_is_done_once(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage, closing(other_process(tmp_path)) as other:
        daemon = daemon_until(stage)
        daemon.start()
        hold(stage, other)
        daemon.run()
        assert any(isinstance(trouble, TryLater) for trouble in daemon.troubles)
        assert len(stage.inbox(MENTOR, "request")) == 1
        assert ("request", "request", "mentor") in stage.relationship.mails


def test_a_mail_that_left_while_the_store_was_held_is_looked_up_and_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage, closing(other_process(tmp_path)) as other:
        send = stage.house.mailbox.send
        held: list[object] = []

        def send_and_find_the_store_held(account: str, draft: object) -> object:
            left = send(account, draft)  # type: ignore[arg-type]
            if not held:
                held.append(left)
                hold(stage, other)
            return left

        monkeypatch.setattr(stage.house.mailbox, "send", send_and_find_the_store_held)
        daemon = daemon_until(stage)
        daemon.start()
        daemon.run()
        assert len(held) == 1
        assert len(stage.inbox(MENTOR, "request")) == 1
        assert ("request", "request", "mentor") in stage.relationship.mails


@pytest.mark.parametrize("operation", ["claim", "settle", "next_due", "hasten", "void_leases"])
def test_whatever_the_store_refuses_for_a_while_the_daemon_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    with theatre(tmp_path) as stage:
        daemon, asked = daemon_until(stage), getattr(stage.house.ledger, operation)
        daemon.start()

        def full(*given: object, **more: object) -> object:
            if stage.world.now < START + MINUTES:
                raise TryLater("The disk of the store is full.", "Free some space, then go on.")
            return asked(*given, **more)

        monkeypatch.setattr(stage.house.ledger, operation, full)
        stage.world.fail_next("mailbox.draft", Fault.TRY_LATER)
        if operation == "void_leases":
            monkeypatch.setattr(stage.house.ledger, "claim", refused_once(stage.house.ledger.claim))
        daemon.run()
        (request,) = stage.inbox(MENTOR, "request")
        assert request.at < START + HOUR


def refused_once(asked: Callable[..., object]) -> Callable[..., object]:
    """Return the same, which is refused the first time."""
    refused: list[int] = []

    def refusing(*given: object, **more: object) -> object:
        if not refused:
            refused.append(1)
            raise TryLater("The store is in use by another process.", "Try again in a moment.")
        return asked(*given, **more)

    return refusing


def test_the_look_at_every_relationship_after_a_start_is_not_lost_on_a_busy_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("agenda")
        end = stage.world.now + HOUR
        seen = Seen()
        daemon = Daemon(stage.house, lambda: stage.world.now >= end, watch=seen)
        daemon.start()
        monkeypatch.setattr(stage.house.streams, "save", refused_once(stage.house.streams.save))
        daemon.run()
        assert "review" in seen.kinds
