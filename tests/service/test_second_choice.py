"""What a mentee hears after a no: the reason, that the second choice is asked, and how to ask somebody else by mail."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.goals import GoalKind, GoalReaders
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import SaidGoal
from service.people import add_person, record_left
from service.queries_relationship import relationship_view
from service.requests import Ask, request_relationship
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre
from tests.unit.quoting_clients import parts_of

KEN = "ken@example.org"
REASON = "I have two mentees already and no evening left."


@pytest.fixture
def stage() -> Iterator[Theatre]:
    """A mentor who says no, and a second one who says nothing, in a house where the first was asked just now."""
    with quick_folder() as folder, opened(folder) as store:
        made = Theatre(store)
        made.world.add(KEN)
        add_person(made.house, KEN, "Ken Adeyemi", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00")
        made.habits = {"request": f"No, sorry.\n\nReason: {REASON}"}
        yield made


def all_of(stage: Theatre) -> list[Relationship]:
    """Return every relationship there is, in the order of their beginning."""
    return [stage.house.streams.relationship(s.id) for s in stage.house.streams.summaries("relationship")]


def said_to(stage: Theatre, account: str, kind: str) -> str:
    """Return what the newest mail of a kind says, on one line."""
    return " ".join(parts_of(stage.inbox(account, kind)[-1].raw)[1].split())


def test_a_no_is_told_with_its_reason_and_a_reply_asks_somebody_else_for_the_same_goals(stage: Theatre) -> None:
    stage.live_until(stage.world.now + 6 * HOUR)
    assert REASON in said_to(stage, MENTEE, "notice")
    letter = stage.inbox(MENTEE, "notice")[-1]
    stage.hands.reply(MENTEE, letter.id, "Mentor: Ken Adeyemi\nWhy you: You know the other side.")
    stage.live_until(stage.world.now + HOUR)
    first, second = all_of(stage)
    assert (first.status, second.status) == (Status.DECLINED, Status.REQUESTED)
    assert (second.goals, second.bring) == (first.goals, first.bring)
    assert second.why.reveal() == "You know the other side."
    assert "You know the other side." in said_to(stage, KEN, "request")
    assert REASON not in said_to(stage, KEN, "request")


def test_a_reply_that_does_not_say_why_is_asked_for_it_and_asks_nobody(stage: Theatre) -> None:
    stage.live_until(stage.world.now + 6 * HOUR)
    stage.hands.reply(MENTEE, stage.inbox(MENTEE, "notice")[-1].id, "Mentor: Ken Adeyemi")
    stage.live_until(stage.world.now + HOUR)
    assert len(all_of(stage)) == 1
    assert "Why you" in said_to(stage, MENTEE, "echo")


def test_the_goals_of_a_mail_that_asks_have_their_kind_and_a_private_one_is_not_for_the_mentor(stage: Theatre) -> None:
    stage.live_until(stage.world.now + 6 * HOUR)
    goals = "Goals:\n- next level: Lead the plant\n- Leave this office (private)\n"
    words = f"Mentor: Ken Adeyemi\n{goals}Why you: You know the other side."
    stage.hands.reply(MENTEE, stage.inbox(MENTEE, "notice")[-1].id, words)
    stage.live_until(stage.world.now + HOUR)
    told = [(goal.text.reveal(), goal.kind, goal.readers) for goal in all_of(stage)[-1].aims.items]
    assert told == [
        ("Lead the plant", GoalKind.NEXT_LEVEL, GoalReaders.MENTOR),
        ("Leave this office", GoalKind.OWN, GoalReaders.MENTEE),
    ]
    assert "Lead the plant" in said_to(stage, KEN, "request")
    assert "Leave this office" not in said_to(stage, KEN, "request")


def second_choice(stage: Theatre, **more: Any) -> str:
    """Let the first request end, and ask again with a second mentor named; return the new relationship's id."""
    stage.live_until(stage.world.now + 6 * HOUR)
    mentor, mentee = (stage.house.streams.person_at(address) or "" for address in (MENTOR, MENTEE))
    kind = (SaidGoal(1, kind=GoalKind.NEXT_LEVEL),)
    ask = Ask(mentor, mentee, ("Lead",), "You did it.", "I prepare.", fallback=KEN, aims=kind, **more)
    return request_relationship(stage.house, ask)


def test_the_second_choice_is_asked_with_her_own_reasons_when_the_first_says_no(stage: Theatre) -> None:
    id = second_choice(stage, fallback_why="You teach it.", mentor_preferred="tue 10:00-12:00")
    stage.live_until(stage.world.now + 6 * HOUR)
    first, second = stage.house.streams.relationship(id), all_of(stage)[-1]
    assert (first.status, first.asking.turned_to, second.status) == (Status.DECLINED, True, Status.REQUESTED)
    assert "You teach it." in said_to(stage, KEN, "request")
    assert (second.charter.mentor_hours, second.charter.mentor_preferred) == ("mon-fri 09:00-17:00", "")
    assert [(goal.text.reveal(), goal.kind) for goal in second.aims.items] == [("Lead", GoalKind.NEXT_LEVEL)]
    assert "Your second choice is asked now" in said_to(stage, MENTEE, "notice")
    assert len(all_of(stage)) == 3
    seen = relationship_view(stage.house, id).asking
    assert (seen.second, seen.second_came_to, seen.references) == ("Ken Adeyemi", "asked", "")


def test_a_second_choice_who_has_left_meanwhile_is_not_asked_and_the_mentee_hears_the_plain_no(stage: Theatre) -> None:
    id = second_choice(stage)
    record_left(stage.house, stage.house.streams.person(stage.house.streams.person_at(KEN) or ""))
    stage.live_until(stage.world.now + DAY)
    assert stage.house.streams.relationship(id).asking.refused == "One of the two has left the organisation."
    assert len(all_of(stage)) == 2
    assert "second choice" not in said_to(stage, MENTEE, "notice")
