"""Builds and sends requests through Google's SDK over the one transport; each request goes out once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from adapters.google.access import Signer
from adapters.google.errors import gone, ours, taken, throttled, unreadable
from adapters.transport import Budget, Httplib2Face, Patience, Transport
from adapters.transport.patience import FIRST
from domain.errors import MentorsyncError, TryLater
from domain.ports import Clock

# Far above any real calendar or inbox: only a provider that leads in circles gets there.
_MOST_PAGES = 10_000
# Google's limit for one user of one project, in each of its APIs.
BUDGET = Budget(600, timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class CalendarApi:
    """The parts of Calendar v3 that are used; kept, because the SDK builds each anew when asked (2.7 ms)."""

    events: Any
    freebusy: Any
    channels: Any


@dataclass(frozen=True, slots=True)
class GmailApi:
    """The parts of Gmail v1 that are used."""

    users: Any
    messages: Any
    drafts: Any
    threads: Any
    history: Any


def calendar_api(transport: Transport, root_url: str | None) -> CalendarApi:
    """Return Calendar v3 at `root_url`, or at Google."""
    root = _root(root_url) if root_url else "https://www.googleapis.com/"
    service = _service("calendar", "v3", transport, f"{root}calendar/v3/")
    return CalendarApi(service.events(), service.freebusy(), service.channels())


def gmail_api(transport: Transport, root_url: str | None) -> GmailApi:
    """Return Gmail v1 at `root_url`, or at Google."""
    service = _service("gmail", "v1", transport, _root(root_url) if root_url else "https://gmail.googleapis.com/")
    users = service.users()
    return GmailApi(users, users.messages(), users.drafts(), users.threads(), users.history())


def _root(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _service(name: str, version: str, transport: Transport, endpoint: str) -> Any:
    # The endpoint is always given, or environment variables of the SDK could choose another one.
    return build(
        name,
        version,
        http=Httplib2Face(transport),
        client_options={"api_endpoint": endpoint},
        static_discovery=True,
        cache_discovery=False,
    )


class Caller:
    """Sends the SDK's requests for an account and returns their JSON; safe to share between threads."""

    def __init__(self, transport: Transport, signer: Signer, clock: Clock) -> None:
        self._transport = transport
        self._signer = signer
        self._clock = clock
        self._patience = Patience(BUDGET, clock.now)
        self._faces: dict[str, Httplib2Face] = {}
        self._lock = threading.Lock()

    def ask(self, account: str, request: Any) -> Any:
        """Return the answer to a question."""
        return self._send(account, request, write=False)

    def ask_for(self, account: str, request: Any) -> Any:
        """Return the thing asked for, or None when it is not there."""
        return self._send(account, request, write=False, nothing=gone)

    def write(self, account: str, request: Any) -> Any:
        """Return the answer to a write, or None when what it is about is gone; Doubtful when the outcome is unknown."""
        return self._send(account, request, write=True, nothing=gone)

    def create(self, account: str, request: Any) -> Any:
        """Return what was created, or None when its id is taken already; Doubtful when the outcome is unknown."""
        return self._send(account, request, write=True, nothing=taken)

    def pages(self, account: str, request: Any, next_page: Callable[[Any, Any], Any]) -> Iterator[Any]:
        """Return the answers to a question page by page."""
        for _ in range(_MOST_PAGES):
            answer = self.ask(account, request)
            yield answer
            request = next_page(request, answer)
            if request is None:
                return
        raise TryLater("Google did not finish a list.", "Nothing to do: it is tried again.")

    def _send(
        self, account: str, request: Any, *, write: bool, nothing: Callable[[HttpError], bool] | None = None
    ) -> Any:
        self._patience.spend(account)
        try:
            # The SDK's retries would repeat writes and ignore Retry-After, so there are none.
            answer = request.execute(http=self._face(account), num_retries=0)
        except HttpError as error:
            if nothing is not None and nothing(error):
                return None
            raise self._refusal(account, error, write) from error
        except TryLater as busy:
            # The token service is asked first, and may want to be left alone as well.
            if busy.not_before is not None:
                self._patience.refused(account, busy.not_before)
            raise
        except UnicodeDecodeError as error:
            raise unreadable(write=write) from error
        if answer not in (None, "") and not isinstance(answer, dict):
            # What the SDK cannot read as JSON it returns as it came; and all that we ask for are objects.
            raise unreadable(write=write)
        self._patience.heard(account)
        return answer

    def _refusal(self, account: str, error: HttpError, write: bool) -> MentorsyncError:
        trouble, pause = ours(error, write=write, now=self._clock.now()), throttled(error)
        if not isinstance(trouble, TryLater):
            self._patience.heard(account)
        elif pause is not None or trouble.not_before is not None:
            until = self._patience.refused(account, trouble.not_before, pause or FIRST)
            return replace(trouble, not_before=until)
        return trouble

    def _face(self, account: str) -> Httplib2Face:
        with self._lock:
            if account not in self._faces:
                self._faces[account] = Httplib2Face(self._transport, self._signer.signature(account))
            return self._faces[account]
