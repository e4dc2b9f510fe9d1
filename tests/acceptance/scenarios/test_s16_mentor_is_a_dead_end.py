"""S16: the mentor is a dead end: the mentee alone hears it with its evidence, makes a network contact of it, and both
may take it up again.
"""

from datetime import timedelta

from domain.charter import Role
from domain.facts import Choice, FactKind
from domain.health_events import ActionLetGo, DeadEndAnswered, DeadEndSuspected, RecalibratedToNetworkContact, Revived
from domain.relationship_state import Status
from service.places import places_taken
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Pair, pair

TERMS: Json = {"organiser": "mentor", "cadence_days": 7, "slack_days": 3, "minutes": 30}
PREPARED = "Questions: What do directors read first?\n\nNote to self: She collects old maps"
REPORT = "not held\n\nAction for Mara: read the draft"


def live_to_round(two: Pair, cycle: int) -> None:
    """Live until the meeting of that cycle stands, the mentee has prepared it, and its agenda has left."""
    while not (two.relationship.meetings.current and two.meeting.cycle == cycle and two.meeting.ical_uid):
        two.live(hours=12)
    while len(two.mails_of(JONAS, "preparation")) < cycle:
        two.live(hours=6)
    two.replies(JONAS, "preparation", PREPARED)
    two.live_until(two.meeting.time.start - timedelta(hours=20))


def report(two: Pair) -> None:
    """Live past the meeting, of which the mentee says that it did not take place."""
    two.live_until(two.meeting.time.end + timedelta(hours=3))
    two.replies(JONAS, "held_question", REPORT)


def three_rounds(two: Pair) -> None:
    """The mentor gives one up late, moves the second twice, and of the third there is no word of hers."""
    two.live_to_booking()
    live_to_round(two, 1)
    two.does(MARA, "delete")
    live_to_round(two, 2)
    for _ in range(2):
        two.moves(MARA, two.meeting.time.start + timedelta(minutes=30))
    report(two)
    live_to_round(two, 3)
    report(two)
    two.live(days=6)


def notices(two: Pair, who: str) -> str:
    """Return all that notices say to somebody."""
    return "\n".join(two.text_of(mail) for mail in two.mails_of(who, "notice"))


@SWAPPED
def test_three_dead_ends_are_put_to_the_mentee_who_recalibrates_and_both_take_it_up_again(mara_in: str) -> None:
    with pair(mara_in, **TERMS) as two:
        three_rounds(two)
        (suspected,) = two.events(DeadEndSuspected)
        kinds = [fact.kind for fact in suspected.evidence]
        assert kinds == [FactKind.LATE_DECLINE, FactKind.MOVED, FactKind.MOVED, FactKind.SILENCE]
        assert suspected.role is Role.MENTOR
        assert "This mail goes to you alone" in notices(two, JONAS)
        assert "Three times in a row" not in notices(two, MARA)
        two.replies(JONAS, "notice", "openly")
        assert [event.choice for event in two.events(DeadEndAnswered)] == [Choice.OPENLY]
        two.live(days=1)
        assert "Dear Mara," in notices(two, JONAS)
        two.forget_mails()
        two.replies(JONAS, "notice", "recalibrate")
        two.live(days=1)
        assert (len(two.events(RecalibratedToNetworkContact)), len(two.events(ActionLetGo))) == (1, 2)
        assert two.mails() == [("Mara", "notice")]
        assert "would like to keep you as a contact" in notices(two, MARA)
        assert two.shown(MARA) == two.shown(JONAS) == []
        assert places_taken(two.house, two.house.streams.person(two.relationship.mentor_id)) == 0
        notebook = two.house.streams.notebook(two.relationship.mentee_id)
        assert notebook is not None
        assert notebook.notes
        two.forget_mails()
        two.sleep_until(two.now + timedelta(days=180))
        two.live(days=4)
        assert two.mails() == [("Jonas", "notice")]
        two.replies(JONAS, "notice", "revive")
        two.live(days=3)
        assert two.relationship.status is Status.NETWORK_CONTACT
        two.replies(MARA, "notice", "revive")
        two.live(days=1)
        assert len(two.events(Revived)) == 1
        assert [shown.start for shown in two.shown(MARA)] == [two.meeting.time.start]


@SWAPPED
def test_a_meeting_that_falls_into_an_absence_may_be_given_up_late_and_is_no_fact(mara_in: str) -> None:
    with pair(mara_in, **TERMS) as two:
        two.live_to_booking()
        two.live_until(two.meeting.time.start - timedelta(hours=20))
        leave = {"start": two.now + timedelta(hours=2), "end": two.now + timedelta(days=9)}
        two.does(MARA, "leave", auto_reply="I am away.", **leave)
        two.does(MARA, "delete")
        two.live(days=2)
        given_up = [meeting.given_up_by for meeting in two.relationship.meetings.items]
        assert Role.MENTOR in given_up
        assert [fact for fact in two.relationship.facts if fact.role is Role.MENTOR] == []
