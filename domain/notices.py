"""Writes the short notices: which facts each topic has, from the state of the relationship at the moment of sending.

The effect's `about` is the topic. Its occasion is "REF@…~TOPIC" for what concerns a meeting, where an instant behind
the "@" is the other time that is spoken of (the one it was moved from, the one wished for, the second meeting that is
kept or not); "TOPIC.N" counts the Nth reminder.
"""

from dataclasses import replace
from datetime import date, datetime

from domain.cadence import one_cadence_later
from domain.desk import Desk
from domain.hours import zone_named
from domain.interval import Interval
from domain.letters import NoticeLetter, NoticeTopic
from domain.meeting import Meeting
from domain.occasions import instant_in, meeting_ref, names_meeting, reminder_in, topic_of_health
from domain.telling_facts import evidence

_OLD_IS_OTHER = (NoticeTopic.MOVED, NoticeTopic.ZONE_RULES_CHANGED, NoticeTopic.TWO_MEETINGS)
_ANSWERED = (
    NoticeTopic.CONFLICT_QUESTION,
    NoticeTopic.NO_OTHER_TIME,
    NoticeTopic.THIRD_PERSON,
    NoticeTopic.WISH_QUESTION,
)
_DECLINED = (NoticeTopic.DECLINED, NoticeTopic.DECLINED_NEXT, NoticeTopic.NOT_AGREED)
_LEFT_OUT = (NoticeTopic.SKIPPED, NoticeTopic.CANCELLED_BY_ORGANISER)
NAMING_ADDRESS = (NoticeTopic.LEFT_REACHABLE, NoticeTopic.MENTOR_LEFT_REACHABLE, NoticeTopic.PRIVATE_TOUCH)
_OF_TERM = (NoticeTopic.TERM_ENDS, NoticeTopic.TERM_OVER)


def notice(desk: Desk) -> NoticeLetter:
    """Return the facts of the notice that the effect wants."""
    topic = NoticeTopic(desk.effect.about)
    letter = NoticeLetter(
        desk.name(desk.reader),
        desk.name(desk.reader.other),
        topic,
        desk.programme,
        count=_count(desk),
        answer_by=desk.effect.expires if topic in _ANSWERED else None,
        words=_words(desk, topic),
        until=_until(desk, topic),
    )
    if names_meeting(desk.effect.occasion):
        return _about_meeting(desk, letter)
    return replace(letter, facts=evidence(desk)) if topic_of_health(desk.effect.occasion) else letter


def _words(desk: Desk, topic: NoticeTopic) -> str:
    """Return the reason of a no, or where the other may be written to after leaving; most have no such words."""
    address = desk.situation.person(desk.reader.other).private_address
    if topic in NAMING_ADDRESS and address is not None:
        return address.reveal()
    return _reason(desk) if topic in _DECLINED else ""


def _until(desk: Desk, topic: NoticeTopic) -> date | None:
    """Return the last day of the term, or the one on which a pause ends."""
    relationship = desk.situation.relationship
    if topic in _OF_TERM:
        return relationship.charter.until
    return desk.end_of_rest() if topic is NoticeTopic.PAUSED else None


def next_around(desk: Desk, meeting: Meeting) -> date:
    """Return the reader's own day around which the two meet after that meeting: the next that stands, else one cadence
    later.
    """
    relationship = desk.situation.relationship
    zone = desk.situation.person(relationship.charter.pins).zone
    later = [m.time.start for m in relationship.meetings.items if m.live and m.cycle > meeting.cycle]
    expected = one_cadence_later(meeting.time.start, relationship.charter, zone)
    return min(later, default=expected).astimezone(zone_named(desk.situation.person(desk.reader).zone)).date()


def _about_meeting(desk: Desk, letter: NoticeLetter) -> NoticeLetter:
    """A meeting that was given up since is spoken of as the one booked anew in its cycle."""
    named = desk.situation.relationship.meeting(meeting_ref(desk.effect.occasion))
    standing = desk.situation.relationship.meetings.of_cycle(named.cycle)[-1]
    old, new = _times(letter.topic, named, standing, instant_in(desk.effect.occasion))
    return replace(
        letter,
        old=desk.time(old) if old else None,
        new=desk.time(new) if new else None,
        yours=_reader_is_why(desk, letter.topic, named, old),
        next_around=next_around(desk, named) if letter.topic in _LEFT_OUT else None,
    )


def _times(
    topic: NoticeTopic, named: Meeting, standing: Meeting, other: datetime | None
) -> tuple[Interval | None, Interval | None]:
    """Return the old and the new time as NoticeLetter means them."""
    marked = Interval(other, other + (named.time.end - named.time.start)) if other else None
    if topic in (NoticeTopic.PROPOSAL, NoticeTopic.WISH_QUESTION):
        return named.time, named.proposal.time if named.proposal is not None else marked
    if topic in _OLD_IS_OTHER:
        before = named.earlier[-1] if named.earlier else named.time
        return marked or (before if before != standing.time else None), standing.time
    if topic is NoticeTopic.SHORTENED:
        return None, standing.time
    return named.time, None


def _reader_is_why(desk: Desk, topic: NoticeTopic, named: Meeting, old: Interval | None) -> bool:
    """Say whether the reader's own calendar, and not somebody else's, explains it."""
    if topic is NoticeTopic.CANCELLED_BY_ORGANISER:
        return named.organiser.value == desk.reader.value
    if topic is NoticeTopic.TWO_MEETINGS:
        return True
    return old is not None and any(old.overlaps(busy) for busy in desk.situation.taken(desk.reader))


def _reason(desk: Desk) -> str:
    """Return the own words that came with a no, unless they have been forgotten."""
    reason = desk.situation.relationship.asking.reason
    return reason.text or "" if reason is not None else ""


def _count(desk: Desk) -> int:
    return 0 if names_meeting(desk.effect.occasion) else reminder_in(desk.effect.occasion)
