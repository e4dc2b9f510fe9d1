"""Use case: a mentee asks a mentor."""

from dataclasses import dataclass
from datetime import timedelta

from domain.by import ADMINISTRATOR, CLI, By
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.errors import BadInput, Refused
from domain.interval import Interval
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from domain.slots import Availability, Search, find_slots
from service.house import House
from service.names import person_named

HORIZON = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request says; terms that are not given come from the programme's defaults, which stand here."""

    mentor: str
    mentee: str
    goals: tuple[str, ...]
    why: str
    bring: str
    cadence_days: int = 14
    minutes: int = 45
    organiser: str = "service"
    pins: str = "mentor"
    conflict: str = "move"
    notice_hours: int = 24
    agenda_lead_hours: int = 24
    reply_promise_days: int = 3


def request_relationship(house: House, ask: Ask) -> str:
    """Record the request and return the relationship's id.

    The mentor is asked by mail at the next turn of the daemon.
    """
    mentor, mentee = person_named(house, ask.mentor), person_named(house, ask.mentee)
    charter = _charter(ask, mentor, mentee).checked()
    _refuse_twins(house, mentor, mentee)
    _refuse_hopeless_hours(house, charter, mentor, mentee)
    owner = str(mentee.id)
    by = By(ADMINISTRATOR, CLI, None, house.now())
    relationship = Relationship.request(
        house.ids.new(),
        str(mentor.id),
        owner,
        tuple(Personal(owner, goal) for goal in ask.goals),
        Personal(owner, ask.why),
        Personal(owner, ask.bring),
        charter,
        by,
    )
    house.streams.save(relationship, now=by.at)
    return str(relationship.id)


def _charter(ask: Ask, mentor: Person, mentee: Person) -> Charter:
    try:
        organiser, pins, conflict = Organiser(ask.organiser), Role(ask.pins), ConflictPolicy(ask.conflict)
    except ValueError as wrong:
        remedy = "The organiser is mentor, mentee or service; pins is mentor or mentee; conflict is move or skip."
        raise BadInput(f"{wrong}.", remedy) from None
    return Charter(
        version=1,
        cadence_days=ask.cadence_days,
        minutes=ask.minutes,
        mentor_hours=mentor.hours,
        mentee_hours=mentee.hours,
        pins=pins,
        organiser=organiser,
        conflict=conflict,
        notice_hours=ask.notice_hours,
        agenda_lead_hours=ask.agenda_lead_hours,
        reply_promise_days=ask.reply_promise_days,
    )


def _refuse_twins(house: House, mentor: Person, mentee: Person) -> None:
    for id in house.streams.relationships_of(str(mentee.id)):
        other = house.streams.relationship(id)
        same = other.mentor_id == str(mentor.id) and other.mentee_id == str(mentee.id)
        if same and other.status.value in ("requested", "accepted", "agreed"):
            raise Refused(
                "These two have a relationship already.",
                f"Look at it with: mentorsync relationship show {id}",
            )


def _refuse_hopeless_hours(house: House, charter: Charter, mentor: Person, mentee: Person) -> None:
    """Hours that never overlap are said at once, not found out meeting by meeting.

    A year of clock changes is looked at.
    """
    people = [
        Availability("the mentor", mentor.zone, charter.mentor_hours, ()),
        Availability("the mentee", mentee.zone, charter.mentee_hours, ()),
    ]
    window = Interval(house.now(), house.now() + HORIZON)
    if not find_slots(Search(window, charter.length), people).starts:
        raise Refused(
            f"The hours of the two never leave {charter.minutes} minutes in common.",
            "Widen the hours of one of them or shorten the meeting with --minutes.",
        )
