"""Makes folders and files that only their owner can read, and never writes one over another."""

import os
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.keys import KEY_BYTES
from domain.errors import Refused


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can read, if it is not there; Refused when it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"The folder '{folder}' cannot be made.", "Name one that can be written.") from error


def write_installation(folder: Path, configuration: str) -> tuple[Path, Path]:
    """Write a configuration and a new master key (32 random bytes in base64) into a folder, and return their paths.

    Refused when either is there; then the other is not made.
    """
    configured, key = paths = folder / "mentorsync.toml", folder / "master.key"
    for path in paths:
        if path.exists():
            raise _there(path)
    make_folder(folder)
    write_new(key, b64encode(AESGCM.generate_key(KEY_BYTES * 8)).decode("ascii") + "\n", 0o600)
    write_new(configured, configuration, 0o640)
    return paths


def write_new(path: Path, text: str, mode: int) -> None:
    """Write a file of that mode, on disk before this returns; Refused when it is there or cannot be made."""
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        raise Refused(f"The file '{path}' cannot be made.", "Name a folder that can be written.") from error
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_text(path: Path, text: str) -> None:
    """Replace what a file holds, as a whole or not at all, and keep its mode; Refused when it cannot be done."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    write_new(part, text, 0o600)
    try:
        part.chmod(path.stat().st_mode & 0o777)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"The file '{path}' cannot be replaced.", "Allow this user to write it.") from error


def _there(path: Path) -> Refused:
    return Refused(f"There is a file '{path}' already.", "Name another folder, or move that file away.")
