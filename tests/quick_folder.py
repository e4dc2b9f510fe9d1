"""A folder for stores that live as long as one test: in memory where the machine has such a place, since what a test
keeps need not survive a power cut and a disk's waiting would be most of its time.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_MEMORY = "/dev/shm"
ROOM = 1 << 30
"""So many bytes have to be free there, so that no test meets a full one."""


def in_memory() -> str | None:
    """Return a folder that lives in memory, or None where there is none with room."""
    fits = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    return IN_MEMORY if fits else None


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Open a fresh folder that is removed in the end."""
    with tempfile.TemporaryDirectory(prefix="mentorsync-test-", dir=in_memory()) as path:
        yield Path(path)
