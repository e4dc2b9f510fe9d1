"""Every moment at which a daemon may die, with the service's mailbox on each of the clouds."""

from pathlib import Path

import pytest

from tests.acceptance.killing import Executioner
from tests.acceptance.pair import SERVICES
from tests.acceptance.test_kills import MOMENTS, executioners, killed_and_judged

__all__ = ["executioners"]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("booking", "agenda"), MOMENTS)
def test_a_kill_at_every_moment_leaves_one_booking_and_one_agenda(
    executioners: dict[str, Executioner], tmp_path: Path, booking: str, agenda: str, service: str
) -> None:
    assert killed_and_judged(executioners[service], tmp_path / service, booking, agenda) == []
