"""What a person said in a reply, as commands and sections; what follows from it is decided elsewhere."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.charter import ConflictPolicy
from domain.goals import GoalKind, GoalReaders


class Command(StrEnum):
    """A first line that as a whole is an answer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    AGREE = "agree"
    STOP = "stop"
    HELD = "held"
    NOT_HELD = "not_held"
    SKIP = "skip"
    DONE = "done"
    DROP = "drop"
    UNDO = "undo"
    MOVE = "move"
    PAUSE = "pause"
    CLOSE = "close"
    KEEP = "keep"
    SHORTEN = "shorten"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    OPENLY = "openly"
    RECALIBRATE = "recalibrate"
    REVIVE = "revive"
    DELETE_NOTES = "delete_notes"
    ASK_AGENDA = "ask_agenda"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class SaidAction:
    """An action that a reply names: `owner` is "me", "you" or a name as written.

    `due` is None when no date was understood.
    """

    owner: str
    text: str
    due: date | None


@dataclass(frozen=True, slots=True)
class SaidTerms:
    """Terms of a charter that a reply names: how long a meeting lasts, and how far apart meetings are, in days or in
    months; 0 where it says nothing.

    `agenda_lead_hours`, `conflict` and `until` are as in Charter; `organiser` is "me", "you", "mentor", "mentee" or
    "service", and "" where it says nothing. `extend` wishes for a longer term and names no day.
    """

    minutes: int = 0
    days: int = 0
    months: int = 0
    agenda_lead_hours: int = 0
    conflict: ConflictPolicy | None = None
    organiser: str = ""
    until: date | None = None
    extend: bool = False


@dataclass(frozen=True, slots=True)
class SaidGoal:
    """What a reply says of one goal: by its number, or of a new one (0). What it does not say is empty.

    `ended` says that it is reached (True) or let go (False); then it says nothing else.
    """

    number: int = 0
    text: str = ""
    kind: GoalKind | None = None
    test: str = ""
    readers: GoalReaders | None = None
    ended: bool | None = None


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time that a reply names on its writer's own clock, or on that of `zone` (IANA) where it names a place.

    Without `at` a whole day is meant; without `day` the hour is named alone, on a day that both know. One of the two is
    always there.
    """

    day: date | None
    at: time | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class SaidNote:
    """What a reply notes for its writer alone, and the day that it names, if any; no representation shows the words."""

    text: str = field(repr=False)
    hint: date | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply taken apart. Each section holds its bullet points in order.

    `unsorted` is text under no heading that is no command. `asked` is what would be the command without its question
    mark: it never acts, it is asked back. `courtesy` says that the reply only thanks. `mentor` is whom it asks to be
    one, as written. `notes` are set apart from all that and are for its writer's notebook alone. `private` says that
    a private note stands somewhere in it of which it is not sure where it ends: then nothing of it may be used.
    `times` are those that it offers for a meeting, in its order; what it refuses or only limits is not among them.
    `time_unclear` says that it asks for another time and names a day or an hour, but none that is sure to be meant.
    `absent` says that it tells no more than that its writer cannot come or has nothing to bring.
    `terms` are what the command is said on: "happy to, but only 30 minutes". `proposal` are other terms that it would
    like from now on: "could we do every six weeks instead?". `until` is the day that a pause is to end with.
    `aims` are its `goals`, line by line, as what they say of the goals that are known.
    """

    command: Command | None = None
    done: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    actions: tuple[SaidAction, ...] = ()
    unsorted: tuple[str, ...] = ()
    private: bool = False
    asked: Command | None = None
    courtesy: bool = False
    mentor: str = ""
    why: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    notes: tuple[SaidNote, ...] = ()
    times: tuple[SaidTime, ...] = ()
    time_unclear: bool = False
    absent: bool = False
    terms: SaidTerms | None = None
    proposal: SaidTerms | None = None
    until: date | None = None
    aims: tuple[SaidGoal, ...] = ()
