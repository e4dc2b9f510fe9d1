"""The human hand: what the world's people do by themselves, at an instant or when something arrives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from adapters.sandbox import invitations
from adapters.sandbox.delivery import dispatch
from adapters.sandbox.letters import fresh_mail, reply_mail
from adapters.sandbox.mailboxes import addresses_of, newest, store
from adapters.sandbox.records import Account, Entry, Json, Mail
from adapters.sandbox.wire import instant, zulu
from adapters.sandbox.world import World

COMMON = frozenset({"account", "act", "at", "when", "delay_minutes", "every"})
FIELDS = {
    "move": frozenset({"start", "end", "shift_minutes", "event"}),
    "accept": frozenset({"event", "comment"}),
    "decline": frozenset({"event", "comment"}),
    "propose": frozenset({"start", "end", "event", "comment"}),
    "delete": frozenset({"event"}),
    "reply": frozenset({"text", "mail"}),
    "send": frozenset({"to", "subject", "text", "in_reply_to", "from"}),
    "leave": frozenset({"start", "end", "subject"}),
    "busy": frozenset({"start", "end", "status", "subject"}),
    "revoke": frozenset({"comment"}),
    "grant": frozenset({"comment"}),
}
REQUIRED = {
    "propose": ("start", "end"),
    "reply": ("text",),
    "send": ("to", "subject", "text"),
    "leave": ("start", "end"),
    "busy": ("start", "end"),
}
MAIL_ACTS = frozenset({"reply", "send"})
STATUSES = ("free", "tentative", "busy", "oof", "workingElsewhere")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person does; `entry` and `mail` are what it is about when an arrival set it off."""

    account: Account
    name: str
    fields: Json
    entry: Entry | None = None
    mail: Mail | None = None


def queue_acts(world: World, orders: Json | list[Json]) -> int:
    """Queue one act or a list of acts; all are checked first, ValueError says in a sentence what is wrong."""
    items = orders if isinstance(orders, list) else [orders]
    acts = [_checked(world, order) for order in items]
    for act in acts:
        _queue(world, act)
    return len(acts)


def _checked(world: World, order: Json) -> Act:
    if not isinstance(order, dict):
        raise ValueError("An act is a JSON object.")
    account, name = world.account(str(order.get("account", ""))), str(order.get("act", ""))
    if account is None:
        raise ValueError(f"There is no account {order.get('account')!r}.")
    if name not in FIELDS:
        raise ValueError(f"There is no act {name!r}; there are {', '.join(FIELDS)}.")
    unknown = sorted(set(order) - COMMON - FIELDS[name])
    if unknown:
        raise ValueError(f"The act {name} has no field {unknown[0]!r}.")
    missing = [field for field in REQUIRED.get(name, ()) if field not in order]
    if missing:
        raise ValueError(f"The act {name} needs the field {missing[0]!r}.")
    _check_values(name, order)
    return Act(account, name, order)


def _check_values(name: str, order: Json) -> None:
    for field in ("at", "start", "end"):
        if field in order:
            instant(str(order[field]))
    if name == "move" and ("start" in order) == ("shift_minutes" in order):
        raise ValueError("The act move needs either 'start' or 'shift_minutes'.")
    if "at" in order and "when" in order:
        raise ValueError("An act happens at an instant or when something arrives, not both.")
    if order.get("status", "busy") not in STATUSES:
        raise ValueError(f"The status is one of {', '.join(STATUSES)}.")
    for field, known in (
        ("when", {"subject_has", "header_has", "nth"}),
        ("event", {"subject_has"}),
        ("mail", {"subject_has"}),
    ):
        part = order.get(field, {"subject_has": ""})
        if not isinstance(part, dict) or "subject_has" not in part or set(part) - known:
            raise ValueError(f"The field {field!r} is an object with 'subject_has'.")


def _queue(world: World, act: Act) -> None:
    delay = timedelta(minutes=float(act.fields.get("delay_minutes", 0)))
    if "when" in act.fields:
        world.watchers.append(_Watch(world, act, delay))
        return
    start = instant(act.fields["at"]) if "at" in act.fields else world.now
    world.at(start + delay, lambda: perform(world, act))


@dataclass
class _Watch:
    """Waits for the nth matching arrival (each one with `every`) and queues the act then."""

    world: World
    act: Act
    delay: timedelta
    seen: int = 0

    def __call__(self, account: Account, thing: Entry | Mail, renewed: bool) -> None:
        if account is not self.act.account or not self._fits(thing, renewed):
            return
        self.seen += 1
        every, nth = bool(self.act.fields.get("every")), int(self.act.fields["when"].get("nth", 1))
        if not every and self.seen != nth:
            return
        mail, entry = (thing, None) if isinstance(thing, Mail) else (None, thing)
        act = replace(self.act, mail=mail, entry=entry)
        self.world.later(self.delay, lambda: perform(self.world, act))

    def _fits(self, thing: Entry | Mail, renewed: bool) -> bool:
        wanted = self.act.name in MAIL_ACTS
        if isinstance(thing, Mail) is not wanted or (renewed and not self.act.fields.get("every")):
            return False
        if isinstance(thing, Mail) and thing.calendar:
            return False
        when = self.act.fields["when"]
        header = str(when.get("header_has", "")).lower().encode()
        if header and not (isinstance(thing, Mail) and header in _header_block(thing)):
            return False
        return str(when["subject_has"]).lower() in thing.subject.lower()


