"""What must hold beyond one setting: who can read a secret file, and what only a sandbox may be given."""

import stat
from base64 import b64decode
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from service.settings_sources import SettingsError

MASTER_KEY_BYTES = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_loopback(url: str | None) -> bool:
    """Say whether a URL's host is `localhost`, in 127.0.0.0/8 or ::1; None stands for a public host."""
    try:
        host = urlsplit(url or "").hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def check_test_only_settings(given: Iterable[str], base_urls: Iterable[str | None]) -> None:
    """Refuse settings that are made for a sandbox when any provider is not on this machine."""
    if all(is_loopback(url) for url in base_urls):
        return
    for name in given:
        raise SettingsError(
            f"{name} is for a sandbox alone, and a provider here is not on this machine.",
            f"Take {name} out, or give every provider the sandbox's address.",
        )


def check_secret_files(master_key_file: Path, others: Mapping[str, Path]) -> None:
    """Refuse a secret file that is absent or readable by more than its owner, and a malformed master key."""
    for name, file in {"[store] master_key_file": master_key_file, **others}.items():
        _check_secret_file(name, file)
    _check_master_key(master_key_file)


def _check_secret_file(name: str, file: Path) -> None:
    try:
        mode = file.stat().st_mode
    except OSError:
        problem = f"The file '{file}' of {name} does not exist or cannot be reached."
        raise SettingsError(problem, f"Put the secret there or correct {name}.") from None
    if not stat.S_ISREG(mode):
        raise SettingsError(f"'{file}' of {name} is not a file.", f"Correct {name}.")
    if mode & OTHERS:
        problem = f"The secret file '{file}' of {name} can be read by others than its owner."
        raise SettingsError(problem, f"Run: chmod 600 '{file}'")


def _check_master_key(file: Path) -> None:
    remedy = "Restore it from its backup; for a new store write 32 random bytes in base64 into it."
    try:
        key = b64decode(file.read_bytes().strip(), validate=True)
    except OSError:
        problem = f"The master key file '{file}' cannot be read."
        raise SettingsError(problem, "Let the user who runs this own it.") from None
    except ValueError:
        raise SettingsError(f"The master key file '{file}' does not hold base64.", remedy) from None
    if len(key) != MASTER_KEY_BYTES:
        raise SettingsError(f"The master key in '{file}' is not {MASTER_KEY_BYTES} bytes long.", remedy)
