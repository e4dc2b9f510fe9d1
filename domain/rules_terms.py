"""What follows for a charter that counts: a proposal goes to the other of the two, and a term comes to its end."""

from datetime import datetime, timedelta

from domain.absence import prolonged
from domain.charter import Charter, Role
from domain.decisions import EndAtTerm, LapseProposal
from domain.effects import Effect, EffectKind
from domain.occasions import of_charter
from domain.person import Person
from domain.sheet import DAY, Sheet
from domain.situation import Situation
from domain.timetable import midnight

TOLD = 7 * DAY
BEFORE_THE_END = timedelta(weeks=4)
TERM_ENDS, TERM_OVER = "term_ends", "term_over"
REFUSED, LAPSED, CHANGED = "terms_refused", "terms_lapsed", "terms_agreed"


def mind_proposal(sheet: Sheet) -> None:
    """The proposal goes to the other as a charter does, and lapses with the time to answer; its author hears how it
    ended.
    """
    relationship = sheet.situation.relationship
    clause, proposed = relationship.charter.clause("charter"), relationship.proposed
    _tell_author(sheet, clause)
    if proposed is None:
        return
    other, version = proposed.role.other, proposed.charter.version
    end = prolonged(sheet.situation, other, proposed.at, relationship.asking.time)
    if sheet.now >= end:
        sheet.decide(LapseProposal(version, clause))
        return
    sheet.look_again(end)
    sheet.want(Effect(EffectKind.CHARTER, of_charter(version), other, str(version), proposed.at, end, clause))


def _tell_author(sheet: Sheet, clause: str) -> None:
    """Whoever answered is told in answer to that."""
    relationship = sheet.situation.relationship
    outcome = relationship.outcome
    if outcome is None or outcome.by is outcome.author:
        return
    topic = CHANGED if outcome.agreed else LAPSED if outcome.by is None else REFUSED
    name = f"{topic}-v{outcome.version}"
    sheet.want(Effect(EffectKind.NOTICE, name, outcome.author, topic, outcome.at, outcome.at + TOLD, clause))


def mind_term(sheet: Sheet) -> None:
    """Both hear a while before that the term ends, and can extend it; without that it ends with its last day."""
    relationship = sheet.situation.relationship
    end = term_end(sheet.situation)
    if end is None or relationship.charter.until is None:
        return
    clause = relationship.charter.clause("until")
    if sheet.now >= end:
        sheet.decide(EndAtTerm(clause))
        return
    sheet.look_again(end)
    due = end - BEFORE_THE_END
    if relationship.settled_at < due:
        name = f"{TERM_ENDS}-{relationship.charter.until.isoformat()}"
        for role in Role:
            sheet.want(Effect(EffectKind.NOTICE, name, role, TERM_ENDS, due, end, clause))


def term_end(situation: Situation) -> datetime | None:
    """Return when the term of the charter is over (UTC): midnight after its last day, where its clock holds."""
    charter = situation.relationship.charter
    return end_of(charter, situation.person(charter.pins))


def end_of(charter: Charter, pins: Person) -> datetime | None:
    """Return when the term of a charter is over, on the clock of the one whose clock holds; None where it has none."""
    return midnight(charter.until + DAY, pins.zone) if charter.until is not None else None
