"""A meeting is booked once, whatever happens to the request that books it, and no edit of a person's is overwritten."""

from datetime import timedelta

import pytest

from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Pair, busy, pair

DAY = timedelta(days=1)
BOOKINGS = ("events.create", "events.insert")
TROUBLES = [("mentor", fault) for fault in ("answer_lost", "504", "truncated_json", "409", "503")]
TROUBLES += [("mentee", "answer_lost"), ("service", "answer_lost")]
MOVES = ("events.move", "events.patch")


def stands_once(two: Pair) -> bool:
    """Say whether the stream's meeting and nothing else of ours is in both calendars, at the stream's time."""
    meeting = two.meeting
    return all(
        [(s.uid, s.start) for s in two.shown(who)] == [(meeting.ical_uid, meeting.time.start)] for who in (MARA, JONAS)
    )


@SWAPPED
@pytest.mark.parametrize(("organiser", "fault"), TROUBLES)
def test_one_event_stands_whatever_became_of_the_answer(mara_in: str, organiser: str, fault: str) -> None:
    with pair(mara_in, organiser=organiser) as two:
        two.remote.faults([{"operation": name, "fault": fault, "times": 2} for name in BOOKINGS])
        two.live_to_booking()
        two.live(hours=12)
        assert stands_once(two)
        # A name that is taken by an event that nobody can find is given up for the next generation's.
        assert fault == "409" or two.meeting.ref == "1.1"


@SWAPPED
def test_a_hand_that_moves_the_meeting_in_the_very_moment_of_our_move_wins(mara_in: str) -> None:
    with pair(mara_in, organiser="mentor") as two:
        meeting = two.live_to_booking()
        hers = meeting.time.start + DAY
        act = {"account": MARA, "act": "move", "start": hers.isoformat()}
        two.remote.faults([{"operation": name, "fault": "hand_first", "act": act} for name in MOVES])
        two.remote.hand([busy(JONAS, meeting.time.start, meeting.time.end)])
        two.live(hours=12)
        assert two.meeting.time.start == hers
        assert stands_once(two)


@SWAPPED
def test_a_move_that_is_refused_as_out_of_date_is_decided_anew(mara_in: str) -> None:
    with pair(mara_in, organiser="mentor") as two:
        meeting = two.live_to_booking()
        two.remote.faults([{"operation": name, "fault": "412"} for name in MOVES])
        two.remote.hand([busy(JONAS, meeting.time.start, meeting.time.end)])
        two.live(hours=12)
        assert two.meeting.time.start != meeting.time.start
        assert stands_once(two)
