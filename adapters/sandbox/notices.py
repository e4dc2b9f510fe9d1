"""Which notices are due right after a change, in both clouds' forms, and what the fault table makes of them."""

import email.utils
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import httpx

from adapters.sandbox.faults import Fault, Faults
from adapters.sandbox.graph_event import event_id
from adapters.sandbox.graph_message import message_id
from adapters.sandbox.records import Account, Entry, Json, Mail
from adapters.sandbox.watches import Channel, Notice, Subscription
from adapters.sandbox.wire import Answer, Operation, zulu
from adapters.sandbox.world import World

TENANT = "00000000-0000-4000-8000-000000000001"
REMINDER = timedelta(hours=2)
"""How long before its end a subscription is asked to be authorised again."""

HELD_BACK = timedelta(minutes=5)
"""How long a notice that was overtaken, or not taken, waits at most for others that go before it."""

PATIENCE = timedelta(hours=4)
"""How long both clouds try to deliver a notice."""

SECONDS = 3.0
"""How long a notice waits for its answer; these seconds are real ones."""

LIFECYCLE = {
    "notification_missed": "missed",
    "subscription_removed": "subscriptionRemoved",
    "reauthorization_required": "reauthorizationRequired",
}
NOTICES = {
    cloud: Operation("notification", cloud, "POST", re.compile("(?!)"), lambda _: Answer(404))
    for cloud in ("microsoft", "google")
}
"""Under these the fault table strikes what the clouds send to their clients."""


@dataclass
class Outgoing:
    """Collects the notices of one moment; those put off come after all others, later ones at the next moment."""

    world: World
    faults: Faults
    graph: list[tuple[str, Json]]
    again: list[Notice]
    ready: list[Notice]

    def strike(self, provider: str, account: str) -> Fault | None:
        """The fault that hits the next notice of this account."""
        fault = self.faults.strike(NOTICES[provider], account, False)
        if fault is not None:
            self.world.watches.count(fault.fault)
        return fault

    def graph_notice(self, items: Iterable[Json], url: str) -> Notice:
        """A POST of several of Graph's notifications to one address."""
        body = json.dumps({"value": list(items)}).encode()
        return Notice("microsoft", url, {"Content-Type": "application/json; charset=utf-8"}, body, self.world.now)

    def treat(self, fault: str, notice: Callable[[], Notice]) -> bool:
        """Double or hold a notice back; answers whether it still goes out by itself."""
        if fault == "notification_doubled":
            self.again.append(notice())
        if fault == "notification_reordered":
            self.world.watches.held.append(notice())
        return fault in ("", "notification_doubled")


def due(world: World, faults: Faults) -> list[Notice]:
    """All notices that are due now, in the order in which they go; nothing is due twice."""
    held, world.watches.held = world.watches.held, []
    out = Outgoing(world, faults, [], [], [])
    for subscription in list(world.watches.subscriptions.values()):
        _graph_due(out, subscription)
    for channel in list(world.watches.channels.values()):
        _google_due(out, channel)
    by_url: dict[str, list[Json]] = {}
    for url, item in out.graph:
        by_url.setdefault(url, []).append(item)
    batched = [out.graph_notice(items, url) for url, items in by_url.items()]
    fresh = batched + out.ready + out.again
    kept = [notice for notice in held if world.now - notice.since < PATIENCE]
    overdue = [notice for notice in kept if fresh or world.now - notice.since >= HELD_BACK]
    world.watches.held += [notice for notice in kept if notice not in overdue]
    return fresh + overdue


def _graph_due(out: Outgoing, subscription: Subscription) -> None:
    world, account = out.world, out.world.known(subscription.account, "microsoft")
    if world.now >= subscription.expires:
        del world.watches.subscriptions[subscription.id]
        return
    if account is None:
        _lifecycle(out, subscription, "subscriptionRemoved")
        return
    if account.consent != "full" or subscription.expires - world.now <= REMINDER:
        if not subscription.reminded:
            _lifecycle(out, subscription, "reauthorizationRequired")
        if account.consent != "full":
            return
    for item in _graph_items(world, account, subscription):
        _graph_item(out, subscription, item)


def _graph_item(out: Outgoing, subscription: Subscription, item: Json) -> None:
    fault = out.strike("microsoft", subscription.account)
    name = fault.fault if fault is not None else ""
    if name in LIFECYCLE:
        _lifecycle(out, subscription, LIFECYCLE[name])
        if name != "reauthorization_required":
            return
        name = ""
    if out.treat(name, lambda: out.graph_notice([item], subscription.url)):
        out.graph.append((subscription.url, item))


