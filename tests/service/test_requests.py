"""What a request may say about the charter, and what it means when it says nothing."""

from pathlib import Path
from typing import Any

import pytest

from adapters.memory.world import MemoryWorld
from domain.charter import Charter, ConflictPolicy, Rhythm, Venue
from domain.errors import BadInput, Refused
from service.clause_words import TERMS, WORDS, clause_says
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from tests.contract.stores import opened
from tests.service.theatre import MENTEE, MENTOR, START, house_over
from tests.unit.test_domain_network_contact import recalibrated


def asked(folder: Path, **terms: Any) -> Charter:
    """Return the charter of a request with these terms, and hours of the two if they are to be others."""
    folder.mkdir(exist_ok=True)
    hers = terms.pop("mentor_hours", "mon-fri 09:00-17:00")
    his = terms.pop("mentee_hours", "mon-fri 09:00-18:00")
    with opened(folder) as store:
        house = house_over(MemoryWorld(START, [MENTOR, MENTEE]), store, True)
        programme(house)
        mentor = add_person(house, MENTOR, "Mara Lindqvist", "microsoft", "America/Chicago", hers)
        mentee = add_person(house, MENTEE, "Jonas Albrecht", "google", "Europe/Berlin", his)
        id = request_relationship(house, Ask(mentor, mentee, ("Lead",), "You did.", "Time.", **terms))
        found = house.streams.relationship(id).charter
        assert found.place is None or found.place.owner == mentor
        return found


def test_a_request_that_says_nothing_means_online_every_fortnight_inside_hours(tmp_path: Path) -> None:
    terms = asked(tmp_path)
    assert (terms.venue, terms.rhythm, terms.cadence_days) == (Venue.ONLINE, Rhythm.DAYS, 14)
    assert (terms.stretch_minutes, terms.shortest_minutes, terms.tentative_yields) == (0, 0, False)


def test_a_monthly_rhythm_without_a_cadence_is_every_month(tmp_path: Path) -> None:
    terms = asked(tmp_path, rhythm="monthly-weekday")
    assert (terms.rhythm, terms.months) == (Rhythm.MONTHLY_WEEKDAY, 1)


def test_the_place_is_the_mentors_words(tmp_path: Path) -> None:
    terms = asked(tmp_path, venue="in-person", place="  Room 4, Example Street ")
    assert terms.place is not None
    assert terms.place.reveal() == "Room 4, Example Street"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"conflict": "shorten"}, "but not to what"),
        ({"conflict": "sing"}, "'sing' is no term"),
        ({"rhythm": "daily"}, "'daily' is no term"),
        ({"place": "Room 4"}, "needs a place"),
        ({"mentee_preferred": "mornings"}, "not understood"),
    ],
)
def test_terms_that_cannot_be_are_refused_before_anything_is_recorded(
    tmp_path: Path, terms: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        asked(tmp_path, **terms)


SHORT = {"mentor_hours": "mon-fri 09:00-17:00", "mentee_hours": "mon-fri 09:00-15:25"}


def test_hours_that_come_near_are_refused_with_how_near_and_taken_when_the_charter_reaches_that_far(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refused) as caught:
        asked(tmp_path / "a", **SHORT)
    assert caught.value.problem == "The hours of the two never leave 45 minutes in common."
    assert "--stretch-minutes 15" in caught.value.remedy
    assert "--minutes 25" in caught.value.remedy
    assert asked(tmp_path / "b", **SHORT, stretch_minutes=15).stretch_minutes == 15
    assert asked(tmp_path / "c", **SHORT, shortest_minutes=20).shortest_minutes == 20


def test_hours_that_never_come_near_have_no_such_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        asked(tmp_path, mentor_hours="mon 09:00-12:00", mentee_hours="sat 09:00-12:00")
    assert caught.value.remedy == "Widen the hours of one of them."


def test_every_term_of_a_charter_is_said_with_its_numbers(tmp_path: Path) -> None:
    terms = asked(
        tmp_path,
        conflict="shorten",
        shortest_minutes=30,
        rhythm="monthly-date",
        cadence_days=90,
        slack_days=3,
        stretch_minutes=60,
        buffer_minutes=10,
        tentative_yields=True,
        mentor_preferred="tue 10:00-12:00",
    )
    assert terms.conflict is ConflictPolicy.SHORTEN
    said = {name: clause_says(terms, terms.clause(name)) for name in WORDS}
    assert set(TERMS) <= set(said)
    assert said["cadence"] == "they meet every 3 months on the same date for 45 minutes"
    assert said["slack"].startswith("a meeting is at most 3 days from its date")
    assert said["preferred"] == "the mentor prefers tue 10:00-12:00"
    assert said["shorten"] == "a meeting may be as short as 30 minutes"
    assert said["buffer"] == "10 minutes stay free before and after a meeting"
    assert said["tentative"] == "tentative time may be used when nothing else is left"
    assert said["stretch"] == "a meeting may lie up to 60 minutes outside when nothing else is left"


def test_a_charter_that_is_silent_says_so_clause_by_clause(tmp_path: Path) -> None:
    terms = asked(tmp_path)
    said = {name: clause_says(terms, terms.clause(name)) for name in WORDS}
    assert said["slack"].startswith("a meeting is at most 7 days from its date")
    assert said["preferred"] == "none of their hours are preferred"
    assert said["shorten"] == "no meeting is shortened"
    assert said["buffer"] == "no time is kept free before and after a meeting"
    assert said["stretch"] == "no meeting lies outside their hours"


def test_a_pair_that_is_a_network_contact_is_no_new_pair(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        house = house_over(MemoryWorld(START, [MENTOR, MENTEE]), store, True)
        programme(house)
        life = recalibrated()
        house.streams.save(life.mentor, life.mentee, life.relationship, now=START)
        with pytest.raises(Refused, match="have a relationship already"):
            request_relationship(house, Ask(str(life.mentor.id), str(life.mentee.id), ("Lead",), "You did.", "Time."))
