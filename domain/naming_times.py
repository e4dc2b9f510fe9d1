"""Times that somebody names for a meeting in a mail: which instants they are, and which of them is wished for.

The first that suits the other is wished for, else the first that the charter allows, about which the other is asked.
"""

from datetime import UTC, datetime

from domain.by import By
from domain.charter import Role
from domain.errors import Refused
from domain.hours import zone_named
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState, Proposal
from domain.offers import Offer
from domain.reply import SaidTime
from domain.rules_proposals import SETTLING, at_work, could_be, free
from domain.sheet import Sheet
from domain.situation import Situation
from domain.timetable import Timetable

NONE_FITS = "no time that it names is both sure and possible by the charter"


def wish_named(situation: Situation, role: Role, meeting: Meeting, times: tuple[SaidTime, ...], by: By) -> bool:
    """Wish for the first possible one of the named times, and say whether there was an hour among them at all.

    Refused when none of them can be: outside the hours of one of the two, too far from the meeting's date, or over.
    """
    length = meeting.time.end - meeting.time.start
    starts = _instants(situation, role, times, meeting.time.start)
    if not starts or meeting.state is not MeetingState.BOOKED:
        return False
    sheet, due = Sheet(situation, by.at), by.at + SETTLING
    wishes = [Proposal(role, Interval(start, start + length), meeting.time, by.at) for start in starts]
    possible = [wish for wish in wishes if could_be(sheet, meeting, wish, due)]
    if not possible:
        raise Refused(NONE_FITS, "Name another time, or move the meeting in the calendar.")
    suiting = (wish for wish in possible if free(situation, role.other, wish.time))
    relationship = situation.relationship
    relationship.propose_time(meeting.ref, role, next(suiting, possible[0]).time, by)
    return True


def choose_named(
    situation: Situation, role: Role, offer: Offer, times: tuple[SaidTime, ...], by: By
) -> datetime | None:
    """Return the first of the named times that suits the other, in the place of those that were offered; None when no
    hour is named. Refused when none can be.
    """
    starts = _instants(situation, role, times, offer.starts[0])
    if not starts:
        return None
    charter = situation.relationship.charter
    for start in starts:
        time = Interval(start, start + charter.length)
        near = abs(start - offer.target) <= charter.slack and start - charter.notice >= by.at
        inside = all(at_work(situation, each, time) for each in Role)
        if near and inside and free(situation, role.other, time):
            return start
    raise Refused(NONE_FITS, "Answer with one of the offered numbers, or name another time.")


def _instants(situation: Situation, role: Role, times: tuple[SaidTime, ...], about: datetime) -> tuple[datetime, ...]:
    """Return the named hours as instants, on the clock that they name or on that of the one who wrote, or for whom; an
    hour without a day is one of the day that both know.
    """
    person = situation.person(role)
    home = Timetable(person.zone, person.hours, person.travels)
    out: list[datetime] = []
    for said in times:
        day = said.day or about.astimezone(zone_named(person.zone)).date()
        if said.at is not None:
            zone = zone_named(said.zone or home.zone_on(day))
            out.append(datetime.combine(day, said.at, tzinfo=zone).astimezone(UTC))
    return tuple(dict.fromkeys(out))
