"""The set-up behind `make`: done once, done again when something changed or was interrupted, and one at a time."""

import fcntl
import shutil
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

Load = Callable[[], Any]


def load_module(path: Path) -> Any:
    spec = spec_from_file_location("prepare", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def work() -> list[str]:
    """What the set-up has done, step by step."""
    return []


@pytest.fixture
def load(tmp_path: Path, work: list[str]) -> Load:
    """Load the set-up of a copy of the project, in a folder with a difficult name, with steps that only take notes."""
    home = tmp_path / "mentor sync ü"
    (home / "deploy").mkdir(parents=True)
    for name in ("requirements.lock", "pyproject.toml", "deploy/prepare.py", "deploy/installer.lock"):
        shutil.copy(ROOT / name, home / name)
    path = home / "deploy" / "prepare.py"

    def loaded() -> Any:
        module = load_module(path)
        module.VENV.mkdir(exist_ok=True)
        for step in ("create", "install", "install_project", "compile_imports"):
            setattr(module, step, lambda step=step: work.append(step))
        return module

    return loaded


def test_the_first_run_does_every_step_in_order_and_says_so(
    load: Load, work: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert load().main() == 0
    assert work == ["create", "install", "install_project", "compile_imports"]
    told = capsys.readouterr()
    assert "ready after" in told.err
    assert told.out == ""


def test_the_second_run_does_and_says_nothing(load: Load, work: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    load().main()
    work.clear()
    capsys.readouterr()
    assert load().main() == 0
    assert work == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["requirements.lock", "deploy/installer.lock", "pyproject.toml"])
def test_a_changed_input_sets_up_anew(load: Load, work: list[str], name: str) -> None:
    prepare = load()
    prepare.main()
    with (prepare.ROOT / name).open("a") as file:
        file.write("# changed\n")
    work.clear()
    load().main()
    assert work[0] == "create"


def test_another_python_sets_up_anew(load: Load, work: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    load().main()
    work.clear()
    monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    load().main()
    assert work[0] == "create"


def test_an_interrupted_run_is_begun_again(load: Load, work: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    prepare = load()

    def interrupted() -> None:
        raise KeyboardInterrupt

    prepare.install = interrupted
    assert prepare.main() == 130
    assert "starts over" in capsys.readouterr().err
    work.clear()
    assert load().main() == 0
    assert work[0] == "create"


def test_a_failing_step_is_named_and_leaves_nothing_that_counts(
    load: Load, work: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    prepare = load()
    prepare.install = lambda: prepare.run([sys.executable, "-c", "raise SystemExit(3)"])
    assert prepare.main() == 1
    assert "failed in: every dependency, by its hash" in capsys.readouterr().err
    assert not prepare.STAMP.exists()


def test_a_folder_with_a_name_beyond_ascii_is_found_in_every_locale(load: Load) -> None:
    fresh = load_module(load().ROOT / "deploy" / "prepare.py")
    folder = fresh.VENV / "lib" / "python3.11" / "site-packages"
    folder.mkdir(parents=True)
    link = folder / "_editable_impl_mentorsync.pth"
    link.write_text(f"{fresh.ROOT}\n")
    fresh.run = lambda command: None
    fresh.install_project()
    assert (folder / link.read_text("ascii").strip()).resolve() == fresh.ROOT


def test_without_uv_pip_does_the_same(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = load_module(load().ROOT / "deploy" / "prepare.py")
    commands: list[list[str]] = []

    def run(command: list[str]) -> None:
        commands.append(command)
        if "uv" in command:
            raise fresh.CommandFailed("uv")

    fresh.run = run
    fresh.install()
    assert "pip does the same" in capsys.readouterr().err
    assert "pip" in commands[-1]
    assert {"--require-hashes", "--no-compile", "--no-deps", "--only-binary", str(fresh.LOCK)} <= set(commands[-1])


def test_a_second_run_waits_for_the_first(load: Load, work: list[str]) -> None:
    prepare = load()
    with (prepare.ROOT / ".venv.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        second = Thread(target=prepare.main)
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert work == []
    second.join(10)
    assert len(work) == 4
