"""The fault matrix is whole, and a few of its cells are lived here; all of them are in the proofs."""

import pytest

from adapters.sandbox.faults import AFTER, BEFORE, GOOGLE_ONLY
from tests.acceptance.scenarios.matrix import CALLS, FAULTS, LIVES, Call, Cell, cells, doubling, tried, writes

SAMPLE = (
    Cell(Call("microsoft", "events.cancel", "cancel"), "504"),
    Cell(Call("microsoft", "messages.createDraft", "mail"), "503 for ten minutes"),
    Cell(Call("google", "events.patch", "move"), "412"),
    Cell(Call("google", "drafts.send", "mail"), "truncated_json"),
    Cell(Call("google", "events.insert", "book"), "silent"),
)


def test_every_call_that_writes_has_its_row_and_its_life() -> None:
    missing = writes() - {(call.cloud, call.operation) for call in CALLS}
    assert missing == set(), "Give the new call a row in CALLS and a life in which the service makes it."
    assert {(call.cloud, call.operation) for call in CALLS} == writes()
    assert {call.life for call in CALLS} == LIVES.keys()


def test_every_fault_of_the_sandbox_has_its_column() -> None:
    assert {order["fault"] for order in FAULTS.values()} == ((BEFORE | AFTER) - {"expired_cursor"}) | {"late_success"}


def test_the_matrix_is_every_fault_times_every_call() -> None:
    of_google = sum(call.cloud == "google" for call in CALLS)
    of_graph = len(CALLS) - of_google
    of_google_alone = sum(order["fault"] in GOOGLE_ONLY for order in FAULTS.values())
    assert len(cells()) == of_google * len(FAULTS) + of_graph * (len(FAULTS) - of_google_alone)
    assert {*SAMPLE, *doubling()} <= {*cells()}


@pytest.mark.parametrize("cell", SAMPLE, ids=str)
def test_whatever_befalls_a_write_it_is_done_once_or_said(cell: Cell) -> None:
    assert tried(cell) == []


def test_a_sender_that_does_not_look_is_caught() -> None:
    (lost,) = (cell for cell in doubling() if str(cell) == "microsoft: messages.send (mail) meets answer_lost")
    assert "he was sent ('preparation'" in "\n".join(tried(lost, naive=True))
