"""What follows while one relationship rests: the other hears of it once, nothing else leaves, and it ends by itself."""

from domain.charter import Role
from domain.decisions import EndRest
from domain.effects import Effect, EffectKind
from domain.sheet import DAY, Sheet

PAUSED, RESUMED = "paused", "pause_over"
TOLD = 3 * DAY


def rests(sheet: Sheet) -> bool:
    """Say whether the two rest until a day, and write down what follows from that."""
    rest = sheet.situation.relationship.rest
    if rest is None or rest.until is None:
        return False
    if sheet.now >= rest.until:
        sheet.decide(EndRest(sheet.clause("cadence")))
        return True
    sheet.look_again(rest.until)
    for role in Role:
        if role is not rest.role:
            name = f"{PAUSED}-{rest.until.date().isoformat()}"
            sheet.want(Effect(EffectKind.NOTICE, name, role, PAUSED, rest.since, rest.until, None))
    return True


def tell_end_of_rest(sheet: Sheet) -> None:
    """Both hear once that it goes on, where they had heard that it rests; whoever ended it by a word is told in answer
    to that.
    """
    last = next(reversed(sheet.situation.relationship.rests), None)
    if last is None or last.open:
        return
    due = last.span.end
    said = {heard.role for heard in sheet.situation.relationship.heard.values() if heard.at == due}
    for role in set(Role) - said:
        name = f"{RESUMED}-{due.date().isoformat()}"
        sheet.want(Effect(EffectKind.NOTICE, name, role, RESUMED, due, due + TOLD, None))
