"""The window of the next meeting, what yields by the charter when it is full, and several mentees of one mentor."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest

from domain.charter import Charter, Role
from domain.decisions import PlanMeeting
from domain.finding import choose_time
from domain.hours import Leave, Travel
from domain.interval import Interval
from domain.person import Person
from domain.plan import plan
from domain.relationship import Relationship
from domain.sheet import Sheet
from domain.situation import Situation
from domain.turns import next_turn
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, IDS, agreed, by_cli, by_mail, charter, mentor, words
from tests.unit.domain_life import Life

MINUTE = timedelta(minutes=1)
WHOLE_YEAR = Interval(BEGINNING, BEGINNING + 365 * DAY)


def second_cycle(**terms: object) -> Life:
    """Return a pair whose first meeting was held, a little before the second is planned."""
    life = Life(agreed(charter(**terms)))
    life.settle()
    life.now = life.meeting.time.end + HOUR
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    return life


def except_for(*free: Interval) -> tuple[Interval, ...]:
    """Return a year that is full but for some stretches, in order."""
    out, start = [], WHOLE_YEAR.start
    for item in free:
        out.append(Interval(start, item.start))
        start = item.end
    return (*out, Interval(start, WHOLE_YEAR.end))


def decided(life: Life) -> PlanMeeting | None:
    """Return the time that is reserved now, if any."""
    return next((d for d in life.plan().decisions if isinstance(d, PlanMeeting)), None)


def around(instant: datetime, minutes: int = 60) -> Interval:
    """Return the stretch that begins there."""
    return Interval(instant, instant + minutes * MINUTE)


def test_a_meeting_is_never_further_from_its_date_than_the_slack_and_a_quarter_more_when_nothing_is_left() -> None:
    life = second_cycle(slack_days=4)
    target = next_turn(Sheet(life.situation(), life.now)).target
    assert target == life.meeting.time.start + 14 * DAY
    life.busy[Role.MENTOR] = except_for(around(target + 5 * DAY))
    found = decided(life)
    assert found is not None
    assert (found.time.start, found.clause) == (target + 5 * DAY, "v1/slack")
    life.busy[Role.MENTOR] = except_for(around(target + 7 * DAY))
    assert decided(life) is None
    life.busy[Role.MENTOR] = except_for(around(target + 2 * DAY), around(target + 5 * DAY))
    within = decided(life)
    assert within is not None
    assert (within.time.start, within.clause) == (target + 2 * DAY, "v1/cadence")


def test_two_meetings_are_at_least_half_a_cadence_apart_also_when_one_is_arranged_again() -> None:
    life = second_cycle()
    life.settle()
    held = life.relationship.meeting("1.1").time.start
    life.relationship.cancel_meeting("2.1", "declined by the mentee", by_cli(life.now))
    again = decided(life)
    assert again is not None
    assert again.cycle == 2
    turn = next_turn(Sheet(life.situation(), life.now))
    assert turn.earliest == held + 7 * DAY
    life.busy[Role.MENTOR] = except_for(around(held + 6 * DAY, 45), around(held + 8 * DAY, 45))
    later = decided(life)
    assert later is not None
    assert later.time.start == held + 8 * DAY


@pytest.mark.parametrize(
    ("terms", "clause", "minutes"),
    [
        ({"tentative_yields": True}, "v1/tentative", 45),
        ({"stretch_minutes": 60}, "v1/stretch", 45),
        ({"shortest_minutes": 30}, "v1/shorten", 30),
    ],
)
def test_what_yields_is_cited_by_its_clause(terms: dict[str, object], clause: str, minutes: int) -> None:
    life = second_cycle(**terms)
    target = next_turn(Sheet(life.situation(), life.now)).target
    noon = {"v1/tentative": target, "v1/stretch": target.replace(hour=14), "v1/shorten": target}[clause]
    life.busy[Role.MENTOR] = except_for(around(noon, minutes))
    if clause == "v1/tentative":
        soft: dict[Role, tuple[Interval, ...]] = {Role.MENTEE: (WHOLE_YEAR,)}
        situation = replace(life.situation(), soft=soft)
        assert choose_time(Sheet(situation, life.now), next_turn(Sheet(situation, life.now))).yielded == "tentative"
        return
    found = decided(life)
    assert found is not None
    assert (found.clause, (found.time.end - found.time.start) // MINUTE) == (clause, minutes)


def test_preferred_hours_come_before_the_nearest_time() -> None:
    life = second_cycle(mentor_preferred="fri 10:00-12:00")
    found = decided(life)
    assert found is not None
    assert found.time.start.weekday() == 4


def test_leave_and_travel_of_a_person_count_on_her_own_calendar() -> None:
    life = second_cycle()
    target = next_turn(Sheet(life.situation(), life.now)).target.date()
    life.mentor.plan_leave(target - DAY, target + DAY, by_cli(life.now))
    found = decided(life)
    assert found is not None
    assert not target - DAY <= found.time.start.date() <= target + DAY
    assert any(name == "outside the mentor's leave" for name, _ in found.counters)
    away = second_cycle()
    away.mentor.plan_travel(date(2027, 1, 1), date(2027, 12, 31), "Asia/Kolkata", by_cli(away.now))
    abroad = decided(away)
    assert abroad is not None
    assert 8 <= abroad.time.start.hour < 11
    assert (away.mentor.travels, away.mentor.zone) == (
        (Travel(date(2027, 1, 1), date(2027, 12, 31), "Asia/Kolkata"),),
        "America/Chicago",
    )
    assert life.mentor.leaves == (Leave(target - DAY, target + DAY),)


def test_hours_that_a_person_changed_since_the_charter_was_agreed_count_for_the_next_meeting() -> None:
    life = second_cycle()
    life.mentee.change_hours(None, "mon-fri 09:00-18:00", by_cli(life.now))
    usual = decided(life)
    life.mentee.change_hours(None, "sat 08:00-20:00", by_cli(life.now))
    life.mentor.change_hours(None, "sat 08:00-20:00", by_cli(life.now))
    changed = decided(life)
    assert usual is not None
    assert changed is not None
    assert usual.time.start.weekday() < 5
    assert changed.time.start.weekday() == 5


def mentee_number(number: int) -> Person:
    """Return one of several mentees."""
    id, hours = UUID(int=100 + number), "mon-fri 09:00-18:00"
    return Person.register(
        id, f"Mentee {number}", f"m{number}@example.org", "google", "Europe/Berlin", hours, "en", by_cli()
    )


def relationship_number(number: int, terms: Charter) -> Relationship:
    """Return the relationship of one of them with the one mentor, agreed."""
    person = str(UUID(int=100 + number))
    goals, (why, bring) = words("Grow"), words("You did it", "Time")
    asked = Relationship.request(UUID(int=200 + number), IDS[Role.MENTOR], person, goals, why, bring, terms, by_cli())
    asked.accept(by_mail(Role.MENTOR))
    for role in Role:
        asked.approve_charter(role, by_mail(role))
    return asked


def family(number: int, busy: tuple[Interval, ...], the_mentor: Person, **terms: object) -> list[Situation]:
    """Return the situations of several mentees of one mentor, each of which knows the others."""
    free: dict[Role, tuple[Interval, ...] | None] = {Role.MENTOR: busy, Role.MENTEE: ()}
    alone = [
        Situation(relationship_number(n, charter(**terms)), the_mentor, mentee_number(n), free) for n in range(number)
    ]
    return [replace(one, siblings=tuple(other for other in alone if other is not one)) for one in alone]


def times(situations: list[Situation]) -> list[Interval]:
    """Return the time that each would reserve, each by itself."""
    found = []
    for situation in situations:
        found += [d.time for d in plan(situation, BEGINNING).decisions if isinstance(d, PlanMeeting)]
    return found


def test_mentees_of_one_mentor_who_ask_at_once_get_times_beside_each_other_each_by_its_own_review() -> None:
    found = times(family(4, (), mentor(), buffer_minutes=15))
    assert len(found) == 4
    for one, two in combinations(found, 2):
        assert not one.widened(15 * MINUTE).overlaps(two)


def test_a_mentor_with_a_limit_meets_one_mentee_a_day() -> None:
    limited = mentor()
    limited.limit_meetings_per_day(1, by_cli())
    found = times(family(3, (), limited))
    assert len({time.start.date() for time in found}) == len(found) == 3


def test_where_two_times_are_left_two_mentees_get_them_and_the_third_has_to_wait() -> None:
    first, second = BEGINNING + 7 * DAY + 6 * HOUR, BEGINNING + 8 * DAY + 6 * HOUR
    found = times(family(3, except_for(around(first), around(second)), mentor()))
    assert sorted(time.start for time in found) == [first, second]


def test_what_one_may_shorten_another_need_not_give_up() -> None:
    only = BEGINNING + 7 * DAY + 6 * HOUR
    situations = family(2, except_for(around(only, 75)), mentor(), shortest_minutes=30)
    found = sorted(times(situations), key=lambda time: time.start)
    assert [(time.end - time.start) // MINUTE for time in found] in ([45, 30], [30, 45])
    assert not found[0].overlaps(found[1])


def test_a_sibling_that_is_paused_or_already_meets_takes_nothing() -> None:
    one, two = family(2, (), mentor())
    alone = times([replace(one, siblings=())])
    paused = two.siblings[0], replace(one.siblings[0])
    paused[1].mentee.pause(by_cli())
    assert times([replace(one, siblings=(paused[1],))]) == alone
