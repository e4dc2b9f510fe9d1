"""What the templates ask for words: a catalogue in one format, text or HTML, so that nobody's words can be markup."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from urllib.parse import quote

from markupsafe import Markup, escape

from adapters.mail import spoken
from adapters.mail.catalogue import Catalogue
from adapters.mail.headers import plain_words
from domain.letters import ActionLine, ClockChange, MeetingTime

MAX_FIELD = 4_000
_BOLD = '<b class="answer">{}</b>'
_LINK = '<a class="answer" href="{}" style="font-weight:bold;">{}</a>'


class Said(str):
    """Words of ours on one line, with whatever spaces their language wants; still to be escaped in HTML."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts facts into phrases; in HTML (`markup`) all facts are escaped and words to answer with are bold.

    `answers` is where an answer goes, as the beginning of a mailto link that only lacks the word; "" makes no links.
    """

    catalogue: Catalogue
    markup: bool
    answers: str = ""

    def say(self, key: str, **facts: object) -> str:
        """Return the phrase with its facts; {names} of answers and of headings are put in by themselves."""
        return self._filled(self.catalogue.words(key), facts)

    def lines(self, key: str, **facts: object) -> tuple[str, ...]:
        """Return a list of phrases; one that would tell a fact that is not known ("") is left out."""
        return tuple(self._filled(line, facts) for line in self.catalogue.lines(key) if _known(line, facts))

    def told(self, key: str, **facts: object) -> str:
        """Return the phrase with its facts, or nothing when it would tell one that is not known ("")."""
        phrase = self.catalogue.words(key)
        return self._filled(phrase, facts) if _known(phrase, facts) else Said("")

    def count(self, key: str, count: int, **facts: object) -> str:
        """Return the phrase for that number: key.one, key.other, or key.none for nothing where the catalogue has it.

        {number} is a word where it is small.
        """
        nothing = count == 0 and "none" in self.catalogue.table_of(key)
        form = "none" if nothing else "one" if count == 1 else "other"
        return self.say(f"{key}.{form}", number=spoken.number(self.catalogue, count), **facts)

    def answer(self, name: str) -> str:
        """Return one of the words to answer with."""
        return self.reply(self.catalogue.words(f"answers.{name}"))

    def heading(self, name: str) -> str:
        """Return one of the headings under which people write, which stands out."""
        words = self.catalogue.words(f"headings.{name}")
        return Markup("<strong>{}</strong>").format(words) if self.markup else Said(words)

    def reply(self, word: str) -> str:
        """Return what may be answered as it stands, such as the number of a choice."""
        if not self.markup:
            return Said(word)
        return (
            Markup(_LINK).format(f"{self.answers}{quote(word)}", word) if self.answers else Markup(_BOLD).format(word)
        )

    def plain(self, key: str, **facts: object) -> str:
        """Return the phrase without any markup, for where a mail shows nothing but text."""
        return Speaker(self.catalogue, False).say(key, **facts)

    def strong(self, words: str) -> str:
        """Return words that stand out."""
        return Markup("<strong>{}</strong>").format(_plain(words)) if self.markup else words

    @property
    def language(self) -> str:
        """The language as HTML names it."""
        return self.catalogue.language

    def begin(self, words: str) -> str:
        """Return words of ours as they begin a line: days are written small in French and Spanish."""
        return Said(words[:1].upper() + words[1:])

    def day(self, value: date) -> str:
        """See spoken.day."""
        return Said(spoken.day(self.catalogue, value))

    def when(self, time: MeetingTime) -> str:
        """See spoken.when."""
        return Said(spoken.when(self.catalogue, time))

    def moment(self, instant: datetime, time: MeetingTime) -> str:
        """See spoken.moment."""
        return Said(spoken.moment(self.catalogue, instant, time))

    def local_day(self, time: MeetingTime) -> str:
        """See spoken.local_day."""
        return Said(spoken.local_day(self.catalogue, time))

    def example_day(self, time: MeetingTime) -> str:
        """See spoken.example_day."""
        return Said(spoken.example_day(self.catalogue, time))

    def clock_change(self, time: MeetingTime, change: ClockChange) -> str:
        """Return on whose clock the meeting shows at an unusual hour, and at which."""
        now, usual = spoken.change(self.catalogue, time.start, change)
        return self.say("parts.clock_change", city=spoken.city(self.catalogue, change.clock.zone), now=now, usual=usual)

    def hours(self, text: str, zone: str = "") -> str:
        """Return weekly hours as people read them, with the zone's city when one is given."""
        return Said(spoken.hours(self.catalogue, text, zone))

    def every(self, days: int) -> str:
        """See spoken.every."""
        return Said(spoken.every(self.catalogue, days))

    def _filled(self, phrase: str, facts: dict[str, object]) -> str:
        known = {name: _plain(fact) for name, fact in facts.items()}
        headings = self.catalogue.table_of("headings")
        for name in _names(phrase):
            if name not in known:
                known[name] = self.heading(name) if name in headings else self.answer(name)
        return Markup(escape(phrase)).format(**known) if self.markup else Said(phrase.format(**known))


def owed_by(actions: Iterable[ActionLine], owner: str) -> tuple[ActionLine, ...]:
    """Return the actions that are still open and that person's."""
    return tuple(action for action in actions if action.owner == owner and not action.done)


def _names(phrase: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(phrase) if name]


def _known(phrase: str, facts: Mapping[str, object]) -> bool:
    return all(facts.get(name) != "" for name in _names(phrase))


def _plain(fact: object) -> object:
    """A person's words stand on one line, so that they can pass for no line of ours."""
    return plain_words(fact, MAX_FIELD) if isinstance(fact, str) and not isinstance(fact, (Markup, Said)) else fact
