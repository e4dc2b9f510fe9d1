"""What every work ledger promises: who gets which row when, and who may say how it ended."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sqlite.store import SqliteStore
from domain.errors import NotFound
from domain.ledger import LedgerWrite, Reference, Settlement, StaleLease, WorkState
from tests.contract.stores import LEASE, MINUTE, NOW, claim_one, opened, poll, settled, work


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def opens(store: SqliteStore, *keys_and_lanes: tuple[str, str]) -> None:
    store.save(now=NOW, write=LedgerWrite(open=tuple(work(key, lane) for key, lane in keys_and_lanes)))


def keys(store: SqliteStore, *kinds: str, limit: int = 10) -> list[str]:
    return [claim.work.key for claim in store.claim(NOW, kinds, limit, LEASE)]


def test_due_rows_come_in_order_of_due_then_key(store: SqliteStore) -> None:
    rows = (work("r3/book/1.1/c", "a"), work("r1/book/1.1/c", "b"), work("r2/book/1.1/c", "c", NOW - MINUTE))
    store.save(now=NOW, write=LedgerWrite(open=rows))
    assert keys(store, "book") == ["r2/book/1.1/c", "r1/book/1.1/c", "r3/book/1.1/c"]


def test_a_claim_takes_no_more_than_its_limit(store: SqliteStore) -> None:
    opens(store, ("r1/book/1.1/c", "a"), ("r2/book/1.1/c", "b"), ("r3/book/1.1/c", "c"))
    assert keys(store, "book", limit=2) == ["r1/book/1.1/c", "r2/book/1.1/c"]


def test_one_claim_gives_one_row_of_a_lane(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"), ("r2/agenda/1.1/m", "mail"))
    assert keys(store, "agenda") == ["r1/agenda/1.1/m"]


def test_a_lane_with_a_leased_row_gives_out_nothing_of_any_kind(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"), ("r1/chase/1/m", "mail"))
    claim_one(store, "agenda")
    assert keys(store, "agenda", "chase") == []


def test_rows_of_other_kinds_and_of_later_are_not_given_out(store: SqliteStore) -> None:
    later = work("r1/book/1.1/c", "a", NOW + timedelta(microseconds=1))
    store.save(now=NOW, write=LedgerWrite(open=(later, work("r1/cancel/1.1/c", "b"))))
    assert keys(store, "book") == []


def test_a_claim_shows_the_whole_row(store: SqliteStore) -> None:
    row = work(expires=NOW + MINUTE)
    store.save(now=NOW, write=LedgerWrite(open=(row,)))
    claim = claim_one(store)
    assert (claim.work, claim.attempts, claim.receipt) == (row, 1, "")


def test_a_row_whose_lease_ended_can_be_claimed_again_and_the_first_holder_is_refused(
    store: SqliteStore,
) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    first = claim_one(store)
    assert store.claim(LEASE - MINUTE, ["agenda"], 1, LEASE) == ()
    second = claim_one(store, now=LEASE)
    assert (second.attempts, second.token == first.token) == (2, False)
    with pytest.raises(StaleLease):
        store.settle(settled(first), NOW)
    store.settle(settled(second), NOW)


def test_a_settled_row_is_not_given_out_again_and_cannot_be_settled_twice(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    claim = claim_one(store)
    store.settle(settled(claim), NOW)
    assert keys(store, "agenda") == []
    with pytest.raises(StaleLease):
        store.settle(settled(claim), NOW)


def test_a_postponed_effect_comes_again_at_its_due_with_its_attempts_and_receipt(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    claim = claim_one(store)
    store.note(claim, "draft-7")
    store.settle(settled(claim, WorkState.OPEN, due=NOW + MINUTE), NOW)
    assert keys(store, "agenda") == []
    again = claim_one(store, now=NOW + MINUTE)
    assert (again.attempts, again.receipt) == (2, "draft-7")


def test_a_poll_that_went_well_counts_its_attempts_from_anew_and_one_that_did_not_goes_on(
    store: SqliteStore,
) -> None:
    store.ensure([poll("service")], NOW)
    failed = claim_one(store, "poll")
    store.settle(settled(failed, WorkState.OPEN, due=NOW, reason="busy"), NOW)
    second = claim_one(store, "poll")
    store.settle(settled(second, WorkState.OPEN, due=NOW), NOW)
    assert [second.attempts, claim_one(store, "poll").attempts] == [2, 1]


def test_a_note_outlives_its_lease_and_is_refused_after_it(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    first = claim_one(store)
    store.note(first, "draft-7")
    second = claim_one(store, now=LEASE)
    assert second.receipt == "draft-7"
    with pytest.raises(StaleLease):
        store.note(first, "draft-8")


@pytest.mark.parametrize("state", [WorkState.DROPPED, WorkState.EXPIRED])
def test_a_row_that_was_dropped_or_expired_opens_again_and_remembers_its_attempts(
    store: SqliteStore, state: WorkState
) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    store.settle(settled(claim_one(store), state, reason="not wanted"), NOW)
    opens(store, ("r1/agenda/1.1/m", "mail"))
    assert claim_one(store).attempts == 2


@pytest.mark.parametrize("state", [WorkState.DONE, WorkState.UNKNOWN, WorkState.GIVEN_UP])
def test_a_row_that_ended_for_good_never_opens_again(store: SqliteStore, state: WorkState) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"))
    store.settle(settled(claim_one(store), state, reason="so it is"), NOW)
    opens(store, ("r1/agenda/1.1/m", "mail"))
    (row,) = store.rows()
    assert (row.state, row.reason) == (state, "so it is")


def test_a_row_that_nobody_wants_any_more_is_dropped_unless_somebody_holds_it(store: SqliteStore) -> None:
    opens(store, ("r1/book/1.1/c", "a"), ("r2/book/1.1/c", "b"))
    (held,) = keys(store, "book", limit=1)
    free = ({"r1/book/1.1/c", "r2/book/1.1/c"} - {held}).pop()
    store.save(now=NOW, write=LedgerWrite(drop=(held, free, "unknown")))
    states = {row.work.key: row.state for row in store.rows()}
    assert states == {held: WorkState.OPEN, free: WorkState.DROPPED}
    opens(store, (free, "b"))
    assert keys(store, "book") == [free]


def test_rows_of_the_kinds_asked_for_are_shown(store: SqliteStore) -> None:
    store.ensure([poll("p1")], NOW)
    opens(store, ("r1/book/1.1/c", "a"))
    assert [row.work.kind for row in store.rows()] == ["book"]
    kind = poll("p1").kind
    assert [row.work.kind for row in store.rows(kinds=[kind])] == [kind]


def test_opening_an_open_row_changes_neither_its_due_nor_its_lease(store: SqliteStore) -> None:
    store.save(now=NOW, write=LedgerWrite(open=(work(),)))
    claim = claim_one(store)
    store.save(now=NOW, write=LedgerWrite(open=(work(due=NOW + MINUTE),)))
    assert store.rows()[0].work.due == NOW
    store.settle(settled(claim), NOW)


def test_ensuring_opens_what_is_absent_and_leaves_what_is_there(store: SqliteStore) -> None:
    store.ensure([poll("service"), work()], NOW)
    store.settle(settled(claim_one(store), WorkState.DROPPED), NOW)
    store.ensure([work()], NOW)
    assert (keys(store, "poll", "agenda"), store.rows()[0].state) == (["service/poll//"], WorkState.DROPPED)


def test_hastened_rows_are_due_now_and_unknown_or_settled_ones_are_left(store: SqliteStore) -> None:
    store.ensure([work(due=NOW + MINUTE), work("r2/agenda/1.1/m", "other")], NOW)
    store.settle(settled(claim_one(store)), NOW)
    store.hasten(["r1/agenda/1.1/mentor", "r2/agenda/1.1/m", "nobody/agenda//"], NOW)
    assert keys(store, "agenda") == ["r1/agenda/1.1/mentor"]


def test_hastening_never_delays(store: SqliteStore) -> None:
    store.ensure([work(due=NOW - MINUTE)], NOW)
    store.hasten(["r1/agenda/1.1/mentor"], NOW)
    assert store.next_due(["agenda"]) == NOW - MINUTE


def test_the_next_due_is_the_earliest_of_the_kinds_that_nobody_holds(store: SqliteStore) -> None:
    rows = (work(), work("r1/book/1.1/c", "a", NOW + MINUTE), work("r1/cancel/1.1/c", "b", NOW + 2 * MINUTE))
    store.ensure(rows, NOW)
    claim_one(store, "agenda")
    assert store.next_due(["agenda", "book", "cancel"]) == NOW + MINUTE
    assert store.next_due(["cancel"]) == NOW + 2 * MINUTE
    assert store.next_due(["agenda"]) is None


def test_an_administrator_sees_effects_by_state_and_subject_but_no_polls_and_reviews(
    store: SqliteStore,
) -> None:
    store.save(now=NOW, write=LedgerWrite(open=(work(), work("r2/book/1.1/c", "a")), wake=("r1",)))
    store.ensure([poll("service")], NOW)
    claim = claim_one(store, "agenda")
    assert [(row.work.key, row.leased) for row in store.rows()] == [
        ("r1/agenda/1.1/mentor", True),
        ("r2/book/1.1/c", False),
    ]
    store.settle(settled(claim, WorkState.UNKNOWN, reason="answer lost"), NOW)
    assert [row.work.subject for row in store.rows(["unknown"])] == ["r1"]
    assert [row.work.subject for row in store.rows(subject="r2")] == ["r2"]
    assert store.rows(["unknown"], "r2") == ()
    assert [(row.work.subject, row.reason) for row in store.rows(troubled=True)] == [("r1", "answer lost")]


@pytest.mark.parametrize(("decision", "claimable"), [("done", 0), ("open", 1)])
def test_a_person_decides_an_unknown_row(store: SqliteStore, decision: str, claimable: int) -> None:
    store.ensure([work()], NOW)
    store.settle(settled(claim_one(store), WorkState.UNKNOWN), NOW)
    store.resolve("r1/agenda/1.1/mentor", decision, NOW)
    assert (store.rows()[0].state, len(store.claim(NOW, ["agenda"], 1, LEASE))) == (decision, claimable)


def test_only_unknown_rows_wait_for_a_decision(store: SqliteStore) -> None:
    store.ensure([work()], NOW)
    with pytest.raises(NotFound):
        store.resolve("r1/agenda/1.1/mentor", "done", NOW)


def test_voiding_takes_every_lease_away_and_marks_the_new_life_in_the_tokens(store: SqliteStore) -> None:
    opens(store, ("r1/agenda/1.1/m", "mail"), ("r1/book/1.1/c", "a"))
    before = claim_one(store, "agenda"), claim_one(store, "book")
    assert (store.void_leases(), store.void_leases()) == (2, 0)
    with pytest.raises(StaleLease):
        store.settle(settled(before[0]), NOW)
    assert claim_one(store, "agenda").token.split(".")[0] != before[0].token.split(".")[0]


def test_a_review_that_was_woken_stays_due_when_its_reviewer_settles(store: SqliteStore) -> None:
    store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
    claim = claim_one(store, "review")
    store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
    store.settle(settled(claim, WorkState.OPEN, due=NOW + timedelta(days=1)), NOW)
    assert claim_one(store, "review").work.due == NOW


def test_a_review_that_another_planner_holds_by_now_is_a_stale_lease(store: SqliteStore) -> None:
    store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
    claim = claim_one(store, "review")
    store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
    claim_one(store, "review")
    with pytest.raises(StaleLease):
        store.settle(settled(claim, WorkState.OPEN, due=LEASE), NOW)


def test_a_settlement_of_a_row_that_never_was_is_a_stale_lease(store: SqliteStore) -> None:
    with pytest.raises(StaleLease):
        store.settle(Settlement("r1/review//", "0.none", WorkState.OPEN, NOW), NOW)


def test_references_and_cursors_are_kept_and_the_last_word_counts(store: SqliteStore) -> None:
    first = LedgerWrite(references=(Reference("mail:a@x", "r1", "k1"),), cursors=(("service", "mail", "c1"),))
    store.save(now=NOW, write=first)
    store.save(now=NOW, write=replace(first, cursors=(("service", "mail", "c2"),)))
    assert store.reference("mail:a@x") == ("r1", "k1")
    assert store.reference("mail:b@x") is None
    assert (store.cursor("service", "mail"), store.cursor("service", "calendar")) == ("c2", None)
    assert (store.cursors("mail"), store.cursors("calendar")) == ({"service": "c2"}, {})


def test_threads_that_race_for_rows_never_share_one(store: SqliteStore) -> None:
    store.ensure([work(f"r{n}/book/1.1/c", f"lane{n}") for n in range(60)], NOW)

    def worker(_: int) -> list[str]:
        mine: list[str] = []
        while claims := store.claim(NOW, ["book"], 3, LEASE):
            mine += [claim.work.key for claim in claims]
        return mine

    with ThreadPoolExecutor(4) as pool:
        taken = [key for mine in pool.map(worker, range(4)) for key in mine]
    assert (len(taken), len(set(taken))) == (60, 60)


def test_two_stores_on_one_file_never_share_a_lane(store: SqliteStore, tmp_path: Path) -> None:
    store.ensure([work(f"r{n}/agenda/1.1/m") for n in range(5)], NOW)
    with opened(tmp_path) as other:
        assert (len(store.claim(NOW, ["agenda"], 5, LEASE)), len(other.claim(NOW, ["agenda"], 5, LEASE))) == (
            1,
            0,
        )
