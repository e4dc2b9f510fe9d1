"""Google's channels: a calendar watched for seven days at most, and the stop of a channel."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from adapters.sandbox.google_common import operation
from adapters.sandbox.graph_subscriptions import is_loopback
from adapters.sandbox.records import Json
from adapters.sandbox.watches import Channel
from adapters.sandbox.wire import Answer, Call, Operation, google_error

LONGEST = timedelta(days=7)
SETTABLE = frozenset({"id", "type", "address", "token", "expiration", "params", "payload", "kind"})


def watch(call: Call) -> Answer:
    """Open a channel; its id is used once and never again. The first message says `sync`."""
    body = call.json()
    identity = str(body.get("id") or "")
    if set(body) - SETTABLE or not re.fullmatch(r"[A-Za-z0-9\-_+/=]{1,64}", identity):
        raise google_error(400, "invalid", "A channel needs an id of up to 64 characters and no unknown fields.")
    if body.get("type") not in ("web_hook", "webhook"):
        raise google_error(400, "invalid", "Unknown channel type.")
    if not is_loopback(str(body.get("address") or "")):
        raise google_error(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS, or here on loopback.")
    if identity in call.world.watches.used_ids:
        raise google_error(400, "channelIdNotUnique", f"Channel id {identity} not unique")
    call.world.watches.used_ids.add(identity)
    channel = _opened(call, body, identity)
    call.world.watches.channels[identity] = channel
    return Answer(200, _written(channel))


def _opened(call: Call, body: Json, identity: str) -> Channel:
    calendar = call.calendar
    return Channel(
        id=identity,
        resource_id=hashlib.sha256(calendar.id.encode()).hexdigest()[:27],
        uri=f"{call.base_url}/calendar/v3/calendars/{quote(calendar.id)}/events?alt=json",
        account=call.account.address,
        calendar=calendar.id,
        url=str(body["address"]),
        token=str(body.get("token") or ""),
        expires=_expiry(call, body),
        seen=calendar.changes,
    )


def _expiry(call: Call, body: Json) -> datetime:
    latest = call.world.now + LONGEST
    if body.get("expiration"):
        return min(latest, datetime.fromtimestamp(int(body["expiration"]) / 1000, UTC))
    seconds = str((body.get("params") or {}).get("ttl", ""))
    return min(latest, call.world.now + timedelta(seconds=int(seconds))) if seconds.isdigit() else latest


def _written(channel: Channel) -> Json:
    return {
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": channel.uri,
        "expiration": str(int(channel.expires.timestamp() * 1000)),
        **({"token": channel.token} if channel.token else {}),
    }


def stop(call: Call) -> Answer:
    """Close a channel; a message that is under way may still come."""
    body = call.json()
    channel = call.world.watches.channels.get(str(body.get("id", "")))
    if channel is None or channel.stopped or channel.resource_id != body.get("resourceId"):
        raise google_error(404, "notFound", f"Channel '{body.get('id', '')}' not found for project")
    channel.stopped = True
    return Answer(204)


OPERATIONS: tuple[Operation, ...] = (
    operation(
        "events.watch",
        "POST",
        "/calendar/v3/calendars/(?P<user>[^/]+)/events/watch",
        watch,
        "calendar.events.watch",
    ),
    operation("channels.stop", "POST", "/calendar/v3/channels/stop", stop, "calendar.channels.stop"),
)
