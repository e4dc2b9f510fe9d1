"""What follows before a charter holds.

The request to the mentor, the charter to both, reminders of either, and a word when it came to nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.absence import prolonged
from domain.charter import Role
from domain.decisions import ExpireRequest, TurnToFallback
from domain.effects import Effect, EffectKind
from domain.letters import NoticeTopic
from domain.occasions import of_charter, reminding
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.sheet import DAY, Sheet

NOTICE_TIME = timedelta(days=3)
UNANSWERED = "the mentor did not answer"
NOT_AGREED = "the charter was not agreed"
APART = 2 * DAY
"""A reminder never comes sooner after the mail before it, also when that one was late."""

_WITHOUT = {Status.DECLINED: NoticeTopic.DECLINED, Status.EXPIRED: NoticeTopic.EXPIRED}
_WITH_FALLBACK = {Status.DECLINED: NoticeTopic.DECLINED_NEXT, Status.EXPIRED: NoticeTopic.EXPIRED_NEXT}


def ask_mentor(sheet: Sheet) -> None:
    """The request goes to the mentor at once, is brought back to her mind, and expires with the time to answer it."""
    open_ = _Open.of(sheet)
    if not open_.over(sheet):
        due, end = open_.since, open_.end
        _with_reminders(sheet, Effect(EffectKind.REQUEST, "request", Role.MENTOR, "", due, end, open_.clause))


def charter(sheet: Sheet) -> None:
    """The charter goes to each of the two who has not agreed, with reminders, and expires with the time to agree."""
    open_, version = _Open.of(sheet), sheet.situation.relationship.charter.version
    for role in () if open_.over(sheet) else open_.roles:
        due, end = open_.since, open_.end
        _with_reminders(
            sheet, Effect(EffectKind.CHARTER, of_charter(version), role, str(version), due, end, open_.clause)
        )


def end_what_waits(sheet: Sheet) -> None:
    """Somebody asked for silence: what waits for her answer ends in its time all the same, and the other hears of it.

    A pair that rests waits.
    """
    relationship = sheet.situation.relationship
    if relationship.rest is not None:
        return
    if relationship.status in (Status.REQUESTED, Status.ACCEPTED):
        _Open.of(sheet).over(sheet)
    elif relationship.status in (Status.DECLINED, Status.EXPIRED):
        notices(sheet)


@dataclass(frozen=True, slots=True)
class _Open:
    """What waits for an answer: of whom, since when, until when, by which clause, and what it comes to without one."""

    roles: tuple[Role, ...]
    since: datetime
    end: datetime
    clause: str
    outcome: str

    @classmethod
    def of(cls, sheet: Sheet) -> "_Open":
        """Return what waits in a relationship that was asked for, or accepted."""
        relationship = sheet.situation.relationship
        asked = relationship.status is Status.REQUESTED
        roles = (Role.MENTOR,) if asked else tuple(role for role in Role if role not in relationship.approved)
        since = relationship.requested_at if asked else relationship.settled_at
        # Between the second agreement and what follows from it nobody is waited for; `why` looks there too.
        time = relationship.asking.time
        end = max((prolonged(sheet.situation, role, since, time) for role in roles), default=since + time)
        name, outcome = ("request", UNANSWERED) if asked else ("charter", NOT_AGREED)
        return cls(roles, since, end, relationship.charter.clause(name), outcome)

    def over(self, sheet: Sheet) -> bool:
        """Say whether its time is over; then it expires."""
        if sheet.now >= self.end:
            sheet.decide(ExpireRequest(self.outcome, self.clause))
            return True
        sheet.look_again(self.end)
        return False


def _with_reminders(sheet: Sheet, mail: Effect) -> None:
    """Want a mail, and after it the reminders, each only when the one before it has left."""
    relationship, role = sheet.situation.relationship, Role(mail.recipient)
    sheet.want(mail)
    before = mail
    for number, after in enumerate(relationship.asking.reminders, 1):
        sent = relationship.mails.get(before.name)
        if sent is None:
            return
        due = max(prolonged(sheet.situation, role, mail.due, after), sent.at + APART)
        if due >= mail.expires:
            return
        occasion = reminding(mail.occasion, number)
        before = Effect(mail.kind, occasion, mail.recipient, mail.about, due, mail.expires, mail.clause)
        sheet.want(before)


def _knew_of_charter(relationship: Relationship, role: Role) -> bool:
    return role in relationship.approved or any(
        kind == EffectKind.CHARTER and recipient == role for kind, _, recipient in relationship.mails
    )


def notices(sheet: Sheet) -> None:
    """The mentee hears when the mentor said no or nobody answered, and whether the second mentor is asked.

    A mentor who had said yes hears of the expiry too, and when it was the mentee who said no to the charter. Whoever
    asked for silence hears nothing.
    """
    relationship = sheet.situation.relationship
    if _turns(sheet):
        sheet.decide(TurnToFallback(relationship.charter.clause("request")))
        return
    asked = relationship.asking.turned_to and not relationship.asking.refused
    topic = (_WITH_FALLBACK if asked else _WITHOUT)[relationship.status].value
    roles = [Role.MENTEE]
    if relationship.asking.against is Role.MENTEE:
        roles, topic = [Role.MENTOR], NoticeTopic.NOT_AGREED.value
    if relationship.status is Status.EXPIRED and _knew_of_charter(relationship, Role.MENTOR):
        roles.append(Role.MENTOR)
    due, end = relationship.settled_at, relationship.settled_at + NOTICE_TIME
    for role in roles:
        if not sheet.situation.person(role).paused:
            sheet.want(Effect(EffectKind.NOTICE, topic, role, topic, due, end, relationship.charter.clause("request")))


def turn_after_leaver(sheet: Sheet) -> None:
    """Where the first mentor left before anything was agreed, the second one is asked all the same."""
    relationship, situation = sheet.situation.relationship, sheet.situation
    asking, gone = relationship.asking, situation.mentor.left and not situation.mentee.left
    if asking.fallback and not asking.turned_to and gone and not relationship.approved:
        sheet.decide(TurnToFallback(relationship.charter.clause("request")))


def _turns(sheet: Sheet) -> bool:
    """Say whether the second mentor is to be asked: the first said no or nothing, and nobody was asked since."""
    relationship, asking = sheet.situation.relationship, sheet.situation.relationship.asking
    no = relationship.status is Status.DECLINED and asking.against is not Role.MENTEE
    not_taken = no or asking.unanswered
    return bool(asking.fallback) and not asking.turned_to and not_taken and not sheet.situation.mentee.left
