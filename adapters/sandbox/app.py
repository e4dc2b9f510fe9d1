"""The ASGI application: finds the operation, lets a fault strike, checks the request, serves it,
checks the answer."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from adapters.sandbox import google_check, graph_check
from adapters.sandbox.access import authorise, microsoft_token, token_answer
from adapters.sandbox.control import control
from adapters.sandbox.faults import BEFORE, CONNECTION, NO_ANSWER, PAGES, SPOILT, UNDER_WAY, Fault, Faults
from adapters.sandbox.graph_batch import BATCH, Item, read_batch, run_batch
from adapters.sandbox.notices import deliver_all, due, settle
from adapters.sandbox.odd_items import spoil
from adapters.sandbox.operations import OPERATIONS
from adapters.sandbox.records import Account
from adapters.sandbox.refusals import refusal, retry_after
from adapters.sandbox.wire import Answer, Ask, Call, Operation, Reject, google_error, graph_error
from adapters.sandbox.world import Token, World

TOKEN = Operation("token", "google", "POST", re.compile("/token"), lambda _: Answer(404))
AT_ONCE = 4
"""How many requests of one client Graph serves at the same time for one mailbox."""

NESTED = frozenset({"/v1.0/$batch"})
"""A batch holds no batch."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A request whose operation is known, with the fault that strikes it."""

    operation: Operation
    args: Mapping[str, str]
    ask: Ask
    fault: Fault | None


