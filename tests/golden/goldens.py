"""Golden files: what each version of each event looks like in a store, written once and never edited.

A file is named "<topic>.v<version>-<digest of its content>.json", so that an edited one no longer bears its name. An
event whose values have learned a field since has one more file for the same version: streams hold both.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from adapters.keys import Keyring
from adapters.sqlite.transcoding import StoreTranscoder
from domain.aggregate import Stream
from tests.contract.event_samples import ORIGIN, SAMPLES, event_types
from tests.contract.stores import NOW

FOLDER = Path(__file__).parent / "events"
COMMAND = ".venv/bin/python -m tests.golden"
ID = UUID(int=7)


class OpenKeyring(Keyring):
    """Seals nothing: golden files show the words, so that nobody has to trust a digest."""

    def __init__(self) -> None:
        """Open no file."""

    def seal(self, owner: str, text: str | None) -> str | None:
        """Return the text as it is."""
        return text

    def unseal(self, owner: str, sealed: str | None) -> str | None:
        """Return the text as it is."""
        return sealed


@dataclass(frozen=True, slots=True)
class Golden:
    """One recorded event: its topic, the version of its class, and its facts as JSON."""

    topic: str
    version: int
    facts: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The content of its file."""
        return json.dumps(self.facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def name(self) -> str:
        """The name of its file, which follows from all that it holds."""
        return f"{self.topic}.v{self.version}-{hashlib.sha256(self.text.encode()).hexdigest()[:12]}.json"


def golden_of(topic: str) -> Golden:
    """Return how an event of today is stored, made from the topic's sample."""
    kind, facts = event_types()[topic], dict(SAMPLES[topic])
    if issubclass(kind, Stream.Created):
        facts["originator_topic"] = topic.split(".")[0]
    event = kind(originator_id=ID, originator_version=1, timestamp=NOW, by=ORIGIN, **facts)
    return Golden(topic, getattr(kind, "class_version", 1), stored(event))


def stored(event: Any) -> dict[str, Any]:
    """Return an event's facts as they stand in a store."""
    state: dict[str, Any] = json.loads(_mapper().to_stored_event(event).state)
    return state


def recorded() -> list[Golden]:
    """Return what all golden files hold, in order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.json"))]


def read(path: Path) -> Golden:
    """Return what one file holds."""
    topic, _, version = path.stem.rpartition("-")[0].rpartition(".v")
    return Golden(topic, int(version), json.loads(path.read_text("utf-8")))


def decoded(golden: Golden) -> Any:
    """Return the event as the program of today understands it."""
    state = json.dumps(golden.facts).encode()
    return _mapper().to_domain_event(StoredEvent(ID, 1, golden.topic, state))


def missing() -> list[Golden]:
    """Return what today's events would be stored as and no golden file holds yet."""
    known = {path.name for path in FOLDER.glob("*.json")}
    return [golden for golden in map(golden_of, sorted(SAMPLES)) if golden.name not in known]


def write_missing() -> list[str]:
    """Write the files that are missing and return their names; one that is there is never touched."""
    written = missing()
    for golden in written:
        (FOLDER / golden.name).write_text(golden.text, "utf-8")
    return [golden.name for golden in written]


def _mapper() -> Mapper[UUID]:
    return Mapper(StoreTranscoder(OpenKeyring()))
