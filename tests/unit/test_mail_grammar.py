"""What the words of a reply mean: commands, headed sections, actions and their dates."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.dates import understood
from adapters.mail.reader import MailReader
from domain.reply import Command, Reply, SaidAction, SaidGoal

MONDAY = date(2027, 3, 1)


def said(text: str) -> Reply:
    return MailReader().understand(text, MONDAY)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("accept", Command.ACCEPT),
        ("I accept.", Command.ACCEPT),
        ("Yes, happy to!", Command.ACCEPT),
        ("Zusage", Command.ACCEPT),
        ("j\u2019accepte", Command.ACCEPT),
        ("decline", Command.DECLINE),
        ("No, thanks.", Command.DECLINE),
        ("AGREE", Command.AGREE),
        ("yes", Command.AGREE),
        ("Ok 👍", Command.AGREE),
        ("I agree, thanks", Command.AGREE),
        ("Sounds good!", Command.AGREE),
        ("Einverstanden", Command.AGREE),
        ("d'accord", Command.AGREE),
        ("de acuerdo", Command.AGREE),
        ("*stop*", Command.STOP),
        ("Stop.", Command.STOP),
        ("held", Command.HELD),
        ("We met", Command.HELD),
        ("not held", Command.NOT_HELD),
        ("It didn\u2019t happen", Command.NOT_HELD),
        ("nicht stattgefunden", Command.NOT_HELD),
        ("let's skip this one", Command.SKIP),
        ("Lass uns das ausfallen lassen", Command.SKIP),
        ("done", Command.DONE),
        ("Erledigt", Command.DONE),
        ("c'est fait", Command.DONE),
        ("hecho", Command.DONE),
        ("Undo", Command.UNDO),
        ("bitte rückgängig machen", Command.UNDO),
        ("deshacer", Command.UNDO),
        ("please reschedule", Command.MOVE),
        ("Verschieben", Command.MOVE),
        ("Reporter", Command.MOVE),
        ("please pause", Command.PAUSE),
        ("hacer una pausa", Command.PAUSE),
        ("Close.", Command.CLOSE),
        ("Clôturer", Command.CLOSE),
    ],
)
def test_a_first_line_that_is_a_phrase_is_a_command(line: str, command: Command) -> None:
    assert said(line) == Reply(command=command)
    assert said(f"Hi Jonas,\n\n{line}\n\nBest regards\nMara Quint").command is command


@pytest.mark.parametrize(
    "text",
    [
        "skip?",
        "agree?",
        "I agree with most of it",
        "happy to, but only 30 min",
        "We should stop doing this",
        "Thanks for the agenda\nagree",
        "not sure\nheld",
        "no",
        "accept " * 20,
        "",
        "   \n\n",
    ],
)
def test_anything_else_is_no_command(text: str) -> None:
    assert said(text).command is None


@pytest.mark.parametrize(
    "greeting", ["Hi", "Hello Jonas,", "Dear Mr Lindt:", "Hallo zusammen!", "Good morning", "Bonjour Jonas,"]
)
def test_a_greeting_is_passed_over(greeting: str) -> None:
    assert said(f"{greeting}\n\nheld") == Reply(command=Command.HELD)


def test_a_greeting_with_news_is_no_greeting() -> None:
    assert said("Hi Jonas, I will be late").unsorted == ("Hi Jonas, I will be late",)


def test_sections_hold_their_points_in_order() -> None:
    text = (
        "Done:\n- wrote the plan\n* asked two peers\n\nLearned: people like drafts\n\n"
        "Questions and needs\n1. How do I say no?\n2) Whom to ask?\n\nNeeds: a room\n\n"
        "**Samples:**\n• https://files.example.org/a?b=c\n\nObserved:\nSeniors are tired\nAnd bored\n\n"
        "Goals: lead a team"
    )
    assert said(text) == Reply(
        done=("wrote the plan", "asked two peers"),
        learned=("people like drafts",),
        questions=("How do I say no?", "Whom to ask?", "a room"),
        samples=("https://files.example.org/a?b=c",),
        observed=("Seniors are tired", "And bored"),
        goals=("lead a team",),
        aims=(SaidGoal(text="lead a team"),),
    )


def test_a_line_that_a_program_wrapped_is_one_point() -> None:
    text = "Learned:\n- a date that cannot be kept is best moved before anybody has\n  to ask for it\n- drafts help"
    assert said(text).learned == (
        "a date that cannot be kept is best moved before anybody has to ask for it",
        "drafts help",
    )


def test_text_under_no_heading_is_kept_as_it_is() -> None:
    assert said("I may be late.\n\nIs the room booked?").unsorted == ("I may be late.", "Is the room booked?")
    assert said("Questions:\n- how?\n\nSee you on Tuesday.").unsorted == ("See you on Tuesday.",)


def test_a_closing_says_nothing() -> None:
    assert said("Questions:\n- how?\n\nBest regards,\nMara Quint\nContoso") == Reply(questions=("how?",))
    assert said("Thanks,\nQuestions: how?").questions == ("how?",)


@pytest.mark.parametrize(
    ("text", "command", "done"),
    [
        ("Done", Command.DONE, ()),
        ("Done\nMara", Command.DONE, ()),
        ("Done.\n\nThat was hard work.", Command.DONE, ()),
        ("Done\n- the plan", None, ("the plan",)),
        ("Done:\nfinished the whole plan", None, ("finished the whole plan",)),
        ("Done: the plan", None, ("the plan",)),
        ("Done:\nplan\n\nLearned:\n- much", None, ("plan",)),
    ],
)
def test_done_is_an_answer_alone_and_a_heading_before_points(
    text: str, command: Command | None, done: tuple[str, ...]
) -> None:
    assert (said(text).command, said(text).done) == (command, done)


def test_actions_name_their_owner_and_their_day() -> None:
    text = (
        "held\n\nAction for me: finish the outline by Friday 12 March\nAction for you: call Ada\n"
        "Action for Mara: send the book list by 2027-03-19.\nactions for me : rest until next Friday"
    )
    assert said(text) == Reply(
        command=Command.HELD,
        actions=(
            SaidAction("me", "finish the outline", date(2027, 3, 12)),
            SaidAction("you", "call Ada", None),
            SaidAction("Mara", "send the book list", date(2027, 3, 19)),
            SaidAction("me", "rest", date(2027, 3, 12)),
        ),
    )


def test_a_list_of_actions_is_the_writers_unless_it_names_somebody() -> None:
    text = (
        "Actions:\n- write the plan by Friday\n- Mara: send the list by 12 March\n- you: call Ada\n\nMore on Tuesday."
    )
    assert said(text) == Reply(
        actions=(
            SaidAction("me", "write the plan", date(2027, 3, 5)),
            SaidAction("Mara", "send the list", date(2027, 3, 12)),
            SaidAction("you", "call Ada", None),
        ),
        unsorted=("More on Tuesday.",),
    )


def test_points_below_an_action_heading_belong_to_its_owner() -> None:
    assert said("Action for Mara:\n- call Ada\n- rest by Friday").actions == (
        SaidAction("Mara", "call Ada", None),
        SaidAction("Mara", "rest", date(2027, 3, 5)),
    )


def test_a_wrapped_action_keeps_its_date_and_the_next_line_its_own_meaning() -> None:
    text = (
        "Action for me: write the whole outline of the migration plan for the board\nby Friday 12 March\nThat was all."
    )
    assert said(text) == Reply(
        actions=(SaidAction("me", "write the whole outline of the migration plan for the board", date(2027, 3, 12)),),
        unsorted=("That was all.",),
    )


@pytest.mark.parametrize(
    ("words", "text", "due"),
    [
        ("send it by Friday", "send it", date(2027, 3, 5)),
        ("send it (by Friday)", "send it", date(2027, 3, 5)),
        ("send it, due 12 March", "send it", date(2027, 3, 12)),
        ("stand by me by Friday", "stand by me", date(2027, 3, 5)),
        ("stand by me", "stand by me", None),
        ("read the book by Ada by 4/12", "read the book by Ada by 4/12", None),
        ("send it by 12 February", "send it by 12 February", None),
        ("by Friday", "by Friday", None),
        ("send it before lunch", "send it before lunch", None),
    ],
)
def test_a_date_counts_only_at_the_end_of_an_action(words: str, text: str, due: date | None) -> None:
    assert said(f"Action for me: {words}").actions == (SaidAction("me", text, due),)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2027-03-12", date(2027, 3, 12)),
        ("Friday", date(2027, 3, 5)),
        ("fri", date(2027, 3, 5)),
        ("this Friday", date(2027, 3, 5)),
        ("Monday", date(2027, 3, 8)),
        ("next Friday", date(2027, 3, 12)),
        ("next Monday", date(2027, 3, 8)),
        ("Friday 12 March", date(2027, 3, 12)),
        ("Friday, 12 March 2027", date(2027, 3, 12)),
        ("12 March", date(2027, 3, 12)),
        ("12th of March", date(2027, 3, 12)),
        ("the 12th of March", date(2027, 3, 12)),
        ("March 12", date(2027, 3, 12)),
        ("Mar 12th, 2027", date(2027, 3, 12)),
        ("10 January 2028", date(2028, 1, 10)),
        ("5 Dec", date(2027, 12, 5)),
        ("today", MONDAY),
        ("tomorrow", date(2027, 3, 2)),
        ("the day after tomorrow", date(2027, 3, 3)),
        ("in two weeks", date(2027, 3, 15)),
        ("in 10 days", date(2027, 3, 11)),
        ("two weeks from now", date(2027, 3, 15)),
        ("next week", date(2027, 3, 8)),
        ("end of month", date(2027, 3, 31)),
        ("the end of the month", date(2027, 3, 31)),
        ("month end", date(2027, 3, 31)),
        ("end of next month", date(2027, 4, 30)),
        ("end of the week", date(2027, 3, 5)),
        ("end of next week", date(2027, 3, 12)),
        ("end of May", date(2027, 5, 31)),
        ("end of February", date(2028, 2, 29)),
    ],
)
def test_an_expression_that_means_one_day_is_understood(expression: str, expected: date) -> None:
    assert understood(expression, MONDAY) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "4/12",
        "04.12.2027",
        "12",
        "12th",
        "2027",
        "March",
        "may",
        "now",
        "noon",
        "10",
        "sun and moon",
        "Tuesday 12 March",
        "31 February",
        "2027-02-31",
        "2026-03-12",
        "12 March 2026",
        "28 February",
        "12 March 2029",
        "in two years",
        "in 5 hours",
        "yesterday",
        "two weeks ago",
        "the end",
        "end of the project",
        "version 2.1",
        "",
        "next Mara",
        "March or April 12 or so, if it can be done at all",
    ],
)
def test_an_expression_that_means_no_day_or_several_is_not_guessed(expression: str) -> None:
    assert understood(expression, MONDAY) is None


def test_dates_reach_over_the_end_of_the_year() -> None:
    assert understood("10 January", date(2027, 12, 20)) == date(2028, 1, 10)
    assert understood("end of next month", date(2027, 12, 20)) == date(2028, 1, 31)
    assert understood("end of month", date(2027, 12, 20)) == date(2027, 12, 31)
    assert understood("next Friday", date(2027, 12, 27)) == date(2028, 1, 7)


def test_business_prose_holds_no_command() -> None:
    prose = (
        "Thanks for the update. I agree that we should stop here and skip the review.",
        "Please accept my apologies, the meeting was not held because of the audit.",
        "Done with the first part; the rest is for next week.",
        "Yes, and could you send me the numbers by Friday?",
        "OK, let me look into it and come back to you.",
    )
    assert [said(text).command for text in prose] == [None] * len(prose)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=500), st.dates(date(2020, 1, 1), date(2050, 1, 1)))
def test_any_text_is_taken_apart_without_an_error(text: str, today: date) -> None:
    assert isinstance(MailReader().understand(text, today), Reply)


LINES = st.sampled_from(
    [
        "Done:",
        "done",
        "- a",
        "Action for me: b by Friday",
        "Actions:",
        "- Ada: c by 4/12",
        "",
        "Hi,",
        "Best,",
        "words here",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_no_point_is_lost_whatever_the_order_of_lines(lines: list[str]) -> None:
    reply = said("\n".join(lines))
    points = (*reply.done, *reply.unsorted, *(action.text for action in reply.actions))
    assert sum(point == "a" for point in points) == lines.count("- a")
    assert sum(point == "b" for point in points) == lines.count("Action for me: b by Friday")
