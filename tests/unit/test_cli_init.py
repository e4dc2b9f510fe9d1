"""The first configuration explains everything, is one that loads, and overwrites nothing."""

import base64
import io
import tomllib
from pathlib import Path

import pytest

from cli.main import main
from service.configuration import Answers, configuration, example
from service.settings import load_settings

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "mentorsync.example.toml"
WORDS = ["--address", "Mentoring@example.org", "--provider", "google"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["init", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_what_is_written_loads_once_the_credential_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "made"
    code, out, err = run(capsys, "--dir", str(folder), *WORDS, "--programme", 'The "Ladder"')
    assert (code, out.split()) == (0, [str(folder / "mentorsync.toml"), str(folder / "master.key")])
    assert f"mentorsync --config {folder / 'mentorsync.toml'} db migrate" in err
    (folder / "google-service-account.json").write_text("{}")
    (folder / "google-service-account.json").chmod(0o600)
    settings = load_settings(folder / "mentorsync.toml", {}, {})
    assert (settings.service.address, settings.service.programme) == ("mentoring@example.org", 'The "Ladder"')
    assert (settings.microsoft, settings.push) == (None, None)


def test_the_master_key_is_32_bytes_that_only_its_owner_can_read_and_new_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = []
    for name in ("a", "b"):
        run(capsys, "--dir", str(tmp_path / name), *WORDS)
        file = tmp_path / name / "master.key"
        assert file.stat().st_mode & 0o777 == 0o600
        keys.append(base64.b64decode(file.read_bytes().strip(), validate=True))
    assert (len(keys[0]), keys[0] == keys[1]) == (32, False)


@pytest.mark.parametrize("name", ["mentorsync.toml", "master.key"])
def test_a_file_that_is_there_is_left_alone_and_the_other_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_text("mine")
    code, out, err = run(capsys, "--dir", str(tmp_path), *WORDS)
    assert (code, out, "already" in err) == (3, "", True)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_without_a_terminal_it_asks_nothing_and_names_the_flag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("google\n"))
    code, _, err = run(capsys, "--dir", str(tmp_path), "--address", "mentoring@example.org")
    assert (code, "--provider" in err, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize("given", [["--address", "nobody"], ["--address", "m@example.org", "--client-id", "c"]])
def test_answers_that_cannot_be_are_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    assert run(capsys, "--dir", str(tmp_path), "--provider", "google", *given)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_both_clouds_are_configured_when_people_are_at_both() -> None:
    written = tomllib.loads(configuration(Answers("m@example.org", "google", None, True, "t", "c")))
    assert (written["microsoft"]["tenant_id"], written["microsoft"]["client_id"]) == ("t", "c")
    assert written.keys() == {"store", "service", "microsoft", "google", "rails", "transport"}


def test_every_explanation_of_the_example_is_kept_and_there_is_only_one_example() -> None:
    written = configuration(Answers("m@example.org", "microsoft"))
    assert EXAMPLE.read_text("utf-8") == example()
    assert [line for line in example().splitlines() if line.startswith("#") and line not in written] == []
