"""S4: the mentor declines without a word twenty hours before: the meeting moves, and the old time is gone for good."""

from datetime import timedelta

from domain.calendar import Response
from domain.meeting import MeetingState
from domain.meeting_events import MeetingCancelled, ResponseSeen
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, chicago, pair

TUESDAY = chicago("2027-03-02 10:00")


@SWAPPED
def test_a_late_decline_is_a_fact_a_new_time_is_booked_and_the_old_one_disappears_from_both(mara_in: str) -> None:
    with pair(mara_in) as two:
        old = two.live_to_booking()
        two.live_until(TUESDAY - timedelta(hours=20))
        assert two.mails() == [("Mara", "agenda")]
        two.forget_mails()
        two.does(MARA, "decline")
        two.live(minutes=30)
        (declined,) = [event for event in two.events(ResponseSeen) if event.response is Response.DECLINED]
        assert declined.by.actor == two.relationship.mentor_id
        (cancelled,) = two.events(MeetingCancelled)
        assert "less than 24 hours before" in cancelled.reason
        new = two.meeting
        assert (new.cycle, new.generation, new.state) == (1, 2, MeetingState.BOOKED)
        for who in (MARA, JONAS):
            assert [(shown.start, shown.uid) for shown in two.shown(who)] == [(new.time.start, new.ical_uid)]
        assert new.ical_uid != old.ical_uid
        two.live_until(TUESDAY + timedelta(hours=12))
        assert two.mails() == []
        two.live_until(new.time.start)
        assert two.mails() == [("Mara", "agenda")]
