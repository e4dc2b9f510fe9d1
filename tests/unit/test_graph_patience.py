"""Outlook's mailboxes that ask for patience: nothing is sent to them, by themselves or inside a batch, until then."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.graph.calendar import GraphCalendar
from adapters.graph.client import BUDGET, GraphClient, GraphSettings
from adapters.transport import Transport
from domain.calendar import Ask, CalendarChanges
from domain.errors import Doubtful, TryLater
from tests.unit.graph_office import ANN, NOW, batch, event, refusal
from tests.unit.loopback import Loopback, Reply

BO = "bo@example.org"
MINUTE = timedelta(minutes=1)
BUSY = refusal(429, "ApplicationThrottled", ("Retry-After", "60"))


class Office:
    """A calendar over a scripted server, under a clock that the test moves."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.time = NOW
        self.server = stack.enter_context(Loopback())
        token = folder / "token"
        token.write_text("secret\n")
        transport = stack.enter_context(Transport(None, None, lambda: False))
        settings = GraphSettings(f"{self.server.root}/v1.0", token_file=token)
        self.client = GraphClient(settings, transport, lambda: self.time)
        self.calendar = GraphCalendar(self.client)

    def page(self) -> Reply:
        return Reply(body={"value": [], "@odata.deltaLink": f"{self.server.root}/v1.0/round?$deltatoken=d"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(stack, tmp_path)


def later(act: Callable[[], object]) -> datetime | None:
    with pytest.raises(TryLater) as caught:
        act()
    return caught.value.not_before


def test_a_mailbox_that_asked_for_patience_is_not_asked_again_before(office: Office) -> None:
    office.server.replies[:] = [BUSY, Reply(body=event())]
    asked = [lambda: office.calendar.read(ANN, "e1"), lambda: office.calendar.changes(ANN, None, office.time)]
    assert [later(act) for act in asked] == [NOW + MINUTE] * 2
    assert len(office.server.seen) == 1
    assert office.calendar.read(BO, "e1") is not None
    office.time += MINUTE
    assert office.calendar.read(ANN, "e1") is not None


def test_inside_a_batch_it_is_left_out_and_the_others_are_asked(office: Office) -> None:
    office.server.replies[:] = [batch(BUSY, office.page()), batch(office.page())]
    first = office.calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    second = office.calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert [type(one) for one in (*first, *second)] == [TryLater, CalendarChanges] * 2
    assert [len(seen.json()["requests"]) for seen in office.server.seen] == [2, 1]


def test_a_link_of_a_round_belongs_to_the_mailbox_that_it_came_from(office: Office) -> None:
    office.server.replies[:] = [office.page(), BUSY]
    cursor = office.calendar.changes(ANN, None, NOW).cursor
    assert later(lambda: office.calendar.changes(ANN, cursor, NOW)) == NOW + MINUTE
    assert later(lambda: office.calendar.read(ANN, "e1")) == NOW + MINUTE
    assert len(office.server.seen) == 2


def test_a_batch_that_is_refused_as_a_whole_lets_all_wait(office: Office) -> None:
    office.server.replies[:] = [BUSY]
    office.calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert later(lambda: office.calendar.read("cat@example.org", "e1")) == NOW + MINUTE
    assert len(office.server.seen) == 1


@pytest.mark.parametrize(("reply", "asked"), [(refusal(503, "", ("Retry-After", "60")), 1), (refusal(503, ""), 2)])
def test_a_server_out_of_order_is_left_alone_when_it_says_for_how_long(
    office: Office, reply: Reply, asked: int
) -> None:
    office.server.replies[:] = [reply]
    for _ in range(2):
        later(lambda: office.calendar.read(ANN, "e1"))
    assert len(office.server.seen) == asked


def test_a_write_in_doubt_also_lets_its_mailbox_wait(office: Office) -> None:
    office.server.replies[:] = [refusal(503, "", ("Retry-After", "60"))]
    with pytest.raises(Doubtful):
        office.calendar.cancel(ANN, "e1")
    assert later(lambda: office.calendar.read(ANN, "e1")) == NOW + MINUTE


def test_one_second_again_and_again_is_not_taken_at_its_word(office: Office) -> None:
    office.server.replies[:] = [refusal(429, "", ("Retry-After", "1"))]
    pauses = []
    for _ in range(4):
        until = later(lambda: office.calendar.read(ANN, "e1"))
        assert until is not None
        pauses.append((until - office.time).total_seconds())
        office.time = until
    assert pauses == [5, 10, 20, 40]


def test_the_budget_is_exchanges_own() -> None:
    assert (BUDGET.requests, BUDGET.per) == (10_000, timedelta(minutes=10))
