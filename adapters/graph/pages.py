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
        items += page.get("value", ())
    if "@odata.deltaLink" not in page:
        raise endless()
    return Round(tuple(items), page["@odata.deltaLink"])


def whole_list(client: GraphClient, builder: Any, info: Any) -> list[Item]:
    """Return all items of a list; a page may be empty and yet not the last."""
    return [item for page in _pages(client, builder, info, None) for item in page.get("value", ())]


def _pages(client: GraphClient, builder: Any, info: Any, page_size: int | None) -> Iterator[Item]:
    for _ in range(MOST_PAGES):
        page = client.json(info, page_size)
        yield page
        link = page.get("@odata.nextLink")
        if link is None:
            return
        info = client.following(builder, link)
    raise endless()


def endless() -> TryLater:
    """Return the error for a list or round that leads nowhere."""
    return TryLater("Outlook did not finish a list.", "Nothing to do: it is tried again.")
