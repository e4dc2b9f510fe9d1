"""The recurring rows of the ledger.

One review per stream, one poll and one subscription per calendar, one poll for the service's inbox.
"""

from datetime import datetime

from domain.effects import Effect, EffectKind, effect_key
from domain.ledger import Work
from domain.relationship import Relationship
from service.house import SERVICE_OWNER

REVIEW = "review"
POLL_CALENDAR = "poll-calendar"
POLL_INBOX = "poll-inbox"
LETTER = "letter"
PROBE = "probe"
REREAD = "reread"
SUBSCRIPTION = "subscription"
PLANNING = "planning"
MAIL_LANE = "mail"
INBOX_LANE = "inbox"
LEAVING = (*(kind.value for kind in EffectKind), LETTER)
"""What leaves the house for somebody, and may need a person's decision when its outcome is unknown."""


def calendar_lane(owner: str) -> str:
    """Return the lane in which one owner's calendar is served."""
    return f"calendar/{owner}"


def calendar_poll(owner: str, now: datetime) -> Work:
    """Return the row that polls one owner's calendar."""
    return Work(f"{owner}/{POLL_CALENDAR}//", owner, POLL_CALENDAR, "", "", calendar_lane(owner), now)


def inbox_poll(now: datetime) -> Work:
    """Return the row that polls the service's inbox."""
    return Work(f"{SERVICE_OWNER}/{POLL_INBOX}//", SERVICE_OWNER, POLL_INBOX, "", "", INBOX_LANE, now)


def subscription_row(owner: str, now: datetime) -> Work:
    """Return the row that keeps the subscription to one owner's calendar, in a lane of its own: it delays no poll."""
    return Work(f"{owner}/{SUBSCRIPTION}//", owner, SUBSCRIPTION, "", "", f"push/{owner}", now)


def effect_row(relationship: Relationship, effect: Effect, organiser: str) -> Work:
    """Return the row of an effect.

    All mail leaves by one lane, calendar writes by the lane of the calendar they touch.
    """
    subject = str(relationship.id)
    lane = MAIL_LANE if effect.kind.is_mail else calendar_lane(organiser)
    key = effect_key(subject, effect)
    return Work(key, subject, effect.kind.value, effect.occasion, effect.recipient, lane, effect.due, effect.expires)
