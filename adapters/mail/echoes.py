"""Which words the answer to a mail has for each thing that the mail brought about."""

from dataclasses import dataclass

from adapters.mail.charter_terms import terms_of
from adapters.mail.speaker import Speaker
from domain.letters import EchoLetter, EchoLine


@dataclass(frozen=True, slots=True)
class Said:
    """One thing as it is read, with the words of people below it."""

    words: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Echo:
    """An answer as it is read: what is asked (may be empty), what was understood, and how to take it back."""

    title: str
    question: str
    lines: tuple[Said, ...]
    undo: str
    first: str


def echo_of(letter: EchoLetter, speaker: Speaker) -> Echo:
    """Return the words of the answer."""
    lines = tuple(_said(letter, line, speaker) for line in letter.lines)
    if not lines and not letter.question:
        lines = (Said(speaker.say("echo.known")),)
    if letter.delegate:
        lines = (*(Said(words) for words in _by_delegate(letter, speaker)), *lines)
    if letter.stead:
        lines = (Said(speaker.say("echo.stead", name=letter.stead)), *lines)
    undo = speaker.say("echo.undo", day=speaker.day(letter.undo_until)) if letter.undo_until else ""
    key = f"echo.questions.{letter.question}"
    return Echo(
        speaker.plain(f"echo.{_title(letter)}"),
        speaker.say(key) if letter.question else "",
        lines,
        undo,
        speaker.plain(key) if letter.question else speaker.plain("echo.idle"),
    )


def ways_of(other: str, speaker: Speaker) -> Said:
    """Return what can be written to us at any time: the answer to a call for help, and below the first follow-up.

    The word that only other mails can be answered with is no link that would answer this one.
    """
    move = speaker.strong(speaker.catalogue.words("answers.move"))
    return Said(speaker.say("ways.lead", other=other), speaker.lines("ways.lines", other=other, move=move))


def _by_delegate(letter: EchoLetter, speaker: Speaker) -> tuple[str, ...]:
    wrote = speaker.say("echo.delegate", delegate=letter.delegate)
    return (wrote, speaker.say("echo.unreached", delegate=letter.delegate)) if letter.unreached else (wrote,)


def _title(letter: EchoLetter) -> str:
    if letter.question == "who":
        return "title_who"
    return "title_question" if letter.question else "title"


def _said(letter: EchoLetter, line: EchoLine, speaker: Speaker) -> Said:
    if line.what == "helped":
        return ways_of(letter.other, speaker)
    key = f"echo.deeds.{line.what}"
    facts = {
        "other": letter.other,
        "owner": line.owner,
        "day": speaker.day(line.due) if line.due else "",
        "when": speaker.when(line.time) if line.time else "",
    }
    terms = terms_of(line.terms, speaker) if line.terms else ()
    told = tuple(speaker.say("charter.term", name=name, value=value) for name, value in terms)
    return Said(speaker.say(f"{key}_by" if line.what == "owed" and line.due else key, **facts), (*line.texts, *told))
