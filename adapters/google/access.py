"""How requests to Google are signed: for each person by a service account, by one consent, or by a token file."""

import json
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import httpx
from google.auth.exceptions import GoogleAuthError, TransportError
from google.oauth2.credentials import Credentials as UserCredentials
from google.oauth2.service_account import Credentials as ServiceCredentials

from adapters.transport import BearerFile, Transport, retry_after
from domain.errors import Misconfigured, NoMailbox, NotSignedIn, Refused, TryLater
from domain.ports import Clock

# google-auth's functions carry no types; from here on a credential is Any.
_Service: Any = ServiceCredentials
_User: Any = UserCredentials

# What the token service answers a service account that asks to act for somebody who is not there (invalid_grant).
_UNKNOWN_USER = "invalid email or user id"

_TOKEN_URI = "https://oauth2.googleapis.com/token"

CALENDAR_SCOPES = (
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.freebusy",
)
TIMES_SCOPES = ("https://www.googleapis.com/auth/calendar.freebusy",)
"""All that is asked for where an account shows its busy times and no more."""
MAIL_SCOPES = (
    "https://www.googleapis.com/auth/gmail.readonly",
    "https://www.googleapis.com/auth/gmail.compose",
)


def anybody(account: str) -> bool:
    """Let a token be asked for any account."""
    _ = account
    return True


@dataclass(frozen=True, slots=True)
class GoogleAccess:
    """Where Google is and which one secret opens it; `root_url` None means Google itself.

    `service_account_file` is a key with domain-wide delegation, `oauth_client_file` the file of one person's consent
    ("authorized user": client, secret and refresh token), `token_file` a bearer token on one line. `may_act_for` says
    of an account whether a token may be asked for it at all: delegation limits what is reached, and not whose it is.
    """

    root_url: str | None = None
    service_account_file: Path | None = None
    oauth_client_file: Path | None = None
    token_file: Path | None = None
    may_act_for: Callable[[str], bool] = anybody


class Signer:
    """Gives each account the signature of its requests; the credentials, and so their tokens, are kept."""

    def __init__(self, access: GoogleAccess, scopes: Sequence[str], transport: Transport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._make = _maker(access, scopes)
        self._may_act_for = access.may_act_for
        self._kept: dict[str, httpx.Auth] = {}
        self._lock = threading.Lock()

    def signature(self, account: str) -> httpx.Auth:
        """Return the signature under which the service may act for the account.

        Refused, with nothing asked, for an account that is none of ours.
        """
        if not self._may_act_for(account):
            raise Refused(
                "No token is asked for an account at Google that is not registered.", "Register its owner first."
            )
        with self._lock:
            if account not in self._kept:
                made = self._make(account)
                is_auth = isinstance(made, httpx.Auth)
                self._kept[account] = made if is_auth else GoogleAuth(made, self._transport, self._clock)
            return self._kept[account]


class GoogleAuth(httpx.Auth):
    """Signs with google-auth's credentials: one token for many requests, and after a 401 a fresh one and one try more.

    A 401 says that nothing was done, so the second try is safe for writes too. NotSignedIn when Google gives no token.
    """

    def __init__(self, credentials: Any, transport: Transport, clock: Clock) -> None:
        self._credentials = credentials
        self._transport = transport
        self._clock = clock
        self._lock = threading.Lock()

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put a valid token on the request, renewing it when it is old or was refused."""
        token = self._token(refused=None)
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            request.headers["Authorization"] = f"Bearer {self._token(refused=token)}"
            yield request

    def _token(self, refused: str | None) -> str:
        with self._lock:
            if not self._credentials.valid or self._credentials.token == refused:
                self._refresh()
            return str(self._credentials.token)

    def _refresh(self) -> None:
        try:
            self._credentials.refresh(self._fetch)
        except TransportError as error:
            raise TryLater("Google's token service cannot be reached.", "Nothing to do: it is tried again.") from error
        except GoogleAuthError as error:
            if _UNKNOWN_USER in str(error).lower():
                raise NoMailbox("Google knows no such account.", "Check the person's address.") from error
            raise NotSignedIn(
                "Google gives no token for an account.",
                "Renew the consent, or let the Workspace administrator authorise the service account's scopes.",
            ) from error

    def _fetch(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: object,
    ) -> "_TokenAnswer":
        """Be google-auth's Request protocol over our transport; a busy token service is not asked again in here."""
        answer = self._transport.send(self._transport.build_request(method, url, dict(headers or {}), body))
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            raise TryLater("Google's token service is busy.", "Nothing to do: it is tried again.", self._when(answer))
        return _TokenAnswer(answer.status_code, answer.headers, answer.content)

    def _when(self, answer: httpx.Response) -> datetime | None:
        return retry_after(answer.headers, self._clock.now())


@dataclass(frozen=True, slots=True)
class _TokenAnswer:
    """What google-auth reads of an answer."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def _maker(access: GoogleAccess, scopes: Sequence[str]) -> Callable[[str], Any]:
    if access.service_account_file is not None:
        service = _loaded(access.service_account_file, _service_account).with_scopes(list(scopes))
        return lambda account: service.with_subject(account)
    if access.oauth_client_file is not None:
        user = _loaded(access.oauth_client_file, partial(_user, scopes))
        return lambda account: user
    if access.token_file is not None:
        bearer = BearerFile(access.token_file)
        return lambda account: bearer
    raise Misconfigured("No secret for Google is named.", "Set service_account_file under [google].")


@lru_cache(maxsize=2)
def _service_account(text: str) -> Any:
    """Taking a private key apart is dear, and each part of the adapter signs with the same one."""
    return _Service.from_service_account_info(json.loads(text))


def _user(scopes: Sequence[str], text: str) -> Any:
    # google-auth's own reader would overlook the file's token_uri.
    consent = json.loads(text)
    return _User(
        None,
        refresh_token=consent["refresh_token"],
        token_uri=consent.get("token_uri", _TOKEN_URI),
        client_id=consent["client_id"],
        client_secret=consent["client_secret"],
        scopes=list(scopes),
    )


def _loaded(path: Path, load: Callable[[str], Any]) -> Any:
    try:
        return load(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, GoogleAuthError) as error:
        raise Misconfigured(
            "A secret file for Google is missing or not what Google gives out.",
            "Download the key or the authorised user's file again and name it under [google].",
        ) from error
