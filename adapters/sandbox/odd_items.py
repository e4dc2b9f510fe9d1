"""Items of a calendar as no client hopes to find them: without times, with swapped ones, in a zone nobody knows."""

import copy
from collections.abc import Callable

from adapters.sandbox.records import Json

NOWHERE = "Mars/Olympus"


def spoil(fault: str, payload: Json) -> Json:
    """The same page with its first event that has times spoilt; a page without one stays as it is."""
    page = copy.deepcopy(payload)
    items = page.get("value") or page.get("items") or []
    first = next((item for item in items if isinstance(item, dict) and item.get("start")), None)
    if first is not None:
        SPOILERS[fault](first)
    return page


def _unknown_zone(item: Json) -> None:
    for name in ("start", "end"):
        wall = str(item[name].get("dateTime", ""))[: len("2027-03-01T10:00:00")]
        item[name] = {"dateTime": wall, "timeZone": NOWHERE}


def _swapped_times(item: Json) -> None:
    item["start"], item["end"] = item["end"], item["start"]


def _malformed(item: Json) -> None:
    item["start"] = {"dateTime": "soon"}
    del item["end"]


SPOILERS: dict[str, Callable[[Json], None]] = {
    "unknown_zone": _unknown_zone,
    "swapped_times": _swapped_times,
    "malformed_item": _malformed,
}
