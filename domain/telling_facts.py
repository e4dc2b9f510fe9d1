"""Which facts a mail tells: to the mentee what a dead end rests on, and to both, alike, what a round brought."""

from collections.abc import Iterable

from domain.desk import Desk
from domain.facts import Fact
from domain.health import in_a_row, open_facts
from domain.hours import zone_named
from domain.letters import FactLine
from domain.meeting import Meeting
from domain.occasions import mark_of_health, topic_of_health
from domain.rules_health import DEAD_END, QUIET_NOTE, STALLED


def evidence(desk: Desk) -> tuple[FactLine, ...]:
    """Return what the mail to the mentee rests on; other mails about the whole of it rest on nothing."""
    topic, mark = topic_of_health(desk.effect.occasion), mark_of_health(desk.effect.occasion)
    relationship = desk.situation.relationship
    if topic in (STALLED, DEAD_END):
        return _told(desk, (fact for one in relationship.dead_ends if str(one.number) == mark for fact in one.evidence))
    if topic == QUIET_NOTE:
        return _told(desk, (fact for facts in in_a_row(relationship, desk.reader) for fact in facts))
    return ()


def facts_of_round(desk: Desk, meeting: Meeting) -> tuple[FactLine, ...]:
    """Return what became visible to both since the meeting that took place before."""
    relationship = desk.situation.relationship
    before = max((m.cycle for m in relationship.meetings.items if m.took_place and m.cycle < meeting.cycle), default=0)
    seen = open_facts(relationship)
    return _told(desk, (fact for cycle, fact in seen if before < cycle <= meeting.cycle))


def _told(desk: Desk, facts: Iterable[Fact]) -> tuple[FactLine, ...]:
    """On the reader's own calendar days."""
    zone = zone_named(desk.situation.person(desk.reader).zone)
    return tuple(
        FactLine(fact.kind.value, desk.name(fact.role), fact.role is desk.reader, fact.at.astimezone(zone).date())
        for fact in facts
    )
