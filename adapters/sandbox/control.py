"""The sandbox's own interface beside the clouds: its clock, the human hand, faults,
the world to look at, the report."""

import base64
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from adapters.sandbox.faults import Faults
from adapters.sandbox.hand import prepared, queue_acts
from adapters.sandbox.records import Account, Entry, Json, Mail
from adapters.sandbox.wire import Answer, instant, zulu
from adapters.sandbox.world import World


def control(
    world: World, faults: Faults, operations: frozenset[str], verb: str, path: str, body: bytes
) -> Answer | None:
    """The answer of one of the sandbox's own paths, or None when the path belongs to a cloud."""
    handler = _HANDLERS.get((verb, path))
    if handler is None:
        return None
    try:
        order = json.loads(body) if body else {}
        return Answer(200, handler(world, faults, operations, order))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        return Answer(400, {"error": str(problem)})


def _clock(world: World, *_: object) -> Json:
    return {"now": zulu(world.now)}


def _advance(world: World, _: Faults, __: frozenset[str], order: Any) -> Json:
    if not isinstance(order, dict) or set(order) != {"advance_to"}:
        raise ValueError("The clock takes {'advance_to': instant}.")
    changed = world.advance(instant(str(order["advance_to"])))
    return {"now": zulu(world.now), "changed": changed}


def _hand(world: World, _: Faults, __: frozenset[str], order: Any) -> Json:
    return {"queued": queue_acts(world, order)}


def _faults(world: World, faults: Faults, operations: frozenset[str], order: Any) -> Json:
    orders = order if isinstance(order, list) else [order]
    for one in orders:
        faults.add(one, operations, partial(prepared, world))
    return {"queued": len(orders)}


def _report(world: World, *_: object) -> Json:
    return world.report()


def view(world: World, *_: object) -> Json:
    """Every mailbox and calendar of the world."""
    accounts = [world.accounts[address] for address in sorted(world.accounts)]
    return {
        "now": zulu(world.now),
        "accounts": [_account_view(account) for account in accounts],
        "mails": [_mail_view(account, mail) for account in accounts for mail in account.mailbox.live()],
        "events": [_entry_view(account, e) for account in accounts for e in account.entries() if not e.gone],
    }


def _account_view(account: Account) -> Json:
    about = {
        "account": account.address,
        "provider": account.provider,
        "name": account.name,
        "zone": account.zone,
        "aliases": list(account.aliases),
    }
    hours = {"days": list(account.hours.days), "from": account.hours.start, "to": account.hours.end}
    return about | {"hours": hours, "revoked": account.revoked, "consent": account.consent, "gone": account.removed}


def _mail_view(account: Account, mail: Mail) -> Json:
    try:
        raw = {"raw": mail.raw.decode()}
    except UnicodeDecodeError:
        raw = {"raw_base64": base64.b64encode(mail.raw).decode()}
    return {
        "account": account.address,
        "folder": mail.folder,
        "id": mail.id,
        "thread": mail.thread,
        "message_id": mail.message_id,
        "from": mail.sender,
        "to": mail.to,
        "subject": mail.subject,
        "date": zulu(mail.at),
        "in_reply_to": mail.in_reply_to,
        **raw,
    }


def _entry_view(account: Account, entry: Entry) -> Json:
    return {
        "account": account.address,
        "calendar": account.home(entry).name,
        "id": entry.id,
        "ical_uid": entry.ical_uid,
        "organiser": entry.organiser,
        "subject": entry.subject,
        "body": entry.body,
        "start": zulu(entry.start),
        "end": zulu(entry.end),
        "location": entry.location,
        "join_url": entry.join_url,
        "status": entry.show_as,
        "response": entry.response,
        "attendees": [{"address": guest.address, "response": guest.response} for guest in entry.guests],
        "transaction_id": entry.transaction or None,
        "properties": {**entry.properties, **entry.private, **entry.shared},
        "sequence": entry.sequence,
        "cancelled": entry.cancelled,
    }


_HANDLERS: dict[tuple[str, str], Callable[[World, Faults, frozenset[str], Any], Json]] = {
    ("GET", "/clock"): _clock,
    ("POST", "/clock"): _advance,
    ("POST", "/hand"): _hand,
    ("POST", "/faults"): _faults,
    ("GET", "/world"): view,
    ("GET", "/report"): _report,
}
