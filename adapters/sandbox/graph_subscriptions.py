"""Graph's subscriptions: created after a handshake with the client's addresses, renewed, listed and deleted."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import httpx

from adapters.sandbox.graph_common import prefer
from adapters.sandbox.records import Account, Json
from adapters.sandbox.watches import Subscription
from adapters.sandbox.wire import Answer, Call, Operation, Reject, graph_error, instant, zulu

LONGEST, SHORTEST = timedelta(minutes=10_070), timedelta(minutes=45)
HANDSHAKE_SECONDS = 10.0
KINDS = frozenset({"created", "updated", "deleted"})
RESOURCE = re.compile(r"/?users/(?P<user>[^/]+)/(?:events|mailFolders\(?[/']*(?P<folder>inbox)[')]*/messages)", re.I)
SETTABLE = frozenset(
    ("changeType", "notificationUrl", "lifecycleNotificationUrl", "resource", "expirationDateTime", "clientState")
)


def _wrong(message: str) -> Reject:
    return graph_error(400, "ValidationError", message)


def create(call: Call) -> Answer:
    """A new subscription, if both its addresses answer the handshake."""
    body = call.json()
    refused = sorted(name for name in set(body) - SETTABLE if not name.startswith("@odata."))
    if refused:
        raise _wrong(f"{refused[0]} cannot be set.")
    missing = [
        name for name in ("changeType", "notificationUrl", "resource", "expirationDateTime") if not body.get(name)
    ]
    if missing:
        raise _wrong(f"{missing[0]} is required.")
    account, folder = _watched(call, str(body["resource"]))
    kinds = frozenset(part.strip() for part in str(body["changeType"]).split(","))
    if not kinds <= KINDS:
        raise _wrong(f"changeType is some of {', '.join(sorted(KINDS))}.")
    if len(str(body.get("clientState") or "")) > 128:
        raise _wrong("clientState is longer than 128 characters.")
    expires = _expiry(call, body)
    urls = [str(body[name]) for name in ("notificationUrl", "lifecycleNotificationUrl") if body.get(name)]
    for url in urls:
        _shake_hands(call, url)
    made = _made(call, body, account, folder, kinds)
    made.expires = expires
    return Answer(201, _written(made))


def _watched(call: Call, resource: str) -> tuple[Account, str]:
    found = RESOURCE.fullmatch(resource)
    if found is None:
        raise _wrong(f"The sandbox does not watch the resource {resource}.")
    account = call.world.known(found["user"], "microsoft")
    if account is None:
        raise graph_error(404, "ResourceNotFound", f"The resource {resource} was not found.")
    if account.consent != "full":
        raise graph_error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    return account, (found["folder"] or "").lower()


def _expiry(call: Call, body: Json) -> datetime:
    try:
        wanted = instant(str(body["expirationDateTime"]))
    except ValueError as problem:
        raise _wrong(f"expirationDateTime: {problem}") from None
    if wanted <= call.world.now:
        raise _wrong("Subscription expiration must be in the future.")
    if wanted > call.world.now + LONGEST:
        minutes = int(LONGEST.total_seconds() // 60)
        raise _wrong(f"Subscription expiration can only be {minutes} minutes in the future.")
    return max(wanted, call.world.now + SHORTEST)


def _shake_hands(call: Call, url: str) -> None:
    """POST a token to the client's address, which has to come back decoded as plain text within ten seconds."""
    if not is_loopback(url):
        raise _wrong(f"The sandbox notifies loopback addresses only, not {url}.")
    token = f"Validation: Testing client {call.world.watches.made + 1} reachability, 100% + more/Request-Id=<sandbox>"
    where = f"{url}{'&' if urlsplit(url).query else '?'}validationToken={quote(token, safe='')}"
    try:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        answer = httpx.post(where, headers=headers, timeout=HANDSHAKE_SECONDS, trust_env=False)
    except httpx.HTTPError as problem:
        raise _wrong(f"Subscription validation request failed: {problem!r}.") from None
    plain = answer.headers.get("content-type", "").lower().startswith("text/plain")
    if answer.status_code != 200 or not plain or answer.text != token:
        raise _wrong(
            f"Subscription validation request failed: HTTP {answer.status_code}, or not the token as plain text."
        )


