"""S1: he asks by mail, she says "happy to, but only 30 min", he says "ok", and one meeting of 30 minutes is booked."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.meeting_events import MeetingBooked, MeetingPlanned
from domain.opening_events import AcceptedWithCounter
from domain.relationship_events import CharterAgreed, Requested
from domain.relationship_state import Status
from tests.acceptance.scenarios.stage import JONAS, MARA, ZONES, busy, chicago, pair

REQUEST = """Mentor: Mara Lindqvist

Goals:
- Lead a team of five within two years
Why you:
You built the team that I would like to lead.
What I bring:
Two evenings a week and an eye for detail.
"""
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("mara_in", "yes", "ok"),
    [
        ("microsoft", "happy to, but only 30 min", "ok"),
        ("google", "Gerne, aber nur eine halbe Stunde", "einverstanden"),
    ],
)
def test_a_counter_proposal_by_mail_leads_to_one_meeting_that_suits_both(mara_in: str, yes: str, ok: str) -> None:
    taken = busy(MARA, chicago("2027-03-02 09:00"), chicago("2027-03-02 10:00"))
    with pair(mara_in, taken, strangers=True) as two:
        two.asks_by_mail(JONAS, REQUEST)
        two.replies(MARA, "request", yes)
        two.live(days=1)
        assert two.relationship.status is Status.ACCEPTED
        assert (two.shown(MARA), two.shown(JONAS)) == ([], [])
        charter = two.text_of(two.mails_of(JONAS, "charter")[-1])
        assert "30 minutes" in charter
        assert "you asked for: 45 minutes" in charter
        two.replies(JONAS, "charter", ok)
        two.live_until(two.now + timedelta(hours=6))

        shown = [*two.shown(MARA), *two.shown(JONAS)]
        assert len({(event.uid, event.start, event.end) for event in shown}) == len(shown) - 1 == 1
        start, end = shown[0].start, shown[0].end
        assert end - start == HALF_AN_HOUR
        entries = [event for event in two.remote.world()["events"] if event["ical_uid"] == shown[0].uid]
        assert len({entry["join_url"] for entry in entries if entry["join_url"]}) == 1
        for who, first, last in ((MARA, 9, 11), (JONAS, 16, 18)):
            local = [moment.astimezone(ZoneInfo(ZONES[who])) for moment in (start, end)]
            assert all(first * 60 <= at.hour * 60 + at.minute <= last * 60 for at in local)
        assert not chicago("2027-03-02 09:00") <= start < chicago("2027-03-02 10:00")
        told = [type(event).__name__ for event in two.house.streams.events(two.id)]
        story = (Requested, AcceptedWithCounter, CharterAgreed, MeetingPlanned, MeetingBooked)
        assert [name for name in told if name in {kind.__name__ for kind in story}] == [kind.__name__ for kind in story]
        assert two.events(CharterAgreed)[0].version == 1
        assert two.events(MeetingPlanned)[0].counters
        assert sorted(two.mails()) == [("Jonas", "charter"), ("Jonas", "preparation"), ("Mara", "request")]
