"""The copy of what calendars showed, on SQLite; entries are sealed, for they hold addresses of strangers."""

import json
from collections.abc import Collection, Mapping

from adapters.sqlite.engine import Engine
from domain.calendar import CalendarChanges, CalendarEntry

STREAM = "calendar"
_SELECT = "SELECT event_id, body FROM calendar_entry WHERE account = ? {}ORDER BY event_id"


class SqliteCalendars:
    """See the CalendarCache port. An account is a person id or "service", whose key seals its entries."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entries(self, account: str) -> Mapping[str, CalendarEntry] | None:
        """Return the known entries; those of a forgotten person are gone."""
        return self._read(account, "", ())

    def entries_of(self, account: str, event_ids: Collection[str]) -> Mapping[str, CalendarEntry] | None:
        """Return those of the known entries that have one of these ids; nothing else is opened."""
        ids = json.dumps(sorted(event_ids))
        return self._read(account, "AND event_id IN (SELECT value FROM json_each(?)) ", (ids,))

    def _read(self, account: str, narrowed: str, values: tuple[str, ...]) -> Mapping[str, CalendarEntry] | None:
        with self._engine.reading() as cursor:
            cursor.execute("SELECT 1 FROM cursor WHERE account = ? AND stream = ?", (account, STREAM))
            if cursor.fetchone() is None:
                return None
            cursor.execute(_SELECT.format(narrowed), (account, *values))
            rows = cursor.fetchall()
        opened = self._opened(account, [row["body"] for row in rows])
        return {row["event_id"]: entry for row, entry in zip(rows, opened, strict=True) if entry is not None}

    def entry(self, account: str, ical_uid: str) -> CalendarEntry | None:
        """Return the known entry with that uid; of several the one that still stands."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT body FROM calendar_entry WHERE account = ? AND ical_uid = ?", (account, ical_uid))
            rows = cursor.fetchall()
        found = [entry for entry in self._opened(account, [row["body"] for row in rows]) if entry is not None]
        return min(found, key=lambda entry: (entry.cancelled, entry.event_id), default=None)

    def replace(self, account: str, changes: CalendarChanges) -> None:
        """Merge a round of changes and keep its cursor, in one transaction."""
        self._engine.keyring.ensure(account)
        sealed = [(account, e.event_id, e.ical_uid, self._sealed(account, e)) for e in changes.entries]
        with self._engine.writing() as cursor:
            if changes.complete:
                cursor.execute("DELETE FROM calendar_entry WHERE account = ?", (account,))
            cursor.executemany(
                "DELETE FROM calendar_entry WHERE account = ? AND event_id = ?",
                [(account, id) for id in changes.gone],
            )
            cursor.executemany("INSERT OR REPLACE INTO calendar_entry VALUES (?, ?, ?, ?)", sealed)
            cursor.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)", (account, STREAM, changes.cursor))

    def _opened(self, account: str, bodies: list[str | None]) -> list[CalendarEntry | None]:
        """Return the entries in their order; what was forgotten is None."""
        texts, decode = self._engine.keyring.unseal_each(account, bodies), self._engine.transcoder.decode
        return [None if text is None else decode(text.encode()) for text in texts]

    def _sealed(self, account: str, entry: CalendarEntry) -> str | None:
        return self._engine.keyring.seal(account, self._engine.transcoder.encode(entry).decode())
