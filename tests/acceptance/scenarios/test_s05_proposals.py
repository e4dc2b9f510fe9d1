"""S5: a guest in Outlook proposes a new time: a sane one is granted, a nonsensical one gets one clarifying mail."""

from datetime import datetime, timedelta

import pytest

from domain.meeting_events import MeetingMoved, TimeProposed
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, berlin, busy, chicago, pair

TUESDAY = chicago("2027-03-02 10:00")
LENGTH = timedelta(minutes=45)


def guest_in_outlook(mara_in: str) -> str:
    """Return which of the two has Outlook, which alone knows proposals."""
    return MARA if mara_in == "microsoft" else JONAS


@SWAPPED
def test_a_sane_proposal_moves_the_meeting_for_everybody_without_a_mail(mara_in: str) -> None:
    guest, wished = guest_in_outlook(mara_in), chicago("2027-03-04 09:30")
    with pair(mara_in, organiser="service", service="microsoft") as two:
        two.live_to_booking()
        two.does(guest, "propose", start=wished, end=wished + LENGTH)
        two.live(minutes=30)
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [wished]
        assert len(two.events(TimeProposed)) == len(two.events(MeetingMoved)) == 1
        assert two.mails() == []


@SWAPPED
@pytest.mark.parametrize("wished", [berlin("2027-03-04 03:00"), chicago("2027-02-28 10:30")], ids=["night", "past"])
def test_a_proposal_at_night_or_in_the_past_moves_nothing_and_gets_one_clarifying_mail(
    mara_in: str, wished: datetime
) -> None:
    guest = guest_in_outlook(mara_in)
    with pair(mara_in, organiser="service", service="microsoft") as two:
        two.live_to_booking()
        two.live_until(chicago("2027-02-28 12:00"))
        two.does(guest, "propose", start=wished, end=wished + LENGTH)
        two.live(hours=20)
        assert two.meeting.time.start == TUESDAY
        assert two.mails() == [("Mara" if guest == MARA else "Jonas", "notice")]
        assert "stays on" in two.text_of(two.mails_of(guest, "notice")[-1])


@SWAPPED
def test_a_proposal_that_the_other_cannot_keep_is_answered_and_the_meeting_stays(mara_in: str) -> None:
    guest, wished = guest_in_outlook(mara_in), chicago("2027-03-04 09:30")
    other = JONAS if guest == MARA else MARA
    with pair(mara_in, busy(other, wished, wished + LENGTH), organiser="service", service="microsoft") as two:
        two.live_to_booking()
        two.does(guest, "propose", start=wished, end=wished + LENGTH)
        two.live(hours=6)
        assert [shown.start for shown in two.shown(other)] == [TUESDAY]
        assert len([mail for mail in two.mails() if mail[1] == "notice"]) == 1
