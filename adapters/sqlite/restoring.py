"""Brings a backup back where there is no store, so that it appears only when it is whole and has come to rest."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from adapters.new_files import make_folder
from adapters.sqlite.backup import Places, copy_database, read_backup, refuse_existing
from adapters.sqlite.lock import DaemonLock
from adapters.sqlite.store import SqliteStore, opened_store


def restore(places: Places, store: Path, keys: Path, master_key: bytes, settle: Callable[[SqliteStore], None]) -> str:
    """Restore both databases and return when the backup was taken (UTC).

    `settle` is called with the copy before it is given its name: no store that it did not see is ever left.
    Refused when anything is there already; Misconfigured when the master key does not open the backup.
    """
    backup = read_backup(places)
    refuse_existing(store, keys)
    for folder in (store.parent, keys.parent):
        make_folder(folder)
    with DaemonLock(store), tempfile.TemporaryDirectory(prefix=".restoring-", dir=store.parent) as name:
        part_store, part_keys = Path(name) / "store", Path(name) / "keys"
        copy_database(places.store, part_store)
        copy_database(places.keys, part_keys)
        with opened_store(part_store, part_keys, master_key, upgrade=True) as opened:
            opened.look_before_every_effect()
            settle(opened)
        # The store comes last: without it nothing opens, and keys alone do no harm.
        copy_database(part_keys, keys)
        copy_database(part_store, store)
    return backup.at
