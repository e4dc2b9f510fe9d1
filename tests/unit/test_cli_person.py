"""What an administrator changes about a person by commands, for show and really."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli_stage import Desk, Ran

ANN = "ann@example.org"
DAYS = ("--from", "2027-03-01", "--to", "2027-03-05")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Return a desk with Ann at it."""
    desk = Desk(tmp_path, capsys).set_up()
    desk.add(ANN)
    return desk


def shown(desk: Desk) -> dict[str, Any]:
    """Return what is known of Ann."""
    found: dict[str, Any] = json.loads(desk.run("person", "show", ANN, "--json").out)
    return found


CHANGES = [
    (("set", ANN, "--zone", "Asia/Tokyo"), "zone", "Asia/Tokyo"),
    (("set", ANN, "--hours", "tue 09:00-12:00"), "hours", "tue 09:00-12:00"),
    (("set", ANN, "--meetings-per-day", "2"), "meetings_per_day", 2),
    (("set", ANN, "--free-busy-only"), "free_busy_only", True),
    (("set", ANN, "--address", "Ann@example.net"), "addresses", [ANN, "ann@example.net"]),
    (("set", ANN, "--name", "Married, Ann"), "name", "Ann Married"),
    (("set", ANN, "--language", "fr"), "language", "fr"),
    (
        ("set", ANN, "--address", "a@example.net", "--primary-address", "A@example.net"),
        "addresses",
        ["a@example.net", ANN],
    ),
    (("set", ANN, "--calendar", "team-7"), "further_calendars", 1),
    (("set", ANN, "--delegate", "pia@example.org"), "delegates", ["pia@example.org"]),
    (("leave", ANN, *DAYS), "leaves", [{"first": "2027-03-01", "last": "2027-03-05"}]),
    (
        ("travel", ANN, *DAYS, "--zone", "UTC"),
        "travels",
        [{"first": "2027-03-01", "last": "2027-03-05", "zone": "UTC"}],
    ),
    (
        ("special-hours", ANN, "--on", "2027-03-01", "--hours", "none"),
        "special_hours",
        [{"day": "2027-03-01", "hours": ""}],
    ),
]


@pytest.mark.parametrize(("arguments", "part", "value"), CHANGES, ids=[case[0][2] for case in CHANGES])
def test_a_change_is_made_once_and_for_show_not_at_all(
    desk: Desk, arguments: tuple[str, ...], part: str, value: object
) -> None:
    before = shown(desk)
    rehearsed = desk.run("person", *arguments, "--dry-run", "--json")
    assert (json.loads(rehearsed.out)[part], shown(desk)) == (value, before)
    ran = desk.run("person", *arguments)
    assert (ran, shown(desk)[part]) == (Ran(0, "", "Recorded.\n"), value)
    assert desk.run("person", *arguments).err == "That was so already.\n"


def test_a_limit_and_busy_times_only_can_be_taken_back(desk: Desk) -> None:
    desk.run("person", "set", ANN, "--meetings-per-day", "2", "--free-busy-only")
    desk.run("person", "set", ANN, "--meetings-per-day", "0", "--full")
    assert (shown(desk)["meetings_per_day"], shown(desk)["free_busy_only"]) == (None, False)


def test_a_person_is_found_by_each_of_her_addresses(desk: Desk) -> None:
    desk.run("person", "set", ANN, "--address", "a@example.net")
    assert desk.run("person", "show", "A@example.net", "--json").out == desk.run("person", "show", ANN, "--json").out


def test_mail_goes_only_to_an_address_that_is_registered_for_her_already(desk: Desk) -> None:
    desk.add("bob@example.org")
    for address in ("new@example.org", "bob@example.org"):
        ran = desk.run("person", "set", ANN, "--name", "Ann Married", "--primary-address", address)
        assert (ran.code, len(ran.err.splitlines()), shown(desk)["name"]) == (3, 2, "Ann Example")


def test_of_a_language_that_no_mail_is_written_in_it_is_said_that_english_comes(desk: Desk) -> None:
    says = "No mails are written in 'it', so hers are in English; there are en, de, fr and es.\n"
    assert desk.run("person", "set", ANN, "--language", "it").err == f"Recorded.\n{says}"
    assert desk.add("bob@example.org", language="it").err == says
    assert desk.add("eve@example.org", language="fr-CH").err == ""


def test_somebody_elses_address_is_refused_and_nothing_else_of_the_command_is_done(desk: Desk) -> None:
    desk.add("bob@example.org")
    ran = desk.run("person", "set", ANN, "--zone", "UTC", "--address", "bob@example.org")
    assert (ran.code, len(ran.err.splitlines()), shown(desk)["zone"]) == (3, 2, "Europe/Berlin")


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", ANN, "--zone", "Europe/Atlantis"),
        ("set", ANN, "--hours", "always"),
        ("set", ANN, "--address", "ann"),
        ("leave", ANN, "--from", "2027-03-05", "--to", "2027-03-01"),
        ("leave", ANN, "--from", "someday", "--to", "2027-03-01"),
        ("travel", ANN, *DAYS, "--zone", "Europe/Atlantis"),
        ("special-hours", ANN, "--on", "2027-03-01", "--hours", "noon"),
    ],
)
def test_what_cannot_be_is_a_usage_error(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert desk.run("person", *arguments).code == 2


def test_somebody_who_left_is_shown_so(desk: Desk) -> None:
    assert desk.run("person", "left", ANN, "--dry-run").err.startswith("Nothing was recorded.")
    assert shown(desk)["left_at"] is None
    assert desk.run("person", "left", ANN).code == 0
    assert shown(desk)["left_at"].endswith("Z")
    assert "left               20" in desk.run("person", "show", ANN).out
