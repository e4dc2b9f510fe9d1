"""Pairs that meet already are taken over without a word to anybody; every line is judged before one is written."""

from collections.abc import Iterator

import pytest

from adapters.memory.world import MemoryWorld
from adapters.sqlite.store import SqliteStore
from domain.goals import GoalKind
from domain.relationship_state import Status
from service.daemon import Daemon
from service.event_words import event_words
from service.house import House
from service.pairs_import import import_relationships
from service.people import go_live, programme
from service.rehearsal import rehearsed
from service.roster import import_people
from service.verdicts import Imported
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import SERVICE, START, house_over

PEOPLE = "address,name,provider,zone,hours\n"
HEAD = "mentor,mentee,goals,why,bring,since,capacity,cadence_days\n"
PAIRS = 200


def person(name: str, provider: str = "google") -> str:
    return f"{name}@example.org,{name.title()} Example,{provider},Europe/Berlin,mon-fri 09:00-17:00\n"


def pair(mentor: str, mentee: str, since: str = "2025-03-01", capacity: str = "", cadence: str = "") -> str:
    words = "" if since else "You know.,Time."
    return f"{mentor}@example.org,{mentee}@example.org,Lead | Listen,{words or ','},{since},{capacity},{cadence}\n"


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with quick_folder() as folder, opened(folder) as store:
        yield store


@pytest.fixture
def house(store: SqliteStore) -> House:
    made = house_over(MemoryWorld(START, []), store, loopback=False)
    import_people(made, (PEOPLE + "".join(map(person, ("mara", "jonas", "lena", "omar")))).encode())
    return made


def imported(house: House, *lines: str) -> Imported:
    return import_relationships(house, (HEAD + "".join(lines)).encode())


def verdicts(found: Imported) -> list[str]:
    return [line.verdict.value for line in found.lines]


def only(house: House) -> str:
    (summary,) = house.streams.summaries("relationship")
    return summary.id


def test_a_running_pair_has_its_charter_and_its_history_says_since_when(house: House) -> None:
    assert verdicts(imported(house, pair("mara", "jonas", cadence="21"))) == ["new"]
    taken = house.streams.relationship(only(house))
    assert (taken.status, taken.charter.cadence_days, len(taken.goals)) == (Status.AGREED, 21, 2)
    told = [event_words(event) for event in house.streams.events(only(house))]
    assert told[1] == "taken over with the charter that the two have kept since 2025-03-01"


def test_a_line_without_a_beginning_is_a_request(house: House) -> None:
    found = imported(house, pair("mara", "jonas", since=""))
    assert found.lines[0].says == "The mentor will be asked by mail."
    assert house.streams.relationship(only(house)).status is Status.REQUESTED
    assert verdicts(imported(house, "mara@example.org,lena@example.org,Lead,,,,,\n")) == ["refused"]


def test_goals_of_a_line_have_a_kind_and_one_that_there_is_not_refuses_the_line(house: House) -> None:
    line = pair("mara", "jonas").replace("Lead | Listen", "next-level: Lead | Listen")
    (refused,) = imported(house, line.replace("next-level", "career")).lines
    assert refused.says.startswith("'career' is no kind of goal. Give one of these before the colon: perception,")
    imported(house, line)
    goals = house.streams.relationship(only(house)).aims.items
    assert [(goal.text.reveal(), goal.kind) for goal in goals] == [
        ("Lead", GoalKind.NEXT_LEVEL),
        ("Listen", GoalKind.OWN),
    ]


def test_somebody_may_be_mentor_and_mentee_but_not_her_own(house: House) -> None:
    assert verdicts(imported(house, pair("mara", "jonas"), pair("jonas", "lena"), pair("jonas", "mara"))) == ["new"] * 3
    assert verdicts(imported(house, pair("omar", "omar"))) == ["refused"]


def test_more_mentees_than_a_mentor_takes_are_refused_whatever_line_says_so(house: House) -> None:
    full = imported(house, pair("mara", "jonas"), pair("mara", "lena", capacity="1"))
    assert (verdicts(full), full.recorded) == (["new", "refused"], False)
    assert full.lines[1].says == (
        "The mentor takes 1, and has 1 with those who wait for an answer. "
        "Raise the capacity with person set --capacity, or name another mentor."
    )
    imported(house, pair("mara", "jonas"))
    assert verdicts(imported(house, pair("mara", "lena", capacity="1"))) == ["refused"]
    assert verdicts(imported(house, pair("mara", "lena", capacity="2"))) == ["new"]


def test_the_same_list_again_changes_nothing_and_a_pair_stands_in_it_once(house: House) -> None:
    assert verdicts(imported(house, pair("mara", "jonas"), pair("mara", "jonas"))) == ["new", "refused"]
    imported(house, pair("mara", "jonas"))
    again = imported(house, pair("mara", "jonas"))
    assert (verdicts(again), again.recorded) == (["unchanged"], False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (pair("mara", "nobody"), "Nobody is registered with that address."),
        (pair("mara", "jonas", since="1 March"), "The column since must be a day."),
        (pair("mara", "jonas", since="2027-02-23"), "A relationship cannot have begun in the future."),
        (pair("mara", "jonas", cadence="two"), "The column cadence_days must be a whole number."),
        (pair("mara", "jonas", capacity="many"), "The column capacity must be a whole number."),
        (pair("mara", "jonas", cadence="999"), "The charter's cadence days must be from 1 to 366."),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_nothing_is_written(house: House, line: str, said: str) -> None:
    found = imported(house, pair("mara", "lena"), line)
    assert found.lines[1].says.startswith(said)
    assert house.streams.summaries("relationship") == ()


def test_a_dry_run_records_nothing(house: House) -> None:
    assert verdicts(imported(rehearsed(house), pair("mara", "jonas"))) == ["new"]
    assert house.streams.summaries("relationship") == ()


def test_two_hundred_running_pairs_send_nothing_until_somebody_goes_live(store: SqliteStore) -> None:
    people = [f"{role}{number}" for number in range(PAIRS) for role in ("mentor", "mentee")]
    world = MemoryWorld(START, [SERVICE, *(f"{name}@example.org" for name in people)])
    house = house_over(world, store, loopback=False)
    programme(house)
    import_people(house, (PEOPLE + "".join(map(person, people))).encode())
    found = imported(house, *(pair(f"mentor{number}", f"mentee{number}") for number in range(PAIRS)))
    assert found.counts()["new"] == PAIRS
    daemon = Daemon(house, lambda: False)
    daemon.start()
    daemon.run_due()
    assert written(world) == (0, 0)
    summaries = house.streams.summaries("relationship")
    assert [s.facts["next_state"] for s in summaries] == ["planned"] * PAIRS


def test_a_running_pair_is_served_as_usual_once_somebody_goes_live(store: SqliteStore) -> None:
    world = MemoryWorld(START, [SERVICE, "mara@example.org", "jonas@example.org"])
    house = house_over(world, store, loopback=False)
    import_people(house, (PEOPLE + person("mara") + person("jonas")).encode())
    imported(house, pair("mara", "jonas"))
    go_live(house)
    daemon = Daemon(house, lambda: False)
    daemon.start()
    daemon.run_due()
    sent = house.streams.relationship(only(house)).mails
    assert {kind for kind, _, _ in sent} == {"preparation"}
    assert len(world.accounts[SERVICE].records) == 1


def written(world: MemoryWorld) -> tuple[int, int]:
    """Return how many letters and how many calendar entries there are in the world."""
    accounts = world.accounts.values()
    return sum(len(a.letters) for a in accounts), sum(len(a.records) for a in accounts)
