"""What the short notices say, topic by topic."""

import dataclasses
import re

import pytest

from adapters.mail.compose import MailComposer
from domain.letters import NoticeLetter, NoticeTopic
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import NOTICES, envelope

OLD = "Monday 8 March 2027, 15:00 in Berlin (CET) · 08:00 in Chicago (CST)"
NEW = "Tuesday 9 March 2027, 17:00 in Berlin (CET) · 10:00 in Chicago (CST)"
TIMED = {
    NoticeTopic.MOVED: (NEW, OLD),
    NoticeTopic.PROPOSAL: (OLD, NEW),
    NoticeTopic.TWO_MEETINGS: (OLD, NEW),
    NoticeTopic.ZONE_RULES_CHANGED: (NEW, OLD),
    NoticeTopic.SHORTENED: ("lasts 30 minutes", NEW),
    NoticeTopic.CONFLICT_QUESTION: (OLD,),
    NoticeTopic.THIRD_PERSON: (OLD,),
    NoticeTopic.SKIPPED: (OLD,),
    NoticeTopic.CANCELLED_BY_ORGANISER: (OLD, "around Tuesday 23 March 2027"),
    NoticeTopic.TENTATIVE_OVERLAP: (OLD,),
}


def words_of(letter: NoticeLetter) -> tuple[str, str]:
    _, text, html = parts_of(MailComposer().compose(envelope(MailKind.NOTICE), letter))
    return " ".join(text.split()), " ".join(html.split())


@pytest.mark.parametrize("topic", NoticeTopic)
def test_every_topic_has_words_in_both_parts_and_leaves_no_gap(topic: NoticeTopic) -> None:
    for words in words_of(NOTICES[topic]):
        assert "Hello Jonas," in words
        assert "{" not in words.split("</style>")[-1]
        assert ": ." not in words
        assert "  " not in words


@pytest.mark.parametrize("topic", TIMED)
def test_times_are_told_on_both_clocks_the_one_that_counts_first(topic: NoticeTopic) -> None:
    for words in words_of(NOTICES[topic]):
        body = words[words.index("Hello") :]
        places = [body.index(time) for time in TIMED[topic]]
        assert places == sorted(places)


@pytest.mark.parametrize("topic", [NoticeTopic.MOVED, NoticeTopic.CONFLICT_QUESTION, NoticeTopic.TENTATIVE_OVERLAP])
def test_whose_appointment_it_was_is_said_to_its_owner_alone(topic: NoticeTopic) -> None:
    mine = words_of(dataclasses.replace(NOTICES[topic], yours=True))[0]
    others = words_of(NOTICES[topic])[0]
    assert "You have something else" in mine or "Your calendar" in mine
    assert "One of you" in others
    assert "Mara has" not in others


def test_the_organiser_who_deleted_is_told_so() -> None:
    letter = NOTICES[NoticeTopic.CANCELLED_BY_ORGANISER]
    assert "deleted in your calendar" in words_of(dataclasses.replace(letter, yours=True))[0]
    assert "Mara took it out" in words_of(letter)[0]


def test_a_question_names_its_answers_and_their_time() -> None:
    for words in words_of(NOTICES[NoticeTopic.CONFLICT_QUESTION]):
        plain = words.replace('<b class="answer">', "").replace("</b>", "")
        assert "by Sunday 7 March 2027, 17:00 in Berlin (CET): keep or skip." in plain


def test_a_reminder_to_connect_counts_itself() -> None:
    assert "reminder 2 of 4" in words_of(NOTICES[NoticeTopic.RECONNECT])[0]
    assert "reminder" not in words_of(dataclasses.replace(NOTICES[NoticeTopic.RECONNECT], count=0))[0]


@pytest.mark.parametrize("topic", sorted(set(NoticeTopic) - {NoticeTopic.MOVED, NoticeTopic.PROPOSAL}))
def test_a_fact_that_is_not_known_takes_its_sentence_with_it(topic: NoticeTopic) -> None:
    bare = NoticeLetter("Jonas", "Mara", topic, "Lindenhof Mentoring")
    _, text, _ = parts_of(MailComposer().compose(envelope(MailKind.NOTICE), bare))
    body = text.split("\n--------")[0]
    assert not re.search(r": *(\.|\n)|  | \.|by :", body)
    assert "Mara" in body
