"""The listener on a socket: what it gives back, what it refuses, and that nobody can hold it up."""

import socket
from time import monotonic

import pytest

from adapters.webhook import listener as listening
from adapters.webhook.conversation import LONGEST_BODY
from adapters.webhook.hints import HintQueue
from adapters.webhook.listener import MOST_CONNECTIONS, Listener
from domain.errors import Misconfigured
from domain.push import Hint, HintKind
from tests.unit.webhook_caller import NAME, OWNER, TOKEN, TOKENS, door, google, notifications, request

CHANGED = Hint(OWNER, NAME, HintKind.CHANGED)


def ended(connection: socket.socket) -> bool:
    """Wait for the other side, and say whether it hung up without a word."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_hint_of_either_provider_arrives_once_and_is_answered_at_once() -> None:
    with door() as here:
        began = monotonic()
        first = here.post("/microsoft", notifications(TOKEN, TOKEN))
        second = here.post("/google", b"", *google())
        assert (first.status, first.body, second.status) == (202, b"", 202)
        assert monotonic() - began < 1.0
        assert here.taken() == (CHANGED,)


def test_right_and_wrong_proofs_are_answered_with_the_same_bytes() -> None:
    with door() as here:
        right, wrong = (here.post("/microsoft", notifications(state)) for state in (TOKEN, "wrong"))
        assert right == wrong
        right, wrong = (here.post("/google", b"", *google(token=token)) for token in (TOKEN, "wrong"))
        assert right == wrong


def test_a_validation_token_is_given_back_as_plain_text_that_nothing_interprets() -> None:
    with door() as here:
        told = here.post("/microsoft?validationToken=%3Cb%3E+%C3%BC%26%22")
    assert (told.status, told.body) == (200, '<b> ü&"'.encode())
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in told.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_get_and_head_are_refused_without_a_body(method: str) -> None:
    with door() as here:
        told = here.post("/microsoft?validationToken=x", method=method)
    assert (told.status, told.headers["allow"], told.body) == (405, "POST", b"")


def test_a_body_that_is_announced_too_large_is_refused_before_it_comes() -> None:
    with door() as here:
        head = request("/microsoft", b"").replace(b"Content-Length: 0", b"Content-Length: 10485760")
        told = here.send(head)
        assert told is not None
        assert told.status == 413


def test_a_body_that_grows_too_large_in_pieces_is_refused_and_the_largest_one_is_not() -> None:
    piece = b"%x\r\n%s\r\n" % (8192, b" " * 8192)
    head = request("/microsoft", b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    with door() as here:
        told = here.send(head + piece * (LONGEST_BODY // 8192) + b"1\r\n \r\n")
        assert told is not None
        assert told.status == 413
        body = notifications(TOKEN)
        assert here.post("/microsoft", body + b" " * (LONGEST_BODY - len(body))).status == 202


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"POST /google HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST /google HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /google HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n", 400),
        (b"POST /google HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"POST /google HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_what_is_no_sound_request_is_refused(raw: bytes, status: int) -> None:
    with door() as here:
        told = here.send(raw)
        assert (told.status if told else None, here.taken()) == (status, ())


def test_a_second_request_on_one_connection_is_not_served() -> None:
    with door() as here:
        told = here.send(request("/google", b"", google(state="sync")) + request("/google", b"", google()))
        assert told is not None
        assert (told.headers["connection"], here.taken()) == ("close", ())


def test_a_slow_caller_is_cut_off_and_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "PATIENCE_SECONDS", 0.3)
    with door() as here, socket.create_connection(("127.0.0.1", here.listener.port), timeout=5) as slow:
        slow.sendall(request("/microsoft", b"x" * 10)[:-5])
        assert here.post("/google", b"", *google()).status == 202
        began = monotonic()
        assert ended(slow)
        assert monotonic() - began < 3
        assert here.taken() == (CHANGED,)


def test_beyond_so_many_open_connections_the_next_one_is_turned_away_and_later_ones_are_served_again() -> None:
    with door() as here:
        address = ("127.0.0.1", here.listener.port)
        held = [socket.create_connection(address, timeout=5) for _ in range(MOST_CONNECTIONS)]
        try:
            for one in held:
                one.sendall(b"POST /google HTTP/1.1\r\n")
            with socket.create_connection(address, timeout=5) as one_more:
                assert ended(one_more)
        finally:
            held[0].sendall(b"\r\n\r\n")
            held[0].recv(65536)
            held[0].close()
        assert here.post("/google", b"", *google()).status == 202
        for one in held[1:]:
            one.close()


def test_whoever_hangs_up_in_the_middle_leaves_it_standing() -> None:
    with door() as here:
        for raw in (b"", b"POST /mic", request("/microsoft", b"x" * 100)[:-50]):
            with socket.create_connection(("127.0.0.1", here.listener.port), timeout=5) as connection:
                connection.sendall(raw)
        assert here.post("/google", b"", *google()).status == 202


def test_it_counts_how_requests_ended_and_keeps_nothing_of_them() -> None:
    with door() as here:
        here.post("/microsoft", notifications(TOKEN))
        here.post("/microsoft", notifications("wrong"))
        here.post("/microsoft?validationToken=x")
        here.post("/elsewhere")
        listener = here.listener
    assert listener.counts == {"believed": 1, "ignored": 1, "validated": 1, "refused 404": 1}


def test_a_port_that_is_taken_is_said_with_what_to_do() -> None:
    with (
        door() as here,
        pytest.raises(Misconfigured, match="listen"),
        Listener("127.0.0.1", here.listener.port, "", TOKENS, HintQueue(lambda: None)),
    ):
        pass


def test_after_its_end_nobody_is_answered() -> None:
    with door() as here:
        port = here.listener.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
