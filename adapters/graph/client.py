"""Speaks to Microsoft Graph: the SDK builds and signs each request, the answer is read as bytes."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from azure.core.exceptions import AzureError
from azure.identity import CertificateCredential, ClientSecretCredential
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.native_response_handler import NativeResponseHandler
from kiota_abstractions.request_information import RequestInformation
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from kiota_http.middleware.options import ResponseHandlerOption
from msgraph import GraphRequestAdapter, GraphServiceClient

from adapters.graph.errors import error_code, failure, throttled
from adapters.graph.tokens import TokenFace
from adapters.transport import WHOLE, BearerFile, Budget, KiotaFace, Patience, Transport, drive, retry_after
from adapters.transport.egress import is_loopback, is_write
from domain.errors import CursorExpired, Doubtful, MentorsyncError, Misconfigured, NotSignedIn, TryLater

# Exchange's limit for one application and one mailbox.
BUDGET = Budget(10_000, timedelta(minutes=10))
_USER = "user%2Did"
SCOPE = "https://graph.microsoft.com/.default"


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """Where Graph is and how to sign in: exactly one of the three files is given; `authority` is empty for
    the public cloud.
    """

    base_url: str
    authority: str = ""
    tenant_id: str = ""
    client_id: str = ""
    client_secret_file: Path | None = None
    certificate_file: Path | None = None
    token_file: Path | None = None


class GraphClient:
    """One signed-in application; safe to share between threads, as the SDK's builders keep no state between
    calls.
    """

    def __init__(self, settings: GraphSettings, transport: Transport, now: Callable[[], datetime]) -> None:
        auth = BearerFile(settings.token_file) if settings.token_file else None
        provider = AnonymousAuthenticationProvider() if auth else _signing(settings, transport, now)
        self.now = now
        self.patience = Patience(BUDGET, now)
        self._adapter: Any = GraphRequestAdapter(provider, client=KiotaFace(transport, auth))
        self._adapter.base_url = settings.base_url.rstrip("/")
        self._sdk: Any = GraphServiceClient(request_adapter=self._adapter)

    def user(self, account: str) -> Any:
        """Return the SDK's request builder of the account's mailbox and calendar."""
        return self._sdk.users.by_user_id(account)

    @property
    def subscriptions(self) -> Any:
        """The SDK's request builder of the application's subscriptions."""
        return self._sdk.subscriptions

    def asking(self, builder: Any, **query: Any) -> Any:
        """Return a GET request of the builder with its own query parameters (a misspelt one is a
        TypeError).
        """
        if not query:
            return builder.to_get_request_information()
        parameters = getattr(type(builder), f"{type(builder).__name__}GetQueryParameters")(**query)
        return builder.to_get_request_information(RequestConfiguration(query_parameters=parameters))

    def following(self, builder: Any, link: str) -> Any:
        """Return the GET request of a nextLink or deltaLink; one that leads to another host is a forgotten
        cursor.
        """
        if _place(link) != _place(self._adapter.base_url):
            raise CursorExpired("A stored cursor leads to another host.", "Nothing to do: everything is read anew.")
        info = builder.with_url(link).to_get_request_information()
        # The address of a link stands as it is; whose mailbox it leads to is kept beside it.
        info.path_parameters[_USER] = builder.path_parameters.get(_USER, WHOLE)
        return info

    def batch(self, infos: Sequence[Any], page_size: int | None) -> Any:
        """Return the request that carries all these in one; each part is named by its place among them.

        Written by hand: the SDK's own batch writes absolute addresses, which Graph refuses.
        """
        base = self._adapter.base_url
        parts = [_part(place, info, base, page_size) for place, info in enumerate(infos)]
        batch = RequestInformation(Method.POST, "{+baseurl}/$batch", {"baseurl": base})
        batch.headers.try_add("Accept", "application/json")
        batch.set_stream_content(json.dumps({"requests": parts}).encode(), "application/json")
        return batch

    def json(self, info: Any, page_size: int | None = None) -> dict[str, Any]:
        """Send the request and return its JSON object, an empty one for an empty answer."""
        answer = self._good(info, page_size)
        if not answer.content:
            return {}
        try:
            document = json.loads(answer.content)
        except ValueError:
            document = None
        if isinstance(document, dict):
            return document
        unreadable = ("Microsoft's answer was cut or is no JSON.", "Nothing to do: it is looked into again.")
        raise Doubtful(*unreadable) if is_write(answer.request) else TryLater(*unreadable)

    def content(self, info: Any, page_size: int | None = None) -> bytes:
        """Send the request once and return the bytes of its answer; raises our errors
        (adapters/graph/errors.py).
        """
        return self._good(info, page_size).content

    def _good(self, info: Any, page_size: int | None) -> httpx.Response:
        answer = self.answer(info, page_size)
        if answer.is_success:
            self.patience.heard(mailbox_of(info))
            return answer
        raise self.refusal(answer, mailbox_of(info))

    def answer(self, info: Any, page_size: int | None = None) -> httpx.Response:
        """Send the request once and return the answer whatever its status, for those who read refusals themselves.

        TryLater, with nothing sent, while the mailbox has to be left alone.
        """
        self.patience.spend(mailbox_of(info))
        _prefer(info, page_size)
        info.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
        try:
            return self._sent(info)
        except TryLater as busy:
            # One token opens every mailbox, so when signing in has to wait, all wait.
            if busy.not_before is not None:
                self.patience.refused(WHOLE, busy.not_before)
            raise

    def refusal(self, answer: httpx.Response, mailbox: str = WHOLE) -> MentorsyncError:
        """Return the error that an unsuccessful answer of a mailbox means, and heed what it asks for."""
        code, write = error_code(answer.content), is_write(answer.request)
        return self.judged(mailbox, answer.status_code, code, answer.headers, write)

    def judged(self, mailbox: str, status: int, code: str, headers: httpx.Headers, write: bool) -> MentorsyncError:
        """Return the error that a refusal means; a mailbox that asks for patience is left alone from now on."""
        trouble = failure(status, code, headers, write, self.now)
        if not throttled(status, headers):
            self.patience.heard(mailbox)
            return trouble
        until = self.patience.refused(mailbox, retry_after(headers, self.now()))
        return replace(trouble, not_before=until) if isinstance(trouble, TryLater) else trouble

    def _sent(self, info: Any) -> httpx.Response:
        try:
            # With a native response handler the SDK hands back whatever came, errors too, and parses nothing.
            answer = drive(self._adapter.send_primitive_async(info, "bytes", {}))
        except AzureError as error:
            raise _unsigned(error) from error
        if not isinstance(answer, httpx.Response):
            raise TypeError("the SDK did not hand back the native response")
        return answer


def mailbox_of(info: Any) -> str:
    """Return whose mailbox a request is for, or empty for one that is for nobody's alone."""
    return str(info.path_parameters.get(_USER, WHOLE))


