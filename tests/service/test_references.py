"""Somebody considers a mentor: her mentees are asked by mail, and what at least three say is told without names."""

from collections.abc import Iterator

import pytest

from domain.by import MAIL, By
from domain.charter import Role
from domain.relationship import Relationship
from service.forgetting import forget_person
from service.names import person_named
from service.people import add_person
from service.queries_relationship import relationship_view
from service.requests import Ask, request_relationship
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre
from tests.unit.domain_cast import meeting_plan
from tests.unit.quoting_clients import parts_of

SAID = {
    "lena@example.net": "She asks before she answers.",
    "omar@example.net": "I learned to write the decision down first.",
    "ines@example.net": "Bring one question that matters.",
}


@pytest.fixture
def stage() -> Iterator[Theatre]:
    """Jonas considers Mara, who has three mentees whom she has met; nobody answers anything by habit."""
    with quick_folder() as folder, opened(folder) as store:
        made = Theatre(store)
        made.habits.clear()
        for address in SAID:
            made.world.add(address)
            add_person(made.house, address, address.split("@")[0].title(), "google", "Europe/Berlin", HOURS)
            _has_met(made, address)
        yield made


HOURS = "mon-fri 09:00-17:00"


def _has_met(stage: Theatre, address: str) -> None:
    """Let Mara have met that mentee a day ago, on a charter that allows references."""
    ask = Ask(MENTOR, address, ("Lead",), "You did.", "Time.", references=True)
    relationship = stage.house.streams.relationship(request_relationship(stage.house, ask))
    ago = stage.house.now() - 2 * DAY
    for role in (None, Role.MENTOR, Role.MENTEE):
        by = By(relationship.person_id(role or Role.MENTOR), MAIL, None, ago)
        relationship.accept(by) if role is None else relationship.approve_charter(role, by)
    relationship.plan_meeting(meeting_plan(start=ago), "2026.6", by)
    relationship.stand_by_mail("1.1", "uid", by)
    relationship.report_held("1.1", True, By(relationship.mentee_id, MAIL, None, stage.house.now()))
    stage.house.streams.save(relationship, now=stage.house.now())


def answers(stage: Theatre, address: str, text: str) -> None:
    (question,) = stage.inbox(address, "reference")
    stage.hands.reply(address, question.id, text)
    stage.live_until(stage.world.now + HOUR)


def told(stage: Theatre, account: str = MENTEE) -> list[str]:
    return [" ".join(parts_of(letter.raw)[1].split()) for letter in stage.inbox(account, "references")]


def of(stage: Theatre, address: str) -> Relationship:
    person = str(person_named(stage.house, address).id)
    (id,) = stage.house.streams.relationships_of(person)
    return stage.house.streams.relationship(id)


def test_each_is_asked_once_and_the_third_answer_brings_all_of_them_without_a_name_or_a_date(stage: Theatre) -> None:
    stage.live_until(stage.world.now + HOUR)
    assert [len(stage.inbox(address, "reference")) for address in SAID] == [1, 1, 1]
    question = " ".join(parts_of(stage.inbox("lena@example.net", "reference")[0].raw)[1].split())
    assert "Jonas" not in question
    for address, words in SAID.items():
        assert told(stage) == []
        answers(stage, address, words)
        assert relationship_view(stage.house, stage.id).asking.references in ("withheld", "told")
    assert relationship_view(stage.house, stage.id).asking.references == "told"
    (letter,) = told(stage)
    for address, words in SAID.items():
        assert words in letter
        assert address.split("@")[0].title() not in letter
    assert "2027" not in letter.partition("Sent by")[0]
    assert told(stage, MENTOR) == []
    stage.live_until(stage.world.now + 2 * DAY)
    assert len(told(stage)) == 1


def test_one_who_withdraws_leaves_too_few_and_nothing_is_told(stage: Theatre) -> None:
    stage.live_until(stage.world.now + HOUR)
    first, second, third = SAID
    answers(stage, first, SAID[first])
    answers(stage, first, "withdraw")
    answers(stage, second, SAID[second])
    answers(stage, third, SAID[third])
    assert told(stage) == []
    assert of(stage, first).references.withdrawn_by == (Role.MENTEE,)
    assert "no longer" in told_echo(stage, first) or "any more" in told_echo(stage, first)


def told_echo(stage: Theatre, address: str) -> str:
    return " ".join(parts_of(stage.inbox(address, "echo")[-1].raw)[1].split())


def test_whoever_is_forgotten_takes_her_words_with_her(stage: Theatre) -> None:
    stage.live_until(stage.world.now + HOUR)
    first, second, third = SAID
    for address in (first, second):
        answers(stage, address, SAID[address])
    forget_person(stage.house, person_named(stage.house, first))
    answers(stage, third, SAID[third])
    assert told(stage) == []
