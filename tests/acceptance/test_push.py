"""A daemon that both clouds tell of changes, with notices lost, doubled and overtaking each other: the same life."""

import json
import socket
from pathlib import Path

from tests.acceptance.pair import MENTEE, MENTOR, faults_found, recorded
from tests.acceptance.processes import UNTIL, daemon, introduce, sandbox

SUBSCRIBING = ("subscriptions.create", "events.watch")
ASTRAY = (
    {"operation": "notification", "fault": "notification_lost", "account": MENTOR},
    {"operation": "notification", "fault": "notification_doubled", "account": MENTEE},
    {"operation": "notification", "fault": "notification_reordered", "account": MENTOR},
)


def free_address() -> str:
    """Return an address of this machine where nobody listens yet."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


def test_a_pair_lives_as_well_with_push_as_without_whatever_happens_to_the_notices(tmp_path: Path) -> None:
    listen = free_address()
    log = tmp_path / "log"
    with sandbox(tmp_path / "box") as box:
        pushed = {
            **box.more,
            "MENTORSYNC_PUSH_LISTEN": listen,
            "MENTORSYNC_PUSH_PUBLIC_URL": f"http://{listen}/hooks",
            "MENTORSYNC_SERVICE_POLL_MINUTES": "120",
        }
        introduce(box)
        box.remote.faults([dict(fault) for fault in ASTRAY])
        with daemon(box.config, log, pushed) as running:
            running.wait_until(lambda: box.clock() == UNTIL, "the end of the meeting's day")
            assert running.stop() == 0, running.told()[-3000:]
        assert faults_found(box.remote.world(), "microsoft", recorded(box.config, pushed)) == []
        report = box.remote.report()
        assert report["checked"]["violations"] == []
        assert box.requests(*SUBSCRIBING) == 3
        assert box.requests("subscriptions.renew") == 2
        said = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
        assert sum(line["hints"] for line in said if line["event"] == "push.heeded") >= 1
        *_, received = (line for line in said if line["event"] == "push.received")
        assert (received["validated"], received.get("refused_404", 0)) == (4, 0)
