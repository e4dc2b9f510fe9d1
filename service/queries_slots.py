"""The times at which the two of a relationship could meet next, and which constraint left how many."""

from dataclasses import dataclass
from datetime import datetime

from domain.choosing import Yielding
from domain.errors import TryLater
from domain.finding import choose_time
from domain.sheet import MINUTE, Sheet
from domain.turns import next_turn
from service.house import House
from service.names import relationship_named
from service.situations import situation_of


@dataclass(frozen=True, slots=True)
class Slots:
    """The search for meeting `meeting` around `target`, between `earliest` and `latest` start; instants in UTC.

    `minutes` is how long it would be, `yielded` the clause of the charter that had to yield for a time to be found, or
    None, and `emptied_by` the constraint that left no start.
    """

    id: str
    meeting: str
    target: datetime
    earliest: datetime
    latest: datetime
    zones: dict[str, str]
    chosen: datetime | None
    starts: tuple[datetime, ...]
    counters: tuple[tuple[str, int], ...]
    minutes: int
    yielded: str | None
    emptied_by: str | None


def slots(house: House, id_or_prefix: str) -> Slots:
    """Return what the search for the next meeting after the standing one finds; TryLater while a calendar is unread."""
    relationship = house.streams.relationship(relationship_named(house, id_or_prefix))
    situation = situation_of(house, relationship, ahead=True)
    if not situation.calendars_known:
        raise TryLater(
            "A calendar of the two was never read, and what is unknown is not free.",
            "Let the daemon run, then ask again.",
        )
    sheet = Sheet(situation, house.now())
    turn = next_turn(sheet)
    choice = choose_time(sheet, turn)
    return Slots(
        id=str(relationship.id),
        meeting=f"{turn.cycle}.{turn.generation}",
        target=turn.target,
        earliest=turn.earliest,
        latest=turn.latest,
        zones={"mentor": situation.mentor.zone, "mentee": situation.mentee.zone},
        chosen=choice.time.start if choice.time else None,
        starts=choice.found.starts,
        counters=choice.found.counters,
        minutes=choice.length // MINUTE,
        yielded=None if choice.yielded is Yielding.NOTHING else choice.yielded.value,
        emptied_by=choice.found.emptied_by,
    )
