"""Lets Google's SDK, which knows httplib2 alone, run over the one client."""

from collections.abc import Mapping

import httplib2
import httpx

from adapters.transport.client import Transport


class Httplib2Face:
    """What googleapiclient needs of an httplib2.Http; give it to `execute(http=…)` and leave `num_retries`
    at 0.
    """

    # googleapiclient subtracts from it; here no status is followed anyway.
    redirect_codes: frozenset[int] = frozenset()

    def __init__(self, transport: Transport, auth: httpx.Auth | None = None) -> None:
        self._transport = transport
        self._auth = auth

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,
        connection_type: object = None,
    ) -> tuple[httplib2.Response, bytes]:
        """Send the request once; redirects are not followed and the transport's errors pass through
        unchanged.
        """
        request = self._transport.build_request(method, uri, dict(headers or {}), body)
        answer = self._transport.send(request, self._auth)
        response = httplib2.Response({**answer.headers, "status": str(answer.status_code)})
        response.reason = answer.reason_phrase
        return response, answer.content

    def close(self) -> None:
        """Do nothing: the transport belongs to whoever made it."""
