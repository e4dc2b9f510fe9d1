"""The sandbox as a whole: the same seed gives the same world,
and as a process it announces itself and stops."""

import json
import os
import signal
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from adapters.sandbox.people import settle
from adapters.sandbox.wire import instant
from adapters.sandbox.world import World
from tests.unit.sandbox_client import (
    GMAIL,
    ISLA,
    JONAS,
    MARA,
    OUTLOOK,
    START,
    THEO,
    Client,
    gmail_send,
    google_event,
    graph_event,
    graph_send,
    mime,
    sandbox,
)

ROOT = Path(__file__).parents[2]


def story(client: Client) -> str:
    """A few virtual hours on both clouds; answers what the world looks like afterwards."""
    client.hand(account=JONAS, act="accept", when={"subject_has": ""}, every=True)
    client.hand(account=MARA, act="reply", when={"subject_has": "Agenda"}, text="Fine", delay_minutes=7)
    talk = graph_event("Talk", "2027-03-01T15:00:00", "2027-03-01T15:45:00", JONAS)
    client.graph("POST", MARA, "/events", json=talk)
    more = google_event("More", "2027-03-02T15:00:00Z", "2027-03-02T15:45:00Z", ISLA, THEO)
    client.calendar("POST", GMAIL, json=more, params={"sendUpdates": "all"})
    gmail_send(client, GMAIL, mime(GMAIL, MARA, "Agenda", "<a@gmail.example>"))
    graph_send(client, OUTLOOK, mime(OUTLOOK, "nobody@x.example", "Agenda", "<b@contoso.example>"))
    client.settle(60)
    return client.http.get("/world").text


def test_two_worlds_of_one_seed_are_equal_and_another_seed_differs() -> None:
    worlds = []
    for seed in (7, 7, 8):
        with sandbox("demo", seed) as client:
            worlds.append(story(client))
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]


PRINT_STORY = (
    "from tests.unit.sandbox_client import sandbox\nfrom tests.unit.test_sandbox_serve import story\n"
    "with sandbox('demo', 7) as client: print(story(client))"
)


def test_the_hash_seed_changes_nothing() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", PRINT_STORY],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert "Talk" in told.pop()


@pytest.mark.parametrize(("one", "two"), [(MARA, JONAS), (ISLA, THEO)])
@pytest.mark.parametrize("seed", range(1, 9))
def test_every_pair_of_the_demo_has_free_common_time_in_every_fortnight(one: str, two: str, seed: int) -> None:
    world = World(START, None, seed)
    settle(world, "demo")
    for fortnight in range(8):
        assert free_half_hours(world, one, two, fortnight) >= 3


def free_half_hours(world: World, one: str, two: str, fortnight: int) -> int:
    first, last = START.timestamp() + fortnight * 14 * 86400, START.timestamp() + (fortnight + 1) * 14 * 86400
    starts = range(int(first), int(last), 1800)
    return sum(all(free(world, person, at) for person in (one, two)) for at in starts)


def free(world: World, person: str, at: int) -> bool:
    account = world.accounts[person]
    begin = START.fromtimestamp(at, ZoneInfo(account.zone))
    end = START.fromtimestamp(at + 1800, ZoneInfo(account.zone))
    hours = account.hours
    within = hours.start <= f"{begin:%H:%M}" and f"{end:%H:%M}" <= hours.end
    inside = begin.weekday() < 5 and within and begin.day == end.day
    return inside and not list(account.calendar.between(begin, end))


def serving(out: Path, *more: str) -> "subprocess.Popen[str]":
    code = (
        "import sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from adapters.sandbox.server import serve\n"
        "serve(0, 3, sys.argv[2], datetime.fromisoformat('2027-05-17T00:00:00+00:00'), Path(sys.argv[1]),"
        " announce=lambda line: print(line, flush=True))"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(out), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def announced(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_as_a_process_it_announces_itself_serves_and_stops_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path / "out", "demo") as process:
        ready = announced(process)
        assert (ready["ready"], ready["now"], ready["until"]) == (
            True,
            "2027-02-22T08:00:00Z",
            "2027-05-17T00:00:00Z",
        )
        assert {person["address"] for person in ready["people"]} == {MARA, JONAS, ISLA, THEO, OUTLOOK, GMAIL}
        assert httpx.get(f"{ready['base_url']}/clock").json() == {"now": ready["now"]}
        process.send_signal(number)
        out, error = process.communicate(timeout=20)
    assert (process.returncode, out, error) == (0, "", "")


def test_the_files_for_its_client_open_both_clouds_and_nobody_else_can_read_the_secrets(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "out", "none") as process:
        ready = announced(process)
        config = tomllib.loads(Path(ready["config"]).read_text())
        token = Path(config["microsoft"]["token_file"]).read_text().strip()
        address = f"{config['microsoft']['base_url']}/users/{config['service']['address']}/mailboxSettings"
        assert httpx.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        process.terminate()
        process.communicate(timeout=20)
    secrets = [
        config["microsoft"]["token_file"],
        config["google"]["service_account_file"],
        config["store"]["master_key_file"],
    ]
    assert [stat.S_IMODE(Path(path).stat().st_mode) for path in secrets] == [0o600] * 3
    assert set(config) == {"store", "service", "microsoft", "google"}
    assert config["service"]["clock"] == f"{ready['base_url']}/clock"
    assert instant(ready["now"]) == START
