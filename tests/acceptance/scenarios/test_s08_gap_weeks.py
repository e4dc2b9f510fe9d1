"""S8: in the weeks in which only one side's clocks have changed the pinned wall clock holds, and the other is told."""

from datetime import UTC, datetime

from domain.meeting_events import MeetingPlanned
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, berlin, chicago, pair

AUTUMN = datetime(2026, 10, 12, 8, tzinfo=UTC)


@SWAPPED
def test_mara_keeps_ten_o_clock_and_jonas_meets_an_hour_earlier_between_the_two_changes(mara_in: str) -> None:
    with pair(mara_in, start=AUTUMN, since=chicago("2026-10-25 10:00")) as two:
        meeting = two.live_to_booking()
        assert meeting.time.start == chicago("2026-10-27 10:00") == berlin("2026-10-27 16:00")
        assert [shown.start for shown in two.shown(JONAS)] == [meeting.time.start]
        (planned, *_) = two.events(MeetingPlanned)
        assert (planned.zone, planned.wall) == ("America/Chicago", "2026-10-27T10:00")


@SWAPPED
def test_the_agenda_says_beforehand_that_the_clocks_shift_the_meeting_for_one_of_them(mara_in: str) -> None:
    with pair(mara_in, start=datetime(2027, 2, 8, 8, tzinfo=UTC), since=chicago("2027-02-14 10:00")) as two:
        two.live_to_booking()
        two.live_until(chicago("2027-03-16 10:00"))
        second = two.relationship.meetings.of_cycle(2)[-1]
        assert second.time.start == chicago("2027-03-16 10:00") == berlin("2027-03-16 16:00")
        text = two.text_of(two.mails_of(MARA, "agenda")[-1])
        assert "16:00" in text
        assert "clock" in text


@SWAPPED
def test_when_jonas_pins_the_clock_he_keeps_five_o_clock(mara_in: str) -> None:
    with pair(mara_in, since=berlin("2027-03-14 17:00"), pins="mentee") as two:
        assert two.live_to_booking().time.start == berlin("2027-03-16 17:00") == chicago("2027-03-16 11:00")
