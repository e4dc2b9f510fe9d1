"""Every moment at which a daemon may die, in ever new company, with the service's mailbox on each of the clouds.

In each life four real SIGKILLs strike: at the charter, the booking, the question for topics and the agenda. One round
of lives has every moment once for each of them; further rounds (`make prove ARGS="--kills 500"`) combine them anew.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.acceptance.killing import Executioner
from tests.acceptance.pair import SERVICES, on_both_clouds
from tests.acceptance.test_kills import (
    DOUBLED,
    MOMENTS,
    Deaths,
    executioners,
    found_of_a_naive_sender,
    killed_and_judged,
)

__all__ = ["executioners"]
WANTED = "PROVED_KILLS"
AGENDAS = tuple(agenda for _, agenda in MOMENTS)
FIRST = tuple(moment for moment in dict.fromkeys(AGENDAS) if "find" not in moment)
"""What is passed at the first try: only what was tried before is looked for."""


def deaths() -> Iterator[Deaths]:
    """Return the moments of one life after the other, round after round; the first has those of `make test`."""
    for turn in count():
        for place, (booking, _) in enumerate(MOMENTS):
            agenda = AGENDAS[(place + turn) % len(AGENDAS)]
            charter, preparation = (FIRST[(place + step * turn) % len(FIRST)] for step in (2, 3))
            yield Deaths(booking, agenda, charter, preparation)


def test_kills_at_every_moment_leave_one_booking_and_one_agenda(
    executioners: dict[str, Executioner], tmp_path: Path
) -> None:
    wanted = int(os.environ.get(WANTED, "0"))
    died, lives, wrong = 0, 0, list[str]()

    def live(moments: Deaths, service: str) -> None:
        wrong.extend(killed_and_judged(executioners[service], tmp_path / str(lives) / service, moments))

    for moments in deaths():
        if died >= wanted and lives >= len(MOMENTS):
            break
        on_both_clouds(lambda service, moments=moments: live(moments, service))  # type: ignore[misc]
        lives, died = lives + 1, died + moments.number * len(SERVICES)
    print(f"\nkill -9: N = {died} real deaths over HTTP in {lives * len(SERVICES)} lives; {len(wrong)} faults found")
    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_control_is_caught_on_either_cloud(
    executioners: dict[str, Executioner], tmp_path: Path, service: str
) -> None:
    found = found_of_a_naive_sender(executioners[service], tmp_path / service)
    assert [fault for fault in DOUBLED if fault not in found] == []
