"""Whoever asks for help reads what can be written, and each word that it names does what it says."""

from dataclasses import replace
from datetime import date

import pytest

from adapters.mail.catalogue import catalogue
from adapters.mail.compose import MailComposer
from adapters.mail.echoes import ways_of
from adapters.mail.reader import MailReader
from adapters.mail.speaker import Speaker
from domain.languages import LANGUAGES
from domain.letters import EchoLetter, EchoLine, Letter
from domain.mail import MailKind
from domain.reply import Command, Reply, SaidTerms
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import FOLLOW_UP, envelope

TODAY = date(2027, 3, 1)
ABOUT_MEETINGS = ("preparation", "agenda", "held_question", "follow_up", "notice")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def understood(text: str, kind: str = "follow_up") -> Reply:
    return MailReader().understand(text, TODAY, kind, ("Mara", "Jonas"))


def answer(language: str, name: str) -> str:
    return catalogue(language).words(f"answers.{name}")


def heading(language: str, name: str) -> str:
    return catalogue(language).words(f"headings.{name}")


def text_of(letter: Letter, kind: MailKind) -> str:
    """Return the text of the mail on one line."""
    return " ".join(parts_of(MailComposer().compose(envelope(kind), letter))[1].split())


@pytest.mark.parametrize("line", ["help", "Help!", "Help?", "?", "Hilfe", "Bitte Hilfe", "aide", "Aide ?", "¿Ayuda?"])
@pytest.mark.parametrize("kind", ["request", "preparation", "follow_up", "reference", "offer", ""])
def test_a_call_for_help_is_the_first_line_as_a_whole(line: str, kind: str) -> None:
    assert understood(f"Hello,\n\n{line}\n", kind) == Reply(Command.HELP)


def test_with_help_nothing_else_is_done_and_no_word_is_lost() -> None:
    others = ("Mentor: Ken Adeyemi", "Action for me: call by Friday", "Could we do every six weeks instead?")
    assert understood("\n".join(("help", *others))) == Reply(Command.HELP, unsorted=others)


@pytest.mark.parametrize(
    "text", ["I need help with the outline", "Questions: help?", "Thanks for your help", "help me choose"]
)
def test_a_sentence_with_help_in_it_is_none(text: str) -> None:
    assert understood(text, "preparation").command is not Command.HELP


@every_language
@pytest.mark.parametrize("kind", ABOUT_MEETINGS)
def test_every_answer_to_a_mail_about_a_meeting_may_say_what_is_promised(language: str, kind: str) -> None:
    commands = ("pause", "resume", "close", "help")
    assert [understood(answer(language, name), kind).command for name in commands] == [Command(c) for c in commands]
    rest = understood(answer(language, "pause_until"), kind)
    assert (rest.command, rest.until, rest.unsorted) == (Command.PAUSE, date(2027, 9, 15), ())
    assert understood(answer(language, "terms"), kind).proposal == SaidTerms(days=42)
    noted = understood(f"{answer(language, 'help')}\n\n{heading(language, 'note')} she likes tea", kind)
    assert [note.text for note in noted.notes] == ["she likes tea"]


@every_language
@pytest.mark.parametrize("kind", ["preparation", "agenda"])
def test_before_a_meeting_another_time_may_be_asked_for(language: str, kind: str) -> None:
    assert understood(answer(language, "move"), kind).command is Command.MOVE


@every_language
def test_a_mail_of_its_own_asks_for_a_mentor_with_the_headings_that_are_named(language: str) -> None:
    named = {name: heading(language, name) for name in ("mentor", "goals", "why_you", "bring")}
    text = f"{named['mentor']} Ken Adeyemi\n{named['goals']}\nLead\n{named['why_you']}\nYou did\n{named['bring']}\nTime"
    asked = understood(text, "")
    assert (asked.mentor, asked.goals, asked.why, asked.bring) == ("Ken Adeyemi", ("Lead",), ("You did",), ("Time",))


@every_language
def test_the_list_is_short_and_names_the_words_in_the_language_of_its_reader(language: str) -> None:
    lines = ways_of("Jonas", Speaker(catalogue(language), False)).texts
    named = [answer(language, n) for n in ("move", "pause", "resume", "pause_until", "terms", "close")]
    named += [heading(language, n) for n in ("note", "mentor", "goals", "why_you", "bring")]
    assert 5 <= len(lines) <= 7
    assert [word for word in named if not any(word in line for line in lines)] == []


@every_language
def test_the_answer_to_help_and_the_first_follow_up_say_the_same(language: str) -> None:
    words = catalogue(language)
    told = ways_of("Jonas", Speaker(words, False))
    expected = " ".join((told.words, *(f"- {line}" for line in told.texts)))
    echo = EchoLetter("Mara", "Jonas", (EchoLine("helped"),), (), "", None, "", language)
    first = replace(FOLLOW_UP, language=language, first=True)
    for letter, kind in ((echo, MailKind.ECHO), (first, MailKind.FOLLOW_UP)):
        assert " ".join(expected.split()) in text_of(letter, kind)


def test_later_follow_ups_do_not_say_it_again() -> None:
    title = catalogue("en").words("ways.title").upper()
    assert title in text_of(replace(FOLLOW_UP, first=True), MailKind.FOLLOW_UP)
    assert title not in text_of(FOLLOW_UP, MailKind.FOLLOW_UP)


@every_language
def test_a_mail_that_is_not_understood_is_told_how_to_get_the_list(language: str) -> None:
    echo = EchoLetter("Mara", "Jonas", (), (), "what", None, "", language)
    assert Speaker(catalogue(language), False).say("echo.questions.what").endswith(f" {answer(language, 'help')}")
    assert answer(language, "help") in text_of(echo, MailKind.ECHO)


def test_no_link_answers_a_follow_up_with_a_word_that_does_nothing_there() -> None:
    lines = ways_of("Jonas", Speaker(catalogue("en"), True, "mailto:x@lindenhof.example?body=")).texts
    linked = [word for word in ("move", "pause", "close") if f'body={word}"' in "".join(lines)]
    assert linked == ["pause", "close"]
