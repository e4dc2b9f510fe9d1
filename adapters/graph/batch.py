"""Asks Graph many questions in one request, as its $batch allows, and judges each answer by itself."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import httpx

from adapters.graph.client import GraphClient, mailbox_of
from adapters.graph.errors import code_in
from adapters.graph.translate import Item
from adapters.several import attempted
from domain.errors import MentorsyncError, TryLater

# More are refused.
MOST = 20


def answers(client: GraphClient, infos: Sequence[Any], page_size: int | None = None) -> list[Item | MentorsyncError]:
    """Return the JSON of each question, or the error that it met; one that fails does not hurt the others.

    Only for questions: their order is free, and whatever is lost is asked again.
    """
    out: list[Item | MentorsyncError] = []
    for start in range(0, len(infos), MOST):
        part = infos[start : start + MOST]
        if len(part) > 1:
            out += _together(client, part, page_size)
        else:
            out.append(attempted(partial(client.json, part[0], page_size)))
    return out


def _together(client: GraphClient, infos: Sequence[Any], page_size: int | None) -> list[Item | MentorsyncError]:
    """A mailbox that has to be left alone is not asked, inside a batch as little as by itself."""
    waits = [attempted(partial(client.patience.spend, mailbox_of(info))) for info in infos]
    ready = [info for info, wait in zip(infos, waits, strict=True) if wait is None]
    found = iter(_sent(client, ready, page_size) if ready else ())
    return [next(found) if wait is None else wait for wait in waits]


def _sent(client: GraphClient, infos: Sequence[Any], page_size: int | None) -> list[Item | MentorsyncError]:
    document = attempted(partial(client.json, client.batch(infos, page_size)))
    if isinstance(document, MentorsyncError):
        return [document] * len(infos)
    given = {str(part["id"]): part for part in document.get("responses") or () if "id" in part}
    return [_judged(client, mailbox_of(info), given.get(str(place), {})) for place, info in enumerate(infos)]


def _judged(client: GraphClient, mailbox: str, part: Mapping[str, Any]) -> Item | MentorsyncError:
    """The status of the whole says nothing about its parts: each may be refused or throttled alone."""
    status, body = int(part.get("status") or 0), part.get("body")
    if 200 <= status < 300 and isinstance(body, Mapping):
        client.patience.heard(mailbox)
        return body
    if status < 400 or status == httpx.codes.FAILED_DEPENDENCY:
        return TryLater("Microsoft left out an answer.", "Nothing to do: it is asked again.")
    headers = httpx.Headers({str(name): str(value) for name, value in (part.get("headers") or {}).items()})
    return client.judged(mailbox, status, code_in(body), headers, write=False)
