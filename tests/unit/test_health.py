"""What the daemon says of itself: numbers in Prometheus' text format, two pages of health, and words to systemd."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest

from adapters.health import EXPOSITION, HealthListener, Page, verdict
from adapters.supervisor import Notifier
from domain.errors import Misconfigured
from service.metrics import FAMILIES, Metrics
from tests.unit.cli_stage import Desk

SAMPLE = re.compile(r'[a-z_]+(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? -?[0-9.e+-]+')


def samples(text: str) -> dict[str, float]:
    """Read the text format (version 0.0.4): every line is a help, a type, or a sample of a family that was typed."""
    typed, found = set[str](), dict[str, float]()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert (kind == "counter") == name.endswith("_total"), line
            typed.add(name)
        elif not line.startswith("# HELP "):
            assert SAMPLE.fullmatch(line), line
            name, _, value = line.rpartition(" ")
            assert re.split(r"[{ ]", name)[0] in typed
            assert name not in found
            found[name] = float(value)
    return found


def test_counters_grow_and_gauges_are_replaced() -> None:
    metrics = Metrics()
    for _ in range(2):
        metrics.count("mentorsync_sends_total", kind="agenda")
    metrics.show({"mentorsync_outbox_due": 3, "mentorsync_stopped": {"paused": 1.0}})
    metrics.show({"mentorsync_outbox_due": 1.5, "mentorsync_stopped": {"switch": 1.0}})
    assert samples(metrics.text()) == {
        'mentorsync_sends_total{kind="agenda"}': 2.0,
        "mentorsync_outbox_due": 1.5,
        'mentorsync_stopped{reason="switch"}': 1.0,
    }


def test_a_label_is_escaped() -> None:
    metrics = Metrics()
    metrics.count("mentorsync_sends_total", kind='a"b\\c\nd')
    assert samples(metrics.text()) == {'mentorsync_sends_total{kind="a\\"b\\\\c\\nd"}': 1.0}


def test_a_large_number_keeps_its_digits() -> None:
    metrics = Metrics()
    metrics.show({"mentorsync_looked_timestamp_seconds": 1803834000.25})
    assert samples(metrics.text())["mentorsync_looked_timestamp_seconds"] == 1803834000.25


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("mentorsync_sends_total", {}),
        ("mentorsync_sends_total", {"kind": "agenda", "person": "ann"}),
        ("mentorsync_outbox_due", {}),
    ],
)
def test_no_label_is_made_up(name: str, labels: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="with the labels"):
        Metrics().count(name, **labels)


def test_no_family_has_a_label_that_could_name_anybody() -> None:
    assert {label for metric in FAMILIES for label in metric.labels} <= {
        "kind",
        "outcome",
        "reason",
        "provider",
        "method",
        "status",
        "version",
        "what",
    }


@contextmanager
def served(trouble: str = "") -> Iterator[int]:
    pages = {"/livez": lambda: verdict(""), "/readyz": lambda: verdict(trouble)}
    pages["/metrics"] = lambda: Page(HTTPStatus.OK, "x 1\n", EXPOSITION)
    with HealthListener("127.0.0.1", 0, pages) as listener:
        yield listener.port


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    told = (answer.status, answer.headers["Content-Type"] or "", answer.read().decode())
    connection.close()
    return told


def test_health_and_numbers_are_answered_on_loopback() -> None:
    with served("The store is in use by another process.") as port:
        assert asked(port, "/livez")[::2] == (200, "ok\n")
        assert asked(port, "/readyz?full=1")[::2] == (503, "The store is in use by another process.\n")
        assert asked(port, "/metrics")[:2] == (200, "text/plain; version=0.0.4; charset=utf-8")
        assert asked(port, "/metrics/../etc")[0] == 404
        assert asked(port, "/livez", "POST")[0] == 501


def test_the_command_asks_whether_the_daemon_is_alive_or_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, capsys).set_up()
    assert desk.run("alive").code == 5
    with served("The store is in use by another process.") as port:
        monkeypatch.setenv("MENTORSYNC_HEALTH_LISTEN", f"127.0.0.1:{port}")
        alive, ready = desk.run("alive"), desk.run("alive", "--ready")
    assert (alive.code, alive.out, alive.err) == (0, "", "The daemon is alive.\n")
    assert ready.code == 6
    assert ready.err.startswith("The daemon is not ready: The store is in use by another process.\n")
    gone = desk.run("alive")
    assert (gone.code, "Start it with" in gone.err) == (6, True)


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with served() as port, pytest.raises(Misconfigured, match=f"port {port}"):
        HealthListener("127.0.0.1", port, {})


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as found:
        found.bind(str(tmp_path / "notify"))
        found.settimeout(5)
        yield found


def test_systemd_hears_that_it_is_ready_alive_and_stopping(heard: socket.socket) -> None:
    now = [0.0]
    environ = {"NOTIFY_SOCKET": heard.getsockname(), "WATCHDOG_USEC": "20000000"}
    supervisor = Notifier(environ, lambda: now[0])
    supervisor.ready()
    for instant in (0.0, 1.0, 4.9, 5.0, 30.0):
        now[0] = instant
        supervisor.alive()
    supervisor.stopping()
    said = [heard.recv(100).decode() for _ in range(5)]
    assert said == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_without_a_supervisor_or_a_watchdog_nothing_is_said(heard: socket.socket, tmp_path: Path) -> None:
    Notifier({}).ready()
    Notifier({"NOTIFY_SOCKET": heard.getsockname()}).alive()
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()
    heard.setblocking(False)
    with pytest.raises(BlockingIOError):
        heard.recv(100)
