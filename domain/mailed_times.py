"""Writes the mails that stand in for a calendar: times to choose from, and a meeting as an entry inside a mail."""

from domain.charter import Role
from domain.desk import Desk
from domain.interval import Interval
from domain.letters import InvitationLetter, MailedEvent, OfferLetter
from domain.occasions import cycle_in, instant_in, topic_in
from domain.rules_legs import OFF, uid_of


def offer(desk: Desk) -> OfferLetter:
    """Return the times that were offered, in the order of their numbers."""
    relationship = desk.situation.relationship
    cycle = cycle_in(desk.effect.about)
    made = relationship.offer(cycle, desk.reader)
    if made is None:
        raise LookupError(f"no offer of cycle {cycle}")
    length = relationship.charter.length
    times = tuple(desk.time(Interval(start, start + length)) for start in made.starts)
    return OfferLetter(desk.name(desk.reader), desk.name(desk.reader.other), times, made.expires)


def invitation(desk: Desk) -> InvitationLetter:
    """Return the meeting, or its cancellation, at the time that the occasion names."""
    meeting, off = desk.meeting, topic_in(desk.effect.occasion) == OFF
    start = instant_in(desk.effect.occasion) or meeting.time.start
    time = Interval(start, start + (meeting.time.end - meeting.time.start))
    people = [desk.situation.person(role) for role in Role]
    event = MailedEvent(
        uid_of(str(desk.situation.relationship.id), meeting),
        len(meeting.earlier) + off,
        time.start,
        time.end,
        f"Mentoring: {' / '.join(person.first_name for person in people)}",
        tuple(person.address for person in people),
        off,
    )
    return InvitationLetter(desk.name(desk.reader), desk.name(desk.reader.other), desk.time(time), event)
