"""Use case: a mentee asks a mentor."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from domain.asking import ANSWER_DAYS
from domain.by import ADMINISTRATOR, CLI, By
from domain.charter import Charter, ConflictPolicy, Organiser, Rhythm, Role, Venue
from domain.errors import BadInput, Refused
from domain.interval import Interval
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from domain.relationship_state import ENDED
from domain.reply import SaidGoal
from domain.slots import Availability, Search, find_slots
from service.house import House
from service.names import person_named
from service.places import refuse_without_place
from service.unreadable import relationships_of

HORIZON = timedelta(days=366)
STEP, MOST_STRETCH = 15, 240
FORTNIGHT, MONTH = 14, 30
AS_ASKED = (
    "minutes",
    "notice_hours",
    "agenda_lead_hours",
    "reply_promise_days",
    "shortest_minutes",
    "buffer_minutes",
    "mentor_preferred",
    "mentee_preferred",
    "slack_days",
    "stretch_minutes",
    "tentative_yields",
    "quiet",
    "weekly_mails",
    "references",
    "until",
)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request says; terms that are not given come from the programme's defaults, which stand here.

    `aims` say of the goals, by their number, what there is besides their words. Without a cadence it is two weeks, a
    month in a monthly rhythm. A place belongs to the mentor. The `fallback` is the
    second mentor, asked for the same reasons unless there are others, when the first does not take it on.
    """

    mentor: str
    mentee: str
    goals: tuple[str, ...]
    why: str
    bring: str
    cadence_days: int | None = None
    minutes: int = 45
    organiser: str = "service"
    pins: str = "mentor"
    conflict: str = "move"
    notice_hours: int = 24
    agenda_lead_hours: int = 24
    reply_promise_days: int = 3
    shortest_minutes: int = 0
    venue: str = "online"
    place: str = ""
    buffer_minutes: int = 0
    mentor_preferred: str = ""
    mentee_preferred: str = ""
    rhythm: str = "days"
    slack_days: int = 0
    stretch_minutes: int = 0
    tentative_yields: bool = False
    quiet: str = ""
    weekly_mails: int = 0
    references: bool = False
    until: date | None = None
    answer_days: int = ANSWER_DAYS
    fallback: str = ""
    fallback_why: str = ""
    aims: tuple[SaidGoal, ...] = ()


def request_relationship(house: House, ask: Ask) -> str:
    """Record the request of an administrator and return the relationship's id.

    The mentor is asked by mail at the next turn of the daemon.
    """
    by = By(ADMINISTRATOR, CLI, None, house.now())
    relationship = requested(house, ask, by)
    house.streams.save(relationship, now=by.at)
    return str(relationship.id)


def requested(house: House, ask: Ask, by: By) -> Relationship:
    """Return the relationship that is asked for, still to be saved."""
    mentor, mentee = person_named(house, ask.mentor), person_named(house, ask.mentee)
    charter = _charter(ask, mentor, mentee).checked()
    _refuse_leavers(mentor, mentee)
    _refuse_twins(house, mentor, mentee)
    refuse_without_place(house, mentor)
    _refuse_hopeless_hours(house, charter, mentor, mentee)
    owner = str(mentee.id)
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
    relationship.say_goals(ask.aims, by)
    _arrange_asking(house, relationship, ask, by)
    return relationship


def _arrange_asking(house: House, relationship: Relationship, ask: Ask, by: By) -> None:
    relationship.give_time(ask.answer_days, by)
    if ask.fallback:
        second = person_named(house, ask.fallback)
        _refuse_leavers(second)
        why = Personal(relationship.mentee_id, ask.fallback_why) if ask.fallback_why.strip() else None
        relationship.name_fallback(str(second.id), why, by)


def _refuse_leavers(*people: Person) -> None:
    if any(person.left for person in people):
        raise Refused("One of the two has left the organisation.", "Ask somebody who is there.")


def _charter(ask: Ask, mentor: Person, mentee: Person) -> Charter:
    conflict, rhythm = _choice(ConflictPolicy, ask.conflict), _choice(Rhythm, ask.rhythm)
    if conflict is ConflictPolicy.SHORTEN and not ask.shortest_minutes:
        raise BadInput(
            "Meetings are to be shortened, but not to what.", "Say how short one may become, with --shortest-minutes."
        )
    usual = FORTNIGHT if rhythm is Rhythm.DAYS else MONTH
    return Charter(
        version=1,
        cadence_days=usual if ask.cadence_days is None else ask.cadence_days,
        mentor_hours=mentor.hours,
        mentee_hours=mentee.hours,
        pins=_choice(Role, ask.pins),
        organiser=_choice(Organiser, ask.organiser),
        conflict=conflict,
        venue=_choice(Venue, ask.venue),
        place=Personal(str(mentor.id), ask.place.strip()) if ask.place.strip() else None,
        rhythm=rhythm,
        **{name: getattr(ask, name) for name in AS_ASKED},
    )


def _choice(kind: type[Choice], text: str) -> Choice:
    try:
        return kind(text.replace("-", "_"))
    except ValueError:
        known = ", ".join(str(member.value).replace("_", "-") for member in kind)
        raise BadInput(f"'{text}' is no term of a charter.", f"Give one of these: {known}.") from None


def _refuse_twins(house: House, mentor: Person, mentee: Person) -> None:
    for other in relationships_of(house, str(mentee.id)):
        same = other.mentor_id == str(mentor.id) and other.mentee_id == str(mentee.id)
        if same and other.status not in ENDED:
            raise Refused(
                "These two have a relationship already.",
                f"Look at it with: mentorsync relationship show {other.id}",
            )


def _refuse_hopeless_hours(house: House, charter: Charter, mentor: Person, mentee: Person) -> None:
    """Hours that never overlap are said at once, with how near they come, not found out meeting by meeting.

    A year of clock changes is looked at, and what the charter lets yield: the edges of the hours and the length.
    """
    now = house.now().replace(hour=0, minute=0, second=0, microsecond=0)
    sides = ((mentor.zone, charter.mentor_hours), (mentee.zone, charter.mentee_hours))
    if _ever(now, sides, charter.shortest, charter.stretch_minutes):
        return
    steps = range(charter.stretch_minutes + STEP, MOST_STRETCH + 1, STEP)
    near = next((minutes for minutes in steps if _ever(now, sides, charter.shortest, minutes)), None)
    shorter = next((m for m in range(charter.minutes - 5, 10, -5) if _ever(now, sides, timedelta(minutes=m), 0)), None)
    ways = [
        "widen the hours of one of them",
        *([f"let both meet up to {near} minutes outside with --stretch-minutes {near}"] if near else []),
        *([f"shorten the meeting with --minutes {shorter}"] if shorter else []),
    ]
    raise Refused(
        f"The hours of the two never leave {charter.shortest // timedelta(minutes=1)} minutes in common.",
        f"{', or '.join(ways).capitalize()}.",
    )


@lru_cache(maxsize=256)
def _ever(now: datetime, sides: tuple[tuple[str, str], ...], length: timedelta, stretch: int) -> bool:
    """Say whether people with these zones and hours ever have so much time in common within a year.

    Pairs of one list have much the same hours, and a whole year is a long look.
    """
    people = [Availability("", zone, hours, (), stretch=stretch) for zone, hours in sides]
    return bool(find_slots(Search(Interval(now, now + HORIZON), length), people).starts)
