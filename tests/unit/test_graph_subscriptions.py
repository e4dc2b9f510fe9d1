"""What the adapter asks of Graph's subscriptions, and what it makes of every way in which Graph can answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.graph.client import GraphClient, GraphSettings
from adapters.graph.subscriptions import GraphSubscriptions
from adapters.transport import Transport
from domain.errors import Broken, Doubtful, NotSignedIn, Refused, TryLater
from domain.ports import Push
from domain.push import Subscription, Watch
from tests.unit.graph_office import ANN, NOW, client, refusal
from tests.unit.loopback import Loopback, Reply

MINUTE = timedelta(minutes=1)
UNTIL = NOW + 3 * timedelta(days=7)
WATCH = Watch("0" * 32, "a-token", "https://push.example.org/microsoft", UNTIL)
KNOWN = Subscription("0" * 32, "sub-1", NOW + 2000 * MINUTE)
Act = Callable[[Push], object]


def made(minutes: int = 4200, **changes: Any) -> Reply:
    """A subscription as Graph answers it."""
    ends = (NOW + minutes * MINUTE).isoformat().replace("+00:00", "Z")
    return Reply(201, {"id": "sub-1", "expirationDateTime": ends, "clientState": None, **changes})


def too_long(minutes: int) -> Reply:
    """A refusal of an end that lies too far away."""
    message = f"Subscription expiration can only be {minutes} minutes in the future."
    return Reply(400, {"error": {"code": "ExtensionError", "message": message}})


def minutes_asked(server: Loopback) -> list[int]:
    """Return how far away the ends were that were asked for."""
    ends = [datetime.fromisoformat(seen.json()["expirationDateTime"]) for seen in server.seen]
    return [(end - NOW) // MINUTE for end in ends]


def test_a_subscription_is_asked_for_with_all_that_graph_wants_to_know(tmp_path: Path) -> None:
    with Loopback(made()) as server, client(server, tmp_path) as graph:
        found = GraphSubscriptions(graph).watch(ANN, WATCH)
    (seen,) = server.seen
    assert (seen.method, seen.path) == ("POST", "/v1.0/subscriptions")
    assert seen.json() == {
        "changeType": "created,updated,deleted",
        "notificationUrl": "https://push.example.org/microsoft",
        "lifecycleNotificationUrl": "https://push.example.org/microsoft/lifecycle",
        "resource": f"/users/{ANN}/events",
        "expirationDateTime": seen.json()["expirationDateTime"],
        "clientState": "a-token",
    }
    assert 'IdType="ImmutableId"' in seen.headers["prefer"]
    assert found == Subscription(WATCH.name, "sub-1", NOW + 4200 * MINUTE)


def test_never_more_than_4200_minutes_are_asked_for_and_less_when_less_is_wanted(tmp_path: Path) -> None:
    with Loopback(made()) as server, client(server, tmp_path) as graph:
        GraphSubscriptions(graph).watch(ANN, WATCH)
        GraphSubscriptions(graph).watch(ANN, replace(WATCH, until=NOW + 100 * MINUTE))
    assert minutes_asked(server) == [4200, 100]


@pytest.mark.parametrize("act", [lambda p: p.watch(ANN, WATCH), lambda p: p.renew(ANN, KNOWN, UNTIL)])
def test_what_graph_allows_is_read_from_its_refusal_and_asked_for_once(tmp_path: Path, act: Act) -> None:
    with Loopback(too_long(1440), made(1435)) as server, client(server, tmp_path) as graph:
        found = act(GraphSubscriptions(graph))
    assert (minutes_asked(server), isinstance(found, Subscription)) == ([4200, 1435], True)


def test_a_second_refusal_of_the_end_is_a_no(tmp_path: Path) -> None:
    with Loopback(too_long(1440)) as server, client(server, tmp_path) as graph, pytest.raises(Broken):
        GraphSubscriptions(graph).watch(ANN, WATCH)
    assert len(server.seen) == 2


def test_an_end_that_graph_puts_later_than_asked_is_not_believed(tmp_path: Path) -> None:
    with Loopback(made(9000)) as server, client(server, tmp_path) as graph:
        asked = replace(WATCH, until=NOW + 50 * MINUTE)
        assert GraphSubscriptions(graph).watch(ANN, asked).ends == asked.until


def test_it_is_renewed_where_it_is_and_keeps_its_name(tmp_path: Path) -> None:
    with Loopback(made()) as server, client(server, tmp_path) as graph:
        found = GraphSubscriptions(graph).renew(ANN, KNOWN, UNTIL)
    (seen,) = server.seen
    assert (seen.method, seen.path, list(seen.json())) == ("PATCH", "/v1.0/subscriptions/sub-1", ["expirationDateTime"])
    assert found == replace(KNOWN, ends=NOW + 4200 * MINUTE)


@pytest.mark.parametrize("code", ["ResourceNotFound", "ErrorItemNotFound", "x"])
def test_one_that_graph_does_not_know_any_more_cannot_be_renewed_and_has_ended(tmp_path: Path, code: str) -> None:
    with Loopback(refusal(404, code)) as server, client(server, tmp_path) as graph:
        push = GraphSubscriptions(graph)
        assert push.renew(ANN, KNOWN, UNTIL) is None
        push.end(ANN, KNOWN)
    assert [seen.method for seen in server.seen] == ["PATCH", "DELETE"]


def test_an_end_is_one_request(tmp_path: Path) -> None:
    with Loopback(Reply(204, b"")) as server, client(server, tmp_path) as graph:
        GraphSubscriptions(graph).end(ANN, KNOWN)
    assert [(seen.method, seen.path) for seen in server.seen] == [("DELETE", "/v1.0/subscriptions/sub-1")]


def test_an_address_that_graph_cannot_reach_is_tried_later_as_its_proxy_may_be_restarting(tmp_path: Path) -> None:
    said = "Subscription validation request failed. Notification endpoint must respond with 200 OK."
    reply = Reply(400, {"error": {"code": "ValidationError", "message": said}})
    with Loopback(reply) as server, client(server, tmp_path) as graph, pytest.raises(TryLater, match="public_url"):
        GraphSubscriptions(graph).watch(ANN, WATCH)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refusal(403, "ExtensionError"), Broken),
        (refusal(404, "ErrorInvalidUser"), Broken),
        (refusal(401, "InvalidAuthenticationToken"), NotSignedIn),
        (refusal(429, "TooManyRequests", ("Retry-After", "7")), TryLater),
        (refusal(503, "ServiceUnavailable"), Doubtful),
        (Reply(201, b"{"), Doubtful),
        (Reply(201, {"id": "sub-1"}), Doubtful),
        (Reply(400, b"<html>only 10 minutes"), Broken),
        (None, Doubtful),
    ],
)
def test_every_other_answer_says_whose_move_is_next_and_is_asked_for_once(
    tmp_path: Path, reply: Reply | None, error: type[Exception]
) -> None:
    with Loopback(reply) as server, client(server, tmp_path) as graph, pytest.raises(error):
        GraphSubscriptions(graph).watch(ANN, WATCH)
    assert len(server.seen) == 1


def test_before_go_live_no_subscription_leaves_this_machine(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n")
    with Transport(None, None, lambda: False) as transport:
        graph = GraphClient(GraphSettings("https://graph.example/v1.0", token_file=token), transport, lambda: NOW)
        push = GraphSubscriptions(graph)
        acts: tuple[Act, ...] = (
            lambda p: p.watch(ANN, WATCH),
            lambda p: p.renew(ANN, KNOWN, UNTIL),
            lambda p: p.end(ANN, KNOWN),
        )
        for act in acts:
            with pytest.raises(Refused, match="live"):
                act(push)
