"""What the name of an occasion says is read back as it was written, whatever else stands in it."""

from datetime import UTC, date, datetime

from domain import occasions
from tests.unit.domain_cast import booked

START = datetime(2027, 2, 22, 15, 30, tzinfo=UTC)


def test_an_occasion_of_a_meeting_says_which_when_and_what_about() -> None:
    for mark, instant in ((START, START), (date(2027, 2, 22), None)):
        for topic in ("", "wish_question"):
            name = occasions.at_mark("12.3", mark, topic)
            assert occasions.names_meeting(name)
            assert (occasions.meeting_ref(name), occasions.cycle_in(name)) == ("12.3", 12)
            assert (occasions.day_in(name), occasions.instant_in(name)) == (date(2027, 2, 22), instant)
            assert (occasions.topic_in(name), occasions.without_topic(name)) == (topic, name.partition("~")[0])
    meeting = booked().meetings.items[0]
    assert occasions.instant_in(occasions.at_time(meeting, meeting.time)) == meeting.time.start
    assert [occasions.of_cycle("12.3@2027-02-22", cycle) for cycle in (1, 12)] == [False, True]


def test_a_charter_an_action_and_their_reminders_are_told_apart_by_their_numbers() -> None:
    charter = occasions.of_charter(12)
    second = occasions.reminding(charter, 2)
    assert [occasions.version_in(name) for name in (charter, second)] == [12, 12]
    assert [occasions.reminder_in(name) for name in (charter, second, "request")] == [0, 2, 0]
    assert [occasions.reminded(name) for name in (charter, second)] == ["", charter]
    nudge = occasions.of_action(7, 2)
    assert (occasions.action_in(nudge), occasions.reminder_in(nudge)) == (7, 2)
    assert not any(map(occasions.names_meeting, (charter, second, nudge)))


def test_what_is_said_of_the_whole_names_its_topic_and_its_mark_and_no_meeting() -> None:
    name = occasions.of_health("touch", "2027-02-22~1")
    assert (occasions.topic_of_health(name), occasions.mark_of_health(name)) == ("touch", "1")
    assert (occasions.names_meeting(name), occasions.day_in(name), occasions.instant_in(name)) == (False, None, None)
    assert occasions.topic_of_health("1.1@2027-02-22~kept") == ""
