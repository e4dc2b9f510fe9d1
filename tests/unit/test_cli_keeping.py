"""Lists come in and backups go out by the command line: data on stdout, exit codes as the manual has them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.stores import age
from tests.unit.cli_stage import Desk

PEOPLE = "address;name;provider;zone;hours\n"
ANN = "ann@example.org;Ann Zoë;google;Europe/Berlin;mon-fri 09:00-17:00\n"
BO = "bo@example.net;Bo Example;microsoft;America/Chicago;mon-fri 08:00-16:00\n"
PAIRS = "mentor,mentee,goals,since\nann@example.org,bo@example.net,Lead,2025-03-01\n"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys).set_up()


def listed(desk: Desk, text: str, encoding: str = "utf-8-sig") -> str:
    file = desk.folder / "list.csv"
    file.write_text(text, encoding)
    return str(file)


def test_a_list_is_judged_then_recorded_then_found_unchanged(desk: Desk) -> None:
    assert desk.run("db", "migrate").code == 0
    file = listed(desk, PEOPLE + ANN + BO, "latin-1")
    rehearsed = desk.run("people", "import", file, "--dry-run", "--json")
    document = json.loads(rehearsed.out)
    assert (document["schema"], document["counts"]["new"], document["recorded"]) == (
        "mentorsync.people.import/1",
        2,
        False,
    )
    assert "read as Latin-1" in rehearsed.err
    assert json.loads(desk.run("person", "list", "--json").out)["people"] == []
    assert desk.run("people", "import", file).code == 0
    again = desk.run("people", "import", listed(desk, PEOPLE + BO))
    assert [line.split()[:2] for line in again.out.splitlines()[1:]] == [["2", "unchanged"], ["not", "in"]]
    assert "person left" in again.err


def test_a_refused_line_ends_with_3_and_a_file_that_is_no_list_with_2_and_neither_is_told_on_stderr(desk: Desk) -> None:
    desk.run("db", "migrate")
    refused = desk.run("people", "import", listed(desk, PEOPLE + ANN + BO.replace("Bo Example", "=Bo")))
    assert (refused.code, "looks like a formula" in refused.out) == (3, True)
    wrong = desk.run("people", "import", listed(desk, PEOPLE.replace("zone", "zoen") + ANN))
    assert (wrong.code, "Did you mean 'zone'?" in wrong.err) == (2, True)
    for word in ("ann@", "bo@", "Zoë", "Bo Ex"):
        assert word not in refused.err + wrong.err
    assert json.loads(desk.run("person", "list", "--json").out)["people"] == []


def test_a_list_is_synced_only_when_that_is_said_and_a_person_who_is_missing_has_left(desk: Desk) -> None:
    desk.run("people", "import", listed(desk, PEOPLE + ANN + BO))
    shown = desk.run("people", "sync", listed(desk, PEOPLE + ANN))
    assert (shown.code, shown.out.splitlines()[-1], "say --yes" in shown.err) == (0, "leaves: bo@example.net", True)
    document = json.loads(desk.run("people", "sync", listed(desk, PEOPLE + ANN), "--yes", "--json").out)
    assert (document["schema"], document["gone"], document["recorded"]) == (
        "mentorsync.people.sync/1",
        ["bo@example.net"],
        True,
    )
    assert desk.run("people", "sync", listed(desk, PEOPLE), "--yes", "--leavers", "9").code == 3
    looked = desk.run("people", "sync", listed(desk, PEOPLE + BO), "--leavers", "9")
    assert (looked.code, "leaves: ann@example.org" in looked.out, "you expect 9" in looked.err) == (3, True, True)


def test_running_pairs_come_from_a_list(desk: Desk) -> None:
    desk.run("people", "import", listed(desk, PEOPLE + ANN + BO))
    taken = desk.run("relationship", "import", listed(desk, PAIRS))
    assert (taken.code, taken.out.splitlines()[1].split()[:2]) == (0, ["2", "new"])
    shown = json.loads(desk.run("relationship", "list", "--json").out)["relationships"]
    assert [row["status"] for row in shown] == ["agreed"]


def test_a_backup_comes_back_only_into_an_empty_place_and_verifies(desk: Desk) -> None:
    desk.run("people", "import", listed(desk, PEOPLE + ANN))
    desk.run("go-live")
    backup, keys = desk.folder / "b", desk.folder / "k"
    made = desk.run("backup", str(backup), "--keys", str(keys))
    assert [Path(line) for line in made.out.split()] == [
        backup / "mentorsync.db",
        keys / "mentorsync-keys.db",
        backup / "backup.json",
    ]
    assert "master.key" in made.err
    assert desk.run("restore", str(backup), "--keys", str(keys)).code == 3
    before = digests(desk)
    for path in desk.folder.glob("*.sqlite*"):
        path.unlink()
    assert desk.run("restore", str(backup), "--keys", str(keys)).code == 0
    after = digests(desk)
    assert [kind for kind in after if after[kind] != before[kind]] == ["programme"]
    assert desk.run("go-live").err.startswith("Live")


def test_an_older_store_is_backed_up_as_it_is_and_comes_back_brought_up_to_date(desk: Desk) -> None:
    desk.run("people", "import", listed(desk, PEOPLE + ANN))
    before, backup = digests(desk), desk.folder / "b"
    age(desk.folder / "store.sqlite")
    assert "Back it up" in desk.run("status").err
    assert desk.run("backup", str(backup)).code == 0
    assert json.loads((backup / "backup.json").read_text())["store_schema"] == 1
    assert "older version" in desk.run("status").err
    for path in desk.folder.glob("*.sqlite*"):
        path.unlink()
    assert desk.run("restore", str(backup)).code == 0
    assert digests(desk).items() >= {kind: before[kind] for kind in before if kind != "programme"}.items()


def digests(desk: Desk) -> dict[str, str]:
    ran = desk.run("verify", "--json")
    assert ran.code == 0
    return {stream["kind"]: stream["digest"] for stream in json.loads(ran.out)["streams"]}


def test_verify_ends_with_10_and_names_the_stream(desk: Desk) -> None:
    desk.run("people", "import", listed(desk, PEOPLE + ANN))
    with closing(sqlite3.connect(desk.folder / "store.sqlite")) as connection, connection:
        connection.execute("DELETE FROM address")
    ran = desk.run("verify")
    assert (ran.code, "the hashes of its addresses differ" in ran.out) == (10, True)
    (desk.folder / "master.key").write_text("A" * 43 + "=\n")
    assert desk.run("verify").code == 5
