"""Goals become clearer from meeting to meeting: set, refined, reached, let go, with their past and their readers."""

from datetime import timedelta

import pytest

from adapters.mail.reader import MailReader
from domain.answering import Answer, Answered, answer
from domain.charter import Role
from domain.desk import Desk
from domain.effects import EffectKind
from domain.goals import GoalKind, GoalReaders, GoalState
from domain.hearing import Question
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.reply import SaidGoal
from domain.writing import write
from tests.unit.domain_cast import BEGINNING, DAY, NAMES, agreed, by_mail, charter, kinds
from tests.unit.domain_life import Life


def met() -> Life:
    """Return a pair that has met once."""
    life = Life(agreed(charter(cadence_days=28)))
    life.settle()
    life.live_until(life.meeting.time.end + 3 * DAY)
    return life


def says(life: Life, text: str, role: Role = Role.MENTEE) -> Answered:
    """Let one of the two answer the follow-up with these lines, twice; the second time records nothing."""
    reply = MailReader().understand(text, life.now.date(), "follow_up", ("Marta Example", "Tilo Example"))
    first = life.relationship.meetings.items[0]
    given = Answer(
        role, NAMES, MailKind.FOLLOW_UP, f"{first.ref}@{first.time.start.date()}", reply, by_mail(role, life.now)
    )
    came = answer(life.relationship, given)
    before = len(kinds(life.relationship))
    answer(life.relationship, given)
    assert len(kinds(life.relationship)) == before
    return came


def test_a_goal_is_refined_by_its_number_and_its_earlier_words_are_kept() -> None:
    life = met()
    before = life.relationship.aims.items[0].text
    assert (
        says(life, "Goals:\n- 1: Lead a team of five without doing its work - test: two weeks off, no call").unclear
        == ()
    )
    goal = life.relationship.aims.items[0]
    assert goal.text.reveal() == "Lead a team of five without doing its work"
    assert goal.test is not None
    assert (goal.test.reveal(), goal.former) == ("two weeks off, no call", (before,))
    assert life.relationship.goals[0] == goal.text


def test_a_line_without_a_number_is_a_new_goal_of_a_kind() -> None:
    life = met()
    says(life, "Goals:\n- next level: Head of unit by spring")
    goal = life.relationship.aims.items[-1]
    assert (goal.number, goal.kind, goal.readers) == (
        len(life.relationship.aims.items),
        GoalKind.NEXT_LEVEL,
        GoalReaders.MENTOR,
    )


def test_what_is_reached_or_dropped_is_closed_and_can_be_aimed_at_again() -> None:
    life = met()
    says(life, "Goals:\n- 1: reached")
    assert life.relationship.aims.items[0].state is GoalState.REACHED
    assert life.relationship.goals == ()
    says(life, "Goals:\n- 1: Lead a second team")
    assert life.relationship.aims.items[0].open


def test_a_private_goal_is_in_no_mail_to_the_mentor_and_in_the_follow_up_to_its_author() -> None:
    life = met()
    says(life, "Goals:\n- lateral move: Leave this department (private)")
    goal = life.relationship.aims.items[-1]
    assert goal.readers is GoalReaders.MENTEE
    assert "Leave" not in " ".join(text.reveal() for text in life.relationship.goals)
    told = {}
    for role in Role:
        effect = next(e for _, e in life.done if e.kind is EffectKind.FOLLOW_UP and e.recipient == role)
        told[role] = repr(write(Desk(life.situation(), effect, "Example programme")))
    assert ("Leave this department" in told[Role.MENTEE], "Leave" in told[Role.MENTOR]) == (True, False)
    says(life, f"Goals:\n- {goal.number}: Leave this department (shared)")
    assert life.relationship.goals[-1] == goal.text


def test_the_one_question_about_goals_comes_after_each_meeting_to_the_mentee_alone() -> None:
    life = met()
    asked = [e for _, e in life.done if e.kind is EffectKind.FOLLOW_UP]
    assert {e.recipient for e in asked} == set(Role)
    assert life.relationship.meetings.items[0].state is MeetingState.PRESUMED_HELD


def test_an_unknown_number_is_refused_with_the_reason_and_changes_nothing() -> None:
    life = met()
    came = says(life, "Goals:\n- 1: reached\n- 9: Something")
    assert (came.question, life.relationship.aims.items[0].open) == (Question.CANNOT, True)


def test_the_mentors_words_are_not_put_into_the_mentees_goals() -> None:
    life = met()
    before = life.relationship.aims
    came = says(life, "Goals:\n- Be bolder", Role.MENTOR)
    assert (life.relationship.aims, came.unclear) == (before, ("Be bolder",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2: erreicht", SaidGoal(2, ended=True)),
        ("Goal 3: ya no", SaidGoal(3, ended=False)),
        ("Sichtbarkeit nach außen: Auf der Bühne", SaidGoal(0, "Auf der Bühne", GoalKind.VISIBILITY)),
        ("Accès aux dirigeants : rencontrer le comité", SaidGoal(0, "rencontrer le comité", GoalKind.ACCESS)),
        ("Grandes proyectos: dirigir uno (éxito: a tiempo)", SaidGoal(0, "dirigir uno", GoalKind.PROJECTS, "a tiempo")),
        ("how I am perceived: as calm (programme)",
         SaidGoal(0, "as calm", GoalKind.PERCEPTION, "", GoalReaders.PROGRAMME)),
        ("Say no early", SaidGoal(0, "Say no early")),
    ],
)  # fmt: skip
def test_a_line_says_which_goal_of_what_kind_for_whom_in_four_languages(line: str, said: SaidGoal) -> None:
    reply = MailReader().understand(f"Goals:\n- {line}", (BEGINNING + timedelta()).date(), "follow_up")
    assert reply.aims == (said,)
