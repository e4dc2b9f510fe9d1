"""The one client over real sockets: once and only once, and what a broken wire means."""

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from adapters.transport import BearerFile, Exchange, Transport
from domain.errors import Doubtful, MentorsyncError, Misconfigured, Refused, TryLater
from tests.unit.loopback import Loopback, Reply


@pytest.fixture
def transport() -> Iterator[Transport]:
    with Transport(None, None, lambda: False) as one:
        yield one


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize(
    ("method", "path", "meaning"),
    [
        ("GET", "/events", TryLater),
        ("POST", "/events", Doubtful),
        ("PATCH", "/events", Doubtful),
        ("DELETE", "/events", Doubtful),
        ("POST", "/token", TryLater),
        ("POST", "/getSchedule", TryLater),
    ],
)
@pytest.mark.parametrize("reply", [None, Reply(body={"id": "x" * 50}, cut=5)], ids=["no answer", "cut answer"])
def test_a_lost_answer_leaves_a_write_in_doubt_and_a_question_unasked(
    transport: Transport, method: str, path: str, meaning: type[MentorsyncError], reply: Reply | None
) -> None:
    with Loopback(reply) as server:
        with pytest.raises(meaning):
            transport.send(transport.build_request(method, server.root + path, content=b"{}"))
        assert len(server.seen) == 1


@pytest.mark.parametrize(("method", "meaning"), [("GET", TryLater), ("POST", Doubtful)])
def test_an_answer_that_never_begins_is_given_up_after_its_time(method: str, meaning: type[MentorsyncError]) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        Transport(None, None, lambda: False, answer_seconds=0.05) as impatient,
        pytest.raises(meaning),
    ):
        impatient.send(impatient.build_request(method, f"http://127.0.0.1:{silent.getsockname()[1]}/events"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_where_no_connection_came_about_nothing_was_done(transport: Transport, method: str) -> None:
    with pytest.raises(TryLater):
        transport.send(transport.build_request(method, f"http://127.0.0.1:{closed_port()}/events"))


@pytest.mark.parametrize(("method", "meaning"), [("GET", TryLater), ("POST", Doubtful)])
def test_an_answer_that_does_not_unpack_is_a_lost_answer(
    transport: Transport, method: str, meaning: type[MentorsyncError]
) -> None:
    broken = Reply(body=b"no gzip at all", headers=(("Content-Encoding", "gzip"),))
    with Loopback(broken) as server, pytest.raises(meaning):
        transport.send(transport.build_request(method, f"{server.root}/events"))


def test_a_packed_answer_is_unpacked(transport: Transport) -> None:
    packed = Reply(body=gzip.compress(b"hello"), headers=(("Content-Encoding", "gzip"),))
    with Loopback(packed) as server:
        assert transport.send(transport.build_request("GET", server.root)).content == b"hello"


@pytest.mark.parametrize("status", [302, 429, 500, 503, 504])
def test_no_status_makes_it_ask_again_or_elsewhere(transport: Transport, status: int) -> None:
    with Loopback(Reply(status, headers=(("Location", "/elsewhere"), ("Retry-After", "0")))) as server:
        answer = transport.send(transport.build_request("POST", f"{server.root}/events"))
        assert (answer.status_code, len(server.seen)) == (status, 1)


def test_cookies_of_one_account_are_not_carried_to_the_next(transport: Transport) -> None:
    with Loopback(Reply(headers=(("Set-Cookie", "who=ann"),))) as server:
        for _ in range(2):
            transport.send(transport.build_request("GET", server.root))
        assert all("cookie" not in seen.headers for seen in server.seen)


def test_the_environment_does_not_choose_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    with Loopback() as server, Transport(None, None, lambda: False) as transport:
        assert transport.send(transport.build_request("GET", server.root)).is_success


def test_a_proxy_carries_what_goes_beyond_loopback_and_nothing_else() -> None:
    with Loopback() as proxy, Loopback() as server, Transport(proxy.root, None, lambda: False) as transport:
        transport.send(transport.build_request("GET", "http://graph.example.com/v1.0"))
        transport.send(transport.build_request("GET", server.root))
        assert [seen.path for seen in proxy.seen] == ["http://graph.example.com/v1.0"]
        assert len(server.seen) == 1


def test_a_write_beyond_loopback_does_not_leave_before_go_live() -> None:
    live = [False]
    with Loopback() as proxy, Transport(proxy.root, None, lambda: live[0]) as transport:
        write = transport.build_request("POST", "http://graph.example.com/v1.0/users/a/events")
        with pytest.raises(Refused):
            transport.send(write)
        assert proxy.seen == []
        live[0] = True
        transport.send(write)
        assert len(proxy.seen) == 1


def test_every_exchange_is_told_also_when_no_answer_came() -> None:
    told: list[Exchange] = []
    with Loopback(Reply(404), None) as server, Transport(None, None, lambda: False, told.append) as transport:
        transport.send(transport.build_request("GET", f"{server.root}/a"))
        with pytest.raises(TryLater):
            transport.send(transport.build_request("GET", f"{server.root}/b"))
        assert told == [Exchange("GET", f"{server.root}/a", 404), Exchange("GET", f"{server.root}/b", None)]


def test_a_certificate_file_that_is_missing_or_no_certificate_is_a_wrong_configuration(tmp_path: Path) -> None:
    wrong = tmp_path / "ca.pem"
    wrong.write_text("no certificate")
    for path in (wrong, tmp_path / "absent.pem"):
        with pytest.raises(Misconfigured):
            Transport(None, path, lambda: False)


def test_a_bearer_file_signs_with_the_token_of_the_moment(tmp_path: Path, transport: Transport) -> None:
    token = tmp_path / "token"
    with Loopback() as server:
        for text in ("first\n", "second\n"):
            token.write_text(text)
            transport.send(transport.build_request("GET", server.root), BearerFile(token))
        signed = [seen.headers["authorization"] for seen in server.seen]
    assert signed == ["Bearer first", "Bearer second"]


@pytest.mark.parametrize("text", [None, "", "one\ntwo\n", "with space", "ümlaut"])
def test_a_bearer_file_without_exactly_one_token_is_a_wrong_configuration(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "token"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(Misconfigured):
        next(BearerFile(path).auth_flow(httpx.Request("GET", "http://127.0.0.1")))
