"""What is said around meetings and which mails left: every fact is recorded once."""

from datetime import date

from domain.charter import Role
from domain.conversation import AgendaItems
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    agreed,
    by_cli,
    by_mail,
    kinds,
    replayed,
    sent,
    words,
)

NAME = ("agenda", "1.1@2027-02-10", "mentor")


def test_agenda_items_add_up_and_the_same_items_count_once() -> None:
    relationship = agreed()
    one = AgendaItems(questions=words("How to say no?"))
    two = AgendaItems(questions=words("How to say no?", "And to whom?"), learned=words("Patience"))
    for items in (one, one, two, two, one):
        relationship.add_agenda_items(1, items, by_mail(Role.MENTEE))
    assert kinds(relationship).count("AgendaItemsAdded") == 2
    agenda = relationship.agendas[1]
    assert agenda.questions == words("How to say no?", "And to whom?")
    assert agenda.learned == words("Patience")


def test_nothing_said_is_nothing_recorded() -> None:
    relationship = agreed()
    before = kinds(relationship)
    relationship.add_agenda_items(1, AgendaItems(), by_mail(Role.MENTEE))
    relationship.record_learnings(1, Role.MENTEE, (), by_mail(Role.MENTEE))
    assert kinds(relationship) == before


def test_the_agendas_of_two_meetings_are_kept_apart() -> None:
    relationship = agreed()
    relationship.add_agenda_items(1, AgendaItems(unsorted=words("a")), by_mail(Role.MENTEE))
    relationship.add_agenda_items(2, AgendaItems(unsorted=words("a")), by_mail(Role.MENTEE))
    assert kinds(relationship).count("AgendaItemsAdded") == 2
    assert relationship.agendas[1] == relationship.agendas[2]


def test_only_fresh_learnings_are_recorded() -> None:
    relationship = agreed()
    relationship.record_learnings(1, Role.MENTEE, words("Ask early"), by_mail(Role.MENTEE))
    relationship.record_learnings(1, Role.MENTEE, words("Ask early", "Ask twice"), by_mail(Role.MENTEE))
    relationship.record_learnings(1, Role.MENTEE, words("Ask twice"), by_mail(Role.MENTEE))
    assert kinds(relationship).count("LearningsRecorded") == 2
    said = [text.reveal() for _, text in relationship.learnings[1]]
    assert said == ["Ask early", "Ask twice"]


def test_an_action_is_owed_once_per_owner_words_and_meeting() -> None:
    relationship = agreed()
    text, due = words("Write it down")[0], date(2027, 2, 20)
    for owner, cycle in ((Role.MENTEE, 1), (Role.MENTEE, 1), (Role.MENTOR, 1), (Role.MENTEE, 2)):
        relationship.owe_action(owner, text, due, cycle, by_mail(Role.MENTEE))
    assert [(a.number, a.owner, a.cycle) for a in relationship.actions] == [
        (1, Role.MENTEE, 1),
        (2, Role.MENTOR, 1),
        (3, Role.MENTEE, 2),
    ]
    assert all(a.owed_at == BEGINNING and a.due == due for a in relationship.actions)


def test_an_action_is_closed_once_and_an_unknown_one_never() -> None:
    relationship = agreed()
    for text in words("Write it down", "Read it"):
        relationship.owe_action(Role.MENTEE, text, None, 1, by_mail(Role.MENTEE))
    at = BEGINNING + DAY
    for number in (1, 1, 7):
        relationship.close_action(number, by_mail(Role.MENTEE, at))
    assert kinds(relationship).count("ActionClosed") == 1
    closed = relationship.action(1)
    assert closed is not None
    assert closed.done_at == at
    assert [a.number for a in relationship.open_actions()] == [2]
    assert relationship.action(7) is None


def test_a_mail_leaves_once() -> None:
    relationship = agreed()
    relationship.mail_left(*NAME, sent("m1"), by_cli())
    relationship.mail_left(*NAME, sent("m2"), by_cli())
    assert kinds(relationship).count("MailSent") == 1
    mail = relationship.mails[NAME]
    assert (mail.message_id, mail.conversation, mail.at) == ("<m1@example.net>", "thread-1", BEGINNING)
    assert relationship.settled(*NAME)


def test_what_lapsed_or_was_given_up_is_settled_and_recorded_once() -> None:
    relationship = agreed()
    other = ("agenda", "2.1@2027-02-24", "mentor")
    assert not relationship.settled(*NAME)
    for _ in range(2):
        relationship.lapse(NAME, "1.1", "too late", by_cli())
        relationship.give_up(NAME, "1.1", "refused", False, by_cli())
        relationship.give_up(other, "2.1", "refused", True, by_cli())
        relationship.lapse(other, "2.1", "too late", by_cli())
    assert kinds(relationship)[-2:] == ["EffectLapsed", "EffectGivenUp"]
    assert relationship.lapsed == {NAME: "too late"}
    assert relationship.given_up == {other: "refused"}
    assert relationship.settled(*NAME)
    assert relationship.settled(*other)


def test_a_sent_mail_neither_lapses_nor_is_given_up() -> None:
    relationship = agreed()
    relationship.mail_left(*NAME, sent(), by_cli())
    relationship.lapse(NAME, "1.1", "too late", by_cli())
    relationship.give_up(NAME, "1.1", "refused", False, by_cli())
    assert not relationship.lapsed
    assert not relationship.given_up


def test_a_mail_that_left_although_it_had_lapsed_is_known_to_have_left() -> None:
    relationship = agreed()
    relationship.lapse(NAME, "1.1", "too late", by_cli())
    relationship.mail_left(*NAME, sent(), by_cli())
    assert NAME in relationship.mails


def test_what_was_given_up_is_wanted_again_once_a_person_says_so() -> None:
    relationship = agreed()
    relationship.reopen(NAME, by_cli())
    assert "EffectReopened" not in kinds(relationship)
    relationship.give_up(NAME, "1.1", "nobody knows", True, by_cli())
    for _ in range(2):
        relationship.reopen(NAME, by_cli())
    assert kinds(relationship)[-2:] == ["EffectGivenUp", "EffectReopened"]
    assert not relationship.settled(*NAME)


def test_a_mail_is_set_aside_once() -> None:
    relationship = agreed()
    for _ in range(2):
        relationship.hold_mail("<x@example.org>", "a stranger wrote it", by_cli())
    assert kinds(relationship).count("MailHeld") == 1
    assert relationship.held_mails == ("<x@example.org>",)


def test_telling_the_events_again_gives_the_same_words() -> None:
    relationship = agreed()
    relationship.add_agenda_items(1, AgendaItems(unsorted=words("a")), by_mail(Role.MENTEE))
    relationship.record_learnings(1, Role.MENTEE, words("b"), by_mail(Role.MENTEE))
    relationship.owe_action(Role.MENTOR, words("c")[0], None, 1, by_mail(Role.MENTEE))
    relationship.close_action(1, by_mail(Role.MENTOR))
    relationship.mail_left(*NAME, sent(), by_cli())
    again = replayed(relationship)
    for name in ("agendas", "learnings", "actions", "mails", "lapsed", "given_up", "held_mails"):
        assert getattr(again, name) == getattr(relationship, name)
