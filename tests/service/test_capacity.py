"""A mentor whose places are taken is asked by nobody more, whichever way the request comes, until one is free again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import LONG_PAUSE, NoPlace
from service.house import House
from service.names import person_named
from service.pairs_import import import_relationships
from service.people import PersonChanges, add_person, change_person
from service.places import all_places_taken, places_taken
from service.queries import view_of
from service.requests import Ask, request_relationship
from service.roster import import_people
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.test_inbox import write_in
from tests.service.theatre import MENTEE, MENTOR, Theatre
from tests.unit.quoting_clients import parts_of

LENA = "lena@example.net"
HOURS = "mon-fri 09:00-17:00"


@pytest.fixture
def stage() -> Iterator[Theatre]:
    """Mara, who was asked by Jonas, takes one mentee; Lena would like to be another one."""
    with quick_folder() as folder, opened(folder) as store:
        made = Theatre(store)
        made.world.add(LENA)
        add_person(made.house, LENA, "Lena Berg", "google", "Europe/Berlin", HOURS)
        change_person(made.house, person_named(made.house, MENTOR), PersonChanges(capacity="1"))
        yield made


def asks(house: House) -> str:
    return request_relationship(house, Ask(MENTOR, LENA, ("Lead",), "You did.", "Time."))


def test_a_request_counts_from_its_first_day_and_one_that_ended_no_more(stage: Theatre) -> None:
    with pytest.raises(NoPlace):
        asks(stage.house)
    relationship = stage.relationship
    relationship.decline(By(relationship.mentor_id, "mail", None, stage.house.now()))
    stage.house.streams.save(relationship, now=stage.house.now())
    assert asks(stage.house)
    mara = person_named(stage.house, MENTOR)
    assert (view_of(stage.house, mara).capacity, view_of(stage.house, mara).places_taken) == (1, 1)
    assert all_places_taken(stage.house)[str(mara.id)] == 1


def test_a_mentee_who_was_paused_long_ago_leaves_the_place_to_another(stage: Theatre) -> None:
    jonas = person_named(stage.house, MENTEE)
    long_ago = stage.house.now() - LONG_PAUSE - timedelta(days=1)
    jonas.pause(By(ADMINISTRATOR, CLI, None, long_ago))
    stage.house.streams.save(jonas, now=stage.house.now())
    mara = person_named(stage.house, MENTOR)
    assert (places_taken(stage.house, mara), all_places_taken(stage.house)[str(mara.id)]) == (0, 0)
    assert asks(stage.house)


def test_two_who_have_rested_for_long_leave_the_place_to_another(stage: Theatre) -> None:
    relationship, now = stage.relationship, stage.house.now()
    long_ago = By(ADMINISTRATOR, CLI, None, now - LONG_PAUSE - timedelta(days=1))
    relationship.take_over(long_ago.at.date() - timedelta(days=1), long_ago)
    relationship.rest_until(now.date() + timedelta(days=30), "UTC", None, long_ago)
    stage.house.streams.save(relationship, now=now)
    mara = person_named(stage.house, MENTOR)
    assert (places_taken(stage.house, mara), all_places_taken(stage.house)[str(mara.id)]) == (0, 0)


def test_a_list_of_pairs_is_refused_line_by_line_and_a_running_pair_as_well(stage: Theatre) -> None:
    head = "mentor,mentee,goals,why,bring,since\n"
    for since in ("", "2025-03-01"):
        found = import_relationships(stage.house, f"{head}{MENTOR},{LENA},Lead,You did.,Time.,{since}\n".encode())
        assert not found.recorded
        assert "takes 1, and has 1" in found.lines[0].says


def test_a_request_by_mail_is_answered_with_what_to_do_and_asks_nobody(stage: Theatre) -> None:
    stage.habits.clear()
    write_in(stage, LENA, "Mentor: Mara Lindqvist\nGoals:\n- Lead\nWhy you: You did.\nWhat I bring: Time.", None)
    assert len(stage.house.streams.summaries("relationship")) == 1
    (answer,) = stage.inbox(LENA)
    assert "takes nobody more at present" in " ".join(parts_of(answer.raw)[1].split())


def test_a_list_of_people_sets_the_capacity_and_leaves_it_where_it_says_none(stage: Theatre) -> None:
    head = "address,name,provider,zone,hours,capacity\n"
    line = f"{MENTOR},Mara Lindqvist,microsoft,America/Chicago,{HOURS},"
    assert import_people(stage.house, f"{head}{line}3\n".encode()).lines[0].says == "Other capacity."
    assert person_named(stage.house, MENTOR).capacity == 3
    import_people(stage.house, f"{head}{line}\n".encode())
    assert person_named(stage.house, MENTOR).capacity == 3
