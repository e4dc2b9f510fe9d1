"""A pair that is let rest hears nothing and keeps what stands; everybody else goes on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.errors import Refused
from service.pausing import pause_pair, resume_pair
from service.queries_history import history
from service.queries_plan import outlook
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre, theatre


@pytest.fixture
def stage() -> Iterator[Theatre]:
    with quick_folder() as folder, theatre(folder) as found:
        yield found


def test_a_pair_that_rests_hears_nothing_keeps_its_meeting_and_goes_on_without_making_up(stage: Theatre) -> None:
    stage.live_to("preparation")
    meeting = stage.relationship.meetings.current
    assert meeting is not None
    assert (pause_pair(stage.house, stage.relationship), pause_pair(stage.house, stage.relationship)) == (True, False)
    heard = stage.mail_kinds(MENTOR), stage.mail_kinds(MENTEE)
    stage.live_until(meeting.time.end + DAY)
    assert (stage.mail_kinds(MENTOR), stage.mail_kinds(MENTEE)) == heard
    assert len(stage.events(MENTOR)) == 1
    assert outlook(stage.house, stage.id, timedelta(weeks=2)).obstacles == (
        "the mentoring rests until an administrator lets it go on",
    )
    assert resume_pair(stage.house, stage.relationship)
    stage.live_until(stage.world.now + HOUR)
    assert "agenda" not in stage.mail_kinds(MENTOR)
    assert "held_question" in stage.mail_kinds(MENTEE)
    told = [line.what for line in history(stage.house, stage.id).events]
    assert [words for words in told if "rests" in words or "goes on" in words] == [
        "the mentoring rests until an administrator lets it go on",
        "the mentoring goes on after its pause",
    ]
    assert "notice" not in stage.mail_kinds(MENTOR) + stage.mail_kinds(MENTEE)


def test_what_has_ended_cannot_be_let_rest(stage: Theatre) -> None:
    stage.habits["request"] = "decline"
    stage.live_to("request")
    stage.live_until(stage.world.now + DAY)
    with pytest.raises(Refused, match="Nothing runs"):
        pause_pair(stage.house, stage.relationship)


def test_a_rest_with_an_end_clears_the_calendars_says_so_once_at_each_end_and_goes_on_by_itself(stage: Theatre) -> None:
    stage.live_to_booking()
    heard = len(stage.mail_kinds(MENTOR)), len(stage.mail_kinds(MENTEE))
    until = (stage.world.now + timedelta(days=40)).date()
    asked = [pause_pair(stage.house, stage.relationship, until) for _ in range(2)]
    assert asked == [True, False]
    stage.live_until(stage.world.now + 39 * DAY)
    assert stage.events(MENTOR) == stage.events(MENTEE) == []
    assert [stage.mail_kinds(who)[mark:] for who, mark in zip((MENTOR, MENTEE), heard, strict=True)] == [["notice"]] * 2
    assert "rests until" in outlook(stage.house, stage.id, timedelta(weeks=2)).obstacles[0]
    stage.live_until(stage.world.now + 3 * DAY)
    assert stage.mail_kinds(MENTOR)[heard[0] :].count("notice") == 2
    assert stage.relationship.meetings.current is not None
