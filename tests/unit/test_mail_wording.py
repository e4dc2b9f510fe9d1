"""Words of the mails that depend on the occasion."""

import dataclasses
from datetime import time

import pytest

from adapters.mail.catalogue import catalogue
from adapters.mail.compose import MailComposer
from adapters.mail.speaker import Speaker
from domain.letters import AgendaLetter, CharterLetter, ClockChange, LocalClock, PreparationLetter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import AGENDA, BOOKS, FOLLOW_UP, GOALS, LETTERS, OUTLINE, envelope


@pytest.mark.parametrize("first", [True, False])
def test_the_prompt_for_a_first_meeting_says_so_in_whole_words(first: bool) -> None:
    letter = LETTERS[MailKind.PREPARATION]
    assert isinstance(letter, PreparationLetter)
    raw = MailComposer().compose(envelope(MailKind.PREPARATION), dataclasses.replace(letter, first=first))
    words = "the first meeting with" if first else "the meeting with"
    assert all(words in " ".join(part.split()) for part in parts_of(raw)[1:])


@pytest.mark.parametrize("part", [1, 2])
def test_the_charter_asks_for_agree_and_shows_every_term(part: int) -> None:
    words = parts_of(MailComposer().compose(envelope(MailKind.CHARTER), LETTERS[MailKind.CHARTER]))[part]
    terms = (
        "agree",
        "45 minutes, every two weeks",
        "Monday to Friday 09:00\u201317:00 (Chicago)",
        "Monday to Friday 09:00\u201318:00 (Berlin)",
    )
    for term in (
        *terms,
        "that of Jonas",
        "Mara",
        "moves to another time",
        "24 hours",
        "within three working days",
        *GOALS,
    ):
        assert term in words


@pytest.mark.parametrize("kind", [MailKind.AGENDA, MailKind.PREPARATION])
def test_an_unusual_hour_is_told_beside_the_time(kind: MailKind) -> None:
    change = ClockChange(LocalClock("Jonas", "Europe/Berlin"), time(18, 0))
    letter = LETTERS[kind]
    assert isinstance(letter, (AgendaLetter, PreparationLetter))
    raw = MailComposer().compose(envelope(kind), dataclasses.replace(letter, clock_change=change))
    for part in parts_of(raw)[1:]:
        assert "In Berlin the clock shows 17:00 this time, not 18:00" in part


@pytest.mark.parametrize("part", [1, 2])
def test_a_charter_that_says_more_shows_more(part: int) -> None:
    letter = LETTERS[MailKind.CHARTER]
    assert isinstance(letter, CharterLetter)
    terms = dataclasses.replace(
        letter.terms,
        conflict="shorten",
        shortest_minutes=20,
        venue="in_person",
        place="Room 4",
        buffer_minutes=10,
        mentor_preferred="tue-thu 09:00-11:00",
        rhythm="monthly_weekday",
        slack_days=1,
        stretch_minutes=30,
        tentative_yields=True,
        quiet="19:00-08:00",
        weekly_mails=4,
        notice_hours=0,
        organiser="",
    )
    raw = MailComposer().compose(envelope(MailKind.CHARTER), dataclasses.replace(letter, terms=terms))
    words = parts_of(raw)[part]
    for term in (
        "once a month, on the same weekday of the month",
        "at most one day",
        "best Tuesday to Thursday 09:00\u201311:00",
        "up to 30 minutes outside these hours",
        "10 minutes before and after",
        "Room 4",
        "shortened to at least 20 minutes",
        "none is needed",
        "the mentoring service",
        "may be used when no other time is left",
        "no mail from 19:00 to 08:00, except an agenda that is due",
        "four mails a week at most",
    ):
        assert term in words


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("mon,wed 09:00-10:00", "Monday, Wednesday 09:00\u201310:00"),
        ("fri 22:00-02:00", "Friday 22:00\u201302:00 of the next day"),
        ("sat 10:00-24:00", "Saturday 10:00\u201324:00"),
        ("mon-tue 09:00-12:00; mon-tue 13:00-17:00", "Tuesday 09:00\u201312:00; Monday, Tuesday 13:00\u201317:00"),
    ],
)
def test_weekly_hours_are_told_in_words(hours: str, expected: str) -> None:
    assert expected in Speaker(catalogue("en"), markup=False).hours(hours)


@pytest.mark.parametrize("part", [1, 2])
def test_a_follow_up_owns_up_to_an_agenda_that_was_not_sent(part: int) -> None:
    raw = MailComposer().compose(envelope(MailKind.FOLLOW_UP), dataclasses.replace(FOLLOW_UP, agenda_missed=True))
    assert "The agenda could not be sent in time" in parts_of(raw)[part]
    assert "could not be sent" not in parts_of(MailComposer().compose(envelope(MailKind.FOLLOW_UP), FOLLOW_UP))[part]


@pytest.mark.parametrize("part", [1, 2])
def test_an_observation_that_was_added_is_marked_as_confidential_where_it_is_told_first(part: int) -> None:
    added = dataclasses.replace(AGENDA, added=(AGENDA.questions[0], AGENDA.observed[0]))
    words = str(parts_of(MailComposer().compose(envelope(MailKind.AGENDA), added))[part])
    told = words[words.index("has added this") :]
    assert "Observed (confidential, for you alone): Two of the seniors" in told
    assert f"for you alone): {AGENDA.questions[0]}" not in told


@pytest.mark.parametrize("part", [1, 2])
@pytest.mark.parametrize(
    ("change", "idle"),
    [
        ({"samples": (), "open_actions": ()}, True),
        ({"open_actions": ()}, False),
        ({"samples": (), "attached": ("outline.pdf",), "open_actions": ()}, False),
        ({"samples": (), "open_actions": (BOOKS,)}, False),
        ({"samples": (), "open_actions": (OUTLINE,)}, True),
    ],
)
def test_nothing_to_do_is_said_only_where_nothing_is_to_be_read_and_nothing_is_owed(
    part: int, change: dict[str, tuple[object, ...]], idle: bool
) -> None:
    letter = dataclasses.replace(AGENDA, **change)  # type: ignore[arg-type]
    words = parts_of(MailComposer().compose(envelope(MailKind.AGENDA), letter))[part]
    assert ("Nothing to do before you meet" in " ".join(str(words).split())) is idle
