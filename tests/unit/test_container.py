"""The container files say what is so here: what is copied, who runs it, where it writes, and how its health is asked.

No image is built: that takes an engine (docs/not-run.md).
"""

import json
import re
import shlex
import tomllib
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import click

from adapters.health import SECONDS
from cli.main import command as root
from service.watching import STALLED_SECONDS

ROOT = Path(__file__).resolve().parents[2]
UNITS = {"s": "seconds", "m": "minutes"}


def instructions() -> list[tuple[str, str]]:
    """Return each instruction of the file with its argument, continued lines joined and comments left out."""
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "deploy" / "Containerfile").read_text("utf-8"))
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines if line.strip())]


def arguments(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def compose() -> dict[str, object]:
    """Read the compose file, which keeps to maps, lists of one-line entries and plain or quoted scalars."""
    lines = [
        (len(line) - len(line.lstrip()), line.strip())
        for line in (ROOT / "deploy" / "compose.yml").read_text("utf-8").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    read, rest = _block(lines, 0)
    assert not rest
    assert isinstance(read, dict)
    return read


def _block(lines: list[tuple[int, str]], indent: int) -> tuple[object, list[tuple[int, str]]]:
    entries: list[str] = []
    found: dict[str, object] = {}
    while lines and lines[0][0] == indent:
        (_, line), *lines = lines
        if line.startswith("- "):
            entries.append(line[2:].strip('"'))
            continue
        key, _, value = line.partition(":")
        assert key not in found, key
        found[key] = value.strip().strip('"')
        if lines and lines[0][0] > indent:
            assert not value.strip(), line
            found[key], lines = _block(lines, lines[0][0])
    assert not (entries and found)
    return entries or found, lines


def service() -> dict[str, object]:
    services = compose()["services"]
    assert isinstance(services, dict)
    assert list(services) == ["mentorsync"]
    found: dict[str, object] = services["mentorsync"]
    return found


def check() -> dict[str, str]:
    """Return the health check of the image: its options and its command."""
    (text,) = arguments("HEALTHCHECK")
    options, _, asked = text.partition(" CMD ")
    *shell, command = json.loads(asked)
    assert shell == ["sh", "-c"]
    return dict(re.findall(r"--([a-z-]+)=(\S+)", options)) | {"test": command}


def let_through() -> list[str]:
    """Return what .dockerignore lets through to the engine: it leaves everything out but what it names."""
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert (lines[0], lines[-1]) == ("*", "**/__pycache__")
    return [line.removeprefix("!") for line in lines[1:-1]]


def span(text: str) -> timedelta:
    return timedelta(**{UNITS[text[-1]]: int(text[:-1])})


def test_health_is_asked_with_a_command_that_there_is_and_ends_with_a_code_that_docker_defines() -> None:
    words = shlex.split(check()["test"].removesuffix(" || exit 1"))
    assert check()["test"].endswith(" || exit 1")
    assert words.pop(0) == "mentorsync"
    context = click.Context(root)
    found = root.get_command(context, words.pop(0))
    assert found is not None
    found.make_context("alive", words)


def test_the_check_waits_longer_than_its_own_command_and_tells_before_long() -> None:
    given = check()
    assert span(given["timeout"]).total_seconds() > 2 * SECONDS
    assert span(given["interval"]) * int(given["retries"]) < timedelta(seconds=STALLED_SECONDS)


def test_compose_asks_as_the_image_does() -> None:
    asked = service()["healthcheck"]
    assert isinstance(asked, dict)
    assert {name.replace("_", "-"): value for name, value in asked.items()} == check()


def test_everything_that_is_copied_is_there_and_the_program_is_whole() -> None:
    copied = [words for text in arguments("COPY") if not (words := shlex.split(text))[0].startswith("--")]
    sources = [source for words in copied for source in words[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert sorted(sources) == sorted(let_through()), "the engine is given what is copied, and nothing else"
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(packages["packages"]) <= set(sources)
    assert arguments("ADD") == []


def test_what_is_compiled_in_the_image_can_be_imported_here() -> None:
    (text,) = [one for one in arguments("RUN") if ' -c "import ' in one]
    names = re.findall(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*", text.partition(' -c "import ')[2])
    assert len(names) > 5
    assert [name for name in names if find_spec(name.partition(".")[0]) is None] == []


def test_nobody_of_rank_runs_it_and_it_writes_in_one_place_alone() -> None:
    assert arguments("USER") == ["10001:10001"] == [service()["user"]]
    (place,) = re.findall(r'"([^"]+)"', arguments("VOLUME")[0])
    assert arguments("WORKDIR")[-1] == place
    assert f"--owner=10001 --group=10001 --mode=0700 {place}" in arguments("RUN")[-1]
    assert service()["volumes"] == ["./etc:/etc/mentorsync:ro", f"store:{place}"]
    assert (service()["read_only"], service()["cap_drop"]) == ("true", ["ALL"])
    assert "ports" not in service()


def test_both_stop_as_the_unit_of_systemd_does() -> None:
    unit = (ROOT / "deploy" / "mentorsync.service").read_text("utf-8")
    assert arguments("STOPSIGNAL") == re.findall(r"(?m)^KillSignal=(.*)$", unit)
    assert service()["stop_grace_period"] == re.findall(r"(?m)^TimeoutStopSec=(.*)$", unit)[0] + "s"
