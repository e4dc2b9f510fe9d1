"""A mailbox that asked for patience is not even asked, and none is asked more often than its provider allows."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.transport.patience import FIRST, WHOLE, Budget, Patience
from domain.errors import TryLater

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ANN, BO = "ann@example.org", "bo@example.org"


class Hand:
    """A clock that the test moves, which counts how often it is read."""

    def __init__(self) -> None:
        self.time, self.read = NOON, 0

    def now(self) -> datetime:
        self.read += 1
        return self.time


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def patience(clock: Hand) -> Patience:
    return Patience(Budget(3, MINUTE), clock.now)


def waits(patience: Patience, mailbox: str) -> datetime | None:
    """Spend one request and return until when to wait, or None when it may be sent."""
    try:
        patience.spend(mailbox)
    except TryLater as later:
        return later.not_before
    return None


def test_a_mailbox_is_left_alone_until_then_and_no_other_is(clock: Hand, patience: Patience) -> None:
    until = patience.refused(ANN, NOON + 2 * MINUTE)
    assert until == waits(patience, ANN) == NOON + 2 * MINUTE
    assert waits(patience, BO) is None
    clock.time = until
    assert waits(patience, ANN) is None


def test_what_the_provider_as_a_whole_must_wait_for_all_must(clock: Hand, patience: Patience) -> None:
    until = patience.refused(WHOLE, NOON + MINUTE)
    assert waits(patience, ANN) == waits(patience, BO) == waits(patience, WHOLE) == until


def test_a_refusal_without_a_word_doubles_the_pause_up_to_an_hour(clock: Hand, patience: Patience) -> None:
    pauses = []
    for _ in range(14):
        pauses.append(patience.refused(ANN, None) - clock.time)
        clock.time += pauses[-1]
    assert pauses[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert pauses[-1] == HOUR


def test_the_longer_of_both_pauses_counts(clock: Hand, patience: Patience) -> None:
    for _ in range(4):
        clock.time = patience.refused(ANN, clock.time + timedelta(seconds=1))
    assert patience.refused(ANN, clock.time + timedelta(seconds=1)) == clock.time + 16 * FIRST
    assert patience.refused(ANN, clock.time + HOUR) == clock.time + HOUR


def test_a_wait_is_never_made_shorter(clock: Hand, patience: Patience) -> None:
    patience.refused(ANN, NOON + HOUR)
    assert patience.refused(ANN, NOON + MINUTE) == NOON + HOUR


def test_a_use_limit_is_waited_for_by_hours(clock: Hand, patience: Patience) -> None:
    pauses = []
    for _ in range(5):
        pauses.append(patience.refused(ANN, None, HOUR) - clock.time)
        clock.time += pauses[-1]
    assert pauses == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR]


def test_after_a_good_answer_the_next_refusal_is_a_first_one(clock: Hand, patience: Patience) -> None:
    for _ in range(3):
        clock.time = patience.refused(ANN, None)
    patience.heard(ANN)
    assert patience.refused(ANN, None) == clock.time + FIRST


def test_no_more_than_its_budget_goes_to_a_mailbox(clock: Hand, patience: Patience) -> None:
    assert [waits(patience, ANN) for _ in range(3)] == [None] * 3
    clock.time += timedelta(seconds=59)
    assert waits(patience, ANN) == NOON + MINUTE
    assert waits(patience, BO) is None
    clock.time += timedelta(seconds=1)
    assert [waits(patience, ANN) for _ in range(4)] == [None, None, None, NOON + 2 * MINUTE]


def test_requests_for_nobody_alone_have_no_budget(patience: Patience) -> None:
    assert [waits(patience, WHOLE) for _ in range(9)] == [None] * 9


def test_the_clock_is_read_at_the_budgets_ends_only(clock: Hand, patience: Patience) -> None:
    for _ in range(3):
        patience.spend(ANN)
    assert clock.read == 1
