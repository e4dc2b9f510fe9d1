"""What keeps a store whole: the files of a backup, and what telling every stream again has shown."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a backup: one for the store, one for the data keys; they may be the same."""

    store_folder: Path
    keys_folder: Path

    @property
    def store(self) -> Path:
        """The copy of the store."""
        return self.store_folder / "mentorsync.db"

    @property
    def keys(self) -> Path:
        """The copy of the data keys."""
        return self.keys_folder / "mentorsync-keys.db"

    @property
    def manifest(self) -> Path:
        """What says that the backup is whole; it is written last."""
        return self.store_folder / "backup.json"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stream: how many events it has, a SHA-256 of them that is the same in every true copy, and what is wrong."""

    id: str
    kind: str
    events: int
    digest: str
    faults: tuple[str, ...] = ()
