"""Gives the contract suite of calendars and mailboxes its three stages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.memory_stage import MemoryStage
from tests.contract.sandbox_stage import sandbox_stage
from tests.contract.stage import Stage


@pytest.fixture(params=["memory", "microsoft", "google"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A fresh world around one adapter after the other."""
    if request.param == "memory":
        yield MemoryStage()
        return
    with sandbox_stage(request.param, tmp_path) as opened:
        yield opened
