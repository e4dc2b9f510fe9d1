"""A daemon that is not alone, and one whose providers are not there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.world import World
from tests.acceptance.killing import register
from tests.acceptance.processes import daemon, mentorsync
from tests.acceptance.test_push import free_address
from tests.unit.test_health import asked, samples

# Port 1 is reserved, and nobody listens there.
UNREACHABLE = {
    "MENTORSYNC_MICROSOFT_BASE_URL": "http://127.0.0.1:1/v1.0",
    "MENTORSYNC_GOOGLE_ROOT_URL": "http://127.0.0.1:1/",
}
PROBLEM = "127.0.0.1:1 could not be reached."
SECONDS = 2.0


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """A configuration over a sandbox whose time stands still, with one request on record."""
    world = World(START, START, 1)
    settle(world, "demo")
    with SandboxServer(world) as server:
        written = write_client_files(server.base_url, world, tmp_path / "box")
        register(written)
        yield written


def states(config: Path) -> set[str]:
    """Return in which states the effects of the store are."""
    connection = sqlite3.connect(f"{config.with_name('mentorsync.db').as_uri()}?mode=ro", uri=True)
    try:
        return {state for (state,) in connection.execute("SELECT state FROM work WHERE kind = 'request'")}
    finally:
        connection.close()


def test_a_second_daemon_on_the_same_store_gives_way_at_once_and_names_the_first(config: Path, tmp_path: Path) -> None:
    with daemon(config, tmp_path / "log") as first:
        first.wait_until(lambda: "daemon.started" in first.told(), "its start")
        began = monotonic()
        assert mentorsync(config, "status").returncode == 0
        usual = monotonic() - began
        began = monotonic()
        second = mentorsync(config, "daemon")
        assert monotonic() - began < usual + SECONDS
        assert second.returncode == 11
        assert f"process {first.process.pid} on " in second.stderr
        assert "Traceback" not in second.stderr
        assert first.stop() == 0


def test_a_daemon_whose_providers_are_not_there_says_so_keeps_running_and_stops_when_asked(
    config: Path, tmp_path: Path
) -> None:
    port = int(free_address().rpartition(":")[2])
    with daemon(config, tmp_path / "log", {**UNREACHABLE, "MENTORSYNC_HEALTH_LISTEN": f"127.0.0.1:{port}"}) as running:
        running.wait_until(lambda: "effect.postponed" in running.told(), "the first mail is put off")
        running.wait_until(lambda: PROBLEM in running.told(), "its complaint")
        # Its own health has nothing to do with that of the providers.
        assert [asked(port, page)[0] for page in ("/livez", "/readyz")] == [200, 200]
        listening = {"MENTORSYNC_HEALTH_LISTEN": f"127.0.0.1:{port}"}
        assert mentorsync(config, "alive", more=listening).returncode == 0
        numbers = samples(asked(port, "/metrics")[2])
        assert numbers['mentorsync_work_total{kind="request",outcome="postponed"}'] >= 1
        assert running.stop() == 0
        assert "Traceback" not in running.told()
    assert mentorsync(config, "alive", more=listening).returncode == 6
    assert states(config) == {"open"}


def test_a_daemon_for_once_whose_providers_are_not_there_puts_everything_off_and_says_so(config: Path) -> None:
    done = mentorsync(config, "daemon", "--once", more=UNREACHABLE)
    assert done.returncode == 6
    assert PROBLEM in done.stderr
    assert "Traceback" not in done.stderr
    assert states(config) == {"open"}


def test_a_credential_that_is_refused_puts_mail_off_and_nothing_is_given_up_for_it(config: Path) -> None:
    token = config.with_name("microsoft.token")
    good = token.read_text("utf-8")
    token.write_text("not-a-token\n", "utf-8")
    refused = mentorsync(config, "daemon", "--once")
    assert (refused.returncode, states(config)) == (5, {"open"})
    assert "401" in refused.stderr
    assert "Traceback" not in refused.stderr
    token.write_text(good, "utf-8")
    mended = mentorsync(config, "daemon", "--once", "--now", "2027-02-22T08:10Z")
    assert (mended.returncode, states(config)) == (0, {"done"})
