"""S13: the mentee's calendar is closed to the service: times go by mail until it is open again; nothing comes twice."""

from datetime import datetime, timedelta

from domain.meeting import MeetingState
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Pair, pair

CLOSED: Json = {"account": JONAS, "act": "revoke"}


def reminders(two: Pair) -> int:
    """Return how often he was asked to connect his calendar again."""
    return sum("can no longer be read" in two.text_of(mail) for mail in two.mails_of(JONAS, "notice"))


@SWAPPED
def test_times_are_offered_by_mail_and_what_he_chooses_is_booked(mara_in: str) -> None:
    with pair(mara_in, CLOSED, organiser="mentor") as two:
        two.live(hours=3)
        assert two.house.streams.person(two.relationship.mentee_id).connection is not None
        assert two.relationship.meetings.current is None
        assert two.shown(MARA) == []
        two.replies(JONAS, "offer", "2")
        two.live(hours=1)
        (offer,) = two.relationship.offers
        assert two.meeting.time.start == offer.starts[1]
        assert [shown.start for shown in two.shown(MARA)] == [offer.starts[1]]


@SWAPPED
def test_he_is_reminded_four_times_at_most_and_no_more_once_the_calendar_is_open_again(mara_in: str) -> None:
    with pair(mara_in, organiser="mentor") as two:
        lose(two)
        lost = lost_since(two)
        assert [reminders_after(two, lost, day) for day in (1, 3, 7, 14, 20)] == [1, 2, 3, 4, 4]
    with pair(mara_in, organiser="mentor") as two:
        lose(two)
        lost = lost_since(two)
        assert [reminders_after(two, lost, day) for day in (1, 3)] == [1, 2]
        two.does(JONAS, "grant")
        assert [reminders_after(two, lost, day) for day in (7, 14)] == [2, 2]


def lose(two: Pair) -> None:
    """Close his calendar after a meeting was booked, and live until that was noticed."""
    two.live_to_booking()
    two.does(JONAS, "revoke")
    two.live(days=1)


def lost_since(two: Pair) -> datetime:
    """Return when his calendar was found to be closed."""
    known = two.house.streams.person(two.relationship.mentee_id).connection
    assert known is not None
    return known.since


def reminders_after(two: Pair, lost: datetime, day: int) -> int:
    """Let the service work for an hour before and after so many days since the loss; return the reminders so far."""
    two.sleep_until(lost + timedelta(days=day, hours=-1))
    two.live(hours=2)
    return reminders(two)


@SWAPPED
def test_once_it_is_open_again_exactly_what_was_missed_is_learned_and_nothing_is_sent_again(mara_in: str) -> None:
    with pair(mara_in, organiser="mentor") as two:
        meeting = two.live_to_booking()
        two.does(JONAS, "revoke")
        two.live_until(meeting.time.start - timedelta(hours=20))
        before = [(mail["to"], mail["kind"]) for mail in two.mails_of(MARA) + two.mails_of(JONAS)]
        two.does(JONAS, "decline")
        two.live(minutes=30)
        two.does(JONAS, "grant")
        two.live(days=1, hours=1)
        assert two.relationship.meeting(meeting.ref).state is MeetingState.CANCELLED
        assert two.meeting.generation == 2
        after = [(mail["to"], mail["kind"]) for mail in two.mails_of(MARA) + two.mails_of(JONAS)]
        for mail in (("agenda"), ("preparation")):
            assert [kind for _, kind in after].count(mail) == [kind for _, kind in before].count(mail)
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [two.meeting.time.start]
