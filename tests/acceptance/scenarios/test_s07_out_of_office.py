"""S7: the mentor is away for two weeks over the meeting, and her mailbox answers by itself."""

from datetime import timedelta

from domain.meeting import MeetingState
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, busy, chicago, pair

TUESDAY = chicago("2027-03-02 10:00")
LEAVE = (chicago("2027-03-01 13:00"), chicago("2027-03-13 00:00"))


@SWAPPED
def test_the_meeting_moves_behind_the_absence_and_nothing_is_sent_to_her_meanwhile(mara_in: str) -> None:
    with pair(mara_in, slack_days=14) as two:
        two.live_to_booking()
        two.live_until(chicago("2027-02-28 18:00"))
        two.does(MARA, "leave", start=LEAVE[0], end=LEAVE[1], auto_reply="I am away until 15 March.")
        two.live_until(LEAVE[0])
        two.forget_mails()
        new = two.meeting
        assert new.time.start > LEAVE[1]
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [new.time.start]
        two.live_until(LEAVE[1])
        assert [mail for mail in two.mails() if mail[0] == "Mara"] == []


@SWAPPED
def test_an_automatic_reply_never_counts_as_an_answer(mara_in: str) -> None:
    away = {"account": MARA, "act": "leave", "start": "2027-03-10T00:00:00Z", "end": "2027-03-12T00:00:00Z"}
    reply = {
        **away,
        "start": "2027-03-01T15:00:00Z",
        "end": "2027-03-01T23:00:00Z",
        "auto_reply": "Skip it, I am away.",
    }
    with pair(mara_in, reply) as two:
        meeting = two.live_to_booking()
        two.live_until(TUESDAY - timedelta(hours=1))
        assert two.mails_of(MARA, "agenda") != []
        assert two.relationship.meeting(meeting.ref).state is MeetingState.BOOKED
        assert two.mails_of(MARA, "echo") == []


@SWAPPED
def test_working_elsewhere_does_not_stand_in_the_way_and_a_tentative_appointment_does(mara_in: str) -> None:
    elsewhere = {
        "account": MARA, "act": "busy", "start": "2027-03-02", "end": "2027-03-03", "status": "workingElsewhere"
    }  # fmt: skip
    with pair(mara_in, elsewhere if mara_in == "microsoft" else {**elsewhere, "status": "free"}) as two:
        assert two.live_to_booking().time.start == TUESDAY
    maybe = busy(MARA, TUESDAY, TUESDAY + timedelta(hours=1), "tentative")
    with pair(mara_in, maybe) as two:
        assert two.live_to_booking().time.start != TUESDAY
