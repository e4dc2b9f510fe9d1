"""Takes the pages of one of Google's rounds, keeping of each page only what counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.google.errors import unreadable
from adapters.google.malformed import event_id, taken
from adapters.google.translate import is_whole
from domain.calendar import CalendarEntry, ParkedItem


@dataclass(slots=True)
class News:
    """What one round brought so far, by event id, the last mention of each; `token` starts the next round."""

    account: str
    entries: dict[str, CalendarEntry] = field(default_factory=dict)
    gone: dict[str, None] = field(default_factory=dict)
    parked: dict[str, ParkedItem] = field(default_factory=dict)
    token: str = ""

    def take(self, page: Any) -> None:
        """Take one page; a page that is none is tried again: what was on it is not known, so nothing of it is free."""
        items = page.get("items", []) if isinstance(page, Mapping) else None
        if not isinstance(items, list):
            raise unreadable(write=False)
        self.token = page.get("nextSyncToken") or self.token
        zone = str(page.get("timeZone") or "UTC")
        for item in items:
            self._mention(item, zone)

    def _mention(self, item: Any, zone: str) -> None:
        id = event_id(item)
        for known in (self.entries, self.gone, self.parked):
            known.pop(id, None)
        if id and not is_whole(item) and item.get("status") == "cancelled":
            self.gone[id] = None
            return
        entry, parked = taken(self.account, item, zone)
        if entry is not None:
            self.entries[id] = entry
        if parked is not None:
            self.parked[id] = parked
