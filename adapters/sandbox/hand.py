"""The human hand: what the world's people do by themselves, at an instant or when something arrives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from adapters.sandbox import hand_calendar, hand_mail, hand_meetings, hand_people
from adapters.sandbox.act import Act, Deed, is_day, moment
from adapters.sandbox.hand_files import files_in
from adapters.sandbox.records import Account, Entry, Json, Mail
from adapters.sandbox.wire import instant, zulu
from adapters.sandbox.world import World

COMMON = frozenset({"account", "act", "at", "when", "delay_minutes", "every"})
DEEDS: dict[str, Deed] = {**hand_meetings.DEEDS, **hand_calendar.DEEDS, **hand_mail.DEEDS, **hand_people.DEEDS}


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
    if name not in DEEDS:
        raise ValueError(f"There is no act {name!r}; there are {', '.join(DEEDS)}.")
    deed = DEEDS[name]
    unknown = sorted(set(order) - COMMON - deed.may - set(deed.needs))
    if unknown:
        raise ValueError(f"The act {name} has no field {unknown[0]!r}.")
    missing = [field for field in deed.needs if field not in order]
    if missing:
        raise ValueError(f"The act {name} needs the field {missing[0]!r}.")
    _check_values(account, name, order)
    return Act(account, name, order)


def _check_values(account: Account, name: str, order: Json) -> None:
    _check_times(account, order)
    ways = sum(field in order for field in ("start", "shift_minutes", "cancel"))
    if name in ("move", "exception") and ways != 1:
        raise ValueError(f"The act {name} needs either 'start' or 'shift_minutes'{_or_cancel(name)}.")
    if "at" in order and "when" in order:
        raise ValueError("An act happens at an instant or when something arrives, not both.")
    if order.get("status", "busy") not in hand_calendar.STATUSES:
        raise ValueError(f"The status is one of {', '.join(hand_calendar.STATUSES)}.")
    for field in ("count", "interval"):
        int(str(order.get(field, "1")))
    _check_parts(order)
    files_in(order)


def _check_times(account: Account, order: Json) -> None:
    if "at" in order:
        instant(str(order["at"]))
    ends = [str(order[field]) for field in ("start", "end") if field in order]
    for end in ends:
        moment(account, end)
    if len({is_day(end) for end in ends}) > 1:
        raise ValueError("Start and end are both instants or both days.")
    if "occurrence" in order:
        date.fromisoformat(str(order["occurrence"]))


def _or_cancel(name: str) -> str:
    return " or 'cancel'" if name == "exception" else ""


def _check_parts(order: Json) -> None:
    for field, known in (
        ("when", {"subject_has", "header_has", "nth"}),
        ("event", {"subject_has"}),
        ("mail", {"subject_has"}),
    ):
        part = order.get(field, {"subject_has": ""})
        if not isinstance(part, dict) or "subject_has" not in part or set(part) - known:
            raise ValueError(f"The field {field!r} is an object with 'subject_has'.")


def prepared(world: World, order: Json) -> Callable[[], list[str]]:
    """An act that is checked now and done when it is called for; it has no time of its own."""
    act = _checked(world, order)
    timed = sorted({"at", "when", "delay_minutes", "every"} & set(order))
    if timed:
        raise ValueError(f"An act beside a request has no {timed[0]!r}.")
    return partial(perform, world, act)


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
        wanted = DEEDS[self.act.name].by_mail
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
    outcome = DEEDS[act.name].do(world, act)
    line = {
        "at": zulu(world.now),
        "account": act.account.address,
        "act": act.name,
        "outcome": outcome.words,
    }
    world.acts.append(line)
    return list(outcome.changed)
