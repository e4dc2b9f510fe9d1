"""S9: while the service sleeps, both book a meeting by hand: one is adopted, the other is named to its maker."""

from domain.meeting_events import MeetingAdopted
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, berlin, chicago, meeting_by_hand, pair

WEDNESDAY, THURSDAY = berlin("2027-03-03 16:00"), chicago("2027-03-04 10:00")
HIS = meeting_by_hand(JONAS, "Mentoring w/ Mara", WEDNESDAY, MARA)
HERS = meeting_by_hand(MARA, "Catch-up Jonas", THURSDAY, JONAS)
SHE_ACCEPTS: Json = {
    "account": MARA, "act": "accept", "event": {"subject_has": "Mentoring w/"}, "at": "2027-02-27T10:00:00Z"
}  # fmt: skip


@SWAPPED
def test_the_accepted_one_is_adopted_and_the_other_is_named_to_its_maker_while_both_stay_in_the_calendars(
    mara_in: str,
) -> None:
    with pair(mara_in, HIS, HERS, SHE_ACCEPTS) as two:
        two.live(hours=6)
        (adopted,) = two.events(MeetingAdopted)
        assert (adopted.time.start, adopted.organiser.value) == (WEDNESDAY, "mentee")
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [WEDNESDAY, THURSDAY]
        notices = [mail for mail in two.mails() if mail[1] == "notice"]
        assert notices == [("Mara", "notice")]
        assert "take yours out" in two.text_of(two.mails_of(MARA, "notice")[0])
        two.live_until(WEDNESDAY)
        assert len([mail for mail in two.mails() if mail[1] == "notice"]) == 1


@SWAPPED
def test_when_its_maker_takes_the_other_out_one_meeting_is_left(mara_in: str) -> None:
    with pair(mara_in, HIS, HERS, SHE_ACCEPTS) as two:
        two.live(hours=6)
        two.does(MARA, "delete", event={"subject_has": "Catch-up"})
        two.live(hours=1)
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [WEDNESDAY]
        assert two.meeting.time.start == WEDNESDAY


@SWAPPED
def test_a_meeting_with_a_third_person_is_never_adopted(mara_in: str) -> None:
    three = meeting_by_hand(JONAS, "Mentoring round", WEDNESDAY, MARA, "ken.okada@example.com")
    with pair(mara_in, three) as two:
        two.live(hours=6)
        assert two.events(MeetingAdopted) == []
        assert two.meeting.ical_uid not in {shown.uid for shown in two.shown(JONAS) if shown.start == WEDNESDAY}
