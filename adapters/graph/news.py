"""Reads what is new in many of Outlook's calendars at once, page by page, keeping of each page only what counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.graph.batch import MOST, answers
from adapters.graph.client import GraphClient
from adapters.graph.errors import Gone
from adapters.graph.pages import MOST_PAGES, endless
from adapters.graph.translate import Item, entry, is_whole
from domain.calendar import CalendarEntry
from domain.errors import MentorsyncError

_PAGE = 100


@dataclass(slots=True)
class Reading:
    """One calendar's round: `info` is its next request, None at the end; then `link` is where the next round starts.

    `loose` are the ids of tombstones and of items that hold only what changed; whatever they are about is looked at
    when the pages are read. `trouble` ends the round.
    """

    account: str
    builder: Any
    info: Any
    entries: dict[str, CalendarEntry] = field(default_factory=dict)
    loose: dict[str, None] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    link: str = ""
    pages: int = 0
    trouble: MentorsyncError | None = None

    def take(self, client: GraphClient, page: Item | MentorsyncError) -> None:
        """Take one page and know which request comes next."""
        self.info = None
        if isinstance(page, MentorsyncError):
            self.trouble = page
            return
        for item in page.get("value") or ():
            self._mention(item)
        self.pages += 1
        self.link = page.get("@odata.deltaLink") or ""
        more = page.get("@odata.nextLink")
        if not self.link and (not more or self.pages >= MOST_PAGES):
            self.trouble = endless()
        elif not self.link:
            self.info = client.following(self.builder, more)

    def _mention(self, item: Item) -> None:
        """The last mention of an event counts."""
        self.entries.pop(item["id"], None)
        self.loose.pop(item["id"], None)
        if is_whole(item):
            self.entries[item["id"]] = entry(item)
        else:
            self.loose[item["id"]] = None

    def settle(self, id: str, item: Item | MentorsyncError) -> None:
        """Take what an event that was only hinted at is like now."""
        if isinstance(item, Gone):
            self.gone.append(id)
        elif isinstance(item, MentorsyncError):
            self.trouble = item
        else:
            self.entries[id] = entry(item)


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
