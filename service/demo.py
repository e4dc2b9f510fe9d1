"""The demo.

Weeks of mentoring of five pairs, lived through in seconds against both clouds on loopback by the real service.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from domain.errors import MentorsyncError
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.relationship import Relationship
from domain.row import EPOCH
from service.daemon import Daemon
from service.demo_cast import MOVED_CYCLE, PAIRS, QUIET, Pair, Player, acts, faults
from service.house import House
from service.instants import zulu
from service.people import add_person, programme
from service.requests import Ask, request_relationship

AFTERMATH = timedelta(minutes=10)
PROGRESS = timedelta(weeks=1)
AWAY_FOR = timedelta(weeks=2)
LOOK_EVERY = timedelta(hours=6)
POLL_MINUTES = "1440"
"""Everything that changes is hinted at, as real clouds do it with notices; a daily poll is the truth behind it."""


class Stage(Protocol):
    """The sandbox as its audience and its prompter see it."""

    def hand(self, acts: list[dict[str, Any]]) -> None:
        """Queue what the world's people will do."""
        ...

    def faults(self, faults: list[dict[str, Any]]) -> None:
        """Queue what will go wrong."""
        ...

    def advance(self, to: datetime) -> None:
        """Let time pass without the service looking."""
        ...

    def world(self) -> dict[str, Any]:
        """Return every mailbox and calendar."""
        ...

    def report(self) -> dict[str, Any]:
        """Return how many requests were made and checked."""
        ...


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What can be chosen.

    The cloud of the service's own mailbox, the seed, the number of weeks, and where mails are written.
    """

    service: str
    seed: int
    weeks: int
    out: Path


def play(house: House, stage: Stage, options: DemoOptions, progress: Callable[[str], None]) -> tuple[str, ...]:
    """Live through the weeks and return the ids of the relationships in the order of the cast."""
    programme(house)
    ids = tuple(_ask(house, pair) for pair in PAIRS)
    stage.hand(acts(options.seed))
    stage.faults(faults(options.seed))
    start = house.now()
    end = start + timedelta(weeks=options.weeks)
    mover = HandMove(house, stage, ids[0], PAIRS[0].mentor, ids[1:])
    returner = Returner(house, stage, ids[QUIET], PAIRS[QUIET].mentee)
    daemon = Daemon(house, lambda: house.now() >= end)
    daemon.start()
    told = looked = start
    while house.now() < end:
        daemon.run_due()
        if house.now() - looked >= LOOK_EVERY:
            looked = house.now()
            mover.look()
            returner.look()
        daemon.sleep(end)
        if house.now() - told >= PROGRESS:
            told = house.now()
            progress(f"week {(told - start) // PROGRESS} of {options.weeks}: {_so_far(house, ids)}")
    bugs = [trouble for trouble in daemon.troubles if not isinstance(trouble, MentorsyncError)]
    if bugs:
        raise bugs[0]
    stage.advance(end + AFTERMATH)
    return ids


def _ask(house: House, pair: Pair) -> str:
    mentor, mentee = _register(house, pair.mentor), _register(house, pair.mentee)
    terms: dict[str, Any] = {"cadence_days": pair.cadence_days} if pair.cadence_days else {}
    ask = Ask(mentor, mentee, pair.goals, pair.why, pair.bring, organiser=pair.organiser, **terms)
    return request_relationship(house, ask)


def _register(house: House, player: Player) -> str:
    known = house.streams.person_at(player.address)
    if known is not None:
        return known
    place = (player.provider, player.zone, player.hours)
    return add_person(house, player.address, player.name, *place, capacity=player.capacity)


def _so_far(house: House, ids: tuple[str, ...]) -> str:
    relationships = [house.streams.relationship(id) for id in ids]
    held = sum(1 for r in relationships for m in r.meetings.items if m.took_place)
    agendas = sum(1 for r in relationships for kind, _, _ in r.mails if kind == "agenda")
    mails = sum(len(r.mails) for r in relationships)
    return f"{held} meetings held, {agendas} agendas and {mails} mails sent"


@dataclass
class HandMove:
    """The mentor who drags one meeting to another day in her own calendar, to a time that was free for both when it
    was planned, and where none of her `others` stands.
    """

    house: House
    stage: Stage
    relationship_id: str
    player: Player
    others: tuple[str, ...] = ()
    moved: bool = False

    def look(self) -> None:
        """Drag the meeting once it stands."""
        if self.moved:
            return
        relationship = self.house.streams.relationship(self.relationship_id)
        meeting = relationship.meetings.get(f"{MOVED_CYCLE}.1")
        if meeting is not None and meeting.state is MeetingState.BOOKED:
            self.moved = True
            self._drag(relationship, meeting)

    def _drag(self, relationship: Relationship, meeting: Meeting) -> None:
        start = _another_day([s for s in self._starts(relationship, meeting) if self._free(s, meeting)], meeting)
        if start is not None:
            at = self.house.now() + timedelta(days=1, hours=7)
            act = {"account": self.player.address, "act": "move", "at": zulu(at), "start": zulu(start)}
            self.stage.hand([{**act, "event": {"subject_has": f"Mentoring: {PAIRS[0].names}"}}])

    def _free(self, start: datetime, meeting: Meeting) -> bool:
        time = Interval(start, start + (meeting.time.end - meeting.time.start))
        standing = (self.house.streams.relationship(id).meetings.current for id in self.others)
        return not any(other.time.overlaps(time) for other in standing if other is not None)

    def _starts(self, relationship: Relationship, meeting: Meeting) -> list[datetime]:
        for event in self.house.streams.events(str(relationship.id)):
            if isinstance(event, Relationship.MeetingPlanned) and event.cycle == meeting.cycle:
                return [EPOCH + timedelta(minutes=minutes) for minutes in event.starts]
        return []


@dataclass
class Returner:
    """The mentee who would like to take a network contact up again, two weeks after she made it one."""

    house: House
    stage: Stage
    relationship_id: str
    player: Player
    returned: bool = False

    def look(self) -> None:
        """Write to the service once it is one."""
        relationship = self.house.streams.relationship(self.relationship_id)
        if self.returned or relationship.contact is None:
            return
        self.returned = True
        at = zulu(relationship.contact.since + AWAY_FOR)
        mail = {"subject_has": f"Notice: {PAIRS[QUIET].names}"}
        act = {"account": self.player.address, "act": "reply", "at": at, "mail": mail, "text": "revive"}
        self.stage.hand([act])


def _another_day(starts: list[datetime], meeting: Meeting) -> datetime | None:
    """Return the feasible start nearest to two days later, on another day than the meeting's."""
    wish = meeting.time.start + timedelta(days=2)
    others = [start for start in starts if start.date() > meeting.time.start.date()]
    return min(others, key=lambda start: (abs(start - wish), start), default=None)
