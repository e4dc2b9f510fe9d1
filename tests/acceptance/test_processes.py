"""`daemon` against `sandbox serve`, two processes and a configuration file: the first booking and agenda of a pair."""

from pathlib import Path

import pytest

from tests.acceptance.killing import register
from tests.acceptance.pair import acts, faults_found, recorded
from tests.acceptance.processes import UNTIL, Box, daemon, introduce, sandbox

BOOKINGS = ("events.create", "events.insert")
MAILS = ("messages.send", "drafts.send")
AGENDA = 5
HELD_UP = {"fault": "delay_ms", "delay_ms": 700}


def findings(box: Box, service: str) -> list[str]:
    """What the judge finds in the world and in the store."""
    return faults_found(box.remote.world(), service, recorded(box.config, dict(box.more)))


@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_a_pair_gets_its_booking_and_its_agenda_from_a_daemon_by_configuration_alone(
    tmp_path: Path, service: str
) -> None:
    with sandbox(tmp_path / "box", service) as box:
        introduce(box)
        with daemon(box.config, tmp_path / "log", box.more) as running:
            running.wait_until(lambda: box.clock() == UNTIL, "the end of the meeting's day")
            assert running.stop() == 0
        assert findings(box, service) == []
        assert box.remote.report()["checked"]["violations"] == []


@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_a_daemon_stopped_again_and_again_with_work_in_flight_does_all_of_it_once(tmp_path: Path, service: str) -> None:
    with sandbox(tmp_path / "box", service) as box:
        register(box.config, dict(box.more))
        box.remote.hand(acts())
        # A request that is held up is in flight while the signal comes; its number arrives before its answer leaves.
        box.remote.faults([{"operation": operation, **HELD_UP} for operation in BOOKINGS])
        box.remote.faults([{"operation": operation, "nth": AGENDA, **HELD_UP} for operation in MAILS])
        for operations, count in ((MAILS, 1), (BOOKINGS, 1), (MAILS, AGENDA)):
            with daemon(box.config, tmp_path / "log", box.more) as running:
                awaited = f"request {count} of {operations}"
                running.wait_until(lambda ops=operations, n=count: box.requests(*ops) >= n, awaited)  # type: ignore[misc]
                assert running.stop() == 0, running.told()[-3000:]
        with daemon(box.config, tmp_path / "log", box.more) as running:
            running.wait_until(lambda: box.clock() == UNTIL, "the end of the meeting's day")
            assert running.stop() == 0
        assert findings(box, service) == []
        assert box.requests(*BOOKINGS) == 1
