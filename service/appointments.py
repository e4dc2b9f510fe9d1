"""Recognises what people arrange by themselves: appointments of exactly the two, and third persons at their meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from domain.calendar import CalendarEntry, Response
from domain.charter import Organiser, Role
from domain.effects import EffectKind, booking_key
from domain.meeting import Meeting
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from domain.situation import HandMade
from service.house import House, organiser_id

Entries = Mapping[Role, Mapping[str, CalendarEntry] | None]


def handmade(
    house: House, relationship: Relationship, people: Mapping[Role, Person], entries: Entries
) -> tuple[HandMade, ...]:
    """Return the coming appointments of exactly the two, each as its organiser's calendar shows it, in order."""
    now, found = house.now(), list[HandMade]()
    known = {meeting.ical_uid for meeting in relationship.meetings.items}
    for role in Role:
        coming = [
            entry
            for entry in (entries.get(role) or {}).values()
            if entry.time.start > now and not entry.cancelled and entry.ical_uid not in known
        ]
        theirs = [entry for entry in coming if _of_the_two(entry, role, people)]
        ours = _our_marks(house, relationship, people[role]) if theirs else set()
        found += [_as_handmade(entry, Organiser(role.value)) for entry in theirs if entry.tag not in ours]
    found += _revived(house, relationship, people, now)
    return tuple(sorted(found, key=lambda item: (item.time, item.ical_uid)))


def _revived(
    house: House, relationship: Relationship, people: Mapping[Role, Person], now: datetime
) -> Iterable[HandMade]:
    """Give our own events that stand again in their organiser's calendar, though their meetings do not stand."""
    items = relationship.meetings.items
    accounted = {m.ical_uid for m in items if m.live or m.adopted or _to_be_cancelled(relationship, m)}
    newest = {meeting.ical_uid: meeting for meeting in items if meeting.ical_uid not in ("", *accounted)}
    for meeting in newest.values():
        owner = organiser_id(meeting.organiser, relationship)
        entry = house.cache.entry(owner, meeting.ical_uid)
        if entry is not None and not entry.cancelled and entry.time.start > now:
            yield replace(_as_handmade(entry, meeting.organiser), ours=True)


def _to_be_cancelled(relationship: Relationship, meeting: Meeting) -> bool:
    """Say whether its event is still to be cancelled; when that came to nothing, it may stand elsewhere by now."""
    return meeting.to_cancel and not relationship.settled(EffectKind.CANCEL.value, meeting.ref, "calendar")


def _of_the_two(entry: CalendarEntry, role: Role, people: Mapping[Role, Person]) -> bool:
    own, other = _addresses(people[role]), _addresses(people[role.other])
    guests = {attendee.address for attendee in entry.attendees} - own
    return entry.organiser in own and bool(guests) and guests <= other


def _as_handmade(entry: CalendarEntry, organiser: Organiser) -> HandMade:
    said = {attendee.response for attendee in entry.attendees}
    accepted, declined = Response.ACCEPTED in said, Response.DECLINED in said
    return HandMade(entry.time, organiser, entry.event_id, entry.ical_uid, accepted, declined)


def _our_marks(house: House, relationship: Relationship, organiser: Person) -> set[str]:
    """The marks of the events that we may have made for this relationship, also of one whose answer was lost."""
    calendar = house.calendars.get(organiser.provider)
    refs = (meeting.ref for meeting in relationship.meetings.items)
    return {calendar.tag(booking_key(str(relationship.id), ref)) for ref in refs} if calendar is not None else set()


def third_person(house: House, relationship: Relationship, people: Mapping[Role, Person]) -> bool:
    """Say whether the organiser's copy of the standing meeting lists somebody who is neither of the two, nor acts for
    one of them.
    """
    meeting = relationship.meetings.current
    if meeting is None or not meeting.ical_uid:
        return False
    owner = organiser_id(meeting.organiser, relationship)
    entry = house.cache.entry(owner, meeting.ical_uid)
    known = {house.identity.address}.union(*(_addresses(person) | _delegates(person) for person in people.values()))
    return entry is not None and any(attendee.address not in known for attendee in entry.attendees)


def _addresses(person: Person) -> set[str]:
    return _revealed(person.addresses)


def _delegates(person: Person) -> set[str]:
    return _revealed(person.delegates)


def _revealed(texts: Iterable[Personal]) -> set[str]:
    return {text.reveal() for text in texts}
