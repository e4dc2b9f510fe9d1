"""Whole commands on a real store: what they print, where, and with which exit code."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from tests.service.reading_house import CANARIES, PAIR, told_house
from tests.unit.cli_stage import Desk

ROOT = Path(__file__).resolve().parents[2]
READING = [
    (("status",), "status"),
    (("plan", PAIR), "plan"),
    (("plan", "--next", "14d"), "plan.programme"),
    (("slots", PAIR, "--explain"), "slots"),
    (("history", PAIR), "history"),
    (("health", PAIR), "health"),
    (("why", PAIR), "why"),
    (("as-of", "2027-02-01", PAIR), "as-of"),
    (("what-if", PAIR, "--cadence-days", "7"), "what-if"),
    (("outbox",), "outbox"),
    (("person", "list"), "person.list"),
    (("person", "show", "tilo@example.org"), "person.show"),
    (("relationship", "list"), "relationship.list"),
    (("relationship", "show", PAIR), "relationship.show"),
]
REQUEST = ("relationship", "request", "--goal", "Lead", "--why", "You did", "--bring", "Time")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A configuration and no store yet."""
    return Desk(tmp_path, capsys).set_up()


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A store in which one pair has lived for some weeks."""
    with told_house(desk.folder):
        return desk


def files(desk: Desk) -> set[str]:
    """Return the names of all files in the folder."""
    return {path.name for path in desk.folder.iterdir()}


@pytest.mark.parametrize(("arguments", "name"), READING)
def test_reading_commands_print_one_document_with_their_schema(
    told: Desk, arguments: tuple[str, ...], name: str
) -> None:
    ran = told.run(*arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert next(iter(json.loads(ran.out).items())) == ("schema", f"mentorsync.{name}/1")


@pytest.mark.parametrize(("arguments", "_"), READING)
def test_no_command_shows_what_belongs_to_the_two(told: Desk, arguments: tuple[str, ...], _: str) -> None:
    shown = told.run(*arguments).out + told.run(*arguments, "--json").out
    assert [canary for canary in CANARIES if canary in shown] == []
    assert ("Lead a design review" in shown) == (arguments[0] == "as-of" or arguments[:2] == ("relationship", "show"))


@pytest.mark.parametrize(("arguments", "_"), READING)
def test_without_a_store_reading_commands_say_so_and_make_none(desk: Desk, arguments: tuple[str, ...], _: str) -> None:
    before = files(desk)
    ran = desk.run(*arguments)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (10, "", 2)
    assert files(desk) == before


def test_a_person_is_added_by_printing_her_id_and_shown_by_it(desk: Desk) -> None:
    ran = desk.add("ann@example.org")
    assert (ran.code, ran.err) == (0, "")
    id = str(UUID(ran.out.strip()))
    assert json.loads(desk.run("person", "show", id[:8], "--json").out)["addresses"] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("address", "changes"),
    [
        ("ann@example.org", {"zone": "Europe/Atlantis"}),
        ("ann@example.org", {"hours": "always"}),
        ("ann@example.org", {"provider": "pigeon"}),
        ("ann", {}),
    ],
)
def test_a_person_who_cannot_be_is_a_usage_error_and_makes_no_store(
    desk: Desk, address: str, changes: dict[str, str]
) -> None:
    before = files(desk)
    ran = desk.add(address, **changes)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 2)
    assert files(desk) == before


def test_the_same_address_twice_is_refused(told: Desk) -> None:
    assert told.add("TILO@example.org").code == 3


def test_a_dry_run_of_adding_a_person_records_nothing(told: Desk) -> None:
    options = ("--name", "Uma", "--provider", "google", "--zone", "Europe/Berlin", "--hours", "mon 09:00-12:00")
    ran = told.run("person", "add", "uma@example.net", *options, "--dry-run")
    assert (ran.code, ran.out) == (0, "")
    assert "uma@" not in told.run("person", "list").out


def test_a_request_prints_the_id_of_the_relationship(desk: Desk) -> None:
    people = [desk.add(address).out.strip() for address in ("ann@example.org", "bob@example.org")]
    ran = desk.run(*REQUEST, "--mentor", people[0], "--mentee", "bob@example.org", "--minutes", "30")
    assert ran.code == 0
    shown = json.loads(desk.run("relationship", "show", ran.out.strip(), "--json").out)
    assert (shown["status"], shown["charter"]["minutes"], shown["charter"]["cadence_days"]) == ("requested", 30, 14)


@pytest.mark.parametrize(
    ("mentor", "hours", "more", "code"),
    [
        ("ann@example.org", "sat 09:00-17:00", (), 3),
        ("ann@example.org", "mon-fri 09:00-17:00", ("--minutes", "0"), 2),
        ("ann@example.org", "mon-fri 09:00-17:00", ("--cadence-days", "0"), 2),
        ("nobody@example.org", "mon-fri 09:00-17:00", (), 4),
        ("bob@example.org", "mon-fri 09:00-17:00", (), 3),
    ],
)
def test_requests_that_cannot_be_end_with_their_code_and_record_nothing(
    desk: Desk, mentor: str, hours: str, more: tuple[str, ...], code: int
) -> None:
    desk.add("ann@example.org")
    desk.add("bob@example.org", hours=hours)
    ran = desk.run(*REQUEST, "--mentor", mentor, "--mentee", "bob@example.org", *more)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (code, "", 2)
    assert desk.run("relationship", "list").out == ""


def test_a_dry_run_of_a_request_checks_the_hours_and_records_nothing(desk: Desk) -> None:
    desk.add("ann@example.org")
    desk.add("bob@example.org")
    desk.add("sat@example.org", hours="sat 09:00-17:00")
    pair = ("--mentor", "ann@example.org", "--mentee")
    assert desk.run(*REQUEST, *pair, "bob@example.org", "--dry-run").code == 0
    assert desk.run(*REQUEST, *pair, "sat@example.org", "--dry-run").code == 3
    assert desk.run("relationship", "list").out == ""


@pytest.mark.parametrize(
    "command", [("plan",), ("history",), ("health",), ("why",), ("relationship", "show"), ("person", "show")]
)
def test_an_id_that_does_not_exist_is_not_found(told: Desk, command: tuple[str, ...]) -> None:
    ran = told.run(*command, "ffff")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (4, "", 2)


def test_a_beginning_that_fits_several_is_a_usage_error(told: Desk) -> None:
    assert told.run("person", "show", "0000").code == 2


def test_the_time_ahead_is_shown_for_one_pair_and_for_all(told: Desk) -> None:
    one, every = told.run("plan", PAIR, "--next", "26w"), told.run("plan", "--next", "182d")
    assert one.code == every.code == 0
    for when in (line[:20] for line in one.out.splitlines() if line.startswith(("!", "~"))):
        assert when in every.out
    assert PAIR[:8] in every.out
    assert [told.run("plan", *more).code for more in (("--next", "soon"), ("--next", "2w", "--weeks", "1"))] == [2, 2]


def test_meetings_are_shown_on_the_wall_clocks_of_both(told: Desk) -> None:
    shown = told.run("relationship", "show", PAIR).out
    assert "2027-02-17 15:45  Wed 17 Feb 09:45 CST  Wed 17 Feb 16:45 CET  booked" in shown


def test_a_damaged_store_and_one_of_a_newer_program_have_their_codes_and_stay_as_they_are(told: Desk) -> None:
    store = told.folder / "store.sqlite"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
        connection.commit()
    newer = store.read_bytes()
    assert (told.run("status").code, store.read_bytes() == newer) == (13, True)
    store.write_bytes(b"no database at all, but long enough to be taken for the head of one" * 20)
    ran = told.run("status")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (10, "", 2)


def test_a_missing_secret_and_an_unknown_key_are_configuration_errors(told: Desk) -> None:
    (told.folder / "master.key").unlink()
    assert told.run("status").code == 5
    (told.folder / "mentorsync.toml").write_text("[store]\nurll = 'x'\n", "utf-8")
    ran = told.run("status")
    assert (ran.code, "url" in ran.err.splitlines()[1]) == (5, True)


def test_going_live_is_rehearsed_recorded_and_known_the_second_time(desk: Desk) -> None:
    desk.add("ann@example.org")
    said = [desk.run("go-live", *more).err.split(":")[0].split(".")[0] for more in (("--dry-run",), (), ())]
    assert said == ["Nothing was recorded", "Live", "The programme is live already"]


def test_what_nobody_knows_of_cannot_be_resolved_and_the_decision_must_be_said(told: Desk) -> None:
    assert told.run("outbox", "resolve", PAIR, "--sent").code == 4
    assert told.run("outbox", "resolve", PAIR).code == 2


@pytest.mark.parametrize(
    "arguments", [("--now", "2027-03-01T09:00Z"), ("--once", "--now", "noon"), ("--once", "--now", "2027-03-01T09:00")]
)
def test_the_daemon_s_instant_must_be_whole_and_goes_with_once(desk: Desk, arguments: tuple[str, ...]) -> None:
    before = files(desk)
    assert desk.run("daemon", *arguments).code == 2
    assert files(desk) == before


def test_the_store_is_made_and_checked(desk: Desk) -> None:
    assert [desk.run("db", act).code for act in ("check", "migrate", "check")] == [10, 0, 0]


def test_the_doctor_names_what_is_unreachable_and_never_ends_well(told: Desk) -> None:
    ran = told.run("doctor")
    lines = {line[5:].split("  ")[0].strip(): line for line in ran.out.splitlines() if not line.startswith(" ")}
    assert ran.code == 6
    assert "unreachable" in lines["google"]
    assert lines["store"].startswith("ok")
    assert "Traceback" not in ran.err


def test_the_doctor_says_that_there_is_no_store_and_what_it_could_not_look_at(desk: Desk) -> None:
    ran = desk.run("doctor", "--json")
    health = {part["part"]: part["health"] for part in json.loads(ran.out)["parts"]}
    assert (ran.code, health["configuration"], health["store"], health["outbox"]) == (10, "good", "bad", "unknown")


def test_the_doctor_works_without_a_configuration(desk: Desk) -> None:
    (desk.folder / "mentorsync.toml").write_text("[stroe]\n", "utf-8")
    ran = desk.run("doctor", "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["ok"], found["parts"][0]["health"]) == (5, False, "bad")


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_terminal_without_the_letters_of_a_name_still_shows_the_rest(desk: Desk, more: tuple[str, ...]) -> None:
    desk.add("zoe@example.org", name="Zoë Ünal")
    command = [sys.executable, "-m", "cli", "--config", str(desk.folder / "mentorsync.toml"), "person", "list", *more]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "zoe@example.org" in ran.stdout
    if more:
        assert json.loads(ran.stdout)["people"][0]["name"] == "Zoë Ünal"


def test_a_reader_that_stops_reading_is_no_trouble(told: Desk) -> None:
    command = f"'{sys.executable}' -m cli --config '{told.folder}/mentorsync.toml' history {PAIR} | head -n 1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.stdout.startswith("WHEN (UTC)"), ran.stderr) == (True, "")


def test_a_person_is_paused_and_resumed_and_hears_when_that_was_so_already(told: Desk) -> None:
    before = told.run("pause", "tilo@example.org", "--dry-run")
    assert (before.code, "Nothing was recorded" in before.err) == (0, True)
    said = [told.run(verb, "tilo@example.org").err.split(":")[0] for verb in ("pause", "pause", "resume", "resume")]
    assert said == ["Paused", "Everything is paused already.\n", "Resumed", "Nothing is paused.\n"]
    assert told.run("resume", "nobody@example.org").code == 4
