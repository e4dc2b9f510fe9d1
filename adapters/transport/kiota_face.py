"""Lets Microsoft's asynchronous SDK run over the synchronous client, without an event loop."""

from collections.abc import Coroutine
from typing import TypeVar

import httpx

from adapters.transport.client import Transport

T = TypeVar("T")


class KiotaFace:
    """What kiota's request adapter needs of an httpx.AsyncClient; `send` never suspends, so `drive` can
    finish any SDK call.
    """

    base_url = ""

    def __init__(self, transport: Transport, auth: httpx.Auth | None = None) -> None:
        self._transport = transport
        self._auth = auth

    def build_request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | None,
        extensions: dict[str, object],
    ) -> httpx.Request:
        """Return the request that kiota described."""
        return self._transport.build_request(method, url, headers, content, extensions)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send over the synchronous client; its errors pass through kiota unchanged."""
        return self._transport.send(request, self._auth)


def drive(coroutine: Coroutine[object, object, T]) -> T:
    """Run the coroutine to its end in one step; raises RuntimeError when it would have to wait for an event
    loop.
    """
    try:
        coroutine.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    coroutine.close()
    raise RuntimeError("an SDK call waited for an event loop that does not exist here")
