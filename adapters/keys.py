"""The keyring: one data key per person in a file of its own; to forget a person is to destroy that key."""

import hashlib
import hmac
import os
import sqlite3
from base64 import b64decode, b64encode
from binascii import a2b_base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.sqlite.troubles import trouble_of
from domain.errors import Misconfigured, Refused, StoreMissing, StoreNewer, TryLater

KEY_BYTES = 32
NONCE_BYTES = 12  # the length for which AES-GCM needs no extra hashing (NIST SP 800-38D, 5.2.1.1)
FORMAT = 1
_CHECK = b"mentorsync keyring"
_SHUT = "A sealed value does not open with it."
_CHECK_NAME, _INDEX, _ROOT = "check", "index", "root"
_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE data_key (owner TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID",
    f"PRAGMA user_version = {FORMAT}",
)


def read_master_key(path: Path) -> bytes:
    """Return the 32 bytes that the file holds in base64.

    Misconfigured when it is missing, holds something else, or can be read by others than its owner.
    """
    remedy = "Write 32 random bytes in base64 into it and make it readable by its owner alone (mode 0600)."
    try:
        if path.stat().st_mode & 0o077:
            raise Misconfigured(f"The master key file '{path}' can be read by others.", "Run chmod 600 on it.")
        key = b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, ValueError):
        raise Misconfigured(f"The master key file '{path}' cannot be read as a key.", remedy) from None
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"The master key in '{path}' has {len(key)} bytes instead of {KEY_BYTES}.", remedy)
    return key


