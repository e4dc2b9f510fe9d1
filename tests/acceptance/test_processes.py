"""`daemon` against `sandbox serve`, two processes and a configuration file: the first booking and agenda of a pair."""

from pathlib import Path

from tests.acceptance.killing import register
from tests.acceptance.pair import acts, faults_found, recorded
from tests.acceptance.processes import UNTIL, Box, daemon, sandbox

BOOKINGS = ("events.create", "events.insert")
MAILS = ("messages.send", "drafts.send")
AGENDA = 7
"""Which of the mails it is: before it go a request, two charters, an answer, a preparation and the answer to that."""
HELD_UP = {"fault": "delay_ms", "delay_ms": 700}


def findings(box: Box, service: str) -> list[str]:
    """What the judge finds in the world and in the store."""
    return faults_found(box.remote.world(), service, recorded(box.config, dict(box.more)))


def live_to_the_end(box: Box, log: Path) -> None:
    """Run a daemon until the clock stands at its limit, and stop it there."""
    with daemon(box.config, log, box.more) as running:
        running.wait_until(lambda: box.clock() == UNTIL, "the end of the meeting's day")
        assert running.stop() == 0, running.told()[-3000:]


def stop_at(box: Box, log: Path, operations: tuple[str, ...], count: int) -> None:
    """Run a daemon until so many requests have arrived, and stop it there."""
    with daemon(box.config, log, box.more) as running:
        running.wait_until(lambda: box.requests(*operations) >= count, f"request {count} of {operations}")
        assert running.stop() == 0, running.told()[-3000:]


def test_a_daemon_stopped_again_and_again_with_work_in_flight_does_all_of_it_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with sandbox(tmp_path / "microsoft", "microsoft") as box:
        register(box.config, dict(box.more))
        box.remote.hand(acts())
        # A request that is held up is in flight while the signal comes: it is counted before it is answered.
        box.remote.faults([{"operation": operation, **HELD_UP} for operation in BOOKINGS])
        box.remote.faults([{"operation": operation, "nth": AGENDA, **HELD_UP} for operation in MAILS])
        for operations, count in ((MAILS, 1), (BOOKINGS, 1), (MAILS, AGENDA)):
            stop_at(box, log, operations, count)
        live_to_the_end(box, log)
        assert findings(box, "microsoft") == []
        assert (box.requests(*BOOKINGS), box.requests(*MAILS)) == (1, AGENDA + 1)
