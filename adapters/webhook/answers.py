"""Decides what a request from outside is answered and which hints it holds; nothing here touches a socket."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from adapters.webhook.tokens import Tokens
from domain.push import Hint, HintKind

MICROSOFT, LIFECYCLE, GOOGLE = "/microsoft", "/microsoft/lifecycle", "/google"
LONGEST_TOKEN = 4096
MOST_NOTIFICATIONS = 100

_LIFECYCLE = {
    "missed": HintKind.MISSED,
    "subscriptionRemoved": HintKind.REMOVED,
    "reauthorizationRequired": HintKind.RENEW,
}


@dataclass(frozen=True, slots=True)
class Request:
    """A whole request; names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status, and text that is never more than text to whoever reads it."""

    status: int
    text: str = ""
    allow: str = ""
    hints: tuple[Hint, ...] = ()


ACCEPTED, MALFORMED, UNKNOWN = Answer(202), Answer(400), Answer(404)


def answer(request: Request, prefix: str, tokens: Tokens) -> Answer:
    """Answer a request below the path `prefix`.

    A hint is answered alike whether it is believed or not, so that nobody learns which accounts there are.
    """
    try:
        target = urlsplit(request.target)
    except ValueError:
        return MALFORMED
    place = target.path.removeprefix(prefix)
    if place not in (MICROSOFT, LIFECYCLE, GOOGLE) or target.path != prefix + place or target.netloc:
        return UNKNOWN
    if request.method != "POST":
        return Answer(405, allow="POST")
    if place == GOOGLE:
        return Answer(202, hints=tuple(_googles(request.headers, tokens)))
    return _validation(target.query) if "validationtoken" in target.query.lower() else _microsofts(request.body, tokens)


def _validation(query: str) -> Answer:
    """Give Microsoft's opaque token back exactly; it may be a sentence, and hold what would be markup elsewhere."""
    try:
        given = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=8)
    except ValueError:
        return MALFORMED
    found = [value for name, value in given if name.lower() == "validationtoken"]
    if len(found) != 1 or not 0 < len(found[0]) <= LONGEST_TOKEN or not _is_plain(found[0]):
        return MALFORMED
    return Answer(200, text=found[0])


def _is_plain(text: str) -> bool:
    """Say whether there are no control characters of ASCII and Latin-1 in it."""
    return not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in text)


def _microsofts(body: bytes, tokens: Tokens) -> Answer:
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        return MALFORMED
    items = document.get("value") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return MALFORMED
    return Answer(202, hints=tuple(_believed(items[:MOST_NOTIFICATIONS], tokens)))


def _believed(items: list[Any], tokens: Tokens) -> Iterator[Hint]:
    for item in items:
        read = tokens.read(item.get("clientState")) if isinstance(item, dict) else None
        if read is not None:
            said = item.get("lifecycleEvent")
            # A lifecycle event that is not known yet is taken for news: one poll more than needed.
            kind = _LIFECYCLE.get(said, HintKind.CHANGED) if isinstance(said, str) else HintKind.CHANGED
            yield Hint(*read, kind)


def _googles(headers: Mapping[str, str], tokens: Tokens) -> Iterator[Hint]:
    """Google's hints have no body; the first one of a channel, "sync", only says that it works."""
    read = tokens.read(headers.get("x-goog-channel-token"))
    if read is None or headers.get("x-goog-channel-id") != read[1] or headers.get("x-goog-resource-state") == "sync":
        return
    yield Hint(*read, HintKind.CHANGED)
