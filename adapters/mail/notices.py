"""Which facts of a notice go into which of its phrases."""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.mail.speaker import Speaker
from domain.letters import FactLine, MeetingTime, NoticeLetter

MOST_REMINDERS = 4


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is read: what it is about, what is asked (may be empty), and a few sentences."""

    heading: str
    ask: str
    lines: tuple[str, ...]
    facts: tuple[str, ...] = ()


def notice_of(letter: NoticeLetter, speaker: Speaker) -> Notice:
    """Return the words of the notice's topic, with its facts put in."""
    base = f"notice.{letter.topic.value}"
    facts: dict[str, object] = _facts(letter, speaker)
    facts["why"] = speaker.say(f"{base}.{'yours' if letter.yours else 'others'}", **facts)
    reminder = (speaker.say("notice.count", count=letter.count, most=MOST_REMINDERS),) if letter.count else ()
    return Notice(
        speaker.say(f"{base}.heading", **facts),
        speaker.told(f"{base}.ask", **facts),
        (*speaker.lines(f"{base}.lines", **facts), *reminder),
        fact_lines(letter.facts, speaker),
    )


def fact_lines(facts: Iterable[FactLine], speaker: Speaker) -> tuple[str, ...]:
    """Return the facts in words; a reader's own are told to her as hers, in the same words otherwise."""
    return tuple(
        speaker.begin(speaker.say(f"facts.{_whose(fact)}.{fact.kind}", day=speaker.day(fact.day), **_owner(fact)))
        for fact in facts
    )


def _whose(fact: FactLine) -> str:
    return "own" if fact.own else "others"


def _owner(fact: FactLine) -> dict[str, object]:
    return {} if fact.own else {"owner": fact.owner}


def _facts(letter: NoticeLetter, speaker: Speaker) -> dict[str, object]:
    """Return all that is known by the names that the phrases use; what is not known is the empty word."""
    clock = letter.old or letter.new
    return {
        "reader": letter.reader,
        "other": letter.other,
        "programme": letter.programme,
        "words": letter.words,
        **_times("old", letter.old, speaker),
        **_times("new", letter.new, speaker),
        "until": speaker.day(letter.until) if letter.until else "",
        "minutes": letter.new.minutes if letter.new else "",
        "next": speaker.day(letter.next_around) if letter.next_around else "",
        "by": speaker.moment(letter.answer_by, clock) if letter.answer_by and clock else "",
    }


def _times(name: str, time: MeetingTime | None, speaker: Speaker) -> dict[str, object]:
    return {
        name: speaker.strong(speaker.when(time)) if time else "",
        f"{name}_day": speaker.local_day(time) if time else "",
    }
