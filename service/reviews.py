"""Reviews: looks at one relationship, records what follows by itself, and opens what is due."""

from datetime import timedelta

from domain.carrying_out import carry_out
from domain.charter import Role
from domain.decisions import TurnToFallback
from domain.errors import NotFound
from domain.ledger import Claim, LedgerWrite, Settlement, WorkState
from domain.observing import Seen, observe, observe_copy
from domain.plan import plan
from domain.relationship import Relationship
from domain.situation import Situation
from service.fallback import ask_fallback
from service.house import House, organiser_id
from service.push import tend_subscription
from service.references import concerned
from service.rows import calendar_poll, effect_row
from service.samples import prune
from service.situations import situation_of

LONGEST_SLEEP = timedelta(days=30)


def review(house: House, claim: Claim) -> None:
    """Do one claimed review; the subject is a relationship, a person or the programme."""
    try:
        relationship = house.streams.relationship(claim.work.subject)
    except NotFound:
        _review_other(house, claim)
        return
    _review_relationship(house, claim, relationship)


def _review_other(house: House, claim: Claim) -> None:
    """A person gets a poll for her calendar, and a subscription; nothing else follows from her or a programme."""
    now = house.now()
    if _is_person(house, claim.work.subject):
        house.ledger.ensure([calendar_poll(claim.work.subject, now)], now)
        tend_subscription(house, claim.work.subject)
    house.ledger.settle(Settlement(claim.work.key, claim.token, WorkState.OPEN, now + LONGEST_SLEEP), now)


def _is_person(house: House, id: str) -> bool:
    """One stream is read, not the list of all: a list that was imported makes as many reviews as it has lines."""
    try:
        house.streams.person(id)
    except NotFound:
        return False
    return True


def _review_relationship(house: House, claim: Claim, relationship: Relationship) -> None:
    """Record facts and decisions first.

    Saving them makes the next review due, which then finds nothing more to record.
    """
    now = house.now()
    situation = situation_of(house, relationship)
    _observe(house, situation)
    planned = plan(situation, now)
    others: tuple[Relationship, ...] = ()
    for decision in () if relationship.pending_events else planned.decisions:
        if isinstance(decision, TurnToFallback):
            others = ask_fallback(house, relationship, decision.clause, now)
        else:
            carry_out(relationship, decision, house.identity.tzdata, now)
    if relationship.pending_events:
        house.streams.save(relationship, *others, now=now)
        return
    organiser = organiser_id(relationship.charter.organiser, relationship)
    works = tuple(
        effect_row(relationship, effect, _owner(situation, effect.about, organiser)) for effect in planned.due(now)
    )
    again = min(planned.next_review or now + LONGEST_SLEEP, now + LONGEST_SLEEP)
    settle = Settlement(claim.work.key, claim.token, WorkState.OPEN, again)
    prune(house, relationship, now)
    wake = concerned(house, relationship)
    house.streams.save(now=now, write=LedgerWrite(settle=settle, open=works, wake=wake))


def _owner(situation: Situation, about: str, default: str) -> str:
    """The calendar that an effect touches is that of the organiser at the time of planning."""
    meeting = situation.relationship.meetings.get(about)
    if meeting is None:
        return default
    return organiser_id(meeting.organiser, situation.relationship)


def _observe(house: House, situation: Situation) -> None:
    """Hold the organiser's copy of the standing meeting (as last polled) against the stream."""
    relationship = situation.relationship
    meeting = relationship.meetings.current
    if meeting is None or not meeting.ical_uid:
        return
    owner = organiser_id(meeting.organiser, relationship)
    roles = {a.reveal(): role for role in Role for a in situation.person(role).addresses}
    entry = house.cache.entry(owner, meeting.ical_uid)
    if entry is None:
        return
    delegates = {a.reveal(): role for role in Role for a in situation.person(role).delegates}
    observe(relationship, meeting, entry, roles, Seen(house.now(), house.identity.tzdata), delegates)
    # A wish that is written on the organiser's copy is not taken back by an own copy that never moved.
    written = {roles.get(attendee.address) for attendee in entry.attendees if attendee.proposed is not None}
    before = len(relationship.pending_events)
    for role in Role:
        copy = house.cache.entry(relationship.person_id(role), meeting.ical_uid)
        if copy is None or entry.time != meeting.time:
            continue
        if copy.time == meeting.time and role in written and not copy.cancelled:
            continue
        observe_copy(relationship, meeting, copy, role, house.now())
    if len(relationship.pending_events) > before:
        # What a guest's copy shows may be the organiser's own doing, which is better learned from the organiser's.
        house.ledger.hasten([calendar_poll(owner, house.now()).key], house.now())
