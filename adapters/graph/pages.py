"""Follows Graph's pages: lists to their end, delta rounds to the link of the next round."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adapters.graph.client import GraphClient
from adapters.graph.translate import Item
from domain.errors import TryLater

# Far above any real calendar or inbox: only a provider that leads in circles gets there.
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Round:
    """All items of a delta round in their order, and the link from which the next round starts."""

    items: tuple[Item, ...]
    link: str


def whole_round(client: GraphClient, builder: Any, info: Any, page_size: int) -> Round:
    """Return the round that begins with the request `info`; `builder` is the one that its links belong to."""
    items: list[Item] = []
    page: Item = {}
    for page in _pages(client, builder, info, page_size):
        items += _named(page)
    if "@odata.deltaLink" not in page:
        raise endless()
    return Round(tuple(items), page["@odata.deltaLink"])


def whole_list(client: GraphClient, builder: Any, info: Any) -> list[Item]:
    """Return all items of a list; a page may be empty and yet not the last."""
    return [item for page in _pages(client, builder, info, None) for item in _named(page)]


def _named(page: Item) -> list[Item]:
    """Return the items of a page that have an id; what has none cannot be asked for."""
    items = page.get("value", [])
    if not isinstance(items, list):
        raise unreadable_page()
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]


def _pages(client: GraphClient, builder: Any, info: Any, page_size: int | None) -> Iterator[Item]:
    for _ in range(MOST_PAGES):
        page = client.json(info, page_size)
        yield page
        link = page.get("@odata.nextLink")
        if link is None:
            return
        info = client.following(builder, link)
    raise endless()


def unreadable_page() -> TryLater:
    """Return the error for a page that is none: what was on it is not known, so nothing of it is free."""
    return TryLater("Outlook's page holds no list.", "Nothing to do: it is tried again.")


def endless() -> TryLater:
    """Return the error for a list or round that leads nowhere."""
    return TryLater("Outlook did not finish a list.", "Nothing to do: it is tried again.")
