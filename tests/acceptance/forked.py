"""Runs commands of mentorsync as processes of their own that need not import everything first.

They are forked from one process that has; what starts by itself, as an administrator's does, is tried elsewhere.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["cli.main", "service.wiring", "adapters.graph.client", "adapters.google.client"])


def run_forked(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float
) -> "CompletedProcess[str]":
    """Run one command to its end in that folder and environment; what takes longer is killed and raises."""
    with TemporaryDirectory() as kept:
        said, complained = Path(kept, "stdout"), Path(kept, "stderr")
        process = _FORKS.Process(
            target=_become, args=(list(arguments), str(folder), dict(environment), said, complained)
        )
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(list(arguments), seconds)
        return CompletedProcess(list(arguments), process.exitcode, _told(said), _told(complained))


def _become(arguments: list[str], folder: str, environment: dict[str, str], said: Path, complained: Path) -> None:
    from cli.main import main

    for path, stream in ((said, 1), (complained, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main(arguments))


def _told(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
