"""Asks the rails before an effect leaves, and counts what left: the one place where an administrator's limits hold."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.charter import Role
from domain.effects import Effect
from domain.errors import Misconfigured
from domain.ledger import Claim, LedgerRow, Settlement, WorkState
from domain.person import Person
from domain.rails import DAY, WEEK, Bar, Rails, Spent, enough, full, too_new
from domain.relationship import Relationship
from domain.situation import Situation
from service.house import SERVICE_OWNER, House
from service.lately import sent_to
from service.telling import Told

STREAM = "spent"
CALENDAR = "calendar"
OUTSIDE = "its reader is not on the list of those whom mail may reach"
OUTSIDE_PAIR = "one of the two is not on the list of those whom mail may reach"
LOOK_AGAIN = timedelta(hours=6)
"""The list changes with a new start of the daemon, which looks again by itself."""


def bar(house: House, situation: Situation, effect: Effect) -> Bar | None:
    """Return what keeps an effect from leaving now, or None; asked right before it is done."""
    now, stop = house.now(), house.stopped()
    if stop is not None:
        return Bar(stop.value, now)
    reason = _outside(house.rails, (situation.mentor, situation.mentee)).get(effect.recipient)
    if reason is not None:
        return Bar(reason, now + LOOK_AGAIN)
    return _waits_for_a_beginning(house, situation.relationship, now) or _waits_as_a_mail(house, situation, effect, now)


def bar_to(house: House, person: Person) -> Bar | None:
    """Return what keeps a letter to one person, outside of any relationship, from leaving now, or None."""
    now, stop = house.now(), house.stopped()
    if stop is not None:
        return Bar(stop.value, now)
    if not house.rails.admits(person.address):
        return Bar(OUTSIDE, now + LOOK_AGAIN)
    return _enough_for(house, person, now)


def put_off(house: House, claim: Claim, barred: Bar, now: datetime) -> Told:
    """Let what was claimed wait, with its reason, until the rails may let it go."""
    due = max(barred.until, now + timedelta(seconds=1))
    house.ledger.settle(Settlement(claim.work.key, claim.token, WorkState.OPEN, due, reason=barred.reason), now)
    return Told("held", barred.reason)


def held_back(house: House, people: Iterable[Person]) -> dict[str, str]:
    """Return why nothing leaves now for the recipients of a pair, mentor first; who is missing there may be reached."""
    stop = house.stopped()
    if stop is not None:
        return dict.fromkeys((*(role.value for role in Role), CALENDAR), stop.value)
    return _outside(house.rails, people)


def _outside(rails: Rails, people: Iterable[Person]) -> dict[str, str]:
    """A calendar's provider mails both, so what is written there concerns whoever of the two is outside."""
    if not rails.allow:
        return {}
    pair = zip(Role, people, strict=True)
    found = {role.value: OUTSIDE for role, person in pair if not rails.admits(person.address)}
    return found | {CALENDAR: OUTSIDE_PAIR} if found else {}


def delegates_outside(rails: Rails, person: Person) -> tuple[str, ...]:
    """Return the addresses of those who may answer for a person, and whom no mail of ours may reach."""
    known = (delegate.text for delegate in person.delegates if delegate.text is not None)
    return tuple(address for address in known if not rails.admits(address))


def _waits_for_a_beginning(house: House, relationship: Relationship, now: datetime) -> Bar | None:
    if not house.rails.new_pairs_per_day or begun(relationship):
        return None
    return too_new(house.rails, spent(house), now)


def _waits_as_a_mail(house: House, situation: Situation, effect: Effect, now: datetime) -> Bar | None:
    if not effect.kind.is_mail:
        return None
    return _enough_for(house, situation.person(Role(effect.recipient)), now) or mails_wait(house)


def _enough_for(house: House, person: Person, now: datetime) -> Bar | None:
    rails = house.rails
    span = WEEK if rails.mails_per_person_per_week else DAY if rails.mails_per_person_per_day else None
    return None if span is None else enough(rails, sent_to(house, str(person.id), now - span), now)


def begun(relationship: Relationship) -> bool:
    """Say whether a pair has heard of the programme: a mail of it left, or a meeting was put into a calendar."""
    return bool(relationship.mails) or any(meeting.event_id for meeting in relationship.meetings.items)


def mails_wait(house: House) -> Bar | None:
    """Return what keeps every mail back now, or None."""
    rails = house.rails
    if not rails.mails_per_minute and not rails.mails_per_day:
        return None
    return full(rails, spent(house), house.now())


def spent(house: House) -> Spent:
    """Return what left lately, over all people."""
    kept = house.ledger.cursor(SERVICE_OWNER, STREAM)
    return Spent() if kept is None else _read(kept)


def counted(house: House, is_mail: bool, new_pair: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the cursor that counts an effect which has just left, to be stored with its settlement."""
    if not house.rails.counting or not (is_mail or new_pair):
        return ()
    now, left = house.now(), spent(house)
    left = left.with_mail(now) if is_mail else left
    left = left.with_pair(now) if new_pair else left
    return ((SERVICE_OWNER, STREAM, _written(left)),)


def look_again(house: House) -> None:
    """Make due what the rails held back: they may be others since this daemon began."""
    house.ledger.hasten([row.work.key for row in held(house)], house.now())


def held(house: House) -> tuple[LedgerRow, ...]:
    """Return the rows of effects that the rails hold back."""
    return tuple(row for row in house.ledger.rows([WorkState.OPEN]) if is_of_rails(row.reason))


def is_of_rails(reason: str) -> bool:
    """Say whether the rails, and not a failure, are why a row of the ledger waits."""
    return reason in (OUTSIDE, OUTSIDE_PAIR) or reason.endswith("which is the limit")


def _written(left: Spent) -> str:
    return json.dumps(
        {
            "mails": [at.isoformat() for at in left.mails],
            "hours": [[hour.isoformat(), mails] for hour, mails in left.hours],
            "pairs": [at.isoformat() for at in left.pairs],
        }
    )


def _read(kept: str) -> Spent:
    try:
        known = json.loads(kept)
        return Spent(
            tuple(datetime.fromisoformat(at) for at in known["mails"]),
            tuple((datetime.fromisoformat(hour), int(mails)) for hour, mails in known["hours"]),
            tuple(datetime.fromisoformat(at) for at in known["pairs"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Misconfigured(
            "What the store says of the mails that left lately makes no sense.", "Restore it from a backup."
        ) from error