def _header_block(mail: Mail) -> bytes:
    return mail.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()


def perform(world: World, act: Act) -> list[str]:
    """Do it now; answers the accounts changed at once and notes the outcome."""
    outcome = ACTS[act.name](world, act)
    line = {
        "at": zulu(world.now),
        "account": act.account.address,
        "act": act.name,
        "outcome": outcome or "done",
    }
    world.acts.append(line)
    return [] if outcome or act.name in ("revoke", "grant") else [act.account.address]


def _chosen_event(world: World, act: Act) -> Entry | None:
    if act.entry is not None and "event" not in act.fields:
        return act.entry if act.entry.live else None
    words = str(act.fields.get("event", {}).get("subject_has", "")).lower()
    found = [e for e in act.account.calendar.entries.values() if e.live and e.guests and words in e.subject.lower()]
    coming = sorted((e for e in found if e.end > world.now), key=lambda e: (e.start, e.number))
    return coming[0] if coming else None


def _move(world: World, act: Act) -> str:
    entry = _chosen_event(world, act)
    if entry is None:
        return "no such event"
    if act.account.provider == "google" and entry.response != "organizer" and not entry.extra.get("guestsCanModify"):
        return "a guest cannot move an event in Google"
    length = entry.end - entry.start
    start = entry.start + timedelta(minutes=float(act.fields.get("shift_minutes", 0)))
    if "start" in act.fields:
        start = instant(act.fields["start"])
    end = instant(act.fields["end"]) if "end" in act.fields else start + length
    invitations.change(world, act.account, entry, {"start": start, "end": end})
    return ""


def _answer(world: World, act: Act) -> str:
    entry = _chosen_event(world, act)
    if entry is None or entry.response == "organizer":
        return "no invitation to answer"
    response = "accepted" if act.name == "accept" else "declined"
    invitations.respond(world, act.account, entry, response, str(act.fields.get("comment", "")))
    return ""


def _propose(world: World, act: Act) -> str:
    entry = _chosen_event(world, act)
    if entry is None or entry.response == "organizer":
        return "no invitation to answer"
    if entry.extra.get("allowNewTimeProposals") is False:
        return "the organiser takes no proposals"
    proposed = (instant(act.fields["start"]), instant(act.fields["end"]))
    invitations.respond(world, act.account, entry, "tentative", str(act.fields.get("comment", "")), proposed)
    return ""


def _delete(world: World, act: Act) -> str:
    entry = _chosen_event(world, act)
    if entry is None:
        return "no such event"
    invitations.remove(world, act.account, entry)
    return ""


def _reply(world: World, act: Act) -> str:
    words = str(act.fields.get("mail", {}).get("subject_has", ""))
    original = act.mail if act.mail is not None and "mail" not in act.fields else newest(act.account, words)
    if original is None:
        return "no such mail"
    _send_out(world, act.account, reply_mail(act.account, original, str(act.fields["text"]), world.now))
    return ""


def _send_out(world: World, account: Account, raw: bytes) -> None:
    store(account, raw, "sentitems", world.now)
    dispatch(world, account.address, raw)


def _send(world: World, act: Act) -> str:
    fields = {name: str(value) for name, value in act.fields.items() if name in FIELDS["send"]}
    raw = fresh_mail(act.account, world.now, fields)
    sender = (addresses_of(fields.get("from", "")) or [("", act.account.address)])[0][1]
    if sender.lower() == act.account.address:
        _send_out(world, act.account, raw)
        return ""
    dispatch(world, sender, raw, genuine=False)
    return "sent by an outsider"


def _block(world: World, act: Act) -> str:
    leave = act.name == "leave"
    entry = Entry(
        subject=str(act.fields.get("subject") or ("Out of office" if leave else "Busy")),
        start=instant(act.fields["start"]),
        end=instant(act.fields["end"]),
        organiser=act.account.address,
        zone=act.account.zone,
        show_as="oof" if leave else str(act.fields.get("status", "busy")),
    )
    invitations.book(world, act.account, entry, quiet=True)
    return ""


def _consent(_: World, act: Act) -> str:
    act.account.revoked = act.name == "revoke"
    return ""


ACTS: dict[str, Callable[[World, Act], str]] = {
    "move": _move,
    "accept": _answer,
    "decline": _answer,
    "propose": _propose,
    "delete": _delete,
    "reply": _reply,
    "send": _send,
    "leave": _block,
    "busy": _block,
    "revoke": _consent,
    "grant": _consent,
}