def _lifecycle(out: Outgoing, subscription: Subscription, event: str) -> None:
    """Say what has become of the subscription itself; a removed one is gone from this moment on."""
    if event == "subscriptionRemoved":
        out.world.watches.subscriptions.pop(subscription.id, None)
    if event == "reauthorizationRequired":
        subscription.reminded = True
    if subscription.lifecycle_url:
        item = _graph_head(subscription) | {"lifecycleEvent": event, "resource": subscription.resource}
        out.ready.append(out.graph_notice([item], subscription.lifecycle_url))


def _graph_head(subscription: Subscription) -> Json:
    state = {} if subscription.client_state is None else {"clientState": subscription.client_state}
    ends = zulu(subscription.expires)
    return {
        "subscriptionId": subscription.id,
        "subscriptionExpirationDateTime": ends,
        "tenantId": TENANT,
        **state,
    }


def _graph_items(world: World, account: Account, subscription: Subscription) -> list[Json]:
    """One item per changed event or mail; what changed twice meanwhile comes once."""
    person = f"Users/{account.stamp}-0000-4000-8000-000000000000"
    before = subscription.seen
    things: list[tuple[str, str, str, str]] = []
    if subscription.folder:
        subscription.seen = account.mailbox.changes
        inside = [mail for mail in account.mailbox.changed_since(before) if mail.folder == subscription.folder]
        things = [(*_mail_change(mail, subscription.immutable), "Message", "Messages") for mail in inside]
    else:
        subscription.seen = account.calendar.changes
        entries = account.calendar.changed_since(before)
        things = [(*_change(entry, before, subscription.immutable), "Event", "Events") for entry in entries]
    return [
        _graph_head(subscription)
        | {
            "changeType": kind,
            "resource": f"{person}/{place}/{identity}",
            "resourceData": {
                "@odata.type": f"#Microsoft.Graph.{name}",
                "@odata.id": f"{person}/{place}/{identity}",
                "id": identity,
            },
        }
        for kind, identity, name, place in things
        if kind in subscription.kinds
    ]


def _change(entry: Entry, before: int, immutable: bool) -> tuple[str, str]:
    kind = "deleted" if entry.gone else "created" if entry.first > before else "updated"
    return kind, event_id(entry, immutable)


def _mail_change(mail: Mail, immutable: bool) -> tuple[str, str]:
    return ("deleted" if mail.gone else "created"), message_id(mail, immutable)


def _google_due(out: Outgoing, channel: Channel) -> None:
    watches, account = out.world.watches, out.world.known(channel.account, "google")
    calendar = None if account is None else account.calendar_called(channel.calendar)
    if out.world.now >= channel.expires or account is None or calendar is None or account.consent != "full":
        del watches.channels[channel.id]
        return
    if channel.number == 0:
        out.ready.append(_google_notice(out.world, channel, "sync"))
    if calendar.changes > channel.seen:
        channel.seen = calendar.changes
        fault = out.strike("google", channel.account)
        notice = _google_notice(out.world, channel, "exists")
        if out.treat(fault.fault if fault is not None else "", lambda: notice):
            out.ready.append(notice)
    if channel.stopped:
        del watches.channels[channel.id]


def _google_notice(world: World, channel: Channel, state: str) -> Notice:
    """Headers only; the numbers grow, but not by one."""
    channel.number += 1 if state == "sync" else 1 + (channel.number * 7 + 3) % 4
    headers = {
        "X-Goog-Channel-ID": channel.id,
        "X-Goog-Channel-Expiration": email.utils.format_datetime(channel.expires, usegmt=True),
        "X-Goog-Message-Number": str(channel.number),
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-State": state,
        "X-Goog-Resource-URI": channel.uri,
        **({"X-Goog-Channel-Token": channel.token} if channel.token else {}),
    }
    return Notice("google", channel.url, headers, b"", world.now)


def deliver_all(notices: list[Notice]) -> list[bool]:
    """POST the notices one after the other; answers which were taken (any 2xx)."""
    with httpx.Client(timeout=SECONDS, trust_env=False) as http:
        return [_deliver(http, notice) for notice in notices]


def _deliver(http: httpx.Client, notice: Notice) -> bool:
    try:
        return http.post(notice.url, content=notice.body, headers=notice.headers).is_success
    except httpx.HTTPError:
        return False


def settle(world: World, notices: list[Notice], taken: list[bool]) -> None:
    """Count what went; what was not taken is tried again at later moments, for four hours."""
    for notice, well in zip(notices, taken, strict=True):
        world.watches.count("sent" if well else "failed")
        if not well:
            world.watches.held.append(notice)
