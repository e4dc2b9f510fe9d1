"""What the configuration may say of the rails: whom mail may reach, and how much of it may leave."""

from base64 import b64encode
from pathlib import Path

import pytest

from domain.rails import Rails
from service.settings import SettingsError, load_settings

BASE = """
[store]
master_key_file = "master.key"
[service]
address = "mentoring@example.org"
provider = "google"
[google]
root_url = "http://127.0.0.1:9/"
token_file = "google.token"
"""


def rails(folder: Path, lines: str, environ: dict[str, str] | None = None) -> Rails:
    for name, text in (("master.key", b64encode(bytes(32)).decode()), ("google.token", "t")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    file = folder / "mentorsync.toml"
    file.write_text(f"{BASE}{lines}", "utf-8")
    return load_settings(file, environ or {}, {}).rails


def test_without_a_section_everybody_may_be_reached_within_limits(tmp_path: Path) -> None:
    found = rails(tmp_path, "")
    assert (found.allow, found.mails_per_person_per_day, found.mails_per_minute, found.mails_per_day) == (
        (),
        20,
        30,
        2000,
    )
    assert (found.mails_per_person_per_week, found.new_pairs_per_day) == (0, 0)


def test_a_list_holds_addresses_and_domains_in_any_case(tmp_path: Path) -> None:
    found = rails(tmp_path, '[rails]\nallow = ["Example.ORG", "@example.net", " Ann@Example.com "]')
    assert found.allow == ("example.org", "example.net", "ann@example.com")
    assert rails(tmp_path, "", {"MENTORSYNC_RAILS_ALLOW": "example.org, bo@example.net"}).allow == (
        "example.org",
        "bo@example.net",
    )


def test_a_limit_of_0_is_none(tmp_path: Path) -> None:
    assert rails(tmp_path, "[rails]\nmails_per_minute = 0").mails_per_minute == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("allow = []", "is empty"),
        ("allow = 7", "must be a list"),
        ("allow = [7]", "must be a list"),
        ('allow = ["example.org", "*"]', "in place 2"),
        ('allow = ["*.example.org"]', "in place 1"),
        ('allow = ["localhost"]', "in place 1"),
        ('allow = ["Ann <ann@example.org>"]', "in place 1"),
        ("mails_per_minute = -1", "from 0 to"),
        ("mails_per_day = true", "from 0 to"),
        ("mails_per_day = 1.5", "from 0 to"),
        ('new_pairs_per_day = "many"', "from 0 to"),
        ("mails_per_hour = 3", "Did you mean"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        rails(tmp_path, f"[rails]\n{line}")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "Ann <" not in str(refused.value)
