"""What a word of one of the two does about the relationship as a whole: keep trying, say it openly, recalibrate,
revive.
"""

from domain.by import By
from domain.charter import Role
from domain.facts import Choice
from domain.occasions import topic_of_health
from domain.recalibrating import NETWORK_CONTACT
from domain.relationship import Relationship
from domain.reply import Command
from domain.rules_contact import REVIVE
from domain.rules_health import DEAD_END

YES = (Command.ACCEPT, Command.AGREE)
_CHOICES = {Command.KEEP: Choice.KEEP, Command.OPENLY: Choice.OPENLY}


def recalibrate(relationship: Relationship, role: Role, reachable: bool, by: By) -> None:
    """A meeting that is to come leaves the calendars with the cadence.

    After the mentor left she can be kept where she is `reachable`, at an address that she agreed to.
    """
    if relationship.parted and role is Role.MENTEE:
        relationship.keep_after_leaving(reachable, by)
        return
    current = relationship.meetings.current
    if relationship.running and role is Role.MENTEE and current is not None and current.time.start > by.at:
        relationship.cancel_meeting(current.ref, NETWORK_CONTACT, by)
    relationship.recalibrate(role, by)


def choose_way(relationship: Relationship, role: Role, occasion: str, command: Command | None, by: By) -> bool:
    """Take a word that answers a mail about the whole of it, and say whether it was one."""
    topic = topic_of_health(occasion)
    if topic == DEAD_END and role is Role.MENTEE and command in _CHOICES:
        relationship.answer_dead_end(_CHOICES[command], by)
        return True
    if topic == REVIVE and command in YES:
        relationship.wish_revival(role, by)
        return True
    return False
