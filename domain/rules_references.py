"""What follows when somebody considers a mentor: her other mentees are asked how it works, and the answers are told."""

from domain.charter import Role
from domain.consenting import CONSIDERED, may_be_asked
from domain.effects import Effect, EffectKind
from domain.references import FEWEST, LASTING
from domain.sheet import Sheet

KINDS = (EffectKind.REFERENCE, EffectKind.REFERENCES)


def ask_for_reference(sheet: Sheet) -> None:
    """Ask the mentee once a year at most, while somebody else considers the mentor."""
    considered, relationship = sheet.situation.considered, sheet.situation.relationship
    if considered is None or not may_be_asked(relationship, sheet.now):
        return
    occasion, end = considered.date().isoformat(), considered + relationship.asking.time
    mails = [mail for mail in relationship.mails.values() if mail.kind == EffectKind.REFERENCE]
    if sheet.now < end and not any(mail.at + LASTING > sheet.now for mail in mails):
        clause = sheet.clause("references")
        sheet.want(Effect(EffectKind.REFERENCE, occasion, Role.MENTEE, "", considered, end, clause))


def tell_references(sheet: Sheet) -> None:
    """Tell the mentee who considers the mentor what the others say, once, when at least three do."""
    relationship = sheet.situation.relationship
    end = relationship.settled_at + relationship.asking.time
    if relationship.status in CONSIDERED and len(sheet.situation.told) >= FEWEST and sheet.now < end:
        due, clause = relationship.requested_at, relationship.charter.clause("request")
        sheet.want(Effect(EffectKind.REFERENCES, "references", Role.MENTEE, "", due, end, clause))
