"""A list of people is judged line by line before anything is written, and importing it again changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.memory.world import MemoryWorld
from domain.errors import Refused
from service.house import House
from service.people import add_person, record_left
from service.rehearsal import rehearsed
from service.roster import import_people, sync_people
from service.verdicts import Imported
from tests.contract.stores import BY, opened
from tests.service.theatre import START, house_over

HEAD = "address,name,provider,zone,hours\n"
ANN = "ann@example.org,Ann Example,google,Europe/Berlin,mon-fri 09:00-17:00\n"
BO = "bo@example.net,Bo Example,microsoft,America/Chicago,mon-thu 08:00-16:00\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as store:
        yield house_over(MemoryWorld(START, []), store)


def imported(house: House, *lines: str) -> Imported:
    return import_people(house, (HEAD + "".join(lines)).encode())


def verdicts(found: Imported) -> list[str]:
    return [line.verdict.value for line in found.lines]


def people(house: House) -> list[str]:
    return [summary.facts["address"].reveal() for summary in house.streams.summaries("person")]


def test_new_people_are_registered_and_the_same_list_changes_nothing(house: House) -> None:
    assert (verdicts(imported(house, ANN, BO)), len(people(house))) == (["new", "new"], 2)
    again = imported(house, ANN, BO)
    assert (verdicts(again), again.recorded, again.gone) == (["unchanged", "unchanged"], False, ())


def test_a_dry_run_gives_the_same_verdicts_and_records_nothing(house: House) -> None:
    assert verdicts(imported(rehearsed(house), ANN, BO)) == ["new", "new"]
    assert people(house) == []


def test_one_refused_line_keeps_all_others_from_being_written(house: House) -> None:
    found = imported(house, ANN, BO.replace("America/Chicago", "America/Chicaco"))
    assert (verdicts(found), found.recorded, people(house)) == (["new", "refused"], False, [])


def test_name_zone_and_hours_follow_the_list_and_other_words_for_the_same_change_nothing(house: House) -> None:
    imported(house, ANN)
    found = imported(house, ANN.replace("09:00", "10:00").replace("Ann Example", '"Married, Ann"'))
    person = house.streams.person(str(house.streams.person_at("ann@example.org")))
    assert (verdicts(found), person.hours, person.name.reveal()) == (["changed"], "mon-fri 10:00-17:00", "Ann Married")
    assert found.lines[0].says == "Other name and hours."
    same = 'ann@example.org,"Married, Ann",Gmail,Europe/Berlin,Mo\u2013Fr 10\u201317\n'
    assert verdicts(imported(house, same)) == ["unchanged"]


def test_a_language_that_is_given_follows_the_list_and_of_one_without_mails_it_is_said(house: House) -> None:
    imported(house, ANN)
    head = HEAD.replace("\n", ",language\n")
    for language, verdict, says in (
        ("de", "changed", "Other language."),
        ("", "unchanged", ""),
        ("it", "changed", "Other language. No mails are written in 'it', so hers are in English"),
    ):
        (line,) = import_people(house, (head + ANN.replace("\n", f",{language}\n")).encode()).lines
        assert (line.verdict.value, line.says[: len(says) or None]) == (verdict, says)
    (line,) = import_people(house, (head + BO.replace("\n", ",it\n")).encode()).lines
    assert (line.verdict.value, line.says[:25]) == ("new", "No mails are written in '")


def test_a_messy_list_is_understood_where_it_can_be(house: House) -> None:
    found = imported(
        house,
        'ann@example.org,"Lindqvist, Dr. Ann",Google,Europe/Berlin,mon\u2013fri 9-17\n',
        "bo@example.net,Bo Example,outlook,America/Chicago,Mo-Th 08:00\u201316:00\n",
    )
    ann = house.streams.person(str(house.streams.person_at("ann@example.org")))
    bo = house.streams.person(str(house.streams.person_at("bo@example.net")))
    assert (verdicts(found), ann.first_name, ann.provider, bo.provider) == (["new"] * 2, "Ann", "google", "microsoft")


def test_all_that_is_wrong_with_a_line_is_said_in_one_sentence(house: House) -> None:
    (line,) = imported(house, "ann,,pigeon,Mars/Base,9-17\n").lines
    assert line.says == (
        "It has no name; 'ann' is not a mail address (give one address such as name@example.org); there is no provider "
        "called 'pigeon' (give microsoft or google); there is no time zone called 'Mars/Base' (give an IANA name such "
        "as Europe/Berlin or America/Chicago); the hours '9-17' name no day (write them like 'mon-fri 09:00-17:00; sat "
        "10:00-12:00', with days from mon to sun and times from 00:00 to 24:00)."
    )
    (line,) = imported(house, "ann@example.org,=cmd,google,Europe/Berlin,\n").lines
    assert line.says == "Its name looks like a formula (write it without '=' in front); it has no hours."


def test_another_provider_is_refused_because_nothing_could_follow_from_it(house: House) -> None:
    imported(house, ANN)
    assert verdicts(imported(house, ANN.replace("google", "microsoft"))) == ["refused"]


def test_somebody_who_stands_there_twice_is_refused_also_by_another_of_her_addresses(house: House) -> None:
    found = imported(house, ANN, ANN.replace("ann@", "ANN@"))
    assert found.lines[1].says.startswith("The same person stands in line 2.")
    add_person(house, "cy@example.org", "Cy", "google", "Europe/Berlin", "mon-fri 09:00-17:00")
    person = house.streams.person(str(house.streams.person_at("cy@example.org")))
    person.add_address("cyrus@example.org", BY)
    house.streams.save(person, now=START)
    twice = [ANN.replace("ann@", name) for name in ("cyrus@", "cy@")]
    assert verdicts(imported(house, *twice))[1] == "refused"


def test_whoever_is_missing_is_named_and_nothing_happens_to_her(house: House) -> None:
    imported(house, ANN, BO)
    assert imported(house, BO).gone == ("ann@example.org",)
    ann = house.streams.person(str(house.streams.person_at("ann@example.org")))
    assert not ann.left
    record_left(house, ann)
    assert (imported(house, BO).gone, verdicts(imported(house, ANN, BO))) == ((), ["unchanged", "unchanged"])


def synced(house: House, *lines: str, leavers: int | None = None) -> Imported:
    return sync_people(house, (HEAD + "".join(lines)).encode(), leavers)


def left(house: House) -> list[str]:
    return [s.facts["address"].reveal() for s in house.streams.summaries("person") if s.facts["left"]]


def staff(number: int) -> list[str]:
    return [ANN.replace("ann@", f"ann{place}@") for place in range(number)]


def test_whoever_is_not_in_a_synced_list_has_left_and_the_same_list_changes_nothing(house: House) -> None:
    imported(house, ANN, BO)
    found = synced(house, ANN)
    assert (verdicts(found), found.gone, found.recorded) == (["unchanged"], ("bo@example.net",), True)
    assert left(house) == ["bo@example.net"]
    again = synced(house, ANN)
    assert (again.gone, again.recorded) == ((), False)


def test_a_sync_is_looked_at_first(house: House) -> None:
    imported(house, ANN, BO)
    found = synced(rehearsed(house), ANN)
    assert (found.gone, left(house)) == (("bo@example.net",), [])


def test_a_refused_line_lets_nobody_go(house: House) -> None:
    imported(house, ANN, BO)
    found = synced(house, ANN.replace("Europe/Berlin", "Europe/Berlinn"))
    assert (found.refused, left(house)) == (True, [])


def test_a_list_that_was_cut_is_refused_unless_the_number_of_leavers_is_said(house: House) -> None:
    everybody = staff(20)
    imported(house, *everybody)
    with pytest.raises(Refused, match="4 of 20"):
        synced(house, *everybody[:16])
    with pytest.raises(Refused, match="you expect 5"):
        synced(house, *everybody[:16], leavers=5)
    assert left(house) == []
    assert len(synced(house, *everybody[:17]).gone) == 3
    assert len(synced(house, *everybody[:9], leavers=8).gone) == 8
    assert len(left(house)) == 11
