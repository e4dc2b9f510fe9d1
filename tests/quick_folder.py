"""A folder for stores that live as long as one test: in memory where the machine has such a place, since what a test
keeps need not survive a power cut and a disk's waiting would be most of its time.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_MEMORY = "/dev/shm"


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Open a fresh folder that is removed in the end."""
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="mentorsync-test-", dir=place) as path:
        yield Path(path)
