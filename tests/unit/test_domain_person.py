"""A person and a programme: what is registered, what is refused, and what happens once."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from domain.by import By
from domain.errors import BadInput, Refused
from domain.hours import Leave, SpecialHours, Travel
from domain.person import Person
from domain.person_state import LossReason, LostConnection
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


@pytest.mark.parametrize(
    ("written", "provider"),
    [("Google", "google"), ("Gmail", "google"), ("outlook", "microsoft"), ("Office 365", "microsoft")],
)
def test_a_provider_is_known_in_any_case_and_by_its_product(written: str, provider: str) -> None:
    assert register(provider=written).provider == provider


def test_the_same_hours_in_other_words_change_nothing() -> None:
    person = register()
    person.change_hours(None, "Mo\u2013Fr 9\u201317", by_cli())
    assert (len(person.pending_events), person.hours) == (1, "mon-fri 09:00-17:00")


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


FIRST, LAST = date(2027, 3, 1), date(2027, 3, 5)
ONCE: list[tuple[str, str, tuple[Any, ...], Callable[[Person], Any], Any]] = [
    ("HoursChanged", "change_hours", ("Asia/Tokyo", None), lambda p: (p.zone, p.hours[:3]), ("Asia/Tokyo", "mon")),
    ("TravelPlanned", "plan_travel", (FIRST, LAST, "UTC"), lambda p: p.travels, (Travel(FIRST, LAST, "UTC"),)),
    ("LeavePlanned", "plan_leave", (FIRST, FIRST), lambda p: p.leaves, (Leave(FIRST, FIRST),)),
    ("SpecialHoursSet", "set_special_hours", (FIRST, ""), lambda p: p.special_hours, (SpecialHours(FIRST, ""),)),
    ("MeetingsPerDayLimited", "limit_meetings_per_day", (2,), lambda p: p.meetings_per_day, 2),
    ("AddressAdded", "add_address", (" M@Example.com ",), lambda p: p.addresses[1].reveal(), "m@example.com"),
    ("NameChanged", "change_name", ("Albrecht,  Marta",), lambda p: p.name.reveal(), "Marta Albrecht"),
    ("LanguageChanged", "change_language", (" de-AT",), lambda p: p.language, "de-AT"),
    ("CalendarAdded", "add_calendar", ("team-7",), lambda p: p.calendars[0].reveal(), "team-7"),
    ("FreeBusyOnlySet", "read_busy_times_only", (True,), lambda p: p.free_busy_only, True),
    ("DelegateNamed", "name_delegate", ("pia@example.com",), lambda p: p.delegates[0].reveal(), "pia@example.com"),
    ("Forgotten", "be_forgotten", (), lambda p: (p.left, p.forgotten_at), (True, BEGINNING)),
    ("Left", "leave_organisation", (), lambda p: (p.left, p.left_at), (True, BEGINNING)),
]


@pytest.mark.parametrize(("kind", "act", "given", "shown", "value"), ONCE, ids=[case[0] for case in ONCE])
def test_each_change_is_recorded_once_however_often_it_is_made(
    kind: str, act: str, given: tuple[Any, ...], shown: Callable[[Person], Any], value: object
) -> None:
    person = mentor()
    for _ in range(2):
        getattr(person, act)(*given, by_cli())
    assert [type(e).__name__ for e in person.pending_events] == ["Registered", kind]
    assert shown(person) == value


@pytest.mark.parametrize(
    ("act", "given", "says"),
    [
        ("change_hours", ("Mars/Base", None), "no time zone"),
        ("change_hours", (None, "nine to five"), "not understood"),
        ("plan_travel", (FIRST, LAST, "Mars/Base"), "no time zone"),
        ("plan_travel", (LAST, FIRST, "UTC"), "lies before"),
        ("plan_leave", (LAST, FIRST), "lies before"),
        ("plan_leave", (FIRST, date(2028, 3, 1)), "longer than a year"),
        ("set_special_hours", (FIRST, "at noon"), "not understood"),
        ("limit_meetings_per_day", (0,), "room for one"),
        ("add_address", ("marta",), "not a mail address"),
        ("name_delegate", ("marta",), "not a mail address"),
        ("add_calendar", (" ",), "no id"),
        ("change_name", (" ",), "name is empty"),
        ("change_name", ("Example, Marta, Sales",), "more than one comma"),
        ("take_main_address", ("marta",), "not a mail address"),
    ],
)
def test_what_cannot_be_changes_nothing(act: str, given: tuple[Any, ...], says: str) -> None:
    person = mentor()
    with pytest.raises(BadInput, match=says):
        getattr(person, act)(*given, by_cli())
    assert len(person.pending_events) == 1


def test_another_address_of_hers_becomes_the_main_one_and_the_first_stays_hers() -> None:
    person = mentor()
    before = person.address
    person.add_address("m@example.com", by_cli())
    for _ in range(2):
        person.take_main_address(" M@Example.com", by_cli())
    assert [type(e).__name__ for e in person.pending_events[2:]] == ["MainAddressChanged"]
    assert [address.reveal() for address in person.addresses] == ["m@example.com", before]


def test_an_address_that_is_not_hers_or_takes_no_mail_does_not_become_the_main_one() -> None:
    person = mentor()
    before = person.addresses
    with pytest.raises(Refused, match="not registered for her"):
        person.take_main_address("m@example.com", by_cli())
    person.add_address("m@example.com", by_cli())
    person.mark_bounced("m@example.com", by_cli())
    with pytest.raises(Refused, match="came back"):
        person.take_main_address("m@example.com", by_cli())
    assert person.addresses[0] == before[0]


def test_nobody_is_her_own_delegate() -> None:
    with pytest.raises(Refused, match="own delegate"):
        mentor().name_delegate(mentor().address.upper(), by_cli())


def test_every_word_and_address_of_a_change_is_her_own_so_that_it_is_sealed_with_her_key() -> None:
    person = mentor()
    person.add_address("m@example.com", by_cli())
    person.add_calendar("team-7", by_cli())
    person.name_delegate("pia@example.com", by_cli())
    person.change_name("Marta Married", by_cli())
    person.take_main_address("m@example.com", by_cli())
    assert {word.owner for word in (person.name, *person.addresses, *person.calendars, *person.delegates)} == {
        str(MENTOR_ID)
    }
    assert person.writes_from("M@example.com")
    assert not person.writes_from("pia@example.com")


def test_the_hours_of_one_day_are_replaced_by_later_ones() -> None:
    person = mentor()
    person.set_special_hours(FIRST, "09:00-12:00 ;14:00-16:00", by_cli())
    person.set_special_hours(LAST, "", by_cli())
    person.set_special_hours(FIRST, "", by_cli())
    assert person.special_hours == (SpecialHours(LAST, ""), SpecialHours(FIRST, ""))


def test_a_lost_connection_is_known_with_reason_and_beginning_until_it_is_restored() -> None:
    person, known = mentor(), []
    acts: list[Callable[[By], None]] = [
        person.restore_connection,
        partial(person.lose_connection, "consent"),
        partial(person.lose_connection, "consent"),
        partial(person.lose_connection, "gone"),
        person.restore_connection,
    ]
    for day, act in enumerate(acts):
        act(by_cli(BEGINNING + timedelta(days=day)))
        known.append(person.connection)
    consent = LostConnection(LossReason.CONSENT, BEGINNING + timedelta(days=1))
    gone = LostConnection(LossReason.GONE, BEGINNING + timedelta(days=3))
    assert known == [None, consent, consent, gone, None]
