"""What follows from facts: they are noted, and after a few cycles that led nowhere the mentee is asked, privately."""

from datetime import datetime

from domain.charter import Role
from domain.decisions import NoteFact, SuspectDeadEnd
from domain.effects import Effect, EffectKind
from domain.fact_finding import explained, found_facts
from domain.facts import Choice, DeadEnd
from domain.health import IN_A_ROW, NUDGED_AFTER, in_a_row
from domain.interval import Interval
from domain.occasions import of_health, topic_of_health
from domain.sheet import DAY, HOUR, MINUTE, Sheet

CLAUSE = "health"
QUIET_NOTE, STALLED, DEAD_END, OPENLY, REVIVED = "quiet_note", "stalled", "dead_end", "openly", "revived"
NUDGES = (QUIET_NOTE, STALLED, DEAD_END)
NUDGE_GAP = 7 * DAY
NOTE_TIME = 7 * DAY
ANSWER_TIME = 21 * DAY
DRAFT_TIME = 7 * DAY


def mind_health(sheet: Sheet) -> None:
    """Note what happened, speak of it to whom it concerns first, and never more often than once a week."""
    if sheet.situation.hears is not None:
        _note(sheet)
    for role in Role:
        _look_at(sheet, role)
    for dead_end in sheet.situation.relationship.dead_ends:
        _speak_of(sheet, dead_end)
    revival = sheet.situation.relationship.revival
    if revival is not None:
        occasion = of_health(REVIVED, _mark(revival.at))
        _tell(sheet, REVIVED, occasion, revival.first, revival.at, revival.at + NOTE_TIME)


def _note(sheet: Sheet) -> None:
    """While our own mailbox is not read an answer may lie in it, so nothing is called silence then."""
    for fact in found_facts(sheet.situation, sheet.now):
        if fact.at > sheet.now:
            sheet.look_again(fact.at)
        elif sheet.situation.hears:
            sheet.decide(NoteFact(fact, sheet.clause(CLAUSE)))
        else:
            sheet.look_again(sheet.now + HOUR)


def _look_at(sheet: Sheet, role: Role) -> None:
    """The mentee hears first when it lies with her; nobody is asked while an absence may explain it."""
    row = in_a_row(sheet.situation.relationship, role)
    if len(row) >= IN_A_ROW:
        if explained(sheet.situation, role, Interval(sheet.now, sheet.now + MINUTE)):
            sheet.look_again(sheet.now + DAY)
            return
        evidence = tuple(fact for facts in row for fact in facts)
        number = len(sheet.situation.relationship.dead_ends) + 1
        sheet.decide(SuspectDeadEnd(number, role, evidence, sheet.clause(CLAUSE)))
    elif len(row) == NUDGED_AFTER and role is Role.MENTEE:
        last = row[-1][-1]
        occasion = of_health(QUIET_NOTE, str(last.cycle))
        _tell(sheet, QUIET_NOTE, occasion, Role.MENTEE, last.at, last.at + NOTE_TIME)


def _speak_of(sheet: Sheet, dead_end: DeadEnd) -> None:
    topic = DEAD_END if dead_end.role is Role.MENTOR else STALLED
    number = str(dead_end.number)
    if dead_end.choice is None:
        _tell(sheet, topic, of_health(topic, number), Role.MENTEE, dead_end.at, dead_end.at + ANSWER_TIME)
    elif dead_end.choice is Choice.OPENLY and dead_end.answered_at is not None:
        due = dead_end.answered_at
        _tell(sheet, OPENLY, of_health(OPENLY, number), Role.MENTEE, due, due + DRAFT_TIME)


def _tell(sheet: Sheet, topic: str, occasion: str, to: Role, due: datetime, expires: datetime) -> None:
    """A nudge waits until a week after the last one to the same reader, whatever that was about."""
    before = [at for at in _nudged(sheet, to) if at + NUDGE_GAP > due] if topic in NUDGES else []
    when = max((due, *(at + NUDGE_GAP for at in before)))
    end = expires + (when - due)
    sheet.want(Effect(EffectKind.NOTICE, occasion, to, topic, when, end, sheet.clause(CLAUSE)))


def _nudged(sheet: Sheet, to: Role) -> list[datetime]:
    mails = sheet.situation.relationship.mails.values()
    return [mail.at for mail in mails if mail.recipient == to and topic_of_health(mail.occasion) in NUDGES]


def _mark(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M}"
