"""Follows a document as its reader would: types its commands into shells and looks for what it shows."""

import os
import re
import selectors
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

ANYTHING = "…"
PATIENCE_SECONDS = 60.0
_PROMPT = re.compile(r"^ {4}(one|two)\$ (.*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the document, at which terminal it is typed, and the lines that are shown below it."""

    terminal: str
    command: str
    shown: tuple[str, ...]

    @property
    def goes_on(self) -> bool:
        """Say whether the command still runs when the document turns to other things: the first terminal serves."""
        return self.terminal == "one" and bool(self.shown)


def steps_of(document: str) -> list[Step]:
    """Return the commands of a document with what it shows below each, in order."""
    steps: list[Step] = []
    for line in document.splitlines():
        typed = _PROMPT.match(line)
        if typed:
            steps.append(Step(typed[1], typed[2], ()))
        elif line.startswith("    ") and steps:
            last = steps.pop()
            steps.append(Step(last.terminal, last.command, (*last.shown, line[4:])))
    return steps


def pattern(shown: str) -> "re.Pattern[str]":
    """Return what a shown line means: `…` is anything inside a line, and columns may be as wide as they are."""
    parts = (
        " +".join(re.escape(word) for word in part.split(" ")) for part in re.sub(" +", " ", shown).split(ANYTHING)
    )
    return re.compile(".*".join(parts))


@dataclass
class Terminal:
    """One shell; `told` is everything that has appeared."""

    folder: Path
    environment: Mapping[str, str]
    told: str = ""
    shell: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        """Start the shell, which survives the Ctrl-C that its command gets."""
        self.shell = subprocess.Popen(
            ["/bin/bash", "--norc"],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.type("trap : INT")

    def type(self, line: str) -> None:
        """Type one line."""
        assert self.shell.stdin is not None
        self.shell.stdin.write(line.encode() + b"\n")
        self.shell.stdin.flush()

    def follow(self, step: Step) -> None:
        """Type the command, see every shown line in its order, press Ctrl-C where that is shown, and see it end."""
        end = f"end of {len(self.told)}"
        self.type(f"{step.command}\necho {end}" if not step.goes_on else step.command)
        seen = len(self.told)
        for shown in step.shown:
            if shown == "^C":
                os.killpg(self.shell.pid, signal.SIGINT)
            elif shown.strip() != ANYTHING:
                seen = self._see(shown, seen, end)
        if not step.goes_on:
            self._see(end, seen)

    def _see(self, shown: str, start: int, end: str | None = None) -> int:
        """Read until a line fits, at most to the command's end, and return where it stops."""
        deadline, wanted, over = monotonic() + PATIENCE_SECONDS, pattern(shown), False
        while True:
            for line in re.finditer(r"(.*)\n", self.told[start:]):
                if wanted.fullmatch(line[1].rstrip()):
                    return start + line.end()
                over = over or line[1] == end
            assert not over, f"{shown!r} never appeared in:\n{self.told[start:]}"
            assert self._read(deadline), f"{shown!r} never appeared after:\n{self.told[start:]}"

    def _read(self, deadline: float) -> bool:
        assert self.shell.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.shell.stdout, selectors.EVENT_READ)
            if not selector.select(max(0.0, deadline - monotonic())):
                return False
        read = os.read(self.shell.stdout.fileno(), 65536)
        self.told += read.decode("utf-8")
        return bool(read)

    def close(self) -> None:
        """End the shell with all that runs in it."""
        os.killpg(self.shell.pid, signal.SIGKILL)
        self.shell.communicate()


@contextmanager
def terminals(folder: Path, environment: Mapping[str, str]) -> Iterator[dict[str, Terminal]]:
    """Open two shells in a folder; whatever runs in them ends with the block."""
    opened = {name: Terminal(folder, environment) for name in ("one", "two")}
    try:
        yield opened
    finally:
        for terminal in opened.values():
            terminal.close()
