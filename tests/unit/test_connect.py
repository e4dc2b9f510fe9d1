"""Connecting a provider: what it asks for is said and is what adapters ask for, and only what works is written down."""

import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.google.access import CALENDAR_SCOPES, MAIL_SCOPES
from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import SandboxServer
from adapters.sandbox.world import World
from cli.main import main
from domain.errors import Misconfigured
from service.configuration import Answers, configuration, example
from service.connecting import CREDENTIALS, NOT_ASKED, RIGHTS, with_settings
from service.settings import load_settings

START = datetime(2027, 2, 22, 8, tzinfo=UTC)


def test_the_scopes_that_are_explained_are_those_that_are_asked_for() -> None:
    assert {right.name for right in RIGHTS["google"]} == {*CALENDAR_SCOPES, *MAIL_SCOPES}


def test_every_credential_that_settings_know_can_be_given() -> None:
    assert all(f"{key} = " in example() for keys in CREDENTIALS.values() for key in keys)


@pytest.mark.parametrize("provider", ["microsoft", "google"])
def test_what_it_asks_for_is_said_without_a_configuration(provider: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", "/nowhere.toml", "connect", provider, "--explain"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {right.name}: {right.use}" in said for right in RIGHTS[provider])
    assert all(f"  {nothing}" in said for nothing in NOT_ASKED[provider])


def test_a_section_keeps_its_comments_and_gets_what_is_given_in_its_place() -> None:
    text = configuration(Answers("m@example.org", "microsoft"))
    changed = with_settings(text, "microsoft", {"tenant_id": "t-1", "client_secret_file": "microsoft.secret"})
    told = tomllib.loads(changed)["microsoft"]
    assert (told["tenant_id"], told["client_secret_file"]) == ("t-1", "microsoft.secret")
    assert "certificate_file" not in told
    assert [line for line in text.splitlines() if line.startswith("# Exactly one")] == [
        line for line in changed.splitlines() if line.startswith("# Exactly one")
    ]
    others = {"store", "service", "rails", "transport"}
    assert {name: tomllib.loads(text)[name] for name in others} == {
        name: tomllib.loads(changed)[name] for name in others
    }


def test_a_section_that_was_commented_out_is_taken_in() -> None:
    text = configuration(Answers("m@example.org", "microsoft"))
    assert "google" not in tomllib.loads(text)
    changed = tomllib.loads(with_settings(text, "google", {"service_account_file": "key.json"}))
    assert changed["google"] == {"service_account_file": "key.json"}
    assert changed.keys() == tomllib.loads(text).keys() | {"google"}


def test_a_section_that_is_missing_is_added_and_doing_it_again_changes_nothing() -> None:
    text = '[service]\naddress = "m@example.org"\n'
    once = with_settings(text, "google", {"token_file": 'a "b".token'})
    assert tomllib.loads(once) == {"service": {"address": "m@example.org"}, "google": {"token_file": 'a "b".token'}}
    assert with_settings(once, "google", {"token_file": 'a "b".token'}) == once


def test_a_section_that_stands_there_twice_is_left_alone() -> None:
    with pytest.raises(Misconfigured, match="twice"):
        with_settings("[google]\n[google]\n", "google", {"token_file": "a"})


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    world = World(START, datetime(2027, 3, 1, tzinfo=UTC), 1)
    settle(world, "demo")
    with SandboxServer(world) as found:
        yield found


@pytest.fixture(scope="module")
def written(server: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_client_files(server.base_url, server.world, tmp_path_factory.mktemp("written"))


@pytest.fixture
def file(written: Path, tmp_path: Path) -> Path:
    """A copy of the sandbox's configuration and secrets in a folder of its own."""
    for path in written.parent.iterdir():
        shutil.copy2(path, tmp_path)
    copied = tmp_path / written.name
    copied.write_text(written.read_text("utf-8").replace(str(written.parent), str(tmp_path)), "utf-8")
    return copied


def connect(file: Path, *arguments: str) -> int:
    return main(["--config", str(file), "connect", *arguments])


def test_a_credential_that_lets_the_service_in_is_written(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token = file.with_name("other.token")
    token.write_text(file.with_name("microsoft.token").read_text())
    token.chmod(0o600)
    mode = file.stat().st_mode
    assert connect(file, "microsoft", "--token-file", str(token), "--outside-mailbox", "Chief@contoso.example") == 0
    assert "read the service's calendar and the service's inbox" in capsys.readouterr().err
    settings = load_settings(file, {}, {})
    assert settings.microsoft is not None
    assert (settings.microsoft.token_file, settings.microsoft.outside_mailbox) == (token, "chief@contoso.example")
    assert file.stat().st_mode == mode
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("google", "--account", "jonas.albrecht@gmail.example"), 0, "read the calendar of that account"),
        (("google",), 5, "with --account"),
        (("google", "--account", "nobody@gmail.example"), 5, "no such account"),
        (("microsoft",), 0, "Nothing was to be written"),
    ],
)
def test_what_is_configured_is_tried(
    file: Path, arguments: tuple[str, ...], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_text()
    assert connect(file, *arguments) == code
    assert words in capsys.readouterr().err
    assert file.read_text() == before


@pytest.mark.parametrize(("mode", "text", "words"), [(0o644, None, "chmod 600"), (0o600, "no-token\n", "401")])
def test_a_credential_that_is_open_or_refused_is_not_written(
    file: Path, mode: int, text: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    token = file.with_name("other.token")
    token.write_text(text or file.with_name("microsoft.token").read_text())
    token.chmod(mode)
    before = file.read_text()
    assert connect(file, "microsoft", "--token-file", str(token)) == 5
    assert words in capsys.readouterr().err
    assert (file.read_text(), sorted(path.name for path in file.parent.glob(".*"))) == (before, [])


def test_a_dry_run_tries_and_writes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_text()
    assert connect(file, "microsoft", "--outside-mailbox", "chief@contoso.example", "--dry-run") == 0
    assert "Nothing was written" in capsys.readouterr().err
    assert file.read_text() == before
