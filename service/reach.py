"""Notices that one person's calendar cannot be read any more, and that it can be read again."""

from datetime import timedelta

import structlog

from domain.by import CALENDAR, SERVICE, By
from domain.errors import MentorsyncError, Misconfigured, NoAccess, NoMailbox, NotSignedIn
from domain.interval import Interval
from domain.ledger import Claim, LedgerWrite, Settlement, WorkState
from domain.person import Person
from domain.person_state import LossReason
from service.house import SERVICE_OWNER, House

log = structlog.get_logger()
GLANCE = timedelta(minutes=5)
RETRY = {
    LossReason.CONSENT: timedelta(hours=1),
    LossReason.NEVER: timedelta(hours=1),
    LossReason.GONE: timedelta(days=1),
}


def person_of(house: House, owner: str) -> Person | None:
    """Return whose calendar it is, None for the service's own."""
    return None if owner == SERVICE_OWNER else house.streams.person(owner)


def note_loss(house: House, claim: Claim, person: Person, trouble: MentorsyncError) -> bool:
    """Record that this person's calendar cannot be read, and ask again much later.

    Return False, and do nothing, when it is not this one person's trouble: the credential opens nothing else either.
    """
    now = house.now()
    if person.left:
        house.ledger.settle(Settlement(claim.work.key, claim.token, WorkState.DROPPED, reason="its owner left"), now)
        return True
    reason = _reason(house, person, trouble)
    if reason is None:
        return False
    person.lose_connection(reason.value, By(SERVICE, CALENDAR, None, now))
    if person.pending_events:
        log.warning("calendar.lost", person=str(person.id), reason=reason.value)
    again = now + RETRY[person.connection.reason if person.connection else reason]
    settle = Settlement(claim.work.key, claim.token, WorkState.OPEN, again, reason=trouble.problem)
    house.streams.save(person, now=now, write=LedgerWrite(settle=settle))
    return True


def noting_return(house: House, person: Person) -> Person:
    """Return the person, who now knows that her calendar was read; the caller saves her."""
    if person.connection is not None:
        person.restore_connection(By(SERVICE, CALENDAR, None, house.now()))
        log.info("calendar.returned", person=str(person.id))
    return person


def _reason(house: House, person: Person, trouble: MentorsyncError) -> LossReason | None:
    # An application that lost its permission is told the same "no access" at every mailbox.
    if isinstance(trouble, NotSignedIn | NoAccess) and _opens_nothing(house, person):
        return None
    if not isinstance(trouble, (NotSignedIn, NoAccess, NoMailbox, Misconfigured)):
        return None
    if house.cache.entries(str(person.id)) is None:
        return LossReason.NEVER
    return LossReason.GONE if isinstance(trouble, NoMailbox) else LossReason.CONSENT


def _opens_nothing(house: House, person: Person) -> bool:
    """Say whether the credential does not open another calendar at the same provider either: then it is ours."""
    witness = _witness(house, person)
    if witness is None:
        return False
    calendar, account = house.calendar_of(witness)
    now = house.now()
    try:
        calendar.busy(account, Interval(now, now + GLANCE))
    except MentorsyncError:
        return True
    return False


def _witness(house: House, person: Person) -> str | None:
    if person.provider == house.identity.provider:
        return SERVICE_OWNER
    others = (summary for summary in house.streams.summaries("person") if summary.id != str(person.id))
    known = (other for other in others if other.facts["provider"] == person.provider)
    return next(
        (other.id for other in known if not other.facts.get("connection") and not other.facts.get("left")), None
    )