def _place(url: str) -> tuple[str, str, int | None] | None:
    """Return scheme, host and port, however they are written, or None for what is no URL; this machine is one place."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return parts.scheme, "localhost" if is_loopback(host) else host, port


def _prefer(info: Any, page_size: int | None) -> None:
    # One joined value in fixed order: the SDK keeps single ones in a set, whose order changes between runs.
    # It belongs on every call: with_url forgets headers, and ids must never be of the mutable kind.
    pages = f", odata.maxpagesize={page_size}" if page_size else ""
    info.headers.try_add("Prefer", f'IdType="ImmutableId"{pages}, outlook.timezone="UTC"')


def _part(place: int, info: Any, base: str, page_size: int | None) -> dict[str, Any]:
    _prefer(info, page_size)
    info.path_parameters["baseurl"] = base
    address = urlsplit(info.url)
    part = {
        "id": str(place),
        "method": info.http_method.value,
        "url": address.path.removeprefix(urlsplit(base).path) + (f"?{address.query}" if address.query else ""),
        "headers": {name: ", ".join(values) for name, values in info.headers.get_all().items()},
    }
    return part | {"body": json.loads(info.content)} if info.content else part


def _signing(settings: GraphSettings, transport: Transport, now: Callable[[], datetime]) -> Any:
    # The error says all that matters; without any handler Python prints the library's own words to stderr as well.
    logging.getLogger("azure").addHandler(logging.NullHandler())
    host = urlsplit(settings.base_url).hostname or ""
    credential = _credential(settings, TokenFace(transport, now))
    return AzureIdentityAuthenticationProvider(credential, scopes=[SCOPE], allowed_hosts=[host])


def _credential(settings: GraphSettings, face: TokenFace) -> ClientSecretCredential | CertificateCredential:
    options: dict[str, Any] = {"transport": face, "retry_total": 0}
    if settings.authority:
        # Whoever names an authority trusts it; the library would ask the public cloud whether it may.
        options |= {"authority": settings.authority, "disable_instance_discovery": True}
    tenant, client = settings.tenant_id, settings.client_id
    try:
        if settings.client_secret_file:
            secret = settings.client_secret_file.read_text("utf-8").strip()
            return ClientSecretCredential(tenant, client, secret, **options)
        if settings.certificate_file:
            return CertificateCredential(tenant, client, str(settings.certificate_file), **options)
    except (OSError, ValueError) as error:
        raise _unusable("The credentials under [microsoft] cannot be used.") from error
    raise _unusable("There are no credentials under [microsoft].")


def _unusable(problem: str) -> Misconfigured:
    return Misconfigured(
        problem, "Give tenant_id, client_id and one of client_secret_file, certificate_file or token_file."
    )


def _unsigned(error: AzureError) -> MentorsyncError:
    # The library wraps whatever our transport raised; no token means that the request itself was never sent.
    if isinstance(error.__cause__, MentorsyncError):
        return error.__cause__
    return NotSignedIn(
        "Microsoft refuses to sign the application in.",
        "Check authority, tenant_id, client_id and the secret or certificate under [microsoft].",
    )
