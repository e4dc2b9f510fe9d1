"""Both SDKs over the one client: our errors pass through them, and each call is carried out exactly once."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph import GraphRequestAdapter

from adapters.transport import Httplib2Face, KiotaFace, Transport, drive
from domain.errors import Doubtful, TryLater
from tests.unit.loopback import Loopback, Reply


@pytest.fixture
def transport() -> Iterator[Transport]:
    with Transport(None, None, lambda: False) as one:
        yield one


def google_post(transport: Transport, server: Loopback) -> Any:
    """An insertion through the whole of Google's SDK."""
    face = Httplib2Face(transport)
    service = build("calendar", "v3", http=face, client_options={"api_endpoint": f"{server.root}/calendar/v3/"})
    return service.events().insert(calendarId="primary", body={"summary": "Grüße"}).execute()


def graph_call(transport: Transport, server: Loopback, method: Method = Method.POST) -> Any:
    """A request through the whole of Microsoft's SDK."""
    adapter: Any = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=KiotaFace(transport))
    info = RequestInformation(method, "{+baseurl}/events", {})
    adapter.base_url = server.root
    return drive(adapter.send_primitive_async(info, "bytes", {}))


def test_google_sends_and_reads_over_the_client(transport: Transport) -> None:
    with Loopback(Reply(body={"id": "e1"})) as server:
        assert google_post(transport, server) == {"id": "e1"}
        assert server.seen[0].json() == {"summary": "Grüße"}


@pytest.mark.parametrize("status", [302, 429, 500, 503, 504])
def test_google_carries_a_refused_post_out_once(transport: Transport, status: int) -> None:
    with Loopback(Reply(status, headers=(("Retry-After", "0"), ("Location", "/x")))) as server:
        with pytest.raises(HttpError) as refused:
            google_post(transport, server)
        assert (refused.value.status_code, len(server.seen)) == (status, 1)


def test_google_carries_a_post_with_a_lost_answer_out_once_and_our_error_passes(transport: Transport) -> None:
    with Loopback(None) as server:
        with pytest.raises(Doubtful):
            google_post(transport, server)
        assert len(server.seen) == 1


def test_microsoft_sends_and_reads_over_the_client_without_an_event_loop(transport: Transport) -> None:
    with Loopback(Reply(body={"id": "e1"})) as server:
        assert graph_call(transport, server) == b'{"id": "e1"}'


@pytest.mark.parametrize("status", [429, 500, 503, 504])
def test_microsoft_carries_a_refused_post_out_once(transport: Transport, status: int) -> None:
    with Loopback(Reply(status, headers=(("Retry-After", "0"),))) as server:
        with pytest.raises(Exception, match=str(status)):
            graph_call(transport, server)
        assert len(server.seen) == 1


def test_microsoft_carries_a_post_with_a_lost_answer_out_once_and_our_error_passes(transport: Transport) -> None:
    with Loopback(None) as server:
        with pytest.raises(Doubtful):
            graph_call(transport, server)
        assert len(server.seen) == 1


def test_microsoft_lets_the_error_of_a_lost_read_pass(transport: Transport) -> None:
    with Loopback(None) as server, pytest.raises(TryLater):
        graph_call(transport, server, Method.GET)


def test_driving_works_inside_a_running_loop_too(transport: Transport) -> None:
    async def inside(server: Loopback) -> Any:
        return graph_call(transport, server)

    with Loopback() as server:
        assert asyncio.run(inside(server)) == b"{}"


def test_driving_hands_an_exception_on() -> None:
    async def failing() -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError, match="ours"):
        drive(failing())


def test_driving_a_call_that_waits_for_an_event_loop_fails_loudly_and_ends_it() -> None:
    ended: list[bool] = []

    async def waiting() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            ended.append(True)

    with pytest.raises(RuntimeError, match="event loop"):
        drive(waiting())
    assert ended == [True]
