"""Which facts each notice tells, written from a relationship that was lived through."""

from datetime import date, timedelta

import pytest

from domain.charter import Role
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.interval import Interval
from domain.letters import LocalClock, MeetingTime, NoticeLetter, NoticeTopic
from domain.writing import write
from tests.unit.domain_cast import DAY, HOUR, by_calendar
from tests.unit.domain_life import Life, booked_life

CHICAGO, BERLIN = LocalClock("Marta", "America/Chicago"), LocalClock("Tilo", "Europe/Berlin")
LENGTH = timedelta(minutes=45)


def told(life: Life, topic: NoticeTopic, mark: str = "", reader: Role = Role.MENTOR) -> NoticeLetter:
    """Return the notice of that topic about the standing meeting."""
    occasion = f"{life.meeting.ref}@{mark or life.meeting.time.start.date().isoformat()}"
    effect = Effect(EffectKind.NOTICE, occasion, reader, topic, life.now, life.now + DAY, None)
    written = write(Desk(life.situation(), effect, "Example Mentoring"))
    assert isinstance(written, NoticeLetter)
    return written


def shown(life: Life, time: Interval) -> MeetingTime:
    return MeetingTime(time.start, 45, (CHICAGO, BERLIN))


def test_a_move_tells_from_where_and_to_where() -> None:
    life = booked_life()
    before = life.meeting.time
    life.move(2 * DAY)
    letter = told(life, NoticeTopic.MOVED)
    assert (letter.old, letter.new) == (shown(life, before), shown(life, life.meeting.time))
    assert told(life, NoticeTopic.MOVED, before.start.isoformat()).old == letter.old
    assert (letter.reader, letter.other, letter.programme) == ("Marta", "Tilo", "Example Mentoring")


@pytest.mark.parametrize("whose", list(Role))
def test_only_the_reader_hears_that_it_was_her_own_appointment(whose: Role) -> None:
    life = booked_life()
    life.busy[whose] = (life.meeting.time,)
    told_to = {reader: told(life, NoticeTopic.CONFLICT_QUESTION, reader=reader).yours for reader in Role}
    assert told_to == {whose: True, whose.other: False}


def test_a_question_says_until_when_an_answer_counts() -> None:
    life = booked_life()
    letter = told(life, NoticeTopic.CONFLICT_QUESTION)
    assert (letter.old, letter.new) == (shown(life, life.meeting.time), None)
    assert letter.answer_by == life.now + DAY


def test_a_meeting_that_is_left_out_is_told_with_the_next_one() -> None:
    life = booked_life()
    letter = told(life, NoticeTopic.SKIPPED)
    assert letter.old == shown(life, life.meeting.time)
    assert letter.next_around == date(2027, 2, 17)


def test_a_shorter_meeting_is_told_with_its_new_end() -> None:
    life = booked_life()
    start = life.meeting.time.start
    shorter = Interval(start, start + HOUR / 3)
    life.relationship.meetings = life.relationship.meetings.changed(life.meeting.ref, time=shorter)
    letter = told(life, NoticeTopic.SHORTENED)
    assert letter.new is not None
    assert letter.new.minutes == 20


def test_a_refused_wish_is_told_beside_the_time_that_stays() -> None:
    life = booked_life()
    wished = Interval(life.meeting.time.start + 8 * HOUR, life.meeting.time.end + 8 * HOUR)
    life.relationship.propose_time(life.meeting.ref, Role.MENTOR, wished, by_calendar(Role.MENTOR, life.now))
    letter = told(life, NoticeTopic.PROPOSAL, wished.start.isoformat(timespec="minutes"))
    assert (letter.old, letter.new) == (shown(life, life.meeting.time), shown(life, wished))


def test_of_two_meetings_the_one_in_the_occasion_is_the_readers_to_remove() -> None:
    life = booked_life()
    other = life.meeting.time.start + DAY
    letter = told(life, NoticeTopic.TWO_MEETINGS, other.isoformat())
    assert letter.old == shown(life, Interval(other, other + LENGTH))
    assert letter.new == shown(life, life.meeting.time)


def test_a_lost_connection_counts_its_reminders() -> None:
    life = booked_life()
    effect = Effect(EffectKind.NOTICE, "reconnect.3", Role.MENTEE, "reconnect", life.now, life.now + DAY, None)
    written = write(Desk(life.situation(), effect, "Example Mentoring"))
    assert written == NoticeLetter("Tilo", "Marta", NoticeTopic.RECONNECT, "Example Mentoring", count=3)


def test_a_topic_without_words_is_our_own_bug() -> None:
    life = booked_life()
    effect = Effect(EffectKind.NOTICE, "weather", Role.MENTEE, "weather", life.now, life.now + DAY, None)
    with pytest.raises(ValueError, match="weather"):
        write(Desk(life.situation(), effect, ""))
