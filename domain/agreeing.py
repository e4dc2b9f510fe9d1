"""What an answer agrees to: a time that was offered by mail, or a version of the charter."""

from domain.by import By
from domain.charter import Role
from domain.decisions import PlanMeeting
from domain.errors import Refused
from domain.hours import in_minutes
from domain.interval import Interval
from domain.occasions import version_in
from domain.relationship import Relationship


def agree_on_time(relationship: Relationship, cycle: int, role: Role, number: int, by: By) -> None:
    """Take the offered time of that number, or raise Refused; repeating it changes nothing."""
    relationship.choose_time(cycle, role, number, by)
    plan_chosen(relationship, cycle, role, by)


def plan_chosen(relationship: Relationship, cycle: int, role: Role, by: By) -> None:
    """Plan the meeting at the time that was chosen, where that settles it."""
    offer = relationship.offer(cycle, role)
    if offer is None or offer.chosen is None or not offer.final or relationship.meetings.current is not None:
        return
    time = Interval(offer.chosen, offer.chosen + relationship.charter.length)
    place = (offer.cycle, offer.generation, time, offer.target, offer.zone, in_minutes(offer.starts), offer.counters)
    plan = PlanMeeting(*place, relationship.charter.clause("cadence"), offer.organiser)
    relationship.plan_meeting(plan, offer.tzdata, by)


def answer_charter(relationship: Relationship, occasion: str, role: Role, yes: bool, by: By) -> None:
    """Agree to the charter that a mail of that occasion was about, or refuse it: the first one, or a proposal."""
    version = version_in(occasion)
    if not relationship.running:
        if yes and version != relationship.charter.version:
            raise Refused("The charter has changed since that mail.", "Reply to the newest one.")
        if yes:
            relationship.approve_charter(role, by)
    elif yes:
        relationship.agree_to_version(version, role, by)
    else:
        relationship.refuse_version(version, role, by)
