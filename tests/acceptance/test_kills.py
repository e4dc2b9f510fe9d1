"""A daemon killed at any named moment of a booking and of an agenda, with answers lost besides, doubles nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from tests.acceptance.killing import SCRIPT, Executioner, life
from tests.acceptance.pair import MENTOR, SERVICES, on_clouds

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
BOTH = tuple(SERVICES)
HERE = (*((MOMENTS[place], BOTH[place % 2 :][:1]) for place in (4, 5, 6, 8)), (MOMENTS[-1], BOTH))
"""Before and after something leaves and before its record, on one cloud in turn, and on both the moment in which
something has left twice and nobody knows it yet; the proofs try all moments on both.
"""


@dataclass(frozen=True, slots=True)
class Deaths:
    """The moments of one life at which its daemon dies, by the kind of the effect; an empty one is lived through."""

    booking: str
    agenda: str
    charter: str = ""
    preparation: str = ""

    @property
    def number(self) -> int:
        """How many deaths those are."""
        return sum(bool(moment) for moment in astuple(self))


@pytest.fixture(scope="module")
def executioners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Executioner]]:
    """For each cloud that the service's mailbox may be on, one process that all its daemons are forked from."""
    folder = tmp_path_factory.mktemp("executioners")
    started = {service: Executioner(folder / f"{service}.log") for service in SERVICES}
    yield started
    for executioner in started.values():
        executioner.close()


@pytest.mark.parametrize(("booking", "agenda", "clouds"), [(*moment, clouds) for moment, clouds in HERE])
def test_a_kill_at_any_moment_and_lost_answers_leave_one_booking_and_one_agenda(
    executioners: dict[str, Executioner], tmp_path: Path, booking: str, agenda: str, clouds: tuple[str, ...]
) -> None:
    wrong: list[str] = []
    on_clouds(clouds, lambda s: wrong.extend(killed_and_judged(executioners[s], tmp_path / s, Deaths(booking, agenda))))
    assert wrong == []


def killed_and_judged(executioner: Executioner, folder: Path, deaths: Deaths) -> list[str]:
    """Live through one pair's first meeting with a death at each of the moments, and say what is wrong after them."""
    service, booking, lost = folder.name, deaths.booking, _lost(deaths.booking, deaths.agenda)
    with life(executioner, folder, service) as pair:
        pair.die_at("charter", deaths.charter)
        pair.lose(*(name for name in lost if name == "book"))
        # A booking that was claimed before is looked for before it is made, and again when its answer was lost.
        pair.fail_look_up(2 if booking in ("after claim", "before perform") else 1)
        pair.die_at("book", booking)
        pair.die_at("preparation", deaths.preparation)
        pair.live_until("preparation")
        pair.lose(*(name for name in lost if name != "book"))
        pair.die_at("agenda", deaths.agenda)
        pair.live_until("held_question")
        expected = {"book" if name == "book" else "agenda" for name in lost}
        doubts = pair.doubts()
        wrong = [] if doubts == expected else [f"in doubt were {sorted(doubts)} and not {sorted(expected)}"]
        return [f"{service}: {fault}" for fault in (*pair.findings(), *wrong)]


def _lost(booking: str, agenda: str) -> list[str]:
    """Whoever dies right after performing has lost the answer by that; an answer lost before would prevent it."""
    return [
        "draft",
        *(["book"] if booking != "after perform" else []),
        *(["send"] if agenda != "after perform" else []),
    ]


DOUBLED = (f"{MENTOR} shows 2 meetings", "the mentor's inbox holds 2 agendas")


def found_of_a_naive_sender(executioner: Executioner, folder: Path) -> str:
    """Live through the same with a sender that never looks up, and return what the same judge finds."""
    with life(executioner, folder, folder.name, naive=True) as pair:
        pair.die_at("book", "after perform")
        pair.live_until("preparation")
        pair.lose("later send")
        pair.live_until("held_question")
        return "\n".join(pair.findings())


def test_a_sender_that_never_looks_up_is_caught_by_the_same_judge(
    executioners: dict[str, Executioner], tmp_path: Path
) -> None:
    found = found_of_a_naive_sender(executioners["microsoft"], tmp_path / "microsoft")
    assert [fault for fault in DOUBLED if fault not in found] == []


def test_a_daemon_started_by_itself_dies_of_sigkill_at_the_nth_passing_of_its_point(
    executioners: dict[str, Executioner], tmp_path: Path
) -> None:
    with life(executioners["microsoft"], tmp_path, "microsoft") as pair:
        command = [sys.executable, str(SCRIPT), str(pair.config), "charter: after settle", "2"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90)
        assert done.returncode == -signal.SIGKILL, done.stderr
        sent = [line for line in done.stderr.splitlines() if "effect.done" in line and '"charter"' in line]
        assert len(sent) == 1
