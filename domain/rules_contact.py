"""What follows for two who are network contacts: one gracious word, two light touches a year, and the way back."""

from datetime import UTC, datetime, timedelta

from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.facts import Contact
from domain.hours import working_time
from domain.interval import Interval
from domain.occasions import of_health
from domain.sheet import DAY, Sheet

CLAUSE = "health"
CONTACT, TOUCH, REVIVE = "network_contact", "light_touch", "revive_question"
PRIVATE_TOUCH = "private_touch"
HALF_A_YEAR = timedelta(days=182)
TELL_TIME = 14 * DAY
TOUCH_TIME = 30 * DAY
SEARCHED = 14 * DAY


def keep_in_touch(sheet: Sheet) -> None:
    """No agenda, no booking, no question: the mentor hears once, the mentee is reminded every half year.

    A mentor who has left hears nothing of ours: the mentee writes to her.
    """
    contact = sheet.situation.relationship.contact
    if contact is None:
        return
    mark = f"{contact.since:%Y%m%dT%H%M}"
    if not contact.after_leaving:
        _want(sheet, CONTACT, mark, Role.MENTOR, contact.since, TELL_TIME)
    touch = PRIVATE_TOUCH if contact.after_leaving else TOUCH
    for number in _touches(contact, sheet.now):
        due = _at_work(sheet, contact.since + number * HALF_A_YEAR)
        _want(sheet, touch, f"{mark}~{number}", Role.MENTEE, due, TOUCH_TIME)
    wishing = dict(contact.wishes)
    for role, at in wishing.items():
        if role.other not in wishing:
            _want(sheet, REVIVE, f"{mark}~{role.value}", role.other, at, TOUCH_TIME)


def _want(sheet: Sheet, topic: str, mark: str, to: Role, due: datetime, time: timedelta) -> None:
    occasion = of_health(topic, mark)
    sheet.want(Effect(EffectKind.NOTICE, occasion, to, topic, due, due + time, sheet.clause(CLAUSE)))


def _touches(contact: Contact, now: datetime) -> tuple[int, int]:
    """Return the numbers of the touch that is not over yet and of the one after it; one that was missed is not made
    up for.
    """
    over = max(0, (now - contact.since - TOUCH_TIME - SEARCHED) // HALF_A_YEAR)
    return over + 1, over + 2


def _at_work(sheet: Sheet, due: datetime) -> datetime:
    """Return the first moment of the mentee's working time from then on."""
    situation = sheet.situation
    span = Interval(due.astimezone(UTC), due.astimezone(UTC) + SEARCHED)
    work = working_time(situation.hours_of(Role.MENTEE), situation.mentee.zone, span)
    return work[0].start if work else due
