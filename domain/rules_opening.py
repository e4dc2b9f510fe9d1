"""What follows before a charter holds.

The request to the mentor, the charter to both, and a word when it came to nothing.
"""

from datetime import timedelta

from domain.absence import prolonged
from domain.charter import Role
from domain.decisions import ExpireRequest
from domain.effects import Effect, EffectKind
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.sheet import Sheet

ANSWER_TIME = timedelta(days=14)
NOTICE_TIME = timedelta(days=3)


def ask_mentor(sheet: Sheet) -> None:
    """The request goes to the mentor at once, and expires with the time to answer it."""
    relationship = sheet.situation.relationship
    end = prolonged(sheet.situation, Role.MENTOR, relationship.requested_at, ANSWER_TIME)
    clause = relationship.charter.clause("request")
    if sheet.now >= end:
        sheet.decide(ExpireRequest("the mentor did not answer", clause))
        return
    sheet.look_again(end)
    sheet.want(Effect(EffectKind.REQUEST, "request", Role.MENTOR, "", relationship.requested_at, end, clause))


def charter(sheet: Sheet) -> None:
    """The charter goes to each of the two who has not agreed, and expires with the time to agree."""
    relationship = sheet.situation.relationship
    missing = [role for role in Role if role not in relationship.approved]
    end = max(prolonged(sheet.situation, role, relationship.settled_at, ANSWER_TIME) for role in missing)
    version, clause = str(relationship.charter.version), relationship.charter.clause("charter")
    if sheet.now >= end:
        sheet.decide(ExpireRequest("the charter was not agreed", clause))
        return
    sheet.look_again(end)
    for role in missing:
        due = relationship.settled_at
        sheet.want(Effect(EffectKind.CHARTER, f"v{version}", role, version, due, end, clause))


def _knew_of_charter(relationship: Relationship, role: Role) -> bool:
    return role in relationship.approved or any(
        kind == EffectKind.CHARTER and recipient == role for kind, _, recipient in relationship.mails
    )


def notices(sheet: Sheet) -> None:
    """The mentee hears when the mentor said no or nobody answered.

    A mentor who had said yes hears of the expiry too.
    """
    relationship = sheet.situation.relationship
    topic = relationship.status.value
    roles = [Role.MENTEE]
    if relationship.status is Status.EXPIRED and _knew_of_charter(relationship, Role.MENTOR):
        roles.append(Role.MENTOR)
    due, end = relationship.settled_at, relationship.settled_at + NOTICE_TIME
    for role in roles:
        sheet.want(Effect(EffectKind.NOTICE, topic, role, topic, due, end, relationship.charter.clause("request")))
