"""The one HTTP client: its time-outs, its egress rule, and what a failure of the wire means."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import TracebackType

import httpx

from adapters.transport.egress import check_egress, is_write
from domain.errors import Doubtful, MentorsyncError, Misconfigured, TryLater

ANSWER_SECONDS = 60.0
"""How long an answer may take, unless told otherwise; providers answer a slow write within half of it."""
_CONNECT_SECONDS = 10.0

# Failures that happen before the first byte of a request has left.
_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that was sent and the status of its answer, None when none came; the URL holds addresses:
    count it, do not log it.
    """

    method: str
    url: str
    status: int | None


class Transport:
    """Sends requests, each exactly once: no retries, no redirects, no cookies, no settings from the
    environment.

    `proxy` is the URL of a proxy for everything beyond loopback; `ca_file` holds the certificates (PEM) to
    trust instead of the usual ones.
    An answer that does not begin or go on for `answer_seconds` is given up.
    `live` says whether writes may leave this machine, `stopped` whether none may be made at all; both are asked before
    each. `observe` is told of every exchange. Safe to share between threads; to be closed.
    """

    def __init__(
        self,
        proxy: str | None,
        ca_file: Path | None,
        live: Callable[[], bool],
        observe: Callable[[Exchange], None] | None = None,
        stopped: Callable[[], bool] = lambda: False,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        trust = _trust(ca_file)
        rule = _Rule(live, stopped)
        self._client = httpx.Client(
            transport=_Gate(httpx.HTTPTransport(verify=trust, proxy=proxy, trust_env=False), rule, observe),
            mounts=_direct(trust, rule, observe) if proxy else None,
            timeout=httpx.Timeout(answer_seconds, connect=min(answer_seconds, _CONNECT_SECONDS)),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": "mentorsync"},
        )

    def build_request(
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        content: bytes | str | None = None,
        extensions: dict[str, object] | None = None,
    ) -> httpx.Request:
        """Return a request with this client's own headers and time-outs added."""
        return self._client.build_request(method, url, headers=headers, content=content, extensions=extensions)

    def send(self, request: httpx.Request, auth: httpx.Auth | None = None) -> httpx.Response:
        """Send the request once and return the whole answer, whatever its status.

        Raises TryLater (nothing was done, or it was only a question), Doubtful (a write whose answer was
        lost), Refused (not live, or stopped).
        """
        try:
            return self._client.send(request, auth=auth)
        except httpx.DecodingError as error:
            raise _ours(error, request) from error

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def __enter__(self) -> "Transport":
        """Return itself; leaving the block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        self.close()


@dataclass(frozen=True, slots=True)
class _Rule:
    live: Callable[[], bool]
    stopped: Callable[[], bool]


class _Gate(httpx.BaseTransport):
    """Stands below auth flows, so that token requests and repeated requests are judged one by one as well."""

    def __init__(self, inner: httpx.BaseTransport, rule: _Rule, observe: Callable[[Exchange], None] | None) -> None:
        self._inner = inner
        self._rule = rule
        self._observe = observe

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        check_egress(request, self._rule.live, self._rule.stopped)
        status = None
        try:
            response = self._whole(request)
            status = response.status_code
        except httpx.TransportError as error:
            raise _ours(error, request) from error
        finally:
            if self._observe is not None:
                self._observe(Exchange(request.method, str(request.url), status))
        return response

    def _whole(self, request: httpx.Request) -> httpx.Response:
        # The body is read here, still encoded, so that an answer cut in its middle is judged like one that
        # never began.
        response = self._inner.handle_request(request)
        try:
            content = b"".join(response.iter_raw())
        finally:
            response.close()
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=httpx.ByteStream(content),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._inner.close()


def _direct(
    trust: ssl.SSLContext, rule: _Rule, observe: Callable[[Exchange], None] | None
) -> dict[str, httpx.BaseTransport]:
    gate = _Gate(httpx.HTTPTransport(verify=trust, trust_env=False), rule, observe)
    return {f"all://{host}": gate for host in ("localhost", "127.0.0.1", "[::1]")}


@cache
def _usual_trust() -> ssl.SSLContext:
    """The authorities that are trusted unless told otherwise; reading them takes tens of milliseconds, once."""
    return httpx.create_ssl_context(trust_env=False)


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    if ca_file is None:
        return _usual_trust()
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except OSError as error:
        raise Misconfigured(
            "The certificate file cannot be read.", "Let ca_file under [transport] name a PEM file."
        ) from error


def _ours(error: httpx.RequestError, request: httpx.Request) -> MentorsyncError:
    if is_write(request) and not isinstance(error, _UNSENT):
        return Doubtful(
            "The answer to a write was lost.", "Nothing to do: it is looked up before anything else is tried."
        )
    where = request.url.netloc.decode()
    return TryLater(f"{where} could not be reached.", "It is tried again by itself; check network, proxy and address.")
