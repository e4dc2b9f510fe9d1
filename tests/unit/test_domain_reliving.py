"""Under its own charter a past that is lived again brings back what was recorded, whatever happened in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.acts import acts_of
from domain.charter import ConflictPolicy, Organiser, Rhythm, Role
from domain.interval import Interval
from domain.reliving import Reliving
from domain.reply import SaidTerms
from tests.unit.domain_cast import DAY, HOUR, by_mail
from tests.unit.domain_life import Life, booked_life

LATE, SOON = 5 * HOUR, 47 * HOUR


def engaged(policy: ConflictPolicy, before: timedelta, away: bool) -> Life:
    """Return a life in which something stands in the way of the end of the first meeting, or one of the two is away."""
    life = booked_life(conflict=policy, shortest_minutes=15, organiser=Organiser.SERVICE, buffer_minutes=15)
    time = life.meeting.time
    life.live_until(time.start - before)
    if away:
        life.away[Role.MENTOR] = life.busy[Role.MENTOR] = (time,)
    else:
        life.busy[Role.MENTEE] = (Interval(time.start + timedelta(minutes=20), time.end),)
    life.live_until(time.end + 16 * DAY)
    return life


def wishing(by: timedelta, taken: bool = False) -> Life:
    """Return a life in which the mentee wants the first meeting at another time, which the mentor may have taken."""
    life = booked_life(organiser=Organiser.SERVICE)
    life.live_until(life.now + HOUR)
    time = life.meeting.time
    if taken:
        life.busy[Role.MENTOR] = (Interval(time.start + by, time.end + by),)
    life.wish(Role.MENTEE, by)
    life.live_until(life.now + 16 * DAY)
    return life


def plain(**terms: object) -> Life:
    """Return a life under that charter in which nothing goes wrong."""
    life = booked_life(**terms)
    life.live_until(life.now + 40 * DAY)
    return life


def renegotiated() -> Life:
    """Return a life whose charter is changed after the first meeting, and which ends with the new term."""
    life = booked_life(cadence_days=14)
    life.live_until(life.meeting.time.end + 3 * DAY)
    until = (life.now + 80 * DAY).date()
    life.relationship.propose_terms(SaidTerms(days=28, until=until), Role.MENTEE, by_mail(Role.MENTEE, life.now))
    life.live_until(life.now + 2 * DAY)
    life.relationship.agree_to_version(2, Role.MENTOR, by_mail(Role.MENTOR, life.now))
    life.live_until(life.now + 85 * DAY)
    return life


def rested() -> Life:
    """Return a life that is paused for a while and goes on by itself."""
    life = booked_life(cadence_days=14)
    life.live_until(life.now + DAY)
    day = (life.now + 40 * DAY).date()
    life.relationship.rest_until(day, life.mentee.zone, Role.MENTEE, by_mail(Role.MENTEE, life.now))
    life.live_until(life.now + 60 * DAY)
    return life


LIVES: dict[str, Callable[[], Life]] = {
    f"{policy} {kind}": partial(engaged, policy, before, away)
    for policy in ConflictPolicy
    for kind, before, away in (("soon", SOON, False), ("late", LATE, False), ("away", SOON, True))
}
LIVES |= {
    "a wish that fits": partial(wishing, HOUR),
    "a wish for a taken time": partial(wishing, HOUR, taken=True),
    "a wish for the night": partial(wishing, 12 * HOUR),
    "quiet hours and a budget": partial(plain, quiet="19:00-08:00", weekly_mails=2),
    "a charter that is changed, and its term": renegotiated,
    "a pause with an end": rested,
    "a monthly rhythm": partial(plain, rhythm=Rhythm.MONTHLY_WEEKDAY, cadence_days=30),
}


@pytest.mark.parametrize("name", LIVES)
def test_a_past_lived_again_is_the_past(name: str) -> None:
    life = LIVES[name]()
    stream = tuple(life.relationship.pending_events)
    first = (*life.relationship.former, life.relationship.charter)[0]
    again = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, first, paced=True)
    recorded = acts_of(stream)
    assert len(recorded) > 10
    assert sorted(map(str, again.acts())) == sorted(map(str, recorded))
    assert again.unfit == 0


def test_what_lapsed_while_the_service_was_down_lapses_again() -> None:
    life = booked_life()
    life.sleep_until(life.now + 9 * DAY)
    life.settle()
    stream = tuple(life.relationship.pending_events)
    again = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, life.relationship.charter, paced=True)
    lapsed = [act for act in acts_of(stream) if act.what == "EffectLapsed"]
    assert lapsed
    assert set(lapsed) <= set(again.acts())


def test_under_another_charter_no_change_that_was_agreed_takes_its_place() -> None:
    life = renegotiated()
    stream = tuple(life.relationship.pending_events)
    other = replace(life.relationship.former[0], cadence_days=7)
    again = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, other, other=True)
    again.acts()
    assert again.relationship.charter == other
