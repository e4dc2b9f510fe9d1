"""Who plays in the demo and what they do by themselves.

Answers, agenda items, actions, one move by hand, one declined meeting, and silence.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

Act = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person; the address is that of an account of the sandbox."""

    name: str
    address: str
    provider: str
    zone: str
    hours: str
    capacity: str = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee who asks a mentor, and what the two talk about, every so many days (0: as the programme has it)."""

    mentor: Player
    mentee: Player
    organiser: str
    goals: tuple[str, ...]
    why: str
    bring: str
    talks: tuple["Talk", ...]
    cadence_days: int = 0

    @property
    def names(self) -> str:
        """How subjects name the two."""
        return " / ".join(player.name.split()[0] for player in (self.mentor, self.mentee))


@dataclass(frozen=True, slots=True)
class Talk:
    """What the mentee writes before one meeting and reports after it; "" is no word at all.

    A meeting that is `given_up` on the way is not asked about.
    """

    preparation: str
    report: str
    given_up: bool = False


MARA = Player(
    "Mara Lindqvist", "mara.lindqvist@contoso.example", "microsoft", "America/Chicago", "mon-fri 09:00-17:00", "4"
)
JONAS = Player("Jonas Albrecht", "jonas.albrecht@gmail.example", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
ISLA = Player("Isla Waratah", "isla.waratah@gmail.example", "google", "Australia/Sydney", "mon-fri 17:00-21:00")
THEO = Player("Theo Hartley", "theo.hartley@contoso.example", "microsoft", "Europe/London", "mon-fri 07:30-10:00")
NURIA = Player("Nuria Ferrer", "nuria.ferrer@gmail.example", "google", "Europe/Madrid", "mon-fri 09:00-18:00")
OWEN = Player("Owen Birch", "owen.birch@contoso.example", "microsoft", "America/New_York", "mon-fri 09:00-17:00")
DELA = Player("Dela Mensah", "dela.mensah@gmail.example", "google", "Africa/Accra", "mon-fri 08:00-18:00")

_JONAS_TALKS = (
    Talk(
        "Questions:\n- Which two things should I stop doing first?\n- How did you learn to say no upwards?\n"
        "Samples: https://intranet.example/plan-q2.pdf",
        "held\n\nLearned: Ask whose problem it is before taking it\n"
        "Action for me: write down what I do all week by 2027-03-08\n"
        "Action for Mara: name two people I should meet by 2027-03-10",
    ),
    Talk(
        "Done:\n- Kept the diary for a week\nLearned: Half of my week is other people's urgency\n"
        "Questions:\n- How do I hand over the weekly report without losing sight of it?",
        "held\n\nLearned: Hand over the decision, not only the task\n"
        "Action for me: hand the weekly report to Lena by 2027-03-22",
    ),
    Talk(
        "Done: Lena writes the report now\nQuestions:\n- What do directors look at in a budget first?\n"
        "Observed: The night shift reads the new rota as a cut",
        "held\n\nAction for me: draft the one-page budget by 2027-04-07\nAction for Mara: read the draft by 2027-04-09",
    ),
    Talk("Samples: https://intranet.example/budget-one-page.pdf\nQuestions: Is one page honest enough?", "held"),
    Talk(
        "Learned: Numbers first, story second\nQuestions:\n- Who should hear it before the meeting?",
        "held\n\nLearned: Nobody likes a surprise in a big room",
    ),
    Talk(
        "Questions: What should the next quarter be about?",
        "held\n\nAction for me: propose three goals by 2027-05-14",
    ),
)
_THEO_TALKS = (
    Talk(
        "Questions:\n- How do I get heard by people twelve hours away?\nNeeds: One introduction in the Sydney office",
        "held\n\nLearned: Write the decision into the first line\n"
        "Action for Isla: introduce me to the harbour team by 2027-03-12",
    ),
    Talk(
        "Done: Rewrote my last five mails with the decision first\nQuestions: Is it too blunt?",
        "held\n\nAction for me: ask three readers what they did after my mail by 2027-03-26",
    ),
    Talk("Learned: Two of three acted at once\nObserved: Field staff read on phones only", "held"),
    Talk(
        "Questions:\n- Should I apply for the lead of the pilot?",
        "held\n\nAction for me: write the application by 2027-04-26\n"
        "Action for Isla: read it before it goes by 2027-04-28",
    ),
    Talk("Done: The application is out\nQuestions: What if they say no?", "not held"),
    Talk("Questions: How do I begin the first week?", "held"),
)
_SILENCE = Talk("", "")
_NURIA_TALKS = (
    _SILENCE,
    _SILENCE,
    Talk("", "", given_up=True),
    Talk(
        "Done: Chose one thing to finish, and finished it\nQuestions:\n- What would you have let go of first?",
        "held\n\nLearned: A small promise that is kept\nAction for me: one page about the move by 2027-05-12",
    ),
    Talk("Samples: https://intranet.example/move-one-page.pdf\nQuestions: Is it ready to be shown?", "held"),
)
_OWEN_TALKS = (
    Talk("Questions:\n- Which numbers do you look at every morning?", "held\n\nLearned: Three numbers, not thirty"),
    Talk("Done: Threw out two of our reports\nQuestions: Who will miss them?", "held"),
    Talk(
        "Learned: Nobody missed them\nQuestions: What do I do with the time?",
        "held\n\nAction for me: a plan for Fridays by 2027-05-05",
    ),
)
_DELA_TALKS = (
    Talk("Questions:\n- How did you find the people who tell you the truth?", "held"),
    Talk("Observed: Two suppliers know of the move before we do\nQuestions: Whom do I tell?", "held"),
    Talk("Done: Told the plant manager first\nQuestions: How do I ask for the bigger project?", "held"),
)
PAIRS = (
    Pair(
        MARA,
        JONAS,
        "mentor",
        ("Lead a team of leads without doing their work", "Be heard in the budget round"),
        "You turned a plant around by taking things away; I keep adding.",
        "I know every shift by name and I prepare what I ask.",
        _JONAS_TALKS,
    ),
    Pair(
        ISLA,
        THEO,
        "service",
        ("Be seen beyond my own office", "Learn how the regions decide"),
        "You run regions from a distance and people still feel asked.",
        "I read the field reports nobody reads and can sum them up.",
        _THEO_TALKS,
    ),
    Pair(
        MARA,
        NURIA,
        "mentor",
        ("Decide what to drop", "Move to the plant in the north without losing the team"),
        "You moved three times and your teams came along.",
        "I know the north and I ask plainly.",
        _NURIA_TALKS,
    ),
    Pair(
        MARA,
        OWEN,
        "service",
        ("Run a quieter shop floor",),
        "Your mornings are short and nothing burns.",
        "I measure what others guess.",
        _OWEN_TALKS,
        28,
    ),
    Pair(
        MARA,
        DELA,
        "service",
        ("Lead the bigger project", "Hear the truth in time"),
        "People tell you things early.",
        "I know our suppliers and their children's names.",
        _DELA_TALKS,
        28,
    ),
)
QUIET = 2
"""Which of the pairs goes quiet, becomes a network contact, and is revived."""
MOVED_CYCLE = 3
DECLINED_CYCLE = 4


def acts(seed: int) -> list[Act]:
    """Return everything that the people of both pairs will do when something reaches them.

    `seed` varies how fast they are.
    """
    chance = Random(seed)
    out: list[Act] = []
    for pair in PAIRS:
        out += _openings(pair, chance) + _answers(pair, chance) + _conversations(pair, chance)
    return [*out, _decline(chance), *_quiet(chance)]


def _when(pair: Pair, player: Player, kind: str, nth: int, chance: Random, **act: Any) -> Act:
    when: Act = {"subject_has": pair.names, "header_has": f"X-Mentorsync-Kind: {kind}", "nth": nth}
    return {"account": player.address, "when": when, "delay_minutes": chance.randrange(20, 300), **act}


def _openings(pair: Pair, chance: Random) -> list[Act]:
    accept = "Accept\n\nHappy to, I remember asking somebody myself."
    return [
        _when(pair, pair.mentor, "request", 1, chance, act="reply", text=accept),
        _when(pair, pair.mentor, "charter", 1, chance, act="reply", text="Agree"),
        _when(pair, pair.mentee, "charter", 1, chance, act="reply", text="agree\n\nThank you."),
    ]


def _answers(pair: Pair, chance: Random) -> list[Act]:
    """Invitations are accepted, and reminders of actions answered, by those whom they reach."""
    invited = [
        player for player in (pair.mentor, pair.mentee) if pair.organiser != "mentor" or player is not pair.mentor
    ]
    out: list[Act] = []
    for player in invited:
        every = {
            "account": player.address,
            "act": "accept",
            "when": {"subject_has": f"Mentoring: {pair.names}"},
            "every": True,
        }
        out.append({**every, "delay_minutes": chance.randrange(20, 300)})
    for player in (pair.mentor, pair.mentee):
        chased = {
            "account": player.address,
            "act": "reply",
            "text": "done",
            "when": {"subject_has": pair.names, "header_has": "X-Mentorsync-Kind: chase"},
        }
        out.append({**chased, "every": True, "delay_minutes": chance.randrange(20, 300)})
    return out


def _conversations(pair: Pair, chance: Random) -> list[Act]:
    out: list[Act] = []
    asked = 0
    for number, talk in enumerate(pair.talks, 1):
        asked += not talk.given_up
        before = _when(pair, pair.mentee, "preparation", number, chance, act="reply")
        after = _when(pair, pair.mentee, "held_question", asked, chance, act="reply")
        said = ((before, talk.preparation), (after, talk.report))
        out += [{**act, "text": text} for act, text in said if text]
    return out


def _quiet(chance: Random) -> list[Act]:
    """Nuria makes a network contact of it when she is asked what she wants; Mara would take it up again."""
    words = {NURIA: "recalibrate\n\nIt is not the right time.", MARA: "revive\n\nHappy to."}
    pair = PAIRS[QUIET]
    return [_when(pair, who, "notice", 2, chance, act="reply", text=text) for who, text in words.items()]


def _decline(chance: Random) -> Act:
    """Isla declines one meeting a day after she had accepted it."""
    delay = 24 * 60 + chance.randrange(0, 240)
    when = {"subject_has": "Mentoring", "nth": DECLINED_CYCLE}
    return {
        "account": ISLA.address,
        "act": "decline",
        "when": when,
        "delay_minutes": delay,
        "comment": "Travelling",
    }


def faults(seed: int) -> list[Act]:
    """Return what goes wrong at the providers on the way; none of it lasts as long as the lead of an agenda."""
    chance = Random(seed + 1)
    return [{**fault, "nth": chance.randrange(low, high)} for fault, low, high in _FAULTS]


_FAULTS: tuple[tuple[Act, int, int], ...] = (
    ({"operation": "getSchedule", "fault": "429", "retry_after": "90"}, 2, 9),
    ({"operation": "freebusy.query", "fault": "503"}, 2, 9),
    ({"operation": "calendarView.delta", "fault": "503", "times": 3}, 100, 400),
    ({"operation": "calendarView.delta", "fault": "expired_cursor"}, 100, 400),
    ({"operation": "events.list", "fault": "429", "retry_after": "600"}, 100, 400),
    ({"operation": "events.list", "fault": "expired_cursor"}, 100, 400),
    ({"operation": "events.create", "fault": "answer_lost"}, 2, 6),
    ({"operation": "events.insert", "fault": "answer_lost"}, 2, 6),
    ({"operation": "messages.createDraft", "fault": "503"}, 5, 40),
    ({"operation": "messages.send", "fault": "answer_lost"}, 5, 40),
    ({"operation": "drafts.create", "fault": "answer_lost"}, 5, 40),
    ({"operation": "drafts.send", "fault": "answer_lost"}, 5, 40),
)


def player_names() -> dict[str, str]:
    """Return the names of all players by address."""
    return {player.address: player.name for pair in PAIRS for player in (pair.mentor, pair.mentee)}
