"""Use case: what a programme that came back from a backup may do, which is nothing until somebody has looked."""

from datetime import datetime

from domain.by import ADMINISTRATOR, CLI, By
from domain.ports import Ids, Streams
from domain.programme import Programme


def pause_after_restore(streams: Streams, ids: Ids, name: str, now: datetime) -> None:
    """Pause the programme, which is founded under its name if it never was: what left after the backup is unknown."""
    by = By(ADMINISTRATOR, CLI, None, now)
    programme = streams.programme() or Programme.found(ids.new(), name, by)
    programme.pause_after_restore(by)
    streams.save(programme, now=now)
