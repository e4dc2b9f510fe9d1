"""A daemon that both clouds tell of changes, with notices lost, doubled and overtaking each other: the same life."""

import json
import socket
from pathlib import Path

import httpx

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import START
from adapters.sandbox.world import World
from tests.acceptance.pair import MENTEE, MENTOR, faults_found, recorded
from tests.acceptance.processes import UNTIL, daemon, introduce, mentorsync, sandbox

SUBSCRIBING = ("subscriptions.create", "events.watch")
ASTRAY = (
    {"operation": "notification", "fault": "notification_lost", "account": MENTOR},
    {"operation": "notification", "fault": "notification_doubled", "account": MENTEE},
    {"operation": "notification", "fault": "notification_reordered", "account": MENTOR},
)
# Port 1 is reserved, and nobody listens there.
UNREACHABLE = {
    "MENTORSYNC_MICROSOFT_BASE_URL": "http://127.0.0.1:1/v1.0",
    "MENTORSYNC_GOOGLE_ROOT_URL": "http://127.0.0.1:1/",
}


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
        assert (received["counts"]["validated"], received["counts"].get("refused 404", 0)) == (4, 0)


def test_a_daemon_by_the_machine_s_clock_listens_where_it_was_told_and_a_second_one_cannot(tmp_path: Path) -> None:
    world = World(START, START, 1)
    settle(world, "demo")
    listen = free_address()
    pushed = {
        **UNREACHABLE,
        "MENTORSYNC_SERVICE_CLOCK": "system",
        "MENTORSYNC_PUSH_LISTEN": listen,
        "MENTORSYNC_PUSH_PUBLIC_URL": f"http://{listen}",
    }
    configs = [write_client_files("http://127.0.0.1:1", world, tmp_path / name) for name in ("one", "two")]
    with daemon(configs[0], tmp_path / "log", pushed) as running, httpx.Client(trust_env=False) as http:
        running.wait_until(lambda: "daemon.started" in running.told(), "its start")
        validated = http.post(f"http://{listen}/microsoft", params={"validationToken": "a <b> c"})
        assert (validated.status_code, validated.text) == (200, "a <b> c")
        assert http.post(f"http://{listen}/google").status_code == 202
        assert http.get(f"http://{listen}/").status_code == 404
        second = mentorsync(configs[1], "daemon", more=pushed)
        assert (second.returncode, "[push] listen" in second.stderr) == (5, True)
        assert running.stop() == 0
    assert "Traceback" not in running.told()
