"""The machine's clock, the sandbox's clock and random ids."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic
from typing import Any

import httpx
import pytest

from adapters.system import HttpClock, RandomIds, SystemClock
from domain.errors import TryLater
from domain.ports import Clock, Ids

URL = "http://127.0.0.1:9/clock"
NOW = datetime(2027, 2, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


def seconds(act: Callable[[], object]) -> float:
    """Return how long the act took."""
    start = monotonic()
    act()
    return monotonic() - start


def test_both_clocks_and_the_ids_keep_their_ports() -> None:
    clocks: tuple[Clock, ...] = (SystemClock(), World().clock())
    ids: Ids = RandomIds()
    assert (len(clocks), ids.new() == ids.new()) == (2, False)


def test_the_machine_tells_utc_and_goes_on() -> None:
    clock = SystemClock()
    first = clock.now()
    assert (first.tzinfo, clock.now() >= first) == (UTC, True)


def test_a_wait_ends_at_its_due() -> None:
    clock = SystemClock()
    due = clock.now() + timedelta(milliseconds=50)
    assert clock.wait_until(due) == ()
    assert clock.now() >= due
    assert seconds(lambda: clock.wait_until(due)) < 0.5


def test_a_long_wait_looks_up_every_second() -> None:
    clock = SystemClock()
    assert 0.9 < seconds(lambda: clock.wait_until(clock.now() + timedelta(days=1))) < 3


def test_a_stop_from_another_thread_ends_the_wait_and_every_later_one() -> None:
    clock = SystemClock()
    Thread(target=clock.stop).start()
    assert seconds(lambda: [clock.wait_until(clock.now() + timedelta(days=1)) for _ in range(3)]) < 0.9


def test_a_ring_from_another_thread_ends_the_wait_that_is_going_on_and_no_later_one() -> None:
    clock = SystemClock()
    Thread(target=clock.ring).start()
    far = clock.now() + timedelta(days=1)
    assert seconds(lambda: clock.wait_until(far)) < 0.9
    assert seconds(lambda: clock.wait_until(clock.now() + timedelta(seconds=0.1))) > 0.09


def test_a_ring_before_a_wait_is_not_lost() -> None:
    clock = SystemClock()
    clock.ring()
    assert seconds(lambda: clock.wait_until(clock.now() + timedelta(days=1))) < 0.9


class World:
    """A virtual clock behind HTTP that stops at each change and does not pass its limit."""

    def __init__(self, *changes: tuple[datetime, str], until: datetime = LATER) -> None:
        self.now, self.until, self.changes = NOW, until, list(changes)
        self.asked: list[Any] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer as the sandbox does."""
        if request.method == "GET":
            return httpx.Response(200, json={"now": self.now.isoformat()})
        self.asked.append(json.loads(request.content))
        due = min(datetime.fromisoformat(self.asked[-1]["advance_to"]), self.until)
        changed = []
        if self.changes and self.changes[0][0] <= due:
            due, account = self.changes.pop(0)
            changed = [account]
        self.now = max(self.now, due)
        return httpx.Response(200, json={"now": self.now.isoformat(), "changed": changed})

    def clock(self) -> HttpClock:
        """Return a clock that asks this world."""
        return HttpClock(URL, httpx.Client(transport=httpx.MockTransport(self.answer)))


def test_virtual_time_passes_only_by_waiting() -> None:
    world = World()
    clock = world.clock()
    assert [clock.now(), clock.now()] == [NOW, NOW]
    assert clock.wait_until(NOW + timedelta(hours=1)) == ()
    assert (clock.now(), world.asked) == (NOW + timedelta(hours=1), [{"advance_to": "2027-02-22T10:00:00Z"}])


def test_virtual_time_stops_at_the_first_change_and_names_the_account() -> None:
    change = (NOW + timedelta(minutes=5), "mia@example.org")
    clock = World(change, (change[0], "tom@example.org")).clock()
    assert clock.wait_until(LATER) == ("mia@example.org",)
    assert clock.now() == change[0]
    assert clock.wait_until(LATER) == ("tom@example.org",)
    assert clock.now() == change[0]


def test_at_the_limit_of_the_world_a_wait_takes_a_real_second() -> None:
    clock = World(until=NOW + timedelta(minutes=1)).clock()
    clock.wait_until(LATER)
    assert 0.9 < seconds(lambda: clock.wait_until(LATER)) < 3


def test_a_stopped_virtual_clock_neither_waits_nor_lets_time_pass() -> None:
    world = World(until=NOW)
    clock = world.clock()
    clock.wait_until(LATER)
    Thread(target=clock.stop).start()
    assert seconds(lambda: clock.wait_until(LATER)) < 0.9
    asked = len(world.asked)
    assert clock.wait_until(LATER) == ()
    assert len(world.asked) == asked


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.Response(200, text="no JSON")])
def test_a_sandbox_that_does_not_answer_is_for_later(answer: httpx.Response) -> None:
    clock = HttpClock(URL, httpx.Client(transport=httpx.MockTransport(lambda _: answer)))
    with pytest.raises(TryLater):
        clock.now()


def test_a_sandbox_that_is_gone_is_for_later() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(TryLater):
        HttpClock(URL, httpx.Client(transport=httpx.MockTransport(refuse))).wait_until(LATER)
