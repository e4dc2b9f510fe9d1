"""What follows before a charter holds.

The request to the mentor, the charter to both, reminders of either, and a word when it came to nothing.
"""

from datetime import timedelta

from domain.absence import prolonged
from domain.charter import Role
from domain.decisions import ExpireRequest, TurnToFallback
from domain.effects import Effect, EffectKind
from domain.letters import NoticeTopic
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.sheet import DAY, Sheet

NOTICE_TIME = timedelta(days=3)
APART = 2 * DAY
"""A reminder never comes sooner after the mail before it, also when that one was late."""

_WITHOUT = {Status.DECLINED: NoticeTopic.DECLINED, Status.EXPIRED: NoticeTopic.EXPIRED}
_WITH_FALLBACK = {Status.DECLINED: NoticeTopic.DECLINED_NEXT, Status.EXPIRED: NoticeTopic.EXPIRED_NEXT}


def ask_mentor(sheet: Sheet) -> None:
    """The request goes to the mentor at once, is brought back to her mind, and expires with the time to answer it."""
    relationship = sheet.situation.relationship
    end = prolonged(sheet.situation, Role.MENTOR, relationship.requested_at, relationship.asking.time)
    clause = relationship.charter.clause("request")
    if sheet.now >= end:
        sheet.decide(ExpireRequest("the mentor did not answer", clause))
        return
    sheet.look_again(end)
    mail = Effect(EffectKind.REQUEST, "request", Role.MENTOR, "", relationship.requested_at, end, clause)
    _with_reminders(sheet, mail)


def charter(sheet: Sheet) -> None:
    """The charter goes to each of the two who has not agreed, with reminders, and expires with the time to agree."""
    relationship = sheet.situation.relationship
    missing = [role for role in Role if role not in relationship.approved]
    due, time = relationship.settled_at, relationship.asking.time
    end = max(prolonged(sheet.situation, role, due, time) for role in missing)
    version, clause = str(relationship.charter.version), relationship.charter.clause("charter")
    if sheet.now >= end:
        sheet.decide(ExpireRequest("the charter was not agreed", clause))
        return
    sheet.look_again(end)
    for role in missing:
        _with_reminders(sheet, Effect(EffectKind.CHARTER, f"v{version}", role, version, due, end, clause))


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
        occasion = f"{mail.occasion}.{number}"
        before = Effect(mail.kind, occasion, mail.recipient, mail.about, due, mail.expires, mail.clause)
        sheet.want(before)


def _knew_of_charter(relationship: Relationship, role: Role) -> bool:
    return role in relationship.approved or any(
        kind == EffectKind.CHARTER and recipient == role for kind, _, recipient in relationship.mails
    )


def notices(sheet: Sheet) -> None:
    """The mentee hears when the mentor said no or nobody answered, and whether the second mentor is asked.

    A mentor who had said yes hears of the expiry too.
    """
    relationship = sheet.situation.relationship
    if _turns(sheet):
        sheet.decide(TurnToFallback(relationship.charter.clause("request")))
        return
    asked = relationship.asking.turned_to and not relationship.asking.refused
    topic = (_WITH_FALLBACK if asked else _WITHOUT)[relationship.status].value
    roles = [Role.MENTEE]
    if relationship.status is Status.EXPIRED and _knew_of_charter(relationship, Role.MENTOR):
        roles.append(Role.MENTOR)
    due, end = relationship.settled_at, relationship.settled_at + NOTICE_TIME
    for role in roles:
        sheet.want(Effect(EffectKind.NOTICE, topic, role, topic, due, end, relationship.charter.clause("request")))


def _turns(sheet: Sheet) -> bool:
    """Say whether the second mentor is to be asked: the first said no or nothing, and nobody was asked since."""
    relationship, asking = sheet.situation.relationship, sheet.situation.relationship.asking
    not_taken = relationship.status is Status.DECLINED or asking.unanswered
    return bool(asking.fallback) and not asking.turned_to and not_taken and not sheet.situation.mentee.left
