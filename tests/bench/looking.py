"""What an administrator waits for in a large programme: `status`, and a roster held against everybody."""

import json
import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from os import urandom
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.memory.world import MemoryWorld
from service.daemon import Daemon
from service.roster import import_people
from service.status import status
from tests.bench.pairs import NOW, build
from tests.bench.stopwatch import best_of, spent
from tests.contract.stores import opened
from tests.service.theatre import house_over

STATUS_GOAL = 0.5
ROSTER_GOAL = 10.0


def looked_at(folder: Path, pairs: int) -> Iterator[str]:
    """Yield one line: what `status` costs on so many relationships, beside a probe that reads the same rows."""
    with opened(folder) as store, closing(sqlite3.connect(folder / "store.sqlite")) as reader:
        build(store, pairs, 1)
        house = house_over(MemoryWorld(NOW, []), store)
        Daemon(house, lambda: False).start()
        best = best_of({"ours": lambda: status(house), "raw": lambda: _raw(reader)}, rounds=3)
        found = len(status(house).relationships)
    yield (
        f"status, N = {found:,} relationships: {best['ours']:.2f} s (goal: {STATUS_GOAL} s for 10,000), reading, "
        f"parsing and unsealing the same rows raw {best['raw']:.2f} s: ratio {best['ours'] / best['raw']:.1f}"
    )


def _raw(reader: sqlite3.Connection) -> None:
    """Read and parse every row, and for each sealed text open one as long."""
    key, nonce = AESGCM(AESGCM.generate_key(256)), urandom(12)
    sealed = key.encrypt(nonce, b"Person 12345", None)
    for (body,) in reader.execute("SELECT body FROM read_model"):
        facts = json.loads(body)
        for value in facts.values():
            if isinstance(value, dict) and value.get("_type_") == "personal":
                b64decode(value["_data_"][1])
                key.decrypt(nonce, sealed, None)


def rostered(folder: Path, lines: int) -> Iterator[str]:
    """Yield lines: what a roster of so many lines costs when it is new, the same again, and different in a tenth."""
    with opened(folder) as store:
        house = house_over(MemoryWorld(NOW, []), store)
        first = spent(lambda: import_people(house, _roster(lines, "Europe/Berlin")))
        again = spent(lambda: import_people(house, _roster(lines, "Europe/Berlin")))
        changed = spent(lambda: import_people(house, _roster(lines, "Europe/Madrid")))
    yield (
        f"a roster, N = {lines:,} lines, held against as many people: {again:.1f} s of CPU when nothing is new, "
        f"{changed:.1f} s with a tenth changed and recorded (goal: {ROSTER_GOAL:.0f} s for 20,000), "
        f"first import {first:.1f} s"
    )


def _roster(lines: int, elsewhere: str) -> bytes:
    rows = ["address;name;provider;zone;hours"]
    for number in range(lines):
        zone = elsewhere if number % 10 == 0 else "Europe/Berlin"
        rows.append(f"person{number}@example.org;Person {number};google;{zone};mon-fri 09:00-17:00")
    return "\r\n".join(rows).encode("utf-8-sig")
