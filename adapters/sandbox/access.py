"""Who may call: bearer tokens, Google's token endpoint for service accounts,
and consent that can be taken back."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from adapters.sandbox import google_check
from adapters.sandbox.records import Account, Hours, Json
from adapters.sandbox.wire import Answer, Operation, Reject, google_error, graph_error
from adapters.sandbox.world import Token, World

AUDIENCE = "https://oauth2.googleapis.com/token"
"""The audience that Google's own library writes even when the token endpoint is elsewhere."""

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST_LIFE = 3600
TENANT = Account("", "microsoft", "The tenant", "UTC", Hours((), "", ""))
"""Stands where a path of Graph's names no mailbox."""

FREE_BUSY = frozenset({"getSchedule", "freebusy.query"})
"""What is left to call where consent covers only when a person is free."""


def authorise(
    world: World, operation: Operation, args: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> tuple[Account, Token]:
    """The account that a request is about and the token that allows it,
    else a Reject in the cloud's own words."""
    if operation.provider == "microsoft":
        return _microsoft(world, microsoft_token(world, headers), operation, args)
    token = world.tokens.get(headers.get("authorization", "").removeprefix("Bearer "))
    return _google(world, token, operation, args.get("user", ""), body)


def microsoft_token(world: World, headers: Mapping[str, str]) -> Token:
    """The Graph token that a request carries, else a Reject."""
    token = world.tokens.get(headers.get("authorization", "").removeprefix("Bearer "))
    if token is None or token.provider != "microsoft":
        raise graph_error(401, "InvalidAuthenticationToken", "Access token is empty or invalid.")
    return token


def _microsoft(world: World, token: Token, operation: Operation, args: Mapping[str, str]) -> tuple[Account, Token]:
    user = args.get("user", "")
    account = world.accounts.get(user.strip().lower()) if "user" in operation.pattern.groupindex else TENANT
    if account is None or account.provider != "microsoft":
        raise graph_error(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
    if account.removed:
        raise graph_error(404, "MailboxNotFound", f"The mailbox of '{user}' was not found.")
    if account.revoked or (account.consent == "freebusy" and operation.name not in FREE_BUSY):
        raise graph_error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    if account.calendar_called(args.get("calendar", "")) is None:
        raise graph_error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return account, token


def _google(world: World, token: Token | None, operation: Operation, user: str, body: bytes) -> tuple[Account, Token]:
    if token is None or token.provider != "google":
        raise google_error(401, "authError", "Invalid Credentials")
    own = "me" if "(?P<user>me)" in operation.pattern.pattern or operation.method_id.startswith("gmail.") else "primary"
    address = token.subject if user in ("", own) else user
    if not address and operation.name == "freebusy.query":
        address = _first_item(body)
    if not address and operation.name == "channels.stop":
        address = _channel_owner(world, body)
    account = world.owner(address, "google")
    if account is None or (token.subject and account.address != token.subject):
        raise google_error(404, "notFound", "Not Found")
    if account.revoked:
        raise google_error(401, "authError", "Invalid Credentials")
    if account.consent == "freebusy" and operation.name not in FREE_BUSY:
        raise google_error(403, "forbidden", "Forbidden", "calendar")
    if token.scopes and not google_check.scopes_of(operation) & set(token.scopes):
        raise google_error(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
    return account, token


def _first_item(body: bytes) -> str:
    try:
        return str(json.loads(body)["items"][0]["id"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""


def _channel_owner(world: World, body: bytes) -> str:
    try:
        channel = world.watches.channels.get(str(json.loads(body)["id"]))
    except (ValueError, KeyError, TypeError):
        return ""
    return channel.account if channel is not None else ""


def token_answer(world: World, body: bytes) -> Answer:
    """Google's token endpoint: a signed JWT of the service account is exchanged for a token bound to its
    `sub`."""
    form = {name: values[-1] for name, values in parse_qs(body.decode("latin-1")).items()}
    if form.get("grant_type") != JWT_BEARER:
        raise _refused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
    claims = _claims(world, form.get("assertion", ""))
    account = world.known(str(claims.get("sub", "")), "google")
    if account is None:
        raise _refused("invalid_grant", "Invalid email or User ID")
    if account.revoked:
        raise _refused("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.")
    scopes = tuple(str(claims.get("scope", "")).split())
    if not scopes:
        raise _refused("invalid_scope", "Empty or missing scope not allowed.")
    bearer = world.issue("google", account.address, scopes)
    return Answer(200, {"access_token": bearer, "expires_in": LONGEST_LIFE, "token_type": "Bearer"})


def _refused(error: str, description: str) -> Reject:
    return Reject(Answer(400, {"error": error, "error_description": description}))


def _claims(world: World, assertion: str) -> Json:
    try:
        head, middle, signature = assertion.split(".")
        key = load_pem_public_key(world.service_key)
        assert isinstance(key, RSAPublicKey)
        key.verify(_decoded(signature), f"{head}.{middle}".encode(), PKCS1v15(), hashes.SHA256())
        claims: Any = json.loads(_decoded(middle))
    except (ValueError, InvalidSignature):
        raise _refused("invalid_grant", "Invalid JWT Signature.") from None
    if claims.get("aud") != AUDIENCE or not 0 < claims.get("exp", 0) - claims.get("iat", 0) <= LONGEST_LIFE:
        raise _refused("invalid_grant", "Invalid JWT: audience or lifetime.")
    return dict(claims)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
