"""What follows while one relationship rests, or one of the two asked for silence: the other hears of it once, and
nothing else leaves.
"""

from domain.charter import Role
from domain.decisions import CancelMeeting, EndRest
from domain.effects import Effect, EffectKind
from domain.sheet import DAY, Sheet

PAUSED, RESTING, STOPPED, RESUMED = "paused", "resting", "stopped", "pause_over"
TOLD = 3 * DAY
SILENT = "one of the two gets no more mails"


def rests(sheet: Sheet) -> bool:
    """Say whether the two rest until a day or a word of one of them, and write down what follows from that."""
    relationship = sheet.situation.relationship
    rest = relationship.rest
    if rest is None or (rest.open and not relationship.running):
        return False
    if rest.until is not None and sheet.now >= rest.until:
        sheet.decide(EndRest(sheet.clause("cadence")))
        return True
    name = f"{RESTING}-{rest.since:%Y%m%dT%H%M}"
    topic, end = RESTING, rest.since + TOLD
    if rest.until is not None:
        sheet.look_again(rest.until)
        name, topic, end = f"{PAUSED}-{rest.until.date().isoformat()}", PAUSED, rest.until
    for role in Role:
        if role is not rest.role:
            sheet.want(Effect(EffectKind.NOTICE, name, role, topic, rest.since, end, None))
    return True


def mind_silence(sheet: Sheet) -> None:
    """Nobody is left to wait for somebody to whom everything is stopped: their meeting to come is given up, the other
    hears of it once, and whoever asked for silence hears nothing.

    What the two booked themselves stays theirs.
    """
    situation = sheet.situation
    if not situation.relationship.running or situation.halted:
        return
    current, clause = situation.relationship.meetings.current, sheet.clause("conflict")
    for role in situation.silent:
        if current is not None and not current.adopted and sheet.now < current.time.start:
            sheet.decide(CancelMeeting(current.ref, SILENT, clause))
        since, other = situation.person(role).paused_since, role.other
        if since is not None and other not in situation.silent:
            name = f"{STOPPED}-{since:%Y%m%dT%H%M}"
            sheet.want(Effect(EffectKind.NOTICE, name, other, STOPPED, since, since + TOLD, clause))


def tell_end_of_rest(sheet: Sheet) -> None:
    """Both hear once that it goes on, where they had heard that it rests; whoever ended it by a word is told in answer
    to that.
    """
    last = next(reversed(sheet.situation.relationship.rests), None)
    if last is None or (last.open and last.role is None):
        return
    due = last.span.end
    said = {heard.role for heard in sheet.situation.relationship.heard.values() if heard.at == due}
    for role in set(Role) - said:
        name = f"{RESUMED}-{due.date().isoformat()}"
        sheet.want(Effect(EffectKind.NOTICE, name, role, RESUMED, due, due + TOLD, None))
