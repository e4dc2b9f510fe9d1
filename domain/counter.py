"""What becomes of a proposed charter when the mentor says yes on other terms."""

from dataclasses import replace

from domain.charter import Charter, Rhythm
from domain.errors import BadInput, Refused
from domain.reply import SaidTerms

MONTH = 30
ABOUT_A_MONTH = 3


def countered(charter: Charter, terms: SaidTerms) -> Charter:
    """Return the charter with the length and the distance that were named; what hangs on them gives way.

    The same charter when they change nothing: every 28 days is once a month already. Refused for terms that cannot be.
    """
    length = _with_length(charter, terms.minutes) if terms.minutes else charter
    new = _with_distance(length, terms) if terms.days or terms.months else length
    try:
        return new.checked()
    except BadInput as wrong:
        raise Refused(wrong.problem, wrong.remedy) from None


def _with_length(charter: Charter, minutes: int) -> Charter:
    return replace(charter, minutes=minutes, shortest_minutes=min(charter.shortest_minutes, minutes))


def _with_distance(charter: Charter, terms: SaidTerms) -> Charter:
    days = terms.days or terms.months * MONTH
    near = ABOUT_A_MONTH * max(terms.months, 1) if terms.months else 0
    if abs(charter.cadence_days - days) <= near:
        return charter
    monthly = charter.rhythm if charter.rhythm is not Rhythm.DAYS else Rhythm.MONTHLY_WEEKDAY
    rhythm = monthly if terms.months else Rhythm.DAYS
    return replace(charter, cadence_days=days, rhythm=rhythm, slack_days=min(charter.slack_days, days // 2))
