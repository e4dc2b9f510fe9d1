"""Lives in which the mentee never writes and the mentor gives up late, among leaves, absences, pauses, rests, lost
calendars and outages: no fact, and so no proposal, where one of these explains it.
"""

from datetime import datetime, timedelta
from random import Random

from domain.calendar import Response
from domain.charter import Role
from domain.facts import Fact, FactKind
from domain.interval import Interval
from domain.meeting import MeetingState
from tests.unit.domain_cast import DAY, HOUR, agreed, by_cli, charter
from tests.unit.domain_life import Life

LIVES = 150
ROUNDS = 6
Excuse = tuple[str, tuple[Role, ...], Interval]


def lived(seed: int) -> tuple[Life, list[Excuse]]:
    """Return one life and what in it explains a silence, and whose."""
    chance, life = Random(seed), Life(agreed(charter(cadence_days=10)), hears=True)
    excuses = [_leave(life, chance) for _ in range(2)]
    life.settle()
    end = life.now + ROUNDS * 10 * DAY
    while life.now < end:
        life.live_until(life.now + chance.randrange(6, 40) * HOUR)
        if chance.random() < 0.12:
            excuses.append(chance.choice((_pause, _lost, _rest, _down, _absence))(life, chance))
        near = life.meeting.time.start - life.now < 20 * HOUR
        if (
            chance.random() < 0.2
            and near
            and life.meeting.state is MeetingState.BOOKED
            and life.now < life.meeting.time.start
        ):
            life.answer(Role.MENTOR, Response.DECLINED)
            life.settle()
    return life, excuses


def _leave(life: Life, chance: Random) -> Excuse:
    role, first = chance.choice(list(Role)), (life.now + chance.randrange(1, 50) * DAY).date()
    last = first + timedelta(days=chance.randrange(1, 9))
    person = life.mentor if role is Role.MENTOR else life.mentee
    person.plan_leave(first, last, by_cli(life.now))
    inside = (datetime(d.year, d.month, d.day, 12, tzinfo=life.now.tzinfo) for d in (first, last))
    return "leave", (role,), Interval(*inside)


def _absence(life: Life, chance: Random) -> Excuse:
    role, span = chance.choice(list(Role)), Interval(life.now, life.now + chance.randrange(24, 200) * HOUR)
    life.away = {**life.away, role: (*life.away.get(role, ()), span)}
    life.settle()
    return "absence", (role,), span


def _pause(life: Life, chance: Random) -> Excuse:
    role, start = chance.choice(list(Role)), life.now
    life.pause(role)
    life.live_until(life.now + chance.randrange(1, 200) * HOUR)
    life.resume(role)
    life.settle()
    return "pause", tuple(Role), Interval(start, life.now)


def _lost(life: Life, chance: Random) -> Excuse:
    role, start = chance.choice(list(Role)), life.now
    person = life.mentor if role is Role.MENTOR else life.mentee
    person.lose_connection("consent", by_cli(life.now))
    life.live_until(life.now + chance.randrange(1, 200) * HOUR)
    person.restore_connection(by_cli(life.now))
    life.settle()
    return "lost", (role,), Interval(start, life.now)


def _rest(life: Life, chance: Random) -> Excuse:
    start, until = life.now, (life.now + chance.randrange(2, 9) * DAY).date()
    life.relationship.rest_until(until, "Europe/Berlin", Role.MENTEE, by_cli(life.now))
    life.live_until(datetime(until.year, until.month, until.day, 12, tzinfo=start.tzinfo))
    return "rest", tuple(Role), Interval(start, life.now - 13 * HOUR)


def _down(life: Life, chance: Random) -> Excuse:
    start = life.now
    life.sleep_until(life.now + chance.randrange(13, 100) * HOUR)
    life.settle()
    return "down", tuple(Role), Interval(start, life.now - 12 * HOUR)


def span_of(life: Life, fact: Fact) -> Interval:
    """Return the time in which an excuse counts for a fact: from the question to the answer that did not come."""
    relationship = life.relationship
    if fact.kind is FactKind.NO_AGENDA:
        mails = relationship.mails.values()
        asked = max(m.at for m in mails if m.kind == "preparation" and m.occasion.startswith(f"{fact.cycle}."))
        return Interval(asked, fact.at)
    return Interval(fact.at, fact.at + HOUR)


def test_no_fact_and_no_proposal_where_an_absence_a_pause_or_an_outage_explains_it() -> None:
    noted = proposed = explained = 0
    for seed in range(LIVES):
        life, excuses = lived(seed)
        explained += len(excuses)
        noted += len(life.relationship.facts)
        proposed += len(life.relationship.dead_ends)
        for fact in life.relationship.facts:
            span = span_of(life, fact)
            for kind, roles, time in excuses:
                at_moment = kind in ("down", "rest")
                met = time.start < fact.at < time.end if at_moment else time.overlaps(span)
                assert not (fact.role in roles and met), (seed, fact, kind, time)
    assert noted > LIVES
    assert proposed
    print(f"\nsilence: N = {LIVES} lives, {explained} excuses, {noted} facts, {proposed} dead ends; 0 facts explained")
