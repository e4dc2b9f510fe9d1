"""The lock that only one daemon can hold on an embedded store, and that dies with it, however it dies."""

import fcntl
import os
import socket
from pathlib import Path
from types import TracebackType

from domain.errors import StoreLocked, StoreMissing


class DaemonLock:
    """A lock on "<store>.lock" beside the database, which names its holder's process and host."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}.lock")
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock, or raise StoreLocked at once, naming the holder."""
        try:
            file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreMissing(
                f"The lock '{self._path}' cannot be created.", "Create its folder and allow writing there."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(file, 400).decode(errors="replace").strip()
            os.close(file)
            raise StoreLocked(
                f"Another daemon holds the store: {holder or 'it has just begun'}.",
                "Stop that one first, or let it work.",
            ) from None
        os.ftruncate(file, 0)
        os.write(file, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        self._file = file

    def release(self) -> None:
        """Let go; the file stays, because removing it would let two daemons lock two files."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "DaemonLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
