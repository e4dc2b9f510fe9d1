"""Follows one delta round of Graph from its first page to the link of the next round."""

from dataclasses import dataclass
from typing import Any

from adapters.graph.client import GraphClient
from adapters.graph.translate import Item
from domain.errors import TryLater

# Far above any real calendar or inbox: only a provider that leads in circles gets there.
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Round:
    """All items of a round in their order, and the link from which the next round starts."""

    items: tuple[Item, ...]
    link: str


def whole_round(client: GraphClient, builder: Any, info: Any, page_size: int) -> Round:
    """Return the round that begins with the request `info`; `builder` is the delta builder that its links
    belong to.
    """
    items: list[Item] = []
    for _ in range(_MOST_PAGES):
        page = client.json(info, page_size)
        items += page.get("value", ())
        if "@odata.deltaLink" in page:
            return Round(tuple(items), page["@odata.deltaLink"])
        if "@odata.nextLink" not in page:
            break
        info = client.following(builder, page["@odata.nextLink"])
    raise TryLater("Outlook did not finish a round of changes.", "Nothing to do: it is tried again.")
