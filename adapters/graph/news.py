"""Reads what is new in many of Outlook's calendars at once, page by page, keeping of each page only what counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.graph.batch import MOST, answers
from adapters.graph.client import GraphClient
from adapters.graph.errors import Gone
from adapters.graph.malformed import event_id, taken
from adapters.graph.pages import MOST_PAGES, endless, unreadable_page
from adapters.graph.translate import Item, filled, is_lean, is_removed, is_whole, trimmed
from domain.calendar import CalendarEntry, ParkedItem
from domain.errors import CursorExpired, MentorsyncError

PAGE = 100


@dataclass(slots=True)
class Reading:
    """One calendar's round: `info` is its next request, None at the end; then `link` is where the next round starts.

    `loose` are the ids of tombstones and of items that hold only what changed; whatever they are about is looked at
    when the pages are read. `lean` are occurrences that need what their `series` says. `parked` are items that make no
    sense, by their ids. `trouble` ends the round.
    """

    account: str
    builder: Any
    info: Any
    entries: dict[str, CalendarEntry] = field(default_factory=dict)
    loose: dict[str, None] = field(default_factory=dict)
    lean: dict[str, Item] = field(default_factory=dict)
    series: dict[str, Item] = field(default_factory=dict)
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
            self._follow(client, more)

    def _follow(self, client: GraphClient, link: str) -> None:
        try:
            self.info = client.following(self.builder, link)
        except CursorExpired as trouble:
            self.trouble = trouble

    def _mention(self, item: Item) -> None:
        """The last mention of an event counts."""
        id = event_id(item)
        for known in (self.entries, self.loose, self.lean, self.parked):
            known.pop(id, None)
        if id and not is_removed(item) and is_lean(item):
            self.lean[id] = item
        elif id and (is_removed(item) or not is_whole(item)):
            self.loose[id] = None
        else:
            self._keep(id, item)

    def _keep(self, id: str, item: Item) -> None:
        if id and item.get("type") == "seriesMaster":
            self.series[id] = trimmed(item)
        entry, parked = taken(item)
        if entry is not None:
            self.entries[id] = entry
        if parked is not None:
            self.parked[id] = parked

    def unheard(self) -> dict[str, None]:
        """Return the ids of the series whose occurrences came without it."""
        wanted = (str(item["seriesMasterId"]) for item in self.lean.values())
        return {id: None for id in wanted if id not in self.series}

    def hear(self, id: str, item: Item | MentorsyncError) -> None:
        """Take what a series is like now; without it each of its occurrences is looked at."""
        if isinstance(item, MentorsyncError) and not isinstance(item, Gone):
            self.trouble = item
        elif not isinstance(item, MentorsyncError):
            self.series[id] = trimmed(item)

    def fill(self) -> None:
        """Make whole events of the lean occurrences."""
        for id, item in self.lean.items():
            series = self.series.get(str(item["seriesMasterId"]))
            if series is None:
                self.loose[id] = None
            else:
                self._keep(id, filled(item, series))

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
            pages = answers(client, [one.info for one in part], PAGE)
            for one, page in zip(part, pages, strict=True):
                one.take(client, page)
    for one, id, item in _looked_at(client, [(one, one.unheard()) for one in readings]):
        one.hear(id, item)
    for one in readings:
        one.fill()
    # A tombstone is also what an event gets that lies outside the window, so each is confirmed.
    for one, id, item in _looked_at(client, [(one, one.loose) for one in readings]):
        one.settle(id, item)


def _looked_at(
    client: GraphClient, wanted: Iterable[tuple[Reading, Iterable[str]]]
) -> Iterator[tuple[Reading, str, Item | MentorsyncError]]:
    """Return what the events of these ids are like now, each with the reading that asked."""
    hints = [(one, id) for one, ids in wanted if one.trouble is None for id in ids]
    looks = [client.asking(client.user(one.account).events.by_event_id(id)) for one, id in hints]
    for (one, id), item in zip(hints, answers(client, looks), strict=True):
        yield one, id, item
