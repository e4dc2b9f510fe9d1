"""The only places that ask the machine for the time or a random id, and the clock that a sandbox serves."""

from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.errors import TryLater

LONGEST_WAIT_SECONDS = 1.0


class SystemClock:
    """The machine's clock; no wait is over a second, so that what a command wrote meanwhile is noticed."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._awake = Event()

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Wait until `due`, at most a second, not at all after `stop`; it never knows of changed accounts."""
        left = (due - self.now()).total_seconds()
        if not self._stopping.is_set():
            self._awake.wait(max(0.0, min(left, LONGEST_WAIT_SECONDS)))
            self._awake.clear()
        return ()

    def ring(self) -> None:
        """End the present wait, or else the next one; may be called from another thread."""
        self._awake.set()

    def stop(self) -> None:
        """End the present wait and every later one; may be called from a signal handler or another thread."""
        self._stopping.set()
        self._awake.set()


class HttpClock:
    """The virtual clock of a sandbox: GET tells the time, POST {"advance_to"} lets it pass till a change.

    The sandbox does not pass its limit: there it gives the same time again, and this clock waits one real
    second, so that a daemon at the limit does not spin. A sandbox that cannot be reached raises TryLater.
    """

    def __init__(self, url: str, client: httpx.Client) -> None:
        self._url = url
        self._client = client
        self._stopping = Event()
        self._last: datetime | None = None

    def now(self) -> datetime:
        """Return the sandbox's present instant in UTC: asked for once, then as the last wait left it.

        Only the daemon lets virtual time pass, so nobody else can have moved it in between.
        """
        if self._last is None:
            self._last = _instant(self._ask("GET", None)["now"])
        return self._last

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let virtual time pass until `due` or the first change, return what changed; not after `stop`."""
        if self._stopping.is_set():
            return ()
        answer = self._ask("POST", {"advance_to": due.astimezone(UTC).isoformat().replace("+00:00", "Z")})
        now, changed = _instant(answer["now"]), tuple(str(account) for account in answer["changed"])
        if now == self._last and not changed:
            self._stopping.wait(LONGEST_WAIT_SECONDS)
        self._last = now
        return changed

    def stop(self) -> None:
        """End the wait that is going on and every later one."""
        self._stopping.set()

    def _ask(self, method: str, body: dict[str, str] | None) -> Any:
        try:
            answer = self._client.request(method, self._url, json=body)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise TryLater(
                "The sandbox's clock does not answer.", "Start the sandbox, or set the clock to system."
            ) from error


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


class RandomIds:
    """Ids from the machine's random source."""

    def new(self) -> UUID:
        """Return a random id (UUID version 4, RFC 9562 section 5.4)."""
        return uuid4()
