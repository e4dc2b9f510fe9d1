"""The kill switch as a file beside the store: while it is there nothing leaves, whoever made it and however."""

import os
from pathlib import Path

from domain.errors import Misconfigured

SUFFIX = ".stop"


class FileKillSwitch:
    """See the KillSwitch port. `path` is the file; `touch` and `rm` do the same as the command."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, store: Path) -> "FileKillSwitch":
        """Return the switch of a store: its path with ".stop" at the end."""
        return cls(store.with_name(f"{store.name}{SUFFIX}"))

    def thrown(self) -> bool:
        """Say whether the file is there; a folder that cannot be looked into counts as if it were."""
        try:
            os.lstat(self.path)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return True

    def throw(self) -> bool:
        """Make the file, on disk before this returns, and return whether that is new; its time says since when."""
        try:
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            return False
        except OSError as error:
            raise self._trouble("made", error) from error
        os.close(file)
        self._settle_folder()
        return True

    def release(self) -> bool:
        """Remove the file and return whether it was there."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._trouble("removed", error) from error
        self._settle_folder()
        return True

    def _settle_folder(self) -> None:
        """What a folder holds is on disk only when the folder itself is (fsync(2))."""
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _trouble(self, what: str, error: OSError) -> Misconfigured:
        return Misconfigured(
            f"The kill switch '{self.path}' cannot be {what}: {error.strerror}.",
            "Do it by hand as the user who owns the store.",
        )
