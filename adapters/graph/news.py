"""Reads what is new in many of Outlook's calendars at once, page by page, keeping of each page only what counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.graph.batch import MOST, answers
from adapters.graph.client import GraphClient
from adapters.graph.errors import Gone
from adapters.graph.malformed import event_id, taken
from adapters.graph.pages import MOST_PAGES, endless, unreadable_page
from adapters.graph.translate import Item, is_removed, is_whole
from domain.calendar import CalendarEntry, ParkedItem
from domain.errors import MentorsyncError

_PAGE = 100


@dataclass(slots=True)
class Reading:
    """One calendar's round: `info` is its next request, None at the end; then `link` is where the next round starts.

    `loose` are the ids of tombstones and of items that hold only what changed; whatever they are about is looked at
    when the pages are read. `parked` are items that make no sense, by their ids. `trouble` ends the round.
    """

    account: str
    builder: Any
    info: Any
    entries: dict[str, CalendarEntry] = field(default_factory=dict)
    loose: dict[str, None] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    parked: dict[str, ParkedItem] = field(default_factory=dict)
    link: str = ""
    pages: int = 0
    trouble: MentorsyncError | None = None

    def take(self, client: GraphClient, page: Item | MentorsyncError) -> None:
        """Take one page and know which request comes next."""
        self.info = None
        if isinstance(page, MentorsyncError):
            self.trouble = page
            return
        items = page.get("value")
        if not isinstance(items, list):
            self.trouble = unreadable_page()
            return
        for item in items:
            self._mention(item)
        self.pages += 1
        self.link = page.get("@odata.deltaLink") or ""
        more = page.get("@odata.nextLink") or ""
        if not self.link and (not more or self.pages >= MOST_PAGES):
            self.trouble = endless()
        elif not self.link:
            self.info = client.following(self.builder, more)

    def _mention(self, item: Item) -> None:
        """The last mention of an event counts."""
        id = event_id(item)
        for known in (self.entries, self.loose, self.parked):
            known.pop(id, None)
        if id and (is_removed(item) or not is_whole(item)):
            self.loose[id] = None
        else:
            self._keep(id, item)

    def _keep(self, id: str, item: Item) -> None:
        entry, parked = taken(item)
        if entry is not None:
            self.entries[id] = entry
        if parked is not None:
            self.parked[id] = parked

    def settle(self, id: str, item: Item | MentorsyncError) -> None:
        """Take what an event that was only hinted at is like now."""
        if isinstance(item, Gone):
            self.gone.append(id)
        elif isinstance(item, MentorsyncError):
            self.trouble = item
        else:
            self._keep(id, item)


def read(client: GraphClient, readings: Sequence[Reading]) -> None:
    """Bring every reading to its end: all their pages, then what those only hinted at."""
    while waiting := [one for one in readings if one.info is not None]:
        for start in range(0, len(waiting), MOST):
            part = waiting[start : start + MOST]
            pages = answers(client, [one.info for one in part], _PAGE)
            for one, page in zip(part, pages, strict=True):
                one.take(client, page)
    # A tombstone is also what an event gets that lies outside the window, so each is confirmed.
    hints = [(one, id) for one in readings if one.trouble is None for id in one.loose]
    looks = [client.asking(client.user(one.account).events.by_event_id(id)) for one, id in hints]
    for (one, id), item in zip(hints, answers(client, looks), strict=True):
        one.settle(id, item)
