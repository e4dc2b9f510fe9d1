"""Graph's $batch: up to twenty requests in one, each served, checked, counted and struck by faults by itself."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import parse_qsl, unquote

from starlette.datastructures import Headers

from adapters.sandbox.records import Json
from adapters.sandbox.wire import Answer, Ask, Operation, Reject, graph_error

LIMIT = 20
"""How many requests one batch may hold."""

KEYS = frozenset({"id", "method", "url", "headers", "body", "dependsOn"})
"""What a request of a batch is made of; the vendor's own SDK writes `depends_on`, which Graph does not know."""

VERBS = ("GET", "POST", "PATCH", "PUT", "DELETE")
BATCH = Operation("batch", "microsoft", "POST", re.compile(r"/v1\.0/\$batch"), lambda _: Answer(404))


@dataclass(frozen=True, slots=True)
class Item:
    """One request of a batch; it waits for the ones named in `after`."""

    id: str
    ask: Ask
    after: tuple[str, ...]


def _malformed(problem: str) -> Reject:
    return graph_error(400, "BadRequest", f"Invalid batch payload format. {problem}")


def read_batch(outer: Ask) -> list[Item]:
    """The requests of a batch in an order that serves each after those it depends on; a Reject for a bad payload."""
    try:
        body = json.loads(outer.body)
        requests = body["requests"]
    except (ValueError, KeyError, TypeError):
        raise _malformed("There is no list of requests.") from None
    if not isinstance(requests, list) or set(body) != {"requests"}:
        raise _malformed("A batch is an object with a list of requests and nothing else.")
    if not 1 <= len(requests) <= LIMIT:
        raise graph_error(400, "BadRequest", f"Number of batch request steps is not between 1 and {LIMIT}.")
    items = [_item(request, outer.headers.get("authorization", "")) for request in requests]
    if len({item.id for item in items}) < len(items):
        raise _malformed("An id stands twice.")
    return _ordered(items)


def _item(request: object, authorization: str) -> Item:
    if not isinstance(request, dict) or set(request) - KEYS:
        raise _malformed(f"A request is an object of {', '.join(sorted(KEYS))}.")
    identity, verb, url = (request.get(name) for name in ("id", "method", "url"))
    if not isinstance(identity, str) or not identity or verb not in VERBS or not isinstance(url, str):
        raise _malformed("A request needs an id, a method and a url.")
    if not url or "://" in url.partition("?")[0] or url.startswith("//"):
        raise _malformed("A url is relative to the version of the service.")
    headers = _headers(request.get("headers", {}), authorization)
    path, _, query = url.partition("?")
    path = f"/v1.0/{path.removeprefix('/')}"
    options = tuple(parse_qsl(query, keep_blank_values=True))
    content = _content(request, headers)
    return Item(identity, Ask(verb, unquote(path), path, options, headers, content), _dependencies(request))


def _headers(given: object, authorization: str) -> Headers:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise _malformed("The headers of a request are an object of texts.")
    own = {str(name): value for name, value in given.items() if str(name).lower() != "authorization"}
    return Headers({**own, "Authorization": authorization})


def _content(request: Json, headers: Mapping[str, str]) -> bytes:
    if request.get("body") is None:
        return b""
    kind, body = headers.get("content-type", ""), request["body"]
    if kind.startswith("application/json"):
        return json.dumps(body).encode()
    if not kind:
        raise _malformed("A request with a body needs the header Content-Type.")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise _malformed("A body that is not JSON is written in base64.") from None


def _dependencies(request: Json) -> tuple[str, ...]:
    names = request.get("dependsOn", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _malformed("dependsOn is a list of ids.")
    return tuple(names)


def _ordered(items: list[Item]) -> list[Item]:
    ordered: list[Item] = []
    waiting = list(items)
    while waiting:
        done = {item.id for item in ordered}
        ready = [item for item in waiting if set(item.after) <= done]
        if not ready:
            raise _malformed("dependsOn names a request that is not there, or the requests wait for each other.")
        ordered += ready
        waiting = [item for item in waiting if item not in ready]
    return ordered


def run_batch(items: list[Item], serve: Callable[[Item], Answer], seed: int) -> Answer:
    """Serve all requests; the answers come in another order, and one whose dependency failed is a 424."""
    answers: dict[str, Answer] = {}
    for item in items:
        failed = any(answers[name].status >= 400 for name in item.after)
        answers[item.id] = _failed_dependency() if failed else serve(item)
    responses = [_written(identity, answer) for identity, answer in answers.items()]
    shuffled = Random(seed).sample(responses, len(responses))
    if shuffled == responses:
        shuffled.reverse()
    return Answer(200, {"responses": shuffled})


def _failed_dependency() -> Answer:
    message = "The request was not executed because a request that it depends on failed."
    return graph_error(424, "FailedDependency", message).answer


def _written(identity: str, answer: Answer) -> Json:
    item: Json = {"id": identity, "status": answer.status, "headers": dict(answer.headers)}
    if isinstance(answer.payload, bytes):
        item["headers"] = {"Content-Type": "text/plain", **answer.headers}
        item["body"] = base64.b64encode(answer.payload).decode()
    elif answer.payload is not None:
        item["headers"] = {"Content-Type": "application/json", **answer.headers}
        item["body"] = answer.payload
    return item
