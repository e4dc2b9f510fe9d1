"""A folder with a configuration and a store, for tests that run whole commands in this process."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import main
from tests.contract.stores import MASTER_KEY

CONFIGURATION = """
[store]
url = "sqlite:///{folder}/store.sqlite"
keys_url = "sqlite:///{folder}/keys.sqlite"
master_key_file = "master.key"
[service]
address = "mentoring@example.org"
provider = "google"
[microsoft]
base_url = "http://127.0.0.1:9/v1.0"
authority = "http://127.0.0.1:9"
token_file = "microsoft.token"
[google]
root_url = "http://127.0.0.1:9/"
token_file = "google.token"
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How one command ended and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are run."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def set_up(self) -> "Desk":
        """Write a configuration and its secret files; it says that both clouds are on loopback, where nobody serves."""
        (self.folder / "mentorsync.toml").write_text(CONFIGURATION.format(folder=self.folder), "utf-8")
        secrets = {"master.key": b64encode(MASTER_KEY).decode(), "microsoft.token": "a", "google.token": "b"}
        for name, text in secrets.items():
            (self.folder / name).write_text(text, "utf-8")
            (self.folder / name).chmod(0o600)
        return self

    def run(self, *arguments: str) -> Ran:
        """Run one command and return how it ended."""
        self.capture.readouterr()
        code = main(["--config", str(self.folder / "mentorsync.toml"), *arguments])
        shown = self.capture.readouterr()
        return Ran(code, shown.out, shown.err)

    def add(self, address: str, **changes: str) -> Ran:
        """Run `person add` with usual options, some of them changed."""
        options = {"name": "Ann Example", "provider": "google", "zone": "Europe/Berlin", "hours": "mon-fri 09:00-17:00"}
        given = [part for name, value in (options | changes).items() for part in (f"--{name}", value)]
        return self.run("person", "add", address, *given)
