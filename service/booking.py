"""Books meetings in the organiser's calendar and cancels what is given up.

A booking's key makes it happen once.
"""

from dataclasses import replace

from domain.by import By
from domain.calendar import (
    Attendee,
    Booked,
    BookingRequest,
    CalendarChanges,
    CalendarEntry,
    Move,
    Response,
    Shows,
)
from domain.charter import Role, Venue
from domain.effects import Effect
from domain.errors import Refused, TryLater
from domain.interval import Interval
from domain.legs import has_left
from domain.meeting import Meeting
from domain.relationship import Relationship
from domain.rules_proposals import time_of_move
from service.house import House, organiser_id
from service.job import Job, Outcome
from service.last_look import read_anew, taken, taken_beside

TITLE = "Mentoring"


class Booker:
    """Creates the event, after a last look at both people's time."""

    def find(self, house: House, job: Job) -> Outcome | None:
        """Ask the organiser's calendar for the event under our key."""
        meeting = job.relationship.meeting(job.about)
        calendar, account = house.calendar_of(_organiser(job, meeting))
        booked = calendar.find(account, job.claim.work.key, meeting.time)
        return _booked(house, job, meeting, booked) if booked is not None else None

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Book it, or find that the time was taken meanwhile."""
        meeting = job.relationship.meeting(effect.about)
        if taken(house, job, meeting.time):
            read_anew(house, job)
            return Outcome(lambda relationship, by: relationship.lose_slot(meeting.ref, by))
        calendar, account = house.calendar_of(_organiser(job, meeting))
        return _booked(house, job, meeting, calendar.book(account, _request(house, job, meeting, account)))


class Canceller:
    """Cancels the event of a meeting that was given up.

    Doing it again is harmless, so nothing needs to be found.
    """

    def find(self, house: House, job: Job) -> Outcome | None:
        """Nothing to look up: cancelling what is cancelled is success."""
        return None

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Cancel it for everybody; in the place of an organiser who has left, take it out of the other's calendar."""
        meeting = job.relationship.meeting(effect.about)
        if has_left(job.situation, meeting):
            _remove_copy(house, job, meeting)
        else:
            calendar, account = house.calendar_of(_organiser(job, meeting))
            calendar.cancel(account, meeting.event_id)
        entry = house.cache.entry(_organiser(job, meeting), meeting.ical_uid)
        if entry is not None:
            _remember(house, _organiser(job, meeting), replace(entry, cancelled=True))
        return Outcome(lambda relationship, by: relationship.confirm_cancelled(meeting.ref, by))


def _remove_copy(house: House, job: Job, meeting: Meeting) -> None:
    other = job.relationship.person_id(Role(meeting.organiser.value).other)
    copy = house.cache.entry(other, meeting.ical_uid)
    if copy is not None and not copy.cancelled:
        calendar, account = house.calendar_of(other)
        calendar.remove(account, copy.event_id)


class Blanker:
    """Takes names and text out of the event of a meeting that is over; doing it again is harmless."""

    def find(self, house: House, job: Job) -> Outcome | None:
        """Nothing to look up: blanking what is blank is success."""
        return None

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Leave a title that names nobody."""
        meeting = job.relationship.meeting(effect.about)
        calendar, account = house.calendar_of(_organiser(job, meeting))
        calendar.blank(account, meeting.event_id, TITLE)
        return Outcome(lambda relationship, by: relationship.blank_event(meeting.ref, by))


class Mover:
    """Moves the organiser's copy to the time that one of the two wished for, or that the charter asks for."""

    def find(self, house: House, job: Job) -> Outcome | None:
        """Look whether the organiser's copy is at that time already."""
        meeting, time = _wished(job)
        entry = _organisers_copy(house, job, meeting)
        if entry is None or entry.cancelled or entry.time != time:
            return None
        # Once a poll has shown the new time, what else stands in the copy is for the next poll to bring, as news.
        if meeting.time != time:
            _remember(house, _organiser(job, meeting), entry)
        return _moved(meeting.ref, time)

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Move it from where it stands; a person's edit in between refuses, then the calendar is looked at again."""
        meeting, time = _wished(job)
        entry = _organisers_copy(house, job, meeting)
        if entry is None or entry.cancelled or entry.time not in (meeting.time, time):
            raise Refused("The organiser changed the meeting meanwhile.", "The calendar is looked at again by itself.")
        if taken_beside(house, job, meeting, time):
            read_anew(house, job)
            raise TryLater("The new time was taken meanwhile.", "Another one is looked for by itself.")
        calendar, account = house.calendar_of(_organiser(job, meeting))
        moved = calendar.move(account, Move(meeting.event_id, time, meeting.zone, entry.etag or None))
        _remember(house, _organiser(job, meeting), replace(entry, time=moved.time, etag=moved.etag))
        return _moved(meeting.ref, time)


