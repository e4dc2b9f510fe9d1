"""Make `.venv` hold exactly what the locks name, once, however often and by however many it is asked.

Standard library only: it runs before anything is installed. The new virtual environment counts only when its
stamp is written, last of all, so an interrupted run is noticed and done again from the start.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "prepared"
LOCK = ROOT / "requirements.lock"
INSTALLER_LOCK = ROOT / "deploy" / "installer.lock"
INPUTS = (LOCK, INSTALLER_LOCK, ROOT / "pyproject.toml", Path(__file__).resolve())
OLDEST = (3, 11)
INTERRUPTED = 130
STDERR = 2

# Compiling all of msgraph's 17,000 modules takes half a minute, and the programme imports a fraction of them.
# So the installers compile nothing, and the imports that every start makes are compiled by making them once.
IMPORTED_AT_START = (
    "azure.identity",
    "click",
    "cryptography.hazmat.primitives.ciphers.aead",
    "dateparser",
    "eventsourcing.application",
    "eventsourcing.sqlite",
    "google.oauth2.credentials",
    "google.oauth2.service_account",
    "googleapiclient.discovery",
    "hypothesis",
    "httpx",
    "jinja2",
    "kiota_abstractions.native_response_handler",
    "msgraph.generated.models.event",
    "msgraph.generated.models.message",
    "msgraph.generated.users.users_request_builder",
    "pytest",
    "selectolax.lexbor",
    "starlette.applications",
    "structlog",
    "tzlocal",
    "uvicorn",
    "uvicorn.protocols.http.h11_impl",
)


class CommandFailed(Exception):
    """A command of the set-up ended with an error, which it has printed itself."""


def main() -> int:
    """Prepare `.venv` if it is not prepared; return the exit code."""
    if sys.version_info < OLDEST:
        return complain("Python 3.11 or newer is needed.", "Put a newer python3 first on PATH.")
    try:
        with alone():
            return 0 if STAMP.is_file() and STAMP.read_text() == wanted() else prepare()
    except KeyboardInterrupt:
        complain("The set-up was interrupted.", "Run the same command again; it starts over.")
        return INTERRUPTED


def prepare() -> int:
    """Build `.venv` anew and say what is done and how long it took."""
    began = monotonic()
    say("setting up .venv (once; later runs reuse it)")
    try:
        step("an empty virtual environment", create)
        step("every dependency, by its hash", install)
        step("mentorsync itself", install_project)
        step("compiling what every start imports", compile_imports)
    except CommandFailed as failure:
        return complain(f"The set-up failed in: {failure}.", "Mend what it printed above, then run the command again.")
    STAMP.write_text(wanted())
    say(f"ready after {monotonic() - began:.1f} s")
    return 0


def create() -> None:
    """Make `.venv` empty; whatever an interrupted run left there is removed."""
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install() -> None:
    """Install the lock with uv, which is ten times as fast, or with pip where uv cannot be had."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    wheels = ["--no-deps", "--only-binary", ":all:"]
    try:
        run([*pip, "--no-compile", *wheels, "--requirement", str(INSTALLER_LOCK)])
        run([*uv(), "--require-hashes", *wheels, "--requirement", str(LOCK)])
    except CommandFailed:
        say("uv cannot be used here; pip does the same, a little slower")
        run([*pip, "--no-compile", *wheels, "--requirement", str(LOCK)])


def install_project() -> None:
    """Install this folder as an editable distribution, by the build backend that the lock has brought."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    run([*command, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])
    # Python reads this file in the locale's encoding at every start, so it must not hold our path, only the way to it.
    for path in VENV.glob("lib/python*/site-packages/*mentorsync.pth"):
        path.write_text(os.path.relpath(ROOT, path.parent) + "\n")


def compile_imports() -> None:
    """Import the heavy packages once with bytecode written, whatever the environment says about that."""
    allowed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    imports = "; ".join(f"import {module}" for module in IMPORTED_AT_START)
    run([str(PYTHON), "-W", "ignore", "-c", imports], allowed)


def uv() -> list[str]:
    """The install command of the uv in `.venv`, told to work on that environment and to be quiet."""
    return [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", str(PYTHON)]


@contextmanager
def alone() -> Iterator[None]:
    """Hold the set-up for one process; a second one waits here and then finds the work done."""
    with (ROOT / ".venv.lock").open("w") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here; waiting for it")
            fcntl.flock(door, fcntl.LOCK_EX)
        yield


def wanted() -> str:
    """What the stamp must say: the Python that made it, where it was made, and the hash of every input."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in INPUTS)).hexdigest()
    return f"{sys.version}\n{ROOT}\n{digest}\n"


def step(words: str, work: Callable[[], None]) -> None:
    """Do one step and say how long it took."""
    began = monotonic()
    try:
        work()
    except CommandFailed as failure:
        raise CommandFailed(words) from failure
    say(f"  {words}: {monotonic() - began:.1f} s")


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command whose output goes to stderr, so that stdout stays the asked-for command's own."""
    if subprocess.run(command, env=environment, stdout=STDERR, cwd=ROOT, check=False).returncode:
        raise CommandFailed(command[0])


def say(words: str) -> None:
    """Talk to the person who waits."""
    print(words, file=sys.stderr, flush=True)


def complain(problem: str, remedy: str) -> int:
    """Say what is wrong and what to do; return the exit code of a failed set-up."""
    say(f"{problem} {remedy}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
