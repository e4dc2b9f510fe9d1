"""Looks at both people's time once more, right before something is written: a plan is made from the last poll."""

from domain.calendar import Busy
from domain.charter import Role
from domain.errors import NoAccess, NoMailbox, NotSignedIn, TryLater
from domain.interval import Interval, without
from domain.legs import leg_of
from domain.meeting import Meeting
from service.house import House
from service.job import Job
from service.rows import calendar_poll


def taken(house: House, job: Job, time: Interval) -> bool:
    """Say whether one of the two is not free then; what is not free now was taken since the plan was made."""
    return any(_taken_for(house, job, role, (time,)) for role in Role)


def taken_beside(house: House, job: Job, meeting: Meeting, time: Interval) -> bool:
    """Say the same of a new time for a meeting, but for what the meeting's own copies take of it where they stand.

    Whoever wished for that time knows what else stands there.
    """
    wishing = {wish.role for role in Role for wish in meeting.wishes_of(role)[-1:] if wish.time == time}
    others = [role for role in Role if role not in wishing]
    return any(_taken_for(house, job, role, _beside(house, job, meeting, role, time)) for role in others)


def _beside(house: House, job: Job, meeting: Meeting, role: Role, time: Interval) -> tuple[Interval, ...]:
    copy = house.cache.entry(job.relationship.person_id(role), meeting.ical_uid)
    own = [meeting.time] if copy is None else [meeting.time, copy.time]
    return tuple(without(time, own))


def _taken_for(house: House, job: Job, role: Role, times: tuple[Interval, ...]) -> bool:
    if not leg_of(job.situation.person(role)).readable:
        return False
    return any(
        busy.shows.blocks and busy.time.overlaps(time) for time in times for busy in _busy(house, job, role, time)
    )


def _busy(house: House, job: Job, role: Role, time: Interval) -> tuple[Busy, ...]:
    """Return what a calendar shows now; one that says no is polled, which finds out what that no means."""
    owner = job.relationship.person_id(role)
    calendar, account = house.calendar_of(owner)
    further = tuple(one.reveal() for one in job.situation.person(role).calendars)
    try:
        return calendar.busy(account, time, further)
    except (NoAccess, NoMailbox, NotSignedIn) as trouble:
        house.ledger.hasten([calendar_poll(owner, job.now).key], job.now)
        raise TryLater(trouble.problem, "The calendar is looked at again by itself.") from trouble


def read_anew(house: House, job: Job) -> None:
    """What was last polled is out of date, so the next time is not to be chosen from it."""
    polls = [calendar_poll(job.relationship.person_id(role), job.now).key for role in Role]
    house.ledger.hasten(polls, job.now)
