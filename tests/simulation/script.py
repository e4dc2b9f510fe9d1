"""What a seed stands for: who organises, who is where, and everything that people, providers and power cuts will do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.memory.world import Fault

MOST_ACTS = 8
SPAN = timedelta(days=9)
"""All acts and troubles happen within so long from the beginning."""

MONDAYS = ((2027, 2, 22), (2027, 3, 8), (2027, 3, 22), (2026, 10, 19))
"""Beginnings: an ordinary week, and some from which the clocks change on one side or the other."""

ACTS = (
    *("move",) * 6,
    *("accept", "decline", "tentative") * 2,
    *("propose", "delete", "vanish", "restore", "appointment", "leave", "by_hand", "by_hand_both", "guest", "touch")
    * 2,
    *("skip", "question", "held", "not_held"),
)
READS = ("calendar.changes", "calendar.busy", "calendar.find", "calendar.read", "mailbox.arrivals", "mailbox.find")
WRITES = ("calendar.book", "calendar.move", "calendar.cancel", "mailbox.draft", "mailbox.send")
_CURSORS = ("calendar.changes", "mailbox.arrivals")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that one of the two ("mentor", "mentee") does `at` so long after the beginning.

    `choice` is a number that settles the details once it is known what there is to choose from.
    """

    at: timedelta
    who: str
    what: str
    choice: int

    def __str__(self) -> str:
        return f"{_clock(self.at)} {self.who} {self.what}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """The next call of an operation after `at` meets a fault."""

    at: timedelta
    operation: str
    fault: Fault

    def __str__(self) -> str:
        return f"{_clock(self.at)} the next {self.operation} meets {self.fault.value}"


@dataclass(frozen=True, slots=True)
class Death:
    """The daemon dies at the nth kill point that it passes, and is away for a while."""

    nth: int
    away: timedelta

    def __str__(self) -> str:
        return f"the daemon dies at kill point {self.nth} and is away for {self.away}"


@dataclass(frozen=True, slots=True)
class Script:
    """One whole run; the same seed gives the same script, on every machine.

    `service`, `mentor` and `mentee` are clouds. `zone` is the mentor's. `accepting` names who accepts invitations by
    habit, `hearing` is the share of change hints that arrive, `appointments` the number of each one's other events.
    """

    seed: int
    organiser: str
    service: str
    mentor: str
    conflict: str
    zone: str
    start: datetime
    accepting: tuple[str, ...]
    hearing: float
    appointments: int
    acts: tuple[Act, ...]
    troubles: tuple[Trouble, ...]
    deaths: tuple[Death, ...]

    @property
    def mentee(self) -> str:
        """The mentee's cloud: the one where the mentor is not."""
        return "google" if self.mentor == "microsoft" else "microsoft"

    @property
    def events(self) -> tuple[Act | Trouble | Death, ...]:
        """All that may be left out to find what matters: acts, troubles and deaths, in this order."""
        return (*self.acts, *self.troubles, *self.deaths)

    @property
    def last(self) -> timedelta:
        """When the last act or trouble is."""
        return max([timedelta(0), *(act.at for act in self.acts), *(trouble.at for trouble in self.troubles)])

    def only(self, kept: frozenset[int]) -> "Script":
        """Return the script with only the acts, troubles and deaths at those places of `events`."""
        chosen = [event for place, event in enumerate(self.events) if place in kept]
        return replace(
            self,
            acts=tuple(event for event in chosen if isinstance(event, Act)),
            troubles=tuple(event for event in chosen if isinstance(event, Trouble)),
            deaths=tuple(event for event in chosen if isinstance(event, Death)),
        )

    def told(self) -> str:
        """Return it for a person to read; each line of what happens opens with its place in `events`."""
        head = (
            f"seed {self.seed}: the {self.organiser} organises, conflict: {self.conflict}, service at {self.service}, "
            f"mentor at {self.mentor} ({self.zone}), mentee at {self.mentee}, from {self.start:%Y-%m-%d}, "
            f"accepting: {', '.join(self.accepting) or 'nobody'}, hints heard: {self.hearing:.0%}"
        )
        return "\n".join([head, *(f"  {place:2} {event}" for place, event in enumerate(self.events))])


def script_of(seed: int) -> Script:
    """Return the script of a seed."""
    chance = Random(seed)
    moments = _moments(chance, chance.randint(1, MOST_ACTS))
    acts = tuple(
        Act(at, chance.choice(("mentor", "mentee")), chance.choice(ACTS), chance.getrandbits(30)) for at in moments
    )
    return Script(
        seed=seed,
        organiser=chance.choice(("mentor", "mentee", "service")),
        service=chance.choice(("microsoft", "google")),
        mentor=chance.choice(("microsoft", "google")),
        conflict=chance.choice(("move", "move", "skip", "shorten", "ask")),
        zone=chance.choice(("Europe/London", "Europe/London", "America/Chicago")),
        start=datetime(*chance.choice(MONDAYS), 8, tzinfo=UTC),
        accepting=chance.choice(((), ("mentor",), ("mentee",), ("mentor", "mentee"))),
        hearing=chance.choice((1.0, 0.6, 0.1)),
        appointments=chance.randint(0, 12),
        acts=acts,
        troubles=_troubles(chance, 1 + int(moments[-1].total_seconds())),
        deaths=tuple(_death(chance) for _ in range(chance.choice((0, 0, 1, 2)))),
    )


def _moments(chance: Random, count: int) -> tuple[timedelta, ...]:
    """Bursts: some things happen seconds after each other, some minutes, some days."""
    moments, now = [], timedelta(minutes=chance.randint(1, 36 * 60))
    for _ in range(count):
        moments.append(min(now, SPAN))
        gap = chance.choice((90, 90, 1_200, 7_200, 86_400, 200_000))
        now += timedelta(seconds=chance.randrange(gap))
    return tuple(moments)


def _troubles(chance: Random, last: int) -> tuple[Trouble, ...]:
    troubles = [_trouble(chance, last) for _ in range(chance.choice((0, 1, 2, 4)))]
    return tuple(sorted(troubles, key=lambda trouble: trouble.at))


def _trouble(chance: Random, last: int) -> Trouble:
    at = timedelta(seconds=chance.randrange(last))
    if chance.random() < 0.2:
        return Trouble(at, chance.choice(_CURSORS), Fault.CURSOR_EXPIRED)
    if chance.random() < 0.4:
        return Trouble(at, chance.choice(READS), Fault.TRY_LATER)
    return Trouble(
        at, chance.choice(WRITES), chance.choice((Fault.TRY_LATER, Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER))
    )


def _death(chance: Random) -> Death:
    away = chance.choice((timedelta(0), timedelta(0), timedelta(minutes=20), timedelta(hours=5), timedelta(hours=30)))
    return Death(chance.randint(1, 250), away)


def _clock(at: timedelta) -> str:
    hours, rest = divmod(int(at.total_seconds()), 3600)
    return f"day {hours // 24} {hours % 24:02}:{rest // 60:02}:{rest % 60:02}"