class Keyring:
    """Seals texts with their owner's key (AES-256-GCM, random nonce, the owner as associated data).

    The data keys are wrapped by the master key. An owner is a person id, "<person id>/notebook" or
    "service". A forgotten owner keeps a row without a key, so that "forgotten" is told apart from a keyring of
    another store, which is loud.
    Safe to use from several threads; a key that another process destroyed is not used any more, because
    every call looks whether somebody else changed the file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, master_key: bytes) -> None:
        self._path = path
        self._connection = connection
        self._master_key = master_key
        self._master = AESGCM(master_key)
        self._lock = RLock()
        self._version = 0
        self._steady = False
        self._keys: dict[str, AESGCM | None] = {}
        self._index_key = b""

    @classmethod
    def open(cls, path: Path, master_key: bytes, create: bool = False) -> "Keyring":
        """Open the keyring of that file; with `create` an absent one is made.

        Raises StoreMissing (absent), StoreNewer, and Misconfigured for a damaged file or another master key.
        """
        if create and not path.exists():
            _touch(path)
        if not path.exists():
            raise StoreMissing(
                f"The keyring '{path}' does not exist.",
                "Give the right keys_url, or restore it from a backup.",
            )
        keyring = cls(path, _connect(path), master_key)
        try:
            keyring._begin(create)
        except BaseException:
            keyring.close()
            raise
        return keyring

    def close(self) -> None:
        """Close the file and let go of the keys in memory."""
        self._keys.clear()
        self._connection.close()

    def ensure(self, *owners: str) -> None:
        """Make a key for each owner who never had one, all in one transaction of its own; the forgotten stay so."""
        with self._using():
            new = [owner for owner in dict.fromkeys(owners) if owner not in self._keys and not self._known(owner)]
            if new:
                with self._all_or_nothing():
                    # Whoever changed the master key since: a key that is wrapped with the old one would never open.
                    self._check_master_key()
                    self._connection.executemany("INSERT OR IGNORE INTO data_key VALUES (?, ?)", map(self._new, new))

    def _new(self, owner: str) -> tuple[str, bytes]:
        return owner, self._wrap(AESGCM.generate_key(KEY_BYTES * 8), f"owner/{owner}")

    def seal(self, owner: str, text: str | None) -> str | None:
        """Return the text sealed, in base64; None (an erased text) stays None.

        New text of a forgotten owner is Refused; an owner who never had a key is Misconfigured.
        """
        return None if text is None else b64encode(self.seal_bytes(owner, text.encode())).decode("ascii")

    def seal_bytes(self, owner: str, content: bytes) -> bytes:
        """Return the bytes sealed; errors as for `seal`."""
        key = self._key(owner)
        if key is None:
            raise Refused("This person has been forgotten.", "Nothing new can be kept about a forgotten person.")
        nonce = os.urandom(NONCE_BYTES)
        return nonce + key.encrypt(nonce, content, owner.encode())

    def unseal_bytes(self, owner: str, sealed: bytes) -> bytes | None:
        """Return the bytes, or None when their owner was erased; what does not open is Misconfigured."""
        key = self._key(owner)
        return None if key is None else self._decrypted(key, owner, sealed)

    def unseal(self, owner: str, sealed: str | None) -> str | None:
        """Return the text, or None when it or its owner was erased; what does not open is Misconfigured."""
        key = None if sealed is None else self._key(owner)
        return None if key is None or sealed is None else self._opened(key, owner, sealed)

    def unseal_each(self, owner: str, sealed: Sequence[str | None]) -> list[str | None]:
        """Return the texts of one owner in their order, the key being looked up once; see `unseal`."""
        key = self._key(owner) if any(text is not None for text in sealed) else None
        return [None if key is None or text is None else self._opened(key, owner, text) for text in sealed]

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read all keys at once and look no more whether the file changed until the block ends: for many short texts.

        Other threads wait meanwhile.
        """
        with self._using():
            for owner, wrapped in self._connection.execute("SELECT owner, wrapped FROM data_key").fetchall():
                if owner not in self._keys:
                    self._keys[owner] = self._opened_key(owner, wrapped)
            self._steady = True
            try:
                yield
            finally:
                self._steady = False

    def _opened(self, key: AESGCM, owner: str, sealed: str) -> str:
        try:
            return self._decrypted(key, owner, a2b_base64(sealed, strict_mode=True)).decode()
        except ValueError:
            raise self._damaged(_SHUT) from None

    def _decrypted(self, key: AESGCM, owner: str, sealed: bytes) -> bytes:
        try:
            return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError):
            raise self._damaged(_SHUT) from None

    def secret(self) -> bytes:
        """Return what addresses and proofs of ours are made from: the first master key, however it has changed since.

        A new one after a change of the master key that was to cut off what had been made with the old one.
        """
        with self._using():
            row = self._connection.execute("SELECT wrapped FROM meta WHERE name = ?", (_ROOT,)).fetchone()
            return self._master_key if row is None else self._unwrap(row[0], f"meta/{_ROOT}")

    def rotate(self, master_key: bytes, secret: bytes) -> int:
        """Wrap every key anew with another master key, all or none, and return how many; `secret` is kept from now on.

        Nobody else may have the keyring open. What is sealed stays as it is, and this keyring goes on with the new key.
        """
        with self._using(), self._all_or_nothing():
            rows = self._connection.execute("SELECT owner, wrapped FROM data_key WHERE wrapped IS NOT NULL").fetchall()
            keys = [(owner, self._unwrap(wrapped, f"owner/{owner}")) for owner, wrapped in rows]
            meta = {_CHECK_NAME: _CHECK, _INDEX: self._index_key, _ROOT: secret}
            self._master_key, self._master = master_key, AESGCM(master_key)
            self._connection.executemany(
                "UPDATE data_key SET wrapped = ? WHERE owner = ?",
                [(self._wrap(key, f"owner/{owner}"), owner) for owner, key in keys],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                [(name, self._wrap(value, f"meta/{name}")) for name, value in meta.items()],
            )
        with self._using():
            # The old wrappings may not linger in the write-ahead log.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return len(keys)

    def forget(self, *owners: str) -> None:
        """Destroy the owners' keys for good: overwritten in the file, and the write-ahead log emptied.

        Doing it again is harmless, and needed after TryLater (somebody was reading the log).
        """
        with self._using():
            for owner in owners:
                self._connection.execute(
                    "INSERT INTO data_key VALUES (?, NULL) ON CONFLICT (owner) DO UPDATE SET wrapped = NULL",
                    (owner,),
                )
            self._keys.clear()
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise TryLater(
                "The key is destroyed, but its traces are still in the keyring's log.",
                "Forget the person once more.",
            )

    def fingerprint(self, address: str) -> str:
        """Return a keyed hash (HMAC-SHA256) of a mail address in any case, to find it without storing it."""
        return hmac.new(self._index_key, address.strip().lower().encode(), hashlib.sha256).hexdigest()

    def _begin(self, create: bool) -> None:
        with self._using():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version > FORMAT:
                raise StoreNewer(
                    f"The keyring '{self._path}' was written by a newer program.",
                    "Install that version of mentorsync.",
                )
            if version == 0 and create:
                self._found()
            self._check_master_key()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _found(self) -> None:
        with self._all_or_nothing():
            if self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                for statement in _TABLES:
                    self._connection.execute(statement)
                for name, value in ((_CHECK_NAME, _CHECK), (_INDEX, AESGCM.generate_key(KEY_BYTES * 8))):
                    self._connection.execute(
                        "INSERT INTO meta VALUES (?, ?)", (name, self._wrap(value, f"meta/{name}"))
                    )

    def _check_master_key(self) -> None:
        wrapped = dict(self._connection.execute("SELECT name, wrapped FROM meta").fetchall())
        known = {_CHECK_NAME, _INDEX} <= wrapped.keys() <= {_CHECK_NAME, _INDEX, _ROOT}
        if not known or self._unwrap(wrapped[_CHECK_NAME], f"meta/{_CHECK_NAME}") != _CHECK:
            raise self._damaged("Its check value is missing.")
        self._index_key = self._unwrap(wrapped[_INDEX], f"meta/{_INDEX}")

    def _key(self, owner: str) -> AESGCM | None:
        if self._steady and owner in self._keys:
            return self._keys[owner]
        with self._using():
            if owner not in self._keys:
                row = self._connection.execute("SELECT wrapped FROM data_key WHERE owner = ?", (owner,)).fetchone()
                if row is None:
                    raise self._damaged("It knows nothing of an owner of sealed values.")
                self._keys[owner] = self._opened_key(owner, row[0])
            return self._keys[owner]

    def _opened_key(self, owner: str, wrapped: bytes | None) -> AESGCM | None:
        return None if wrapped is None else AESGCM(self._unwrap(wrapped, f"owner/{owner}"))

    def _known(self, owner: str) -> bool:
        return self._connection.execute("SELECT 1 FROM data_key WHERE owner = ?", (owner,)).fetchone() is not None

    def _wrap(self, key: bytes, purpose: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, purpose.encode())

    def _unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        try:
            return self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            raise Misconfigured(
                f"The keyring '{self._path}' cannot be used: The master key does not open it.",
                "Give the master key of it; if a change of it was interrupted, run mentorsync keys rotate again.",
            ) from None

    @contextmanager
    def _using(self) -> Iterator[None]:
        with self._lock:
            if self._steady:
                yield
                return
            try:
                version = self._connection.execute("PRAGMA data_version").fetchone()[0]
                if version != self._version:
                    self._version = version
                    self._keys.clear()
                yield
            except sqlite3.Error as error:
                trouble = trouble_of(error, "the keyring")
                raise (trouble if isinstance(trouble, TryLater) else self._damaged("It cannot be read.")) from error

    def _damaged(self, how: str) -> Misconfigured:
        return Misconfigured(
            f"The keyring '{self._path}' cannot be used: {how}",
            "Give the master key and keyring of this store, or restore the keyring from a backup.",
        )


def _touch(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreMissing(
            f"The keyring '{path}' cannot be created.", "Create its folder and allow writing there."
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=5,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise StoreMissing(
            f"The keyring '{path}' cannot be opened.", "Allow this user to read and write it."
        ) from error
    try:
        # A key is on disk before anything is sealed with it; a destroyed one does not linger in free pages.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.Error as error:
        connection.close()
        trouble = trouble_of(error, "the keyring")
        if isinstance(trouble, TryLater):
            raise trouble from error
        raise Misconfigured(
            f"The keyring '{path}' is damaged or is none.",
            "Give the right keys_url, or restore it from a backup.",
        ) from error
    return connection