def is_loopback(url: str) -> bool:
    """Whether an address is plain HTTP on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")


def _made(call: Call, body: Json, account: Account, folder: str, kinds: frozenset[str]) -> Subscription:
    watches = call.world.watches
    watches.made += 1
    state = body.get("clientState")
    made = Subscription(
        id=f"5ab5c71b-0000-4000-8000-{watches.made:012d}",
        resource=str(body["resource"]),
        account=account.address,
        folder=folder,
        kinds=kinds,
        url=str(body["notificationUrl"]),
        lifecycle_url=str(body.get("lifecycleNotificationUrl") or ""),
        client_state=None if state is None else str(state),
        expires=call.world.now,
        immutable=prefer(call).immutable,
        seen=account.mailbox.changes if folder else account.calendar.changes,
    )
    return watches.subscriptions.setdefault(made.id, made)


def _written(subscription: Subscription) -> Json:
    """The resource without the client's secret, which Graph does not show again."""
    return {
        "id": subscription.id,
        "resource": subscription.resource,
        "changeType": ",".join(sorted(subscription.kinds)),
        "notificationUrl": subscription.url,
        "lifecycleNotificationUrl": subscription.lifecycle_url or None,
        "expirationDateTime": zulu(subscription.expires),
        "clientState": None,
        "applicationId": "00000000-0000-4000-8000-000000000002",
        "creatorId": "00000000-0000-4000-8000-000000000003",
    }


def _one(call: Call) -> Subscription:
    found = call.world.watches.subscriptions.get(call.args["id"])
    if found is None or found.expires <= call.world.now:
        raise graph_error(404, "ResourceNotFound", "The object was not found.")
    return found


def listed(call: Call) -> Answer:
    """All subscriptions that have not expired."""
    live = [each for each in call.world.watches.subscriptions.values() if each.expires > call.world.now]
    return Answer(200, {"value": [_written(each) for each in live]})


def get(call: Call) -> Answer:
    """One subscription."""
    return Answer(200, _written(_one(call)))


def renew(call: Call) -> Answer:
    """Set a later end; nothing else can be changed."""
    found, body = _one(call), call.json()
    if {name for name in body if not name.startswith("@odata.")} != {"expirationDateTime"}:
        raise _wrong("Only expirationDateTime can be changed; anything else takes a new subscription.")
    found.expires, found.reminded = _expiry(call, body), False
    return Answer(200, _written(found))


def reauthorise(call: Call) -> Answer:
    """Confirm a subscription; its end stays where it is."""
    found = _one(call)
    account = call.world.known(found.account, "microsoft")
    if account is None or account.consent != "full":
        raise graph_error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    return Answer(204)


def delete(call: Call) -> Answer:
    """End a subscription."""
    del call.world.watches.subscriptions[_one(call).id]
    return Answer(204)


def _operation(
    name: str, verb: str, path: str, serve: Callable[[Call], Answer], body: str = "", shape: str = ""
) -> Operation:
    pattern = re.compile(rf"/v1\.0/subscriptions{path}")
    return Operation(
        f"subscriptions.{name}", "microsoft", verb, pattern, serve, body=body, shape=shape, calls_back=name == "create"
    )


OPERATIONS: tuple[Operation, ...] = (
    _operation("create", "POST", "", create, "subscription", "subscription"),
    _operation("list", "GET", "", listed, shape="[]subscription"),
    _operation("get", "GET", "/(?P<id>[^/]+)", get, shape="subscription"),
    _operation("renew", "PATCH", "/(?P<id>[^/]+)", renew, "subscription", "subscription"),
    _operation("delete", "DELETE", "/(?P<id>[^/]+)", delete),
    _operation("reauthorize", "POST", "/(?P<id>[^/]+)/reauthorize", reauthorise),
)
