"""Settings: file, then environment, then flags; whatever is wrong is said in one sentence with what to do."""

import base64
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from service.settings import (
    Google,
    Health,
    Microsoft,
    Push,
    RailSettings,
    Service,
    SettingsError,
    Store,
    Transport,
    load_settings,
    sqlite_path,
)

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "mentorsync.example.toml"
SECTIONS = {
    "store": Store,
    "service": Service,
    "microsoft": Microsoft,
    "google": Google,
    "transport": Transport,
    "push": Push,
    "rails": RailSettings,
    "health": Health,
}
MASTER_KEY = base64.b64encode(bytes(range(32))).decode()

Tables = dict[str, dict[str, Any]]
Write = Callable[..., Path]


def secret(path: Path, text: str = "not-a-real-secret", mode: int = 0o600) -> Path:
    path.write_text(text + "\n", "utf-8")
    path.chmod(mode)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a good configuration in a folder of its own, changed by `section_key=value`; None leaves the key out."""

    def written(**changes: object) -> Path:
        secret(tmp_path / "master.key", MASTER_KEY)
        secret(tmp_path / "client.secret")
        tables: Tables = {
            "store": {"master_key_file": "master.key"},
            "service": {"address": "mentoring@example.org", "provider": "microsoft"},
            "microsoft": {"tenant_id": "t", "client_id": "c", "client_secret_file": "client.secret"},
        }
        for name, value in changes.items():
            section, _, key = name.partition("_")
            tables.setdefault(section, {})[key] = value
        file = tmp_path / "mentorsync.toml"
        file.write_text(toml(tables), "utf-8")
        return file

    return written


def toml(tables: Tables) -> str:
    lines = []
    for section, table in tables.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {literal(value)}" for key, value in table.items() if value is not None]
    return "\n".join(lines) + "\n"


def literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"'


def refused(
    file: Path | None, environ: Mapping[str, str] | None = None, overrides: Mapping[str, str] | None = None
) -> str:
    """The two sentences of the refusal, each checked to be one."""
    with pytest.raises(SettingsError) as caught:
        load_settings(file, environ or {}, overrides or {})
    assert caught.value.problem.endswith(".")
    assert "\n" not in caught.value.problem + caught.value.remedy
    return f"{caught.value.problem} {caught.value.remedy}"


def test_a_short_file_is_enough(write: Write, tmp_path: Path) -> None:
    settings = load_settings(write(), {}, {})
    assert settings.store == Store(
        url=f"sqlite:///{tmp_path}/mentorsync.db",
        keys_url=f"sqlite:///{tmp_path}/mentorsync-keys.db",
        master_key_file=tmp_path / "master.key",
    )
    assert settings.service == Service("mentoring@example.org", "microsoft", "system", 5, "Mentoring programme")
    assert settings.google is None
    assert settings.transport == Transport()
    assert not settings.loopback


def test_the_environment_wins_over_the_file_and_a_flag_over_both(write: Write) -> None:
    file = write(service_poll_minutes=10, service_programme="File")
    environ = {"MENTORSYNC_SERVICE_POLL_MINUTES": "20", "MENTORSYNC_SERVICE_PROGRAMME": "Environment"}
    service = load_settings(file, environ, {"service.poll_minutes": "30"}).service
    assert (service.poll_minutes, service.programme) == (30, "Environment")


def test_relative_paths_start_from_the_place_they_are_written_in(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(store_url="sqlite:///data/a.db")
    here = tmp_path / "elsewhere"
    here.mkdir()
    monkeypatch.chdir(here)
    store = load_settings(file, {"MENTORSYNC_STORE_KEYS_URL": "sqlite:///k.db"}, {}).store
    assert sqlite_path(store.url) == tmp_path / "data" / "a.db"
    assert sqlite_path(store.keys_url) == here / "k.db"


def test_the_file_is_the_named_one_or_that_of_the_environment_or_that_of_the_current_folder(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(service_programme="By environment")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert load_settings(None, {"MENTORSYNC_CONFIG": str(file)}, {}).service.programme == "By environment"
    assert load_settings(file, {"MENTORSYNC_CONFIG": "nowhere.toml"}, {}).service.programme == "By environment"
    (here / "mentorsync.toml").write_text(
        file.read_text()
        .replace("By environment", "Here")
        .replace('"master', '"../master')
        .replace('"client.', '"../client.')
    )
    assert load_settings(None, {}, {}).service.programme == "Here"


def test_the_environment_alone_is_enough(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write().unlink()
    monkeypatch.chdir(tmp_path)
    environ = {
        "MENTORSYNC_STORE_MASTER_KEY_FILE": "master.key",
        "MENTORSYNC_SERVICE_ADDRESS": "mentoring@example.org",
        "MENTORSYNC_SERVICE_PROVIDER": "google",
        "MENTORSYNC_GOOGLE_SERVICE_ACCOUNT_FILE": "client.secret",
        "HOME": "/nowhere",
    }
    settings = load_settings(None, environ, {})
    assert settings.google == Google(service_account_file=tmp_path / "client.secret")
    assert settings.microsoft is None
    assert settings.store.url == f"sqlite:///{tmp_path}/mentorsync.db"


def test_a_named_file_that_is_absent_is_an_error(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "absent.toml")
    assert "does not exist" in refused(None, {"MENTORSYNC_CONFIG": str(tmp_path / "absent.toml")})


@pytest.mark.parametrize("content", [b"[store", b"[store]\nurl = \xff", b"a = = b"])
def test_a_file_that_is_not_toml_is_an_error_with_its_place(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mentorsync.toml"
    file.write_bytes(content)
    assert "is not TOML" in refused(file)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"service_adress": "x"}, "Did you mean [service] address?"),
        ({"service_tenant_id": "x"}, "Did you mean [microsoft] tenant_id?"),
        ({"service_xyzzy": "x"}, "[service] knows address, provider"),
        ({"servise_address": "x"}, "Did you mean [service]?"),
        ({"xyzzy_address": "x"}, "The sections are [store], [service]"),
    ],
)
def test_an_unknown_name_is_an_error_with_a_suggestion(write: Write, changes: dict[str, str], words: str) -> None:
    assert words in refused(write(**changes))


def test_a_key_outside_of_every_section_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "mentorsync.toml"
    file.write_text('url = "sqlite:///a.db"\n')
    assert "'url' stands outside" in refused(file)


def test_unknown_variables_and_flags_are_errors_too(write: Write) -> None:
    assert "Did you mean [store] url?" in refused(write(), {"MENTORSYNC_STORE_URLL": "x"})
    assert "Did you mean [store] url?" in refused(write(), {}, {"store.urk": "x"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"service_poll_minutes": 0}, "from 1 to 1440"),
        ({"service_poll_minutes": 1441}, "from 1 to 1440"),
        ({"service_poll_minutes": True}, "from 1 to 1440"),
        ({"service_poll_minutes": "often"}, "from 1 to 1440"),
        ({"service_plus_addresses": "perhaps"}, "true or false"),
        ({"service_provider": "yahoo"}, "Write microsoft or google."),
        ({"service_provider": "google"}, "there is no section [google]"),
        ({"service_address": "nobody"}, "one mail address"),
        ({"service_address": "a@example.org, b@example.org"}, "one mail address"),
        ({"service_address": 5}, "double quotes"),
        ({"service_programme": " "}, "is empty"),
        ({"service_address": None}, "[service] address is missing"),
        ({"store_master_key_file": None}, "MENTORSYNC_STORE_MASTER_KEY_FILE"),
        ({"store_url": "mysql://db.example.org/x"}, "sqlite or postgresql"),
        ({"store_url": "sqlite:///"}, "sqlite or postgresql"),
        ({"store_url": "postgresql://me:hidden@db.example.org/x"}, "holds a password"),
        ({"microsoft_base_url": "http://graph.example.com/v1.0"}, "unencrypted"),
        ({"microsoft_base_url": "graph"}, "web address"),
        ({"microsoft_base_url": "https://graph.example.com:port/"}, "not a valid address"),
        ({"transport_proxy": "http://me:hidden@proxy.example.org"}, "holds a password"),
        ({"transport_answer_seconds": 0}, "from 1 to 120"),
        ({"service_clock": "yesterday"}, "one on this machine"),
        ({"service_clock": "http://clock.example.org/clock"}, "one on this machine"),
        ({"microsoft_tenant_id": None}, "[microsoft] tenant_id is missing"),
        ({"microsoft_client_secret_file": None}, "exactly one credential, and none is given"),
        ({"microsoft_certificate_file": "client.secret"}, "client_secret_file and certificate_file are given"),
    ],
)
def test_a_wrong_value_is_said_with_what_to_do_and_never_quoted_when_it_may_be_secret(
    write: Write, changes: dict[str, object], words: str
) -> None:
    told = refused(write(**changes))
    assert words in told
    assert "hidden" not in told


def test_an_empty_section_is_there_and_lacks_its_credential(write: Write) -> None:
    file = write()
    file.write_text(file.read_text() + "[google]\n")
    assert "[google] needs exactly one credential" in refused(file)


def test_a_missing_secret_file_is_an_error(write: Write, tmp_path: Path) -> None:
    file = write()
    (tmp_path / "client.secret").unlink()
    assert "[microsoft] client_secret_file does not exist" in refused(file)


def test_a_folder_is_no_secret_file(write: Write) -> None:
    assert "is not a file" in refused(write(microsoft_client_secret_file="."))


@pytest.mark.parametrize("name", ["master.key", "client.secret"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_file_that_others_can_reach_is_refused(write: Write, tmp_path: Path, name: str, mode: int) -> None:
    file = write()
    (tmp_path / name).chmod(mode)
    assert "chmod 600" in refused(file)


@pytest.mark.parametrize(("text", "words"), [("AAAA", "32 bytes"), ("not base64!", "does not hold base64")])
def test_a_master_key_that_is_no_key_is_refused_and_not_shown(
    write: Write, tmp_path: Path, text: str, words: str
) -> None:
    file = write()
    secret(tmp_path / "master.key", text)
    told = refused(file)
    assert words in told
    assert text not in told


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_a_token_and_a_clock_are_taken_in_front_of_a_sandbox(write: Write, tmp_path: Path, host: str) -> None:
    settings = load_settings(
        write(
            service_clock=f"http://{host}/clock",
            microsoft_base_url=f"http://{host}/v1.0",
            microsoft_client_secret_file=None,
            microsoft_token_file="client.secret",
            google_root_url=f"http://{host}/",
            google_service_account_file="client.secret",
        ),
        {},
        {},
    )
    assert settings.loopback
    assert settings.microsoft is not None
    assert settings.microsoft.token_file == tmp_path / "client.secret"


@pytest.mark.parametrize(
    "changes",
    [
        {"microsoft_client_secret_file": None, "microsoft_token_file": "client.secret"},
        {"service_clock": "http://127.0.0.1:8080/clock"},
        {"service_clock": "http://127.0.0.1:8080/clock", "microsoft_base_url": "https://127.0.0.1.example.com/"},
        {
            "microsoft_base_url": "http://127.0.0.1:8080/v1.0",
            "microsoft_client_secret_file": None,
            "microsoft_token_file": "client.secret",
            "google_service_account_file": "client.secret",
        },
        {"google_token_file": "client.secret", "google_root_url": "https://www.googleapis.com/"},
    ],
)
def test_a_token_or_a_clock_is_refused_when_any_provider_is_elsewhere(write: Write, changes: dict[str, Any]) -> None:
    assert "for a sandbox alone" in refused(write(**changes))


def test_no_secret_is_in_what_settings_show_of_themselves(write: Write) -> None:
    shown = repr(load_settings(write(), {}, {}))
    assert "not-a-real-secret" not in shown
    assert MASTER_KEY not in shown


@pytest.mark.parametrize(("url", "path"), [("sqlite:///a b.db", "a b.db"), ("sqlite:////x/a.db", "/x/a.db")])
def test_an_sqlite_url_names_a_relative_or_an_absolute_path(url: str, path: str) -> None:
    assert sqlite_path(url) == Path(path)


@pytest.mark.parametrize("url", ["postgresql://db.example.org/x", "sqlite:///", "sqlite://a.db"])
def test_another_url_names_no_sqlite_file(url: str) -> None:
    with pytest.raises(SettingsError):
        sqlite_path(url)


def test_a_postgresql_url_is_kept_as_it_is(write: Write) -> None:
    url = "postgresql://db.example.org/mentorsync"
    assert load_settings(write(store_url=url), {}, {}).store.url == url


def test_the_example_configuration_loads(tmp_path: Path) -> None:
    file = tmp_path / "mentorsync.toml"
    file.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    secret(tmp_path / "master.key", MASTER_KEY)
    secret(tmp_path / "microsoft.pem")
    secret(tmp_path / "google-service-account.json")
    settings = load_settings(file, {}, {})
    assert settings.microsoft is not None
    assert settings.google is not None


def test_the_example_configuration_names_every_setting_with_a_valid_value() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line for line in lines
    )
    written = {name: set(table) for name, table in tomllib.loads(uncommented).items()}
    assert written == {name: {field.name for field in fields(section)} for name, section in SECTIONS.items()}


def test_no_port_is_opened_unless_push_is_asked_for(write: Write) -> None:
    assert load_settings(write(), {}, {}).push is None
    push = load_settings(write(push_public_url="https://push.example.org/hooks/"), {}, {}).push
    assert push == Push("https://push.example.org/hooks", "127.0.0.1:8765")


@pytest.mark.parametrize("listen", ["127.0.0.1:1", "localhost:65535", "0.0.0.0:8080", "[::1]:80", "[::]:80"])
def test_push_listens_on_any_address_of_this_machine(write: Write, listen: str) -> None:
    push = load_settings(write(push_public_url="https://push.example.org", push_listen=listen), {}, {}).push
    assert push is not None
    assert push.listen == listen


@pytest.mark.parametrize(
    "listen", ["8765", ":8765", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "host.example:1", 1]
)
def test_push_listens_on_nothing_else(write: Write, listen: object) -> None:
    with pytest.raises(SettingsError, match="listen"):
        load_settings(write(push_public_url="https://push.example.org", push_listen=listen), {}, {})


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example.org",
        "push.example.org",
        "https://",
        "https://x:y@push.example.org",
        "https://push.example.org/?a=b",
        "https://push.example.org/#a",
        "ftp://127.0.0.1/",
    ],
)
def test_a_public_address_is_https_and_nothing_but_a_host_and_a_path(write: Write, url: str) -> None:
    with pytest.raises(SettingsError, match="public_url"):
        load_settings(write(push_public_url=url), {}, {})


def test_a_public_address_on_this_machine_is_for_a_sandbox_alone(write: Write) -> None:
    with pytest.raises(SettingsError, match="sandbox"):
        load_settings(write(push_public_url="http://127.0.0.1:8765"), {}, {})
    settings = load_settings(
        write(push_public_url="http://127.0.0.1:8765", microsoft_base_url="http://127.0.0.1:1/v1.0"), {}, {}
    )
    assert settings.push is not None


def test_push_needs_its_public_address(write: Write) -> None:
    with pytest.raises(SettingsError, match="public_url is missing"):
        load_settings(write(push_listen="127.0.0.1:8765"), {}, {})
