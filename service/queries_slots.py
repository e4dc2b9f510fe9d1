"""The times at which the two of a relationship could meet next, and which constraint left how many."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import TryLater
from domain.rules_planning import next_turn, search
from domain.sheet import Sheet
from service.house import House
from service.names import relationship_named
from service.situations import situation_of


@dataclass(frozen=True, slots=True)
class Slots:
    """The search for meeting `meeting` around `target`, between `earliest` and `latest` start; instants in UTC."""

    id: str
    meeting: str
    target: datetime
    earliest: datetime
    latest: datetime
    zones: dict[str, str]
    chosen: datetime | None
    starts: tuple[datetime, ...]
    counters: tuple[tuple[str, int], ...]


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
    found = search(sheet, turn)
    zones = {"mentor": situation.mentor.zone, "mentee": situation.mentee.zone}
    name = f"{turn.cycle}.{turn.generation}"
    chosen = found.nearest(turn.target)
    return Slots(
        str(relationship.id), name, turn.target, turn.earliest, turn.latest, zones, chosen, found.starts, found.counters
    )
