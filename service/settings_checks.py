"""What must hold beyond one setting: what a master key is, and what only a sandbox may be given."""

from base64 import b64decode
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from service.settings_sources import SettingsError

MASTER_KEY_BYTES = 32


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


def check_master_key(file: Path) -> None:
    """Refuse a master key file that cannot be read or holds no key."""
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
