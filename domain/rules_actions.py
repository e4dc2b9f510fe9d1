"""What follows from actions that are owed.

Their owner is reminded when the date has passed, and once more a week later.
"""

from datetime import UTC, datetime, timedelta

from domain.absence import prolonged
from domain.charter import Role
from domain.conversation import Action
from domain.effects import Effect, EffectKind
from domain.hours import working_time, zone_named
from domain.interval import Interval
from domain.occasions import of_action
from domain.sheet import DAY, Sheet

NUDGES = 2
NUDGE_GAP = 7 * DAY
NUDGE_TIME = 6 * DAY


def chase_actions(sheet: Sheet) -> None:
    """Remind the owner of each open action, inside her working hours, at most twice."""
    relationship = sheet.situation.relationship
    clause = relationship.charter.clause("actions")
    for action in relationship.open_actions():
        first = chase_due(sheet, action)
        if first is not None:
            _nudge(sheet, action, first, clause)


def _nudge(sheet: Sheet, action: Action, first: datetime, clause: str) -> None:
    for nudge in range(NUDGES):
        due = prolonged(sheet.situation, action.owner, first, nudge * NUDGE_GAP)
        end, occasion = prolonged(sheet.situation, action.owner, due, NUDGE_TIME), of_action(action.number, nudge + 1)
        sheet.want(Effect(EffectKind.CHASE, occasion, action.owner, str(action.number), due, end, clause))


def chase_due(sheet: Sheet, action: Action) -> datetime | None:
    """Return the first working moment of the owner after the action's date, or None when it has no date."""
    if action.due is None:
        return None
    situation = sheet.situation
    zone = situation.person(action.owner).zone
    local = datetime(action.due.year, action.due.month, action.due.day, tzinfo=zone_named(zone)) + timedelta(days=1)
    start = local.astimezone(UTC)
    hours = situation.hours_of(Role(action.owner))
    work = working_time(hours, zone, Interval(start, start + 14 * DAY))
    return max(start, work[0].start) if work else start
