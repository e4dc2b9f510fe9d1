"""A goal is written behind its kind or in own words; a kind that there is not is refused with those that there are."""

import pytest

from domain.errors import BadInput
from domain.goals import Goal, GoalBook, GoalKind, GoalReaders
from domain.reply import SaidGoal
from domain.told_goals import KINDS, in_numbers, taken_along, told_goal
from tests.unit.domain_cast import BEGINNING, words


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("next-level: lead the plant", GoalKind.NEXT_LEVEL, "lead the plant"),
        (" Next Level : lead: the plant ", GoalKind.NEXT_LEVEL, "lead: the plant"),
        ("next_level: lead", GoalKind.NEXT_LEVEL, "lead"),
        ("own: projects: three of them", GoalKind.OWN, "projects: three of them"),
        ("Lead a team: without doing its work", GoalKind.OWN, "Lead a team: without doing its work"),
        ("Leadership: by example", GoalKind.OWN, "Leadership: by example"),
        ("read https://plans.example.org", GoalKind.OWN, "read https://plans.example.org"),
        ("visibility", GoalKind.OWN, "visibility"),
        ("", GoalKind.OWN, ""),
    ],
)
def test_a_kind_stands_before_a_colon_and_all_else_are_own_words(text: str, kind: GoalKind, said: str) -> None:
    assert told_goal(text) == SaidGoal(text=said, kind=kind)


def test_every_kind_can_be_written() -> None:
    assert {told_goal(f"{name}: x").kind for name in KINDS} == set(GoalKind)


@pytest.mark.parametrize(("text", "problem"), [("career: lead", "no kind of goal"), ("lateral:  ", "nothing else")])
def test_what_is_no_goal_is_refused_in_one_sentence_with_what_to_write(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as refused:
        told_goal(text)
    assert "next-level" in refused.value.remedy


def test_words_and_what_is_said_besides_are_told_apart_by_number() -> None:
    said = SaidGoal(7, "Lead", None, "two weeks off"), SaidGoal(text="Listen")
    assert in_numbers(said) == (("Lead", "Listen"), (SaidGoal(1, test="two weeks off"),))


def test_a_private_goal_and_one_that_is_reached_are_not_taken_along_to_another_mentor() -> None:
    texts = words("Lead", "Listen", "Rest")
    read = (GoalReaders.PROGRAMME, GoalReaders.MENTEE, GoalReaders.MENTOR)
    goals = (
        Goal(n, text, GoalKind.BREADTH, None, readers, BEGINNING)
        for n, (text, readers) in enumerate(zip(texts, read, strict=True), 1)
    )
    book = GoalBook(tuple(goals)).ended(3, True, BEGINNING)
    assert taken_along(book) == (SaidGoal(0, "Lead", GoalKind.BREADTH),)
