"""What a store of streams promises: events and rows are one transaction, a save wakes whom it concerns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sqlite.store import SqliteStore
from domain.errors import NotFound, Refused
from domain.ledger import LedgerWrite, Reference, StaleLease, StaleStream, WorkState
from domain.ports import CalendarCache, Ledger, Streams
from domain.programme import Programme
from tests.contract.stores import (
    BY,
    LEASE,
    MINUTE,
    NOW,
    a_pair,
    a_person,
    a_relationship,
    an_id,
    claim_one,
    claim_review,
    due_reviews,
    opened,
    settled,
    work,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def test_one_store_is_streams_ledger_and_calendar_cache(store: SqliteStore) -> None:
    ports: tuple[Streams, Ledger, CalendarCache] = (store, store, store)
    assert ports


def test_what_was_saved_is_loaded_as_it_was(store: SqliteStore) -> None:
    mentor, mentee, relationship = a_pair(store)
    loaded = store.relationship(str(relationship.id))
    assert (loaded.mentor_id, loaded.goals, loaded.charter) == (
        str(mentor.id),
        relationship.goals,
        relationship.charter,
    )
    assert store.person(str(mentee.id)).address == "tom@example.org"


@pytest.mark.parametrize("id", ["nobody", str(an_id()), ""])
def test_an_id_that_names_nothing_is_not_found(store: SqliteStore, id: str) -> None:
    for asked in (store.relationship, store.person, store.events):
        with pytest.raises(NotFound):
            asked(id)


def test_an_id_of_another_kind_of_stream_is_not_found(store: SqliteStore) -> None:
    mentor, _, relationship = a_pair(store)
    with pytest.raises(NotFound):
        store.relationship(str(mentor.id))
    with pytest.raises(NotFound):
        store.person(str(relationship.id))


def test_a_store_has_one_programme(store: SqliteStore) -> None:
    assert store.programme() is None
    store.save(Programme.found(an_id(), "Example programme", BY), now=NOW)
    found = store.programme()
    assert found is not None
    assert (found.name, found.live) == ("Example programme", False)
    with pytest.raises(StaleStream):
        store.save(Programme.found(an_id(), "Second programme", BY), now=NOW)


def test_a_programme_that_another_process_founds_is_seen_and_then_found_without_a_search(
    store: SqliteStore, tmp_path: Path
) -> None:
    assert store.programme() is None
    with opened(tmp_path) as other:
        other.save(Programme.found(an_id(), "Example programme", BY), now=NOW)
        assert store.programme() is not None
        founded = other.programme()
        assert founded is not None
        founded.go_live(BY)
        other.save(founded, now=NOW)
    asked: list[str] = []
    with store._engine.reading() as cursor:
        cursor.sqlite_cursor.connection.set_trace_callback(asked.append)
    found = store.programme()
    assert found is not None
    assert (found.live, [one for one in asked if "read_model" in one]) == (True, [])
    assert asked


def test_events_come_in_order_and_say_by_whom(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    relationship.accept(BY)
    store.save(relationship, now=NOW)
    events = list(store.events(str(relationship.id)))
    assert [type(event).__name__ for event in events] == ["Requested", "Accepted"]
    assert [getattr(event, "by", None) for event in events] == [BY, BY]


def test_a_person_is_found_by_address_in_any_case(store: SqliteStore) -> None:
    mentor, _, _ = a_pair(store)
    assert store.person_at(" Mia@Example.ORG ") == str(mentor.id)
    assert store.person_at("nobody@example.org") is None


def test_two_people_cannot_share_an_address_and_nothing_of_the_second_stays(store: SqliteStore) -> None:
    first, second = a_person("ann@example.org"), a_person("ANN@example.org")
    store.save(first, now=NOW)
    with pytest.raises(Refused):
        store.save(second, now=NOW)
    with pytest.raises(NotFound):
        store.person(str(second.id))
    assert store.person_at("ann@example.org") == str(first.id)


def test_the_read_model_follows_every_save(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    relationship.accept(BY)
    store.save(relationship, now=NOW)
    assert [(row.id, row.facts["status"]) for row in store.summaries("relationship")] == [
        (str(relationship.id), "accepted")
    ]
    assert {row.facts["name"].reveal() for row in store.summaries("person")} == {"Ann Example"}


def test_relationships_and_people_are_listed_in_the_order_in_which_they_were_founded(
    store: SqliteStore,
) -> None:
    late, early = a_person("ann@example.org"), a_person("eve@example.org")
    late, early = sorted((late, early), key=lambda person: str(person.id), reverse=True)
    store.save(late, now=NOW)
    store.save(early, now=NOW)
    assert [row.id for row in store.summaries("person")] == [str(late.id), str(early.id)]
    second, first = a_relationship(late, early), a_relationship(early, late)
    store.save(first, now=NOW)
    store.save(second, now=NOW)
    assert store.relationships_of(str(early.id)) == (str(first.id), str(second.id))
    assert store.relationships_of("nobody") == ()


def test_of_two_saves_of_one_version_the_second_is_stale_and_changes_nothing(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    one, two = (store.relationship(str(relationship.id)) for _ in range(2))
    one.accept(BY)
    store.save(one, now=NOW)
    two.decline(BY)
    with pytest.raises(StaleStream):
        store.save(two, now=NOW, write=LedgerWrite(open=(work(),), cursors=(("service", "mail", "c"),)))
    assert (len(list(store.events(str(one.id)))), store.rows(), store.cursor("service", "mail")) == (
        2,
        (),
        None,
    )


def test_a_version_conflict_takes_the_settlement_back(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    one, two = (store.relationship(str(relationship.id)) for _ in range(2))
    one.accept(BY)
    store.save(one, now=NOW, write=LedgerWrite(open=(work(),)))
    claim = claim_one(store)
    two.decline(BY)
    with pytest.raises(StaleStream):
        store.save(two, now=NOW, write=LedgerWrite(settle=settled(claim)))
    store.settle(settled(claim), NOW)


def test_a_stale_token_takes_events_and_rows_back(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    store.ensure([work()], NOW)
    stale = claim_one(store)
    claim_one(store, now=LEASE)
    relationship.accept(BY)
    reference = Reference("mail:m1@example.org", "r1", "k")
    with pytest.raises(StaleLease):
        store.save(
            relationship,
            now=NOW,
            write=LedgerWrite(settle=settled(stale), open=(work("r9/book/1.1/c"),), references=(reference,)),
        )
    assert len(list(store.events(str(relationship.id)))) == 1
    assert (len(store.rows()), store.reference(reference.ref)) == (1, None)


def test_an_outcome_and_its_row_are_settled_together(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    store.ensure([work()], NOW)
    relationship.accept(BY)
    store.save(relationship, now=NOW, write=LedgerWrite(settle=settled(claim_one(store))))
    assert (store.relationship(str(relationship.id)).status, store.rows()[0].state) == (
        "accepted",
        WorkState.DONE,
    )


def test_a_save_wakes_the_review_of_what_it_saved(store: SqliteStore) -> None:
    mentor, mentee, relationship = a_pair(store)
    assert due_reviews(store) == {str(mentor.id), str(mentee.id), str(relationship.id)}
    relationship.accept(BY)
    store.save(relationship, now=NOW)
    assert due_reviews(store) == {str(relationship.id)}


def test_a_save_of_a_person_wakes_all_relationships_of_that_person_and_no_others(store: SqliteStore) -> None:
    mentor, _, first = a_pair(store)
    other = a_person("eve@example.org")
    second, third = a_relationship(mentor, other), a_relationship(other, a_person("kim@example.org"))
    store.save(other, second, third, now=NOW)
    due_reviews(store)
    mentor.pause(BY)
    store.save(mentor, now=NOW)
    assert due_reviews(store) == {str(mentor.id), str(first.id), str(second.id)}


def test_waking_a_person_wakes_the_relationships_too(store: SqliteStore) -> None:
    mentor, _, relationship = a_pair(store)
    due_reviews(store)
    store.save(now=NOW, write=LedgerWrite(wake=(str(mentor.id),)))
    assert due_reviews(store) == {str(mentor.id), str(relationship.id)}


def test_a_change_of_the_programme_wakes_everything(store: SqliteStore) -> None:
    programme = Programme.found(an_id(), "Example programme", BY)
    store.save(programme, now=NOW)
    mentor, mentee, relationship = a_pair(store)
    due_reviews(store)
    programme.go_live(BY)
    store.save(programme, now=NOW)
    assert due_reviews(store) == {str(programme.id), str(mentor.id), str(mentee.id), str(relationship.id)}


def test_a_save_without_new_events_wakes_nothing(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    due_reviews(store)
    store.save(relationship, now=NOW)
    assert due_reviews(store) == set()


def test_a_wake_up_never_delays_a_review_that_is_due_already(store: SqliteStore) -> None:
    store.save(now=NOW - MINUTE, write=LedgerWrite(wake=("r1",)))
    store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
    assert store.next_due(["review"]) == NOW - MINUTE


def test_a_review_that_recorded_events_is_due_again_although_it_settled_itself(store: SqliteStore) -> None:
    _, _, relationship = a_pair(store)
    claim = claim_review(store, relationship.id)
    relationship.accept(BY)
    tomorrow = settled(claim, WorkState.OPEN, due=NOW + timedelta(days=1))
    store.save(relationship, now=NOW, write=LedgerWrite(settle=tomorrow))
    assert due_reviews(store) == {str(relationship.id)}


def test_a_reviewer_who_was_overtaken_by_a_wake_up_may_still_record_and_the_review_stays_due(
    store: SqliteStore,
) -> None:
    mentor, _, relationship = a_pair(store)
    claim = claim_review(store, relationship.id)
    mentor.pause(BY)
    store.save(mentor, now=NOW)
    write = LedgerWrite(settle=settled(claim, WorkState.OPEN, due=NOW + timedelta(days=1)), open=(work(),))
    store.save(now=NOW, write=write)
    assert (str(relationship.id) in due_reviews(store), len(store.rows())) == (True, 1)


def test_after_a_failed_save_the_aggregate_is_spent_and_saving_it_again_records_nothing(
    store: SqliteStore,
) -> None:
    _, _, relationship = a_pair(store)
    spent = store.relationship(str(relationship.id))
    relationship.accept(BY)
    store.save(relationship, now=NOW)
    spent.decline(BY)
    with pytest.raises(StaleStream):
        store.save(spent, now=NOW)
    store.save(spent, now=NOW)
    assert store.relationship(str(relationship.id)).status == "accepted"


def test_threads_that_race_to_settle_one_row_record_one_outcome(store: SqliteStore) -> None:
    people = [a_person(f"p{n}@example.org") for n in range(6)]
    store.save(*people, now=NOW)
    store.ensure([work()], NOW)
    claim = claim_one(store)

    def settle(number: int) -> bool:
        person = store.person(str(people[number].id))
        person.pause(BY)
        try:
            store.save(person, now=NOW, write=LedgerWrite(settle=settled(claim)))
        except StaleLease:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(settle, range(6))) == [False] * 5 + [True]
    assert sum(store.person(str(person.id)).paused for person in people) == 1


def test_what_was_saved_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        _, _, relationship = a_pair(store)
    with opened(tmp_path) as store:
        assert store.relationship(str(relationship.id)).why.reveal() == "You know the field."
