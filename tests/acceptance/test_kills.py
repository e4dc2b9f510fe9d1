"""A daemon killed at any named moment of a booking and of an agenda, with answers lost besides, doubles nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.killing import SCRIPT, Executioner, life

MOMENTS = (
    ("before claim", "before claim"),
    ("after claim", "after claim"),
    ("before find", "before find"),
    ("after find", "after find"),
    ("before perform", "before perform"),
    ("after perform", "after perform"),
    ("before settle", "before settle"),
    ("after settle", "after settle"),
    # An agenda has two moments more: its draft lies there, not noted yet; and noted, not sent yet.
    ("before perform", "before note"),
    ("after perform", "before send"),
)


@pytest.fixture(scope="module")
def executioner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executioner]:
    """One process that all daemons of this module are forked from."""
    started = Executioner(tmp_path_factory.mktemp("executioner") / "stderr.log")
    yield started
    started.close()


@pytest.mark.parametrize(("booking", "agenda"), MOMENTS)
@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_a_kill_at_any_moment_and_lost_answers_leave_one_booking_and_one_agenda(
    executioner: Executioner, tmp_path: Path, service: str, booking: str, agenda: str
) -> None:
    with life(executioner, tmp_path, service) as pair:
        lost = _lost(booking, agenda)
        pair.lose(*lost)
        # A booking that was claimed before is looked for before it is made, and again when its answer was lost.
        pair.fail_look_up(2 if booking in ("after claim", "before perform") else 1)
        pair.die_at("book", booking)
        pair.die_at("agenda", agenda)
        pair.live_until("held_question")
        assert pair.findings() == []
        assert pair.doubts() == {"book" if name == "book" else "agenda" for name in lost}


def _lost(booking: str, agenda: str) -> list[str]:
    """Whoever dies right after performing has lost the answer by that; an answer lost before would prevent it."""
    return [
        "draft",
        *(["book"] if booking != "after perform" else []),
        *(["send"] if agenda != "after perform" else []),
    ]


@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_a_sender_that_never_looks_up_is_caught_by_the_same_judge(
    executioner: Executioner, tmp_path: Path, service: str
) -> None:
    with life(executioner, tmp_path, service, naive=True) as pair:
        pair.lose("send")
        pair.die_at("book", "after perform")
        pair.live_until("held_question")
        found = "\n".join(pair.findings())
    assert "mara.lindqvist@contoso.example shows 2 meetings" in found
    assert "the mentor's inbox holds 2 agendas" in found


def test_a_daemon_started_by_itself_dies_of_sigkill_at_the_nth_passing_of_its_point(
    executioner: Executioner, tmp_path: Path
) -> None:
    with life(executioner, tmp_path, "microsoft") as pair:
        command = [sys.executable, str(SCRIPT), str(pair.config), "charter: after settle", "2"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90)
        assert done.returncode == -signal.SIGKILL, done.stderr
        sent = [line for line in done.stderr.splitlines() if "effect.done" in line and '"charter"' in line]
        assert len(sent) == 1
