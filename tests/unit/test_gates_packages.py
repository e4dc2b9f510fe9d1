"""The four plain import names are ours alone, and the one named warning is still the only reason to name one."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("domain", "service", "adapters", "cli")


@pytest.mark.parametrize("name", OURS)
def test_no_other_installed_distribution_claims_our_import_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"mentorsync"}


@pytest.mark.parametrize("name", OURS)
def test_our_import_name_finds_our_package(name: str) -> None:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin == str(ROOT / name / "__init__.py")


@pytest.mark.parametrize("name", OURS)
def test_our_import_name_is_no_module_of_python_itself(name: str) -> None:
    assert name not in sys.stdlib_module_names


def test_the_one_excused_warning_is_still_raised_by_kiota() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import msgraph.generated.users.users_request_builder"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "DeprecationWarning: GetQueryParameters is deprecated" in run.stderr
