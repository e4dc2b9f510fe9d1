"""Use case: what a programme that came back from a backup may do, which is nothing until somebody has looked."""

from datetime import datetime

from domain.by import ADMINISTRATOR, CLI, By
from domain.ports import Streams


def pause_after_restore(streams: Streams, now: datetime) -> None:
    """Take back that the programme is live: what left after the backup is not known here."""
    programme = streams.programme()
    if programme is not None:
        programme.pause_after_restore(By(ADMINISTRATOR, CLI, None, now))
        streams.save(programme, now=now)
