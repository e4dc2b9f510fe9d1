"""The forecast says what would happen, marks what it assumes, and leaves everything as it is."""

from datetime import timedelta

import pytest

from domain.calendar import Response
from domain.charter import ConflictPolicy, Role
from domain.forecast import Foreseen, forecast
from tests.unit.domain_cast import BEGINNING, DAY, agreed, by_mail, charter, requested, words
from tests.unit.domain_life import Life, booked_life


def ahead(life: Life, days: int = 42) -> tuple[Foreseen, ...]:
    """Return what would happen in the coming days."""
    return forecast(life.situation(), life.now, life.now + days * DAY)


def test_from_the_request_to_the_first_follow_up_in_order() -> None:
    told = [f.what for f in ahead(Life(requested()), 8)]
    assert told == [
        "request",
        "charter",
        "charter",
        "meeting planned",
        "book",
        "preparation",
        "agenda",
        "held_question",
        "meeting presumed held",
        "meeting planned",
        "book",
        "follow_up",
        "follow_up",
    ]


def test_it_is_told_in_the_order_of_time_and_inside_the_time_asked_for() -> None:
    told = ahead(Life(agreed()))
    times = [f.at for f in told]
    assert times == sorted(times)
    assert times[0] >= BEGINNING
    assert times[-1] <= BEGINNING + 42 * DAY


def test_the_first_step_rests_on_nothing_and_all_later_ones_on_what_was_assumed() -> None:
    first, *later = ahead(Life(agreed()))
    assert (first.what, first.assumed) == ("meeting planned", False)
    assert later
    assert all(foreseen.assumed for foreseen in later)


def test_it_agrees_with_what_then_happens() -> None:
    life = Life(agreed())
    told = [(f.at, f.what, f.meeting) for f in ahead(life) if f.what == "agenda"]
    life.live_until(BEGINNING + 42 * DAY)
    assert told == [(at, e.kind.value, e.about) for at, e in life.done if e.kind == "agenda"]
    assert len(told) >= 3


def test_every_step_cites_its_clause_and_names_its_meeting() -> None:
    for foreseen in ahead(Life(agreed())):
        assert foreseen.clause is not None
        assert foreseen.start is not None
        assert "." in foreseen.meeting


@pytest.mark.parametrize("begin", [requested, agreed])
def test_it_leaves_the_relationship_untouched(begin: object) -> None:
    assert callable(begin)
    life = Life(begin())
    version, plan = life.relationship.version, life.plan()
    assert ahead(life)
    assert (life.relationship.version, life.plan()) == (version, plan)
    assert life.relationship.meetings.items == ()


def test_it_ends_when_nothing_can_follow() -> None:
    paused = Life(agreed())
    paused.pause(Role.MENTEE)
    assert [f.what for f in ahead(paused, 10_000)] == ["notice"]
    declined = Life(requested())
    declined.relationship.decline(by_mail(Role.MENTOR))
    assert [f.what for f in ahead(declined, 10_000)] == ["notice"]


def test_it_ends_after_years_too() -> None:
    told = ahead(Life(agreed(charter(cadence_days=366))), 2_000)
    assert len([f for f in told if f.what == "agenda"]) == 6
    assert told[-1].at > BEGINNING + 1_800 * DAY


def test_without_calendars_nothing_is_foreseen() -> None:
    life = Life(agreed())
    life.busy = {}
    assert ahead(life) == ()


def test_it_tells_of_a_meeting_given_up_and_of_a_cycle_left_out() -> None:
    life = booked_life(conflict=ConflictPolicy.MOVE)
    life.answer(Role.MENTEE, Response.DECLINED)
    life.commitments[Role.MENTOR] = (life.meeting.time.widened(40 * DAY),)
    told = [(f.what, f.meeting) for f in ahead(life, 1)]
    assert told == [
        ("meeting cancelled: declined by the mentee", "1.1"),
        ("cycle skipped: no other time was found in its window", "1.2"),
        ("cancel", "1.1"),
        ("notice", "skipped"),
        ("notice", "skipped"),
    ]


def test_it_tells_of_what_lapsed_and_of_a_request_that_expired() -> None:
    life = booked_life()
    life.now = life.meeting.time.start + timedelta(minutes=1)
    assert [(f.what, f.meeting) for f in ahead(life, 0)] == [("agenda lapsed", "1.1")]
    old = Life(requested())
    old.now = BEGINNING + 20 * DAY
    assert next(f.what for f in ahead(old, 0)) == "request expired: the mentor did not answer"


def test_it_foresees_a_reminder_of_an_action() -> None:
    life = booked_life()
    text, due = words("Write it down")[0], BEGINNING.date() + timedelta(days=4)
    life.relationship.owe_action(Role.MENTEE, text, due, 1, by_mail(Role.MENTEE))
    chased = [f for f in ahead(life, 14) if f.what == "chase"]
    assert [(f.recipient, f.meeting) for f in chased] == [("mentee", "1"), ("mentee", "1")]
