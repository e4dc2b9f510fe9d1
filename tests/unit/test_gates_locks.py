"""The locks: every dependency pinned by hash, every pin of pyproject.toml in them, and no machine or host named."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME: list[str] = PROJECT["dependencies"]
BUILD: list[str] = PROJECT["optional-dependencies"]["build"]
DEV: list[str] = PROJECT["optional-dependencies"]["dev"]
LOCKS = {
    "requirements.lock": RUNTIME + BUILD + DEV,
    "requirements-runtime.lock": RUNTIME + BUILD,
    "deploy/installer.lock": [(ROOT / "deploy" / "installer.in").read_text("utf-8").strip()],
}


def pins(name: str) -> dict[str, int]:
    """Every pinned requirement of a lock, with the number of hashes it may have."""
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    return {block.partition(" ")[0]: block.count("--hash=sha256:") for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_of_a_lock_is_exact_and_has_hashes(name: str) -> None:
    found = pins(name)
    assert found
    assert all("==" in pin and hashes for pin, hashes in found.items())


@pytest.mark.parametrize(("name", "wanted"), LOCKS.items())
def test_a_lock_holds_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    assert set(wanted) <= set(pins(name))


def test_what_runs_is_what_is_tested() -> None:
    assert pins("requirements-runtime.lock").items() <= pins("requirements.lock").items()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_no_folder(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert not re.search(r"^\s*#.*/", text, re.MULTILINE)


@pytest.mark.parametrize("requirement", RUNTIME + BUILD + DEV)
def test_the_project_asks_for_exact_versions(requirement: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", requirement)
