"""A person and a programme: what is registered, what is refused, and what happens once."""

import pytest

from domain.errors import BadInput
from domain.person import Person
from domain.programme import Programme
from tests.unit.domain_cast import BEGINNING, MENTOR_ID, by_cli, mentor

GOOD = {
    "name": "Marta Example",
    "address": "marta@example.com",
    "provider": "microsoft",
    "zone": "America/Chicago",
    "hours": "mon-fri 09:00-17:00",
    "language": "en",
}


def register(**changes: str) -> Person:
    """Return a person with some of the good answers replaced."""
    return Person.register(MENTOR_ID, **{**GOOD, **changes}, by=by_cli())


def test_a_person_is_registered_with_words_that_she_owns() -> None:
    person = register()
    assert [type(e).__name__ for e in person.pending_events] == ["Registered"]
    assert person.id == MENTOR_ID
    assert person.name.owner == person.addresses[0].owner == str(MENTOR_ID)
    assert (person.first_name, person.address) == ("Marta", "marta@example.com")
    assert (person.provider, person.zone, person.hours) == (
        "microsoft",
        "America/Chicago",
        "mon-fri 09:00-17:00",
    )
    assert person.language == "en"
    assert not person.paused
    assert person.pending_events[0].timestamp == BEGINNING


def test_an_address_is_kept_in_lower_case_without_blanks_around() -> None:
    assert register(address="  Marta@Example.COM ").address == "marta@example.com"


def test_without_a_name_the_address_speaks() -> None:
    assert register(name="  ").first_name == "marta"


@pytest.mark.parametrize(
    "address", ["", "marta", "@example.com", "marta@", "a@b@example.com", "mar ta@example.com", "a@b\n.com"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="not a mail address"):
        register(address=address)


def test_an_unknown_provider_is_refused() -> None:
    with pytest.raises(BadInput, match="no provider"):
        register(provider="carrier-pigeon")


@pytest.mark.parametrize("zone", ["", "Mars/Base", "Europe", "../Berlin", "a\0b", "CEST-ish"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadInput, match="no time zone"):
        register(zone=zone)


def test_hours_that_do_not_parse_are_refused() -> None:
    with pytest.raises(BadInput, match="not understood"):
        register(hours="nine to five")


def test_pausing_and_resuming_happen_once_each() -> None:
    person = mentor()
    person.resume(by_cli())
    states = []
    for act in (person.pause, person.pause, person.resume, person.resume):
        act(by_cli())
        states.append(person.paused)
    assert states == [True, True, False, False]
    assert [type(e).__name__ for e in person.pending_events] == ["Registered", "Paused", "Resumed"]


def test_a_programme_is_founded_in_silence_and_goes_live_once() -> None:
    programme = Programme.found(MENTOR_ID, "Example Mentoring", by_cli())
    assert (programme.name, programme.live) == ("Example Mentoring", False)
    programme.go_live(by_cli())
    programme.go_live(by_cli())
    assert programme.live
    assert [type(e).__name__ for e in programme.pending_events] == ["Founded", "WentLive"]
