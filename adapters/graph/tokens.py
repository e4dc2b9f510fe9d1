"""Lets Microsoft's identity library fetch its tokens over the one transport."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

import httpx
from azure.core.pipeline.transport import HttpResponse, HttpTransport
from azure.core.rest import HttpRequest

from adapters.transport import Transport, retry_after
from domain.errors import TryLater


class TokenFace(HttpTransport[HttpRequest, HttpResponse]):
    """What azure-identity needs of an HTTP transport; give it as `transport=` and switch retries off."""

    def __init__(self, transport: Transport, now: Callable[[], datetime]) -> None:
        self._transport = transport
        self._now = now

    def send(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the request once; a busy authority raises TryLater here, as the library would take it for a refusal."""
        ours = self._transport.build_request(request.method, request.url, dict(request.headers), _body(request.content))
        answer = self._transport.send(ours)
        if answer.status_code == 429 or answer.is_server_error:
            wait = retry_after(answer.headers, self._now())
            raise TryLater("Microsoft's sign-in is busy.", "Nothing to do: it is tried again.", wait)
        return _Answer(request, answer)

    def open(self) -> None:
        """Do nothing: the transport is open."""

    def close(self) -> None:
        """Do nothing: the transport belongs to whoever made it."""

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        """Do nothing, as `close`."""


class _Answer(HttpResponse):
    def __init__(self, request: HttpRequest, answer: httpx.Response) -> None:
        # The library's pipeline hands in requests of its newer kind and is content with responses of the
        # older.
        super().__init__(request, answer)  # type: ignore[arg-type]
        self.status_code = answer.status_code
        self.headers = dict(answer.headers)
        self.reason = answer.reason_phrase
        self.content_type = answer.headers.get("content-type", "")
        self._content = answer.content

    def body(self) -> bytes:
        return self._content


def _body(content: object) -> bytes | str | None:
    if isinstance(content, Mapping):
        return urlencode(content)
    if content is None or isinstance(content, bytes | str):
        return content
    raise TypeError("a token request has an unknown kind of body")
