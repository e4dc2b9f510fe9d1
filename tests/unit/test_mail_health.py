"""Facts in mails: the same for both readers, a reader's own told as hers; and no mail to the mentor shames anybody."""

import dataclasses
from datetime import date

import pytest

from adapters.mail.compose import MailComposer
from domain.charter import Role
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.facts import Fact, FactKind
from domain.languages import LANGUAGES
from domain.letters import FactLine, FollowUpLetter, NoticeTopic
from domain.mail import MailKind
from domain.writing import write
from tests.unit.domain_cast import DAY, by_cli, by_mail
from tests.unit.domain_life import Life, booked_life
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import FOLLOW_UP, NOTICES, envelope

TO_MENTOR = (NoticeTopic.NETWORK_CONTACT, NoticeTopic.REVIVE_QUESTION, NoticeTopic.REVIVED)
FACTS = tuple(FactLine(kind.value, "Jonas", False, date(2027, 3, 2)) for kind in FactKind)


def read(kind: MailKind, letter: FollowUpLetter) -> tuple[str, str]:
    _, text, html = parts_of(MailComposer().compose(envelope(kind), letter))
    return " ".join(text.split()), " ".join(html.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", [True, False])
def test_every_fact_has_its_words_in_every_language_for_either_reader(language: str, own: bool) -> None:
    facts = tuple(dataclasses.replace(fact, own=own) for fact in FACTS)
    for words in read(MailKind.FOLLOW_UP, dataclasses.replace(FOLLOW_UP, facts=facts, language=language)):
        assert words.count("2027") >= len(FactKind)


def test_a_follow_up_without_facts_says_nothing_of_any() -> None:
    for words in read(MailKind.FOLLOW_UP, FOLLOW_UP):
        assert "measured by" not in words.lower()


def test_a_readers_own_fact_is_told_as_hers_and_anothers_by_name() -> None:
    mine = dataclasses.replace(FACTS[0], own=True)
    for words in read(MailKind.FOLLOW_UP, dataclasses.replace(FOLLOW_UP, facts=(mine, FACTS[3]))):
        assert "2 March 2027: you gave a meeting up" in words
        assert "2 March 2027: no agenda from Jonas" in words


@pytest.mark.parametrize("topic", TO_MENTOR)
def test_what_the_mentor_may_get_holds_no_fact_and_no_blame(topic: NoticeTopic) -> None:
    _, text, _ = parts_of(MailComposer().compose(envelope(MailKind.NOTICE), NOTICES[topic]))
    for word in ("dead end", "nothing", "late", "silence", "three times"):
        assert word not in text.lower().replace("there is nothing", "")


def held_with_facts() -> Life:
    """Return a pair that met, with a fact that calendars showed and one that only silence did."""
    life = booked_life()
    for kind, role in ((FactKind.MOVED, Role.MENTOR), (FactKind.NO_AGENDA, Role.MENTEE)):
        life.relationship.note_fact(Fact(kind, role, 1, f"{kind.value}", life.now), by_cli(life.now))
    life.live_until(life.meeting.time.end)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    return life


@pytest.mark.parametrize("reader", Role)
def test_a_follow_up_tells_both_the_same_facts_and_keeps_a_single_silence_to_the_silent_one(reader: Role) -> None:
    life = held_with_facts()
    effect = Effect(EffectKind.FOLLOW_UP, "1.1@x", reader, "1.1", life.now, life.now + DAY, "v1/follow-up")
    letter = write(Desk(life.situation(), effect, "Example"))
    assert isinstance(letter, FollowUpLetter)
    assert [(fact.kind, fact.owner, fact.own) for fact in letter.facts] == [("moved", "Marta", reader is Role.MENTOR)]
