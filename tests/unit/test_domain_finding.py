"""The times of several mentees together: a few of the best times of each are all that need to be weighed."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from domain.finding import Quest, choose_time, enough_for
from domain.interval import Interval
from domain.joint import assign, cost
from domain.sheet import Sheet
from domain.turns import next_turn
from tests.unit.domain_cast import BEGINNING, DAY, mentor
from tests.unit.test_domain_turns import family

MINUTE = timedelta(minutes=1)


def crowded(seed: int) -> tuple[Interval, ...]:
    """Return four weeks of a mentor who has little time left, the same for the same seed."""
    random = Random(seed)
    starts = (BEGINNING + random.randrange(30) * DAY + random.randrange(80) * 15 * MINUTE for _ in range(160))
    return tuple(Interval(start, start + random.choice((60, 120, 300)) * MINUTE) for start in starts)


@pytest.mark.parametrize("seed", range(6))
def test_the_best_times_of_each_lead_to_the_same_cost_as_all_times_of_each(seed: int) -> None:
    situations = family(4, crowded(seed), mentor(), buffer_minutes=(0, 15)[seed % 2])
    turns = (replace(next_turn(Sheet(s, BEGINNING)), latest=BEGINNING + 28 * DAY) for s in situations)
    quests = [Quest.of(*both) for both in zip(situations, turns, strict=True)]
    wants, few = ([quest.want(limit) for quest in quests] for limit in (None, enough_for(quests)))
    assert max(len(want.options) for want in few) < min(len(want.options) for want in wants)
    assert cost(few, assign(few)) == cost(wants, assign(wants))


def test_a_meeting_that_is_looked_at_where_it_stands_is_kept_whatever_siblings_want() -> None:
    (one, *_) = family(3, (), mentor())
    sheet = Sheet(one, BEGINNING)
    turn = next_turn(sheet)
    third = choose_time(sheet, turn).found.starts[2]
    kept = choose_time(sheet, turn, standing=third)
    assert kept.time is not None
    assert kept.time.start == third
