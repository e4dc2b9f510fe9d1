"""A guest drags the own copy of a meeting: the organiser's copy follows when that is possible."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.world import Fault
from domain.interval import Interval
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, theatre


@pytest.mark.parametrize("fault", [None, Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_a_guests_move_to_a_time_that_suits_both_moves_the_meeting_for_everybody(
    tmp_path: Path, fault: Fault | None
) -> None:
    with theatre(tmp_path, "service") as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        wished = Interval(entry.time.start + DAY, entry.time.end + DAY)
        if fault is not None:
            stage.world.fail_next("calendar.move", fault)
        stage.hands.move(MENTEE, entry.ical_uid, wished)
        stage.live_until(stage.world.now + 2 * HOUR)
        assert [e.time for e in stage.events(MENTOR)] == [wished]
        assert stage.relationship.meetings.items[0].time == wished
        assert "notice" not in stage.mail_kinds(MENTEE)


def test_a_guests_move_to_the_night_moves_nothing_and_is_answered_once(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + HOUR)
        night = Interval(entry.time.start + timedelta(hours=11), entry.time.end + timedelta(hours=11))
        stage.hands.move(MENTEE, entry.ical_uid, night)
        stage.live_until(stage.world.now + 6 * HOUR)
        assert [e.time for e in stage.events(MENTOR)] == [entry.time]
        (notice,) = stage.inbox(MENTEE, "notice")
        assert b"stays on" in notice.raw
        assert "notice" not in stage.mail_kinds(MENTOR)
