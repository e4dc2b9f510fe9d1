"""Who only says that she cannot come, has nothing to bring or writes later puts nothing on an agenda."""

from datetime import date

import pytest

from adapters.mail.catalogue import catalogue
from adapters.mail.echoes import echo_of
from adapters.mail.phrases import command_of
from adapters.mail.reader import MailReader
from adapters.mail.speaker import Speaker
from domain.echo_letters import EchoLetter
from domain.languages import LANGUAGES
from domain.reply import Command, Reply

ABSENT = """
I'm ill this week
I can't make it
Can't, sorry
not today
I'm sick
no
Nothing this time
Sorry, I'm ill.
Ich bin krank
Geht nicht
Nein
Leider kann ich nicht, bin krank.
Keine Themen diesmal
Je suis malade
Je ne peux pas
Rien cette fois
No puedo
Estoy enfermo
Hoy no
"""
LATER = """
Thanks!
Thanks, will do tomorrow
Will do
Das mache ich morgen
Je le ferai demain
Lo hago mañana
"""
TOPICS = """
I'm ill, but let's talk about the budget
I can't make it work with the new team lead.
How do I say no to the board?
How to say no
Nothing new. But the team grows, and I wonder about hiring.
"""


def _said(text: str, kind: str) -> Reply:
    return MailReader().understand(text, date(2027, 2, 22), kind, ("Mara Quint", "Jonas Lindt"))


@pytest.mark.parametrize("kind", ["preparation", "agenda"])
@pytest.mark.parametrize("text", ABSENT.strip().splitlines())
def test_who_cannot_come_or_has_nothing_is_asked_what_becomes_of_the_meeting(text: str, kind: str) -> None:
    said = _said(text, kind)
    assert (said.absent, said.command, said.courtesy) == (True, None, False)


@pytest.mark.parametrize("text", LATER.strip().splitlines())
def test_who_writes_later_says_nothing_yet(text: str) -> None:
    assert _said(text, "preparation") == Reply(courtesy=True)


@pytest.mark.parametrize("text", TOPICS.strip().splitlines())
def test_what_is_to_be_talked_about_stays_a_topic(text: str) -> None:
    said = _said(text, "preparation")
    assert not said.absent
    assert said.unsorted + said.questions


def test_after_the_meeting_nobody_is_absent() -> None:
    assert not _said("I was ill", "held_question").absent
    assert not _said("no", "held_question").absent


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_back_names_the_words_with_which_a_meeting_is_moved_or_left_out(language: str) -> None:
    words = catalogue(language)
    letter = EchoLetter("Mara", "Jonas", (), ("I'm ill",), "absent", None, "", language)
    asked = echo_of(letter, Speaker(words, False)).question
    named = {word: command_of(word) for word in (words.words("answers.move"), words.words("answers.skip"))}
    assert list(named.values()) == [Command.MOVE, Command.SKIP]
    assert all(word in asked for word in named)
