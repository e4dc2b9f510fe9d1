"""A life that began with a yes on other terms follows again from those terms, or from others that are tried instead."""

from collections.abc import Iterator

import pytest

from domain.acts import acts_of
from domain.relationship_state import Status
from domain.reliving import Reliving
from service.queries_what_if import what_if
from service.reliving_people import people_of
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, START, Theatre


@pytest.fixture(scope="module")
def lived() -> Iterator[Theatre]:
    """Three weeks of two whose mentor said yes to half an hour."""
    with quick_folder() as folder, opened(folder) as store:
        play = Theatre(store)
        play.habits["request"] = "happy to, but only 30 min"
        play.live_until(START + 21 * DAY)
        yield play


def test_the_mentor_agreed_by_her_counter_and_both_meet_for_as_long_as_she_said(lived: Theatre) -> None:
    pair = lived.relationship
    assert (pair.status, pair.charter.minutes) == (Status.AGREED, 30)
    first = pair.meetings.items[0]
    assert (first.time.end - first.time.start).total_seconds() == 30 * 60
    assert "charter" not in lived.mail_kinds("mara@example.org")


def test_all_that_happened_by_itself_follows_again_from_the_charter_with_her_terms(lived: Theatre) -> None:
    stream, pair = tuple(lived.house.streams.events(lived.id)), lived.relationship
    again = Reliving(stream, people_of(lived.house, pair), lived.house.now(), pair.charter, True)
    # An answer to a mail may ride on another one here and leave at the same minute by itself there.
    lived_again, recorded = (
        [act for act in acts if act.about[0] != "echo"] for acts in (again.acts(), acts_of(stream))
    )
    assert sorted(map(str, lived_again)) == sorted(map(str, recorded))


def test_other_terms_are_held_against_hers_and_not_against_those_that_were_asked_for(lived: Theatre) -> None:
    found = what_if(lived.house, lived.id, {"minutes": 60})
    assert [(term.name, term.was, term.would_be) for term in found.terms] == [("minutes", "30", "60")]
    assert found.acts - found.derived <= 1
