"""`preview` writes a mail into files, says what it is, and ends with the codes of all commands."""

import json
from pathlib import Path

import pytest

from cli.errors import ExitCode
from tests.unit.cli_stage import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, capsys).set_up()
    desk.add("ann@example.org", language="de")
    desk.add("ben@example.net", name="Ben Sample")
    people = ("--mentor", "ann@example.org", "--mentee", "ben@example.net")
    asked = desk.run("relationship", "request", *people, "--goal", "Lead", "--why", "You did it", "--bring", "Time")
    assert asked.code == ExitCode.DONE
    return desk


def pair(desk: Desk) -> str:
    listed = json.loads(desk.run("relationship", "list", "--json").out)
    return str(listed["relationships"][0]["id"])


def test_the_coming_mail_is_written_into_three_files_in_its_readers_language(desk: Desk) -> None:
    ran = desk.run("preview", "request", "--relationship", pair(desk)[:8])
    assert ran.code == ExitCode.DONE
    files = [Path(line) for line in ran.out.splitlines()]
    assert [file.name for file in files] == ["request.eml", "request.html", "request.txt"]
    assert files[0].parent == Path("mentorsync-preview")
    assert ran.err.startswith("Due ")
    text = files[2].read_text("utf-8")
    assert "Ben Sample bittet Sie um Mentoring." in text
    assert "You did it" in text


def test_a_mail_that_is_not_to_come_is_invented_and_said_to_be(desk: Desk) -> None:
    arguments = ("preview", "agenda", "--relationship", pair(desk), "--language", "es", "--out", "shown")
    ran = desk.run(*arguments)
    assert (ran.code, ran.err) == (ExitCode.DONE, "None of its kind is to come: words and times are invented.\n")
    assert "Hola, Ann:" in Path("shown/agenda.txt").read_text("utf-8")
    facts = json.loads(desk.run(*arguments, "--json").out)
    expected = {"schema": "mentorsync.preview/1", "kind": "agenda", "to": "mentor", "language": "es", "invented": True}
    assert {name: facts[name] for name in expected} == expected
    assert facts["html"] == "shown/agenda.html"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("weather",), ExitCode.USAGE),
        (("agenda", "--to", "nobody"), ExitCode.USAGE),
        (("agenda", "--relationship", "fffffffff"), ExitCode.NOT_FOUND),
        (("agenda", "--out", "mentorsync.toml"), ExitCode.USAGE),
    ],
)
def test_what_cannot_be_shown_ends_with_its_code_and_writes_nothing(
    desk: Desk, arguments: tuple[str, ...], code: ExitCode
) -> None:
    ran = desk.run("preview", "--relationship", pair(desk), *arguments)
    assert ran.code == code
    assert ran.err
    assert not list(Path("mentorsync-preview").glob("*"))
