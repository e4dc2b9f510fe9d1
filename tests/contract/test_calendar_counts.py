"""How many requests reading calendars takes, as the sandbox counts them; whoever raises a number says why."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from domain.calendar import Ask, CalendarChanges
from tests.contract.sandbox_stage import SandboxStage, sandbox_stage

STEP = timedelta(minutes=5)


def accounts(stage: SandboxStage, provider: str, count: int) -> list[str]:
    """Open so many accounts at one provider."""
    domain = "gmail.example" if provider == "google" else "contoso.example"
    found = [f"p{number}@{domain}" for number in range(count)]
    for address in found:
        stage.world.add(address, provider, "P", "UTC")
    return found


def counted(stage: SandboxStage) -> Counter[str]:
    """Return the requests so far by operation, a whole batch being one."""
    by_cloud = stage.world.report()["requests"].values()
    return sum((Counter(operations) for operations in by_cloud), Counter())


def requests_of(stage: SandboxStage, asks: list[Ask]) -> tuple[Counter[str], list[Ask]]:
    """Read the calendars and return what that took and how to go on."""
    before = counted(stage)
    found = stage.calendar.changes_of(asks, stage.now())
    assert all(isinstance(one, CalendarChanges) for one in found), found
    cursors = [one.cursor for one in found if isinstance(one, CalendarChanges)]
    return counted(stage) - before, [Ask(ask.account, cursor) for ask, cursor in zip(asks, cursors, strict=True)]


def test_twenty_mailboxes_of_outlook_are_one_request_at_every_poll(tmp_path: Path) -> None:
    with sandbox_stage("microsoft", tmp_path) as stage:
        asks = [Ask(account) for account in accounts(stage, "microsoft", 20)]
        first, asks = requests_of(stage, asks)
        assert first == {"batch": 1}
        for _ in range(3):
            stage.settle()
            quiet, asks = requests_of(stage, asks)
            assert quiet == {"batch": 1}


@pytest.mark.parametrize(("provider", "operation"), [("microsoft", "calendarView.delta"), ("google", "events.list")])
def test_an_unchanged_calendar_is_one_request_at_every_poll(tmp_path: Path, provider: str, operation: str) -> None:
    with sandbox_stage(provider, tmp_path) as stage:
        (account,) = accounts(stage, provider, 1)
        _, asks = requests_of(stage, [Ask(account)])
        quiet, _ = requests_of(stage, asks)
        assert quiet == {operation: 1}


def test_a_day_of_polls_reads_the_whole_window_of_outlook_once(tmp_path: Path) -> None:
    with sandbox_stage("microsoft", tmp_path) as stage:
        (account,) = accounts(stage, "microsoft", 1)
        cursor, whole = None, 0
        polls = timedelta(days=1) // STEP
        for number in range(polls + 1):
            changes = stage.calendar.changes(account, cursor, stage.now() + number * STEP)
            cursor, whole = changes.cursor, whole + changes.complete
        assert whole == 2, "at the beginning, and once more after a day"
        assert counted(stage) == {"calendarView.delta": polls + 1}
