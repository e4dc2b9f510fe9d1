"""Changes the master key: writes a new one beside it, wraps every data key anew, then puts the new one in its place.

A change that was interrupted is taken up where it was by doing it again; at no moment does the keyring open with
neither file.
"""

import os
from base64 import b64encode
from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.keys import KEY_BYTES, Keyring, read_master_key
from adapters.new_files import write_new
from domain.errors import Misconfigured


def coming(file: Path) -> Path:
    """Return where the new master key waits until the keyring is wrapped with it."""
    return file.with_name(f"{file.name}.new")


def rotate_master_key(file: Path, keys: Path, cut_off: bool) -> int:
    """Change the master key of a keyring that nobody has open, and return how many data keys were wrapped anew.

    With `cut_off` what was made from the old key (reply addresses, proofs of hints) counts no more. Misconfigured when
    the old key does not open the keyring, or its file cannot be replaced; then nothing has changed.
    """
    new = coming(file)
    if new.exists() and _opens(keys, new):
        return _take_place(file, new, 0)
    new.unlink(missing_ok=True)
    with closing(Keyring.open(keys, read_master_key(file))) as keyring:
        write_new(new, b64encode(_random()).decode("ascii") + "\n", 0o600)
        # Before the keyring: once it is wrapped with the new key, that key must be on disk under its name.
        _settle(file.parent)
        secret = _random() if cut_off else keyring.secret()
        number = keyring.rotate(read_master_key(new), secret)
    return _take_place(file, new, number)


def _opens(keys: Path, file: Path) -> bool:
    """Say whether the file holds the master key of the keyring; it may have been cut while it was written."""
    try:
        Keyring.open(keys, read_master_key(file)).close()
    except Misconfigured:
        return False
    return True


def _take_place(file: Path, new: Path, number: int) -> int:
    try:
        os.replace(new, file)
    except OSError as error:
        raise Misconfigured(
            f"The keyring opens with '{new}' now, which cannot take the place of '{file}': {error.strerror}.",
            f"Put what '{new}' holds where '{file}' is, by hand.",
        ) from error
    _settle(file.parent)
    return number


def _settle(folder: Path) -> None:
    """What a folder holds is on disk only when the folder itself is (fsync(2))."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _random() -> bytes:
    return AESGCM.generate_key(KEY_BYTES * 8)