def _wished(job: Job) -> tuple[Meeting, Interval]:
    meeting = job.relationship.meeting(job.about)
    time = time_of_move(meeting, job.claim.work.occasion)
    if time is None:
        raise LookupError(f"no move of meeting {meeting.ref} is known under its occasion")
    return meeting, time


def _organisers_copy(house: House, job: Job, meeting: Meeting) -> CalendarEntry | None:
    calendar, account = house.calendar_of(_organiser(job, meeting))
    return calendar.read(account, meeting.event_id)


def _remember(house: House, owner: str, entry: CalendarEntry) -> None:
    """Let the copy of the calendar show at once what we did: as last polled it would pass for a hand that undid it.

    No poll comes in between, for both are served in the calendar's own lane.
    """
    cursor = house.ledger.cursor(owner, "calendar")
    if cursor is not None:
        house.cache.replace(owner, CalendarChanges((entry,), (), cursor, complete=False))


def _moved(ref: str, time: Interval) -> Outcome:
    return Outcome(lambda relationship, by: relationship.move_meeting(ref, time, by))


def _organiser(job: Job, meeting: Meeting) -> str:
    return organiser_id(meeting.organiser, job.relationship)


def _booked(house: House, job: Job, meeting: Meeting, booked: Booked) -> Outcome:
    owner = _organiser(job, meeting)
    if house.cache.entry(owner, booked.ical_uid) is None:
        # Where the booking came to light only after doubt, a poll may have seen it and the first answers to it.
        _remember(house, owner, _as_entry(house, owner, job, booked))

    def record(relationship: Relationship, by: By) -> None:
        relationship.book(meeting.ref, booked, by)
        if booked.cancelled:
            reason = "it was deleted before the booking was recorded"
            relationship.cancel_meeting(meeting.ref, reason, by, in_calendar=False)

    return Outcome(record, (f"event:{booked.ical_uid}",))


def _as_entry(house: House, owner: str, job: Job, booked: Booked) -> CalendarEntry:
    """What we booked as a poll would show it: so one that is deleted before the next poll is missed there."""
    calendar, account = house.calendar_of(owner)
    guests = tuple(Attendee(address, Response.NEEDS_ACTION) for address in _guests(job, account))
    tag = calendar.tag(job.claim.work.key)
    place = (booked.event_id, booked.ical_uid, booked.time, Shows.BUSY, Response.ACCEPTED)
    return CalendarEntry(*place, account, guests, booked.cancelled, tag, booked.etag, booked.join_url)


def _guests(job: Job, organiser: str) -> tuple[str, ...]:
    people = (job.situation.person(role) for role in Role)
    return tuple(person.address for person in people if person.address != organiser)


def _request(house: House, job: Job, meeting: Meeting, organiser: str) -> BookingRequest:
    """The event tells nothing but who meets whom; what they talk about comes by mail."""
    people = [job.situation.person(role) for role in Role]
    names = " / ".join(person.first_name for person in people)
    body = (
        f"Arranged by {house.identity.programme}. The agenda comes by mail. "
        "Move or decline it here as you would any meeting."
    )
    request = BookingRequest(
        job.claim.work.key, f"{TITLE}: {names}", body, meeting.time, meeting.zone, _guests(job, organiser)
    )
    charter = job.relationship.charter
    place = charter.place.reveal() if charter.place is not None else ""
    return replace(request, online=charter.venue is Venue.ONLINE, place=place)
