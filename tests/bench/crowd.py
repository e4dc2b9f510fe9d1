"""Serves a sandbox of many people to a measured daemon: `python -m tests.bench.crowd PAIRS UNTIL DIR`."""

import json
import sys
from datetime import datetime
from pathlib import Path

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.world import World

MENTEES_PER_MENTOR = 4
ZONES = ("Europe/Berlin", "Europe/London", "Europe/Madrid", "Europe/Paris")
HOURS = "mon-fri 08:00-20:00"


def mentors(pairs: int) -> list[str]:
    """Return the addresses of the mentors, who are in Outlook."""
    return [f"mentor{number}@contoso.example" for number in range(-(-pairs // MENTEES_PER_MENTOR))]


def mentees(pairs: int) -> list[str]:
    """Return the addresses of the mentees, who are at Google."""
    return [f"mentee{number}@gmail.example" for number in range(pairs)]


def people_file(pairs: int) -> bytes:
    """Return the list of all of them as `people import` takes it."""
    rows = ["address,name,provider,zone,hours"]
    for provider, addresses in (("microsoft", mentors(pairs)), ("google", mentees(pairs))):
        for number, address in enumerate(addresses):
            name = address.partition("@")[0].capitalize()
            rows.append(f"{address},{name},{provider},{ZONES[number % 4]},{HOURS}")
    return "\n".join(rows).encode()


def pairs_file(pairs: int, since: str) -> bytes:
    """Return the list of pairs, all of whom meet already, as `relationship import` takes it."""
    rows = ["mentor,mentee,goals,since"]
    leaders = mentors(pairs)
    rows += [
        f"{leaders[n // MENTEES_PER_MENTOR]},{mentee},Lead without doing,{since}"
        for n, mentee in enumerate(mentees(pairs))
    ]
    return "\n".join(rows).encode()


def main() -> None:
    """Serve until stdin ends; print one JSON line when ready."""
    pairs, until, folder = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), Path(sys.argv[3])
    world = World(START, until, 1)
    settle(world, "none")
    for provider, addresses in (("microsoft", mentors(pairs)), ("google", mentees(pairs))):
        for number, address in enumerate(addresses):
            world.add(address, provider, address.partition("@")[0].capitalize(), ZONES[number % 4])
    with SandboxServer(world) as server:
        config = write_client_files(server.base_url, world, folder)
        print(json.dumps({"base_url": server.base_url, "config": str(config)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