class HungUp(Response):
    """Sends a part of the answer (or none of it) and closes the connection."""

    def __init__(self, hang_up: Callable[[Any], None], whole: Response | None = None) -> None:
        super().__init__()
        self.hang_up, self.whole = hang_up, whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close, and wait until the server has noticed, or it would answer 500 by itself."""
        if self.whole is not None:
            start = {
                "type": "http.response.start",
                "status": self.whole.status_code,
                "headers": self.whole.raw_headers,
            }
            half = bytes(self.whole.body)[: len(self.whole.body) // 2]
            await send(start)
            await send({"type": "http.response.body", "body": half, "more_body": True})
        self.hang_up(scope["client"])
        while (await receive())["type"] != "http.disconnect":
            continue


@dataclass
class Cloud:
    """Both clouds and the sandbox's own interface over one world."""

    world: World
    hang_up: Callable[[Any], None]
    faults: Faults = field(default_factory=Faults)
    base_url: str = ""
    at_once: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What is under way in the world is struck by the fault table, too."""
        self.world.carrier = self._carry

    def _carry(self, kind: str, there: Account) -> timedelta | None:
        operation = Operation(kind, there.provider, "", TOKEN.pattern, TOKEN.serve)
        fault = self.faults.strike(operation, there.address, False)
        if fault is None:
            return timedelta()
        return None if fault.fault == "lost" else timedelta(minutes=fault.delay_minutes)

    def app(self) -> Starlette:
        """The ASGI application."""
        verbs = ["GET", "POST", "PATCH", "PUT", "DELETE"]
        return Starlette(routes=[Route("/{path:path}", self.endpoint, methods=verbs)])

    async def endpoint(self, request: Request) -> Response:
        """Serve one request."""
        query = tuple(request.query_params.multi_items())
        path = request.url.path
        ask = Ask(request.method, request.scope["path"], path, query, request.headers, await request.body())
        clock = (ask.verb, path) == ("POST", "/clock")
        await self._notify(clock)
        own = control(self.world, self.faults, NAMES, ask.verb, path, ask.body)
        if own is not None:
            await self._notify(clock)
            return response(own)
        turn = self._turn(ask)
        if turn is None:
            return response(unknown(path).answer)
        return await self._in_turn(turn)

    async def _in_turn(self, turn: Turn) -> Response:
        """Serve a request unless its mailbox has four of Graph's in hand already."""
        place = turn.operation.provider + turn.args.get("user", "").lower()
        self.at_once[place] = self.at_once.get(place, 0) + 1
        try:
            if self.at_once[place] > AT_ONCE and turn.operation.provider == "microsoft" and "user" in turn.args:
                return response(self._words(Fault(turn.operation.name, "429"), turn.operation))
            return await self._served(turn)
        finally:
            self.at_once[place] -= 1

    async def _served(self, turn: Turn) -> Response:
        await _held_up(turn)
        if turn.fault is not None and turn.fault.fault in BEFORE:
            return self._refused(turn.fault, turn.operation)
        if turn.operation is BATCH:
            return await self._batch(turn)
        answer = await asyncio.to_thread(self.serve, turn) if turn.operation.calls_back else self.serve(turn)
        return self._spoilt(turn.fault, turn.operation, response(answer))

    async def _notify(self, clock: bool) -> None:
        """When the clock is moved, tell the clients first what changed until now, and then what changed by moving."""
        notices = due(self.world, self.faults) if clock else []
        if notices:
            settle(self.world, notices, await asyncio.to_thread(deliver_all, notices))

    def _turn(self, ask: Ask, batched: bool = False) -> Turn | None:
        """Find the operation, count the call and let the fault table strike; None when there is no such operation."""
        operation, args = find(ask.verb, ask.decoded)
        if operation is None:
            return None
        self.world.count(operation.provider, operation.name, batched)
        return Turn(operation, args, ask, self._strike(operation, args, ask))

    async def _batch(self, outer: Turn) -> Response:
        """Serve a batch; a fault of the connection that strikes one of its requests strikes the whole."""
        try:
            microsoft_token(self.world, outer.ask.headers)
            items = read_batch(outer.ask)
        except Reject as refused:
            return response(refused.answer)
        turns = {item.id: None if item.ask.decoded in NESTED else self._turn(item.ask, True) for item in items}
        struck = [turn for turn in turns.values() if turn is not None and turn.fault is not None]
        for turn in struck:
            await _held_up(turn)
        cut = next((turn.fault for turn in struck if turn.fault and turn.fault.fault in CONNECTION), outer.fault)
        if cut is not None and cut.fault in CONNECTION & BEFORE:
            return self._refused(cut, BATCH)
        seed = self.world.seed + self.world.requests["microsoft"]["batch"]
        run = partial(run_batch, items, lambda item: self._inner(item, turns[item.id]), seed)
        slow = any(turn is not None and turn.operation.calls_back for turn in turns.values())
        whole = await asyncio.to_thread(run) if slow else run()
        return self._spoilt(cut, BATCH, response(whole))

    def _inner(self, item: Item, turn: Turn | None) -> Answer:
        if turn is None:
            return unknown(item.ask.path).answer
        name = turn.fault.fault if turn.fault is not None else ""
        if turn.fault is not None and name in BEFORE:
            return self._words(turn.fault, turn.operation)
        answer = self.serve(turn)
        return self._words(turn.fault, turn.operation) if turn.fault is not None and name == "504" else answer

    def _words(self, fault: Fault, operation: Operation) -> Answer:
        return refusal(fault, operation, self.world.now).answer

    def _strike(self, operation: Operation, args: Mapping[str, str], ask: Ask) -> Fault | None:
        token = self.world.tokens.get(ask.headers.get("authorization", "").removeprefix("Bearer "), Token(""))
        user = args.get("user", "")
        address = user.lower() if "@" in user else token.subject
        cursor = bool(operation.cursor) and any(name == operation.cursor for name, _ in ask.query)
        return self.faults.strike(operation, address, cursor)

    def _refused(self, fault: Fault, operation: Operation) -> Response:
        if fault.fault in NO_ANSWER:
            return HungUp(_wait)
        return HungUp(self.hang_up) if fault.fault == "refused" else response(self._words(fault, operation))

    def _spoilt(self, fault: Fault | None, operation: Operation, whole: Response) -> Response:
        """What becomes of an answer on its way."""
        name = fault.fault if fault is not None else ""
        if fault is not None and name == "504":
            return response(self._words(fault, operation))
        if name == "truncated_json":
            return Response(bytes(whole.body)[: len(whole.body) // 2], whole.status_code, media_type="application/json")
        if name in NO_ANSWER:
            return HungUp(_wait)
        if name in ("answer_lost", "truncated"):
            return HungUp(self.hang_up, whole if name == "truncated" else None)
        return whole

    def serve(self, turn: Turn) -> Answer:
        """Check, serve and check again; whatever is refused comes back as that cloud's refusal."""
        operation, ask, fault = turn.operation, turn.ask, turn.fault
        page = fault.fault if fault is not None and fault.fault in PAGES else ""
        try:
            if operation is TOKEN:
                return token_answer(self.world, ask.body)
            account, token = authorise(self.world, operation, turn.args, ask.headers, ask.body)
            place = (self.base_url, ask.path, turn.args)
            call = Call(self.world, account, token, *place, ask.query, ask.headers, ask.body, page)
            self._check_request(operation, call)
            _by_hand(fault, "hand_first")
            answer = operation.serve(call)
            _by_hand(fault, "hand_after")
        except Reject as refused:
            return refused.answer
        self._check_answer(operation, answer)
        return answer if fault is None else _oddly(answer, fault, self.world.now)

    def _check_request(self, operation: Operation, call: Call) -> None:
        self.world.checked["requests"] += 1
        microsoft = operation.provider == "microsoft"
        try:
            content = call.json() if operation.body or not microsoft else {}
            judge = graph_check.wrong_request if microsoft else google_check.wrong_request
            problem = judge(operation, call.query, content)
        except ValueError as broken:
            problem = str(broken)
        if problem:
            raise (graph_error(400, "BadRequest", problem) if microsoft else google_error(400, "invalid", problem))

    def _check_answer(self, operation: Operation, answer: Answer) -> None:
        self.world.checked["responses"] += 1
        if isinstance(answer.payload, bytes):
            return
        judge = graph_check.wrong_answer if operation.provider == "microsoft" else google_check.wrong_answer
        problem = judge(operation, answer.payload)
        if problem:
            self.world.checked["violations"].append(f"{operation.provider} {operation.name}: {problem}")


def _by_hand(fault: Fault | None, when: str) -> None:
    if fault is not None and fault.fault == when and fault.act is not None:
        fault.act()


def _oddly(answer: Answer, fault: Fault, now: datetime) -> Answer:
    """A success that trips careless clients: with Retry-After, with items twice, or with an item that is spoilt."""
    if fault.fault == "late_success":
        return replace(answer, headers={**answer.headers, "Retry-After": "5", **retry_after(fault, now)})
    if fault.fault in SPOILT and isinstance(answer.payload, dict):
        return replace(answer, payload=spoil(fault.fault, answer.payload))
    if fault.fault == "repeated_items" and isinstance(answer.payload, dict):
        return replace(answer, payload={**answer.payload, "value": answer.payload["value"] * 2})
    return answer


def _wait(client: Any) -> None:
    """Leave the connection open: the client hangs up when it has waited long enough."""
    _ = client


async def _held_up(turn: Turn) -> None:
    if turn.fault is not None and turn.fault.fault == "delay_ms":
        await asyncio.sleep(turn.fault.delay_ms / 1000)


def find(verb: str, path: str) -> tuple[Operation | None, dict[str, str]]:
    """The operation behind a verb and a path, with the values of the path."""
    for operation in (*OPERATIONS, BATCH, TOKEN):
        if operation.verb == verb and (match := operation.pattern.fullmatch(path)):
            return operation, {name: value for name, value in match.groupdict().items() if value is not None}
    return None, {}


def unknown(path: str) -> Reject:
    """The refusal of a path that the sandbox does not serve."""
    if path.startswith("/v1.0"):
        return graph_error(400, "BadRequest", f"Resource not found for the segment '{path}'.")
    return google_error(404, "notFound", f"The sandbox does not serve {path}.")


def response(answer: Answer) -> Response:
    """An answer as bytes on the wire, without anything of the wall clock."""
    if answer.payload is None:
        return Response(status_code=answer.status, headers=dict(answer.headers))
    if isinstance(answer.payload, bytes):
        return Response(answer.payload, answer.status, {"content-type": "text/plain", **answer.headers})
    content = json.dumps(answer.payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, answer.status, {"content-type": "application/json; charset=utf-8", **answer.headers})


NAMES = frozenset({operation.name for operation in OPERATIONS} | {BATCH.name, TOKEN.name, "notification", *UNDER_WAY})
