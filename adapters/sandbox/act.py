"""One act of the human hand: who does it, with which words, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from adapters.sandbox.records import Account, Entry, Json, Mail
from adapters.sandbox.wire import instant
from adapters.sandbox.world import World
from adapters.sandbox.zones import zone_of


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person does; `entry` and `mail` are what it is about when an arrival set it off."""

    account: Account
    name: str
    fields: Json
    entry: Entry | None = None
    mail: Mail | None = None

    def text(self, name: str, default: str = "") -> str:
        """A field as text."""
        return str(self.fields.get(name, default))

    def people(self, name: str) -> list[str]:
        """A field that names one address or a list of them."""
        value = self.fields.get(name, [])
        return [str(address) for address in (value if isinstance(value, list) else [value])]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to; `changed` are the addresses of the accounts that it changed at once."""

    changed: tuple[str, ...] = ()
    words: str = "done"


@dataclass(frozen=True, slots=True)
class Deed:
    """How an act is done, the fields that it needs and those that it may have besides."""

    do: Callable[[World, Act], Outcome]
    needs: tuple[str, ...] = ()
    may: frozenset[str] = frozenset()
    by_mail: bool = False


def deed(do: Callable[[World, Act], Outcome], needs: str = "", may: str = "", by_mail: bool = False) -> Deed:
    """A deed whose fields are written as words; `by_mail` are those set off by a mail, not by an event."""
    return Deed(do, tuple(needs.split()), frozenset(may.split()), by_mail)


def done(act: Act) -> Outcome:
    """It is done and has changed the account of the one who did it."""
    return Outcome((act.account.address,))


def undone(words: str) -> Outcome:
    """It could not be done; the words say why."""
    return Outcome((), words)


def is_day(text: str) -> bool:
    """Whether a time is a whole day, `2027-03-01`, and no instant."""
    return len(text) == len("2027-03-01")


def moment(account: Account, text: str) -> datetime:
    """An instant, or the midnight with which a day begins on the account's wall clock; ValueError for neither."""
    if not is_day(text):
        return instant(text)
    return datetime.combine(date.fromisoformat(text), time(), zone_of(account.zone)).astimezone(UTC)


def span(act: Act, entry: Entry) -> tuple[datetime, datetime]:
    """Where an act moves an event: to `start` (and `end`, else as long as before), or by `shift_minutes`."""
    length = entry.end - entry.start
    start = entry.start
    if "start" in act.fields:
        start = moment(act.account, act.text("start"))
    elif "shift_minutes" in act.fields:
        start = datetime.fromtimestamp(start.timestamp() + 60 * float(act.fields["shift_minutes"]), UTC)
    return start, moment(act.account, act.text("end")) if "end" in act.fields else start + length


def chosen_event(world: World, act: Act) -> Entry | None:
    """The standing event that an act is about: the one that arrived, else the next one whose subject fits.

    Appointments without guests, and series, are found only when the act says which words to look for.
    """
    if act.entry is not None and "event" not in act.fields:
        return act.entry if act.entry.live else None
    words = str(act.fields.get("event", {}).get("subject_has", "")).lower()
    found = [
        entry
        for entry in act.account.entries()
        if entry.live and not entry.master and (entry.guests or words) and words in entry.subject.lower()
    ]
    coming = sorted((e for e in found if e.end > world.now or e.rule), key=lambda e: (e.start, e.number))
    return next((entry for entry in coming if entry.guests), coming[0] if coming else None)
