"""The bytes of work samples: sealed under their owner's key, and kept only as long as an agenda may want them."""

from collections.abc import Collection

from adapters.sqlite.engine import Engine


class SqliteSamples:
    """See the Samples port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sample(self, ref: str) -> bytes | None:
        """Return the bytes."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT owner, sealed FROM sample WHERE ref = ?", (ref,))
            row = cursor.fetchone()
        return None if row is None else self._engine.keyring.unseal_bytes(row["owner"], row["sealed"])

    def prune_samples(self, relationship: str, needed: Collection[str]) -> int:
        """Overwrite what is not needed; the look before it takes no lock, for mostly there is nothing."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT ref FROM sample WHERE relationship = ?", (relationship,))
            gone = sorted({row["ref"] for row in cursor.fetchall()} - set(needed))
        if gone:
            with self._engine.writing() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")
                cursor.executemany("DELETE FROM sample WHERE ref = ?", [(ref,) for ref in gone])
        return len(gone)
