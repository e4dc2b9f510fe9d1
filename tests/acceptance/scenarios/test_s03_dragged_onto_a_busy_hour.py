"""S3: the mentor drags the meeting onto an hour that is taken on the other side: no silent clash; her day is kept."""

from datetime import timedelta

from domain.meeting import MeetingState
from domain.meeting_events import MovePlanned
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, busy, chicago, pair

TUESDAY, THURSDAY = chicago("2027-03-02 10:00"), chicago("2027-03-04 09:30")
TAKEN = {**busy(JONAS, chicago("2027-03-04 09:15"), chicago("2027-03-04 10:15")), "subject": "Dentist"}


@SWAPPED
def test_the_nearest_time_of_the_same_day_is_taken_and_both_hear_why_without_hearing_of_the_other_appointment(
    mara_in: str,
) -> None:
    with pair(mara_in, TAKEN, organiser="mentor") as two:
        assert two.live_to_booking().time.start == TUESDAY
        two.moves(MARA, THURSDAY)
        two.live(minutes=30)
        free = chicago("2027-03-04 10:15")
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [free]
        assert len(two.events(MovePlanned)) == 1
        assert sorted(two.mails()) == [("Jonas", "notice"), ("Mara", "notice")]
        for who in (MARA, JONAS):
            text = two.text_of(two.mails_of(who, "notice")[-1])
            assert "so the meeting was moved" in text
            assert "dentist" not in text.lower()


@SWAPPED
def test_without_any_free_time_one_question_is_asked_and_at_the_notice_limit_the_meeting_is_left_out(
    mara_in: str,
) -> None:
    working_days = (chicago(f"2027-03-{day:02} 00:01") for day in (3, 4, 5, *range(8, 13)))
    booked_up = [busy(JONAS, day, day + timedelta(hours=23)) for day in working_days]
    with pair(mara_in, *booked_up, organiser="mentor") as two:
        meeting = two.live_to_booking()
        two.live_until(TUESDAY - timedelta(hours=23))
        two.forget_mails()
        two.moves(MARA, THURSDAY)
        two.live(days=1)
        assert two.mails() == [("Jonas", "notice")]
        two.live_until(THURSDAY - timedelta(hours=23))
        assert two.relationship.meeting(meeting.ref).state is not MeetingState.BOOKED
        assert two.shown(MARA) == two.shown(JONAS)
        assert THURSDAY not in [shown.start for shown in two.shown(MARA)]
        assert [mail for mail in two.mails() if mail[1] == "notice"].count(("Jonas", "notice")) == 2
