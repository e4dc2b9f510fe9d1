"""Lives through one script: the real service over the memory world, on a virtual clock, in one thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from adapters.memory.clock import SequentialIds
from adapters.memory.world import MemoryWorld
from adapters.sqlite.store import SqliteStore
from domain.by import ADMINISTRATOR, CLI, MAIL, By
from domain.charter import ConflictPolicy, Organiser, Role
from domain.effects import EffectKind
from domain.interval import Interval
from domain.personal import Personal
from domain.plan import plan
from domain.ports import Calendar
from domain.relationship import Relationship
from service.daemon import Daemon
from service.house import House
from service.people import add_person, programme
from service.situations import situation_of
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import MENTEE, MENTOR, SERVICE, house_over
from tests.simulation.instruments import (
    Deadly,
    FadingClock,
    PlainComposer,
    PowerCut,
    WatchedCalendar,
    Write,
    is_ours,
)
from tests.simulation.people import DAY, HOUR, MINUTE, People
from tests.simulation.script import Act, Script
from tests.unit.domain_cast import charter

POLL = timedelta(hours=24)
REST = POLL + timedelta(hours=3)
"""After the last thing that happens every calendar is read at least once more."""
PATIENCE = timedelta(days=4)
"""So long after the rest the service may still have something to do, until that counts as never coming to rest."""


@dataclass
class Stage:
    """One run; `trace` tells what happened in order, `writes` what the service changed in calendars, `departed` who
    has gone for good, whose calendar is nobody's business any more.
    """

    script: Script
    store: SqliteStore
    trace: list[str] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    bugs: list[Exception] = field(default_factory=list)
    departed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Bring two people to the evening of the day on which they agreed their charter."""
        script = self.script
        self.daemon: Daemon | None
        self.world = MemoryWorld(script.start, [SERVICE, MENTOR, MENTEE])
        self.clouds = {SERVICE: script.service, MENTOR: script.mentor, MENTEE: script.mentee}
        self.people = People(self.world, {"mentor": MENTOR, "mentee": MENTEE}, self.clouds)
        self.chance = Random(-1 - script.seed)
        self.kill, self.daemon = Deadly(self.tell), None
        self._deaths = list(script.deaths)
        self.calendars = {cloud: self._calendar(cloud) for cloud in ("microsoft", "google")}
        self.house = self._house()
        self._fill()
        self.id = self._agree()
        self._queue()

    def tell(self, line: str) -> None:
        """Note one line of what happens."""
        self.trace.append(f"{self.world.now:%m-%d %H:%M:%S} {line}")

    @property
    def relationship(self) -> Relationship:
        """The relationship as the store has it."""
        return self.house.streams.relationship(self.id)

    def live(self) -> None:
        """Live through everything, then until nothing is left to do; a service that never rests is left restless."""
        self._live_to(self.script.start + self.script.last + REST)
        patience = self.world.now + PATIENCE
        while not self._stays_at_rest() and self.world.now < patience:
            self._live_to(self.world.now + HOUR)
        self._gather_bugs()

    def live_on(self) -> bool:
        """Live until what waits now has come, and say whether anything did: the word on a meeting that is over, or a
        mail to somebody who is away.
        """
        planned = plan(situation_of(self.house, self.relationship), self.world.now)
        current = self.relationship.meetings.current
        waiting = [effect.due for effect in planned.effects if effect.kind is EffectKind.NOTICE]
        if current is not None and current.time.end <= self.world.now and planned.next_review is not None:
            waiting.append(planned.next_review)
        if waiting:
            self._live_to(max(waiting) + REST)
            self._gather_bugs()
        return bool(waiting)

    def _stays_at_rest(self) -> bool:
        """Say whether it is at rest, and still is when everything that is under way has arrived."""
        if not self.at_rest():
            return False
        self._live_to(self.world.now + 5 * MINUTE)
        return self.at_rest()

    def read_all_again(self) -> None:
        """Let the service read all of every calendar anew, as if every cursor had been forgotten; time stands still."""
        for calendar in self.calendars.values():
            calendar.forgetful = True
        self.kill.nth = 0
        self.house.ledger.hasten([f"{owner}/poll-calendar//" for owner in self._owners()], self.world.now)
        Daemon(self.house, lambda: False).run_due()

    def at_rest(self) -> bool:
        """Say whether every change has been read, nothing is to be decided, and nothing that is due is undone."""
        relationship = self.relationship
        planned = plan(situation_of(self.house, relationship), self.world.now)
        due = [effect for effect in planned.due(self.world.now) if not relationship.settled(*effect.name)]
        return not self._unread() and not planned.decisions and not due

    def _unread(self) -> list[str]:
        unread = []
        for owner, account in self._owners().items():
            if account in self.departed:
                continue
            cursor = self.house.ledger.cursor(owner, "calendar") or "cursor-0"
            last = max((record.touched for record in self.world.accounts[account].records.values()), default=0)
            if last > int(cursor.removeprefix("cursor-")):
                unread.append(account)
        return unread

    def _owners(self) -> dict[str, str]:
        relationship = self.relationship
        return {"service": SERVICE, relationship.mentor_id: MENTOR, relationship.mentee_id: MENTEE}

    def _live_to(self, end: datetime) -> None:
        if self.daemon is None:
            self._be_born()
        while self.world.now < end and self.daemon is not None:
            try:
                self.daemon.run_due()
                self._habits()
                self.daemon.sleep(end)
            except PowerCut:
                self._be_away()

    def _be_born(self) -> None:
        self.daemon = Daemon(self.house, lambda: False)
        self.daemon.start()
        self.kill.nth = self._deaths[0].nth if self._deaths else 0

    def _be_away(self) -> None:
        """Nobody serves for a while, and the hints of that time are lost."""
        self._gather_bugs()
        back = self.world.now + self._deaths.pop(0).away
        while self.world.now < back:
            self.world.advance_to(back)
        self._be_born()

    def _gather_bugs(self) -> None:
        if self.daemon is not None:
            self.bugs += [trouble for trouble in self.daemon.troubles if is_ours(trouble)]

    def _habits(self) -> None:
        for who in self.script.accepting:
            self.people.accept_all(self.people.addresses[who])

    def _queue(self) -> None:
        for act in self.script.acts:
            self.world.at(self.script.start + act.at, lambda act=act: self._do(act))  # type: ignore[misc]
        for item in self.script.troubles:
            trouble = (item.operation, item.fault)
            self.world.at(self.script.start + item.at, lambda t=trouble: self.world.fail_next(*t))  # type: ignore[misc]

    def _do(self, act: Act) -> None:
        self.tell(f"{act.who} {act.what}: {self.people.do(act)}")

    def _fill(self) -> None:
        """Both have appointments of their own."""
        for account in (MENTOR, MENTEE):
            for _ in range(self.script.appointments):
                day = self.script.start + self.chance.randrange(14) * DAY
                start = day + self.chance.randrange(36) * 15 * MINUTE
                self.people.busy(account, Interval(start, start + self.chance.choice((1, 2, 4)) * 30 * MINUTE))

    def _agree(self) -> str:
        """The two have agreed their charter already; nothing is arranged yet."""
        script, house = self.script, self.house
        by = By(ADMINISTRATOR, CLI, None, self.world.now)
        programme(house)
        hours = ("mon-fri 09:00-17:00", "mon-fri 09:00-18:00")
        mentor = add_person(house, MENTOR, "Mara Lindqvist", script.mentor, script.zone, hours[0])
        mentee = add_person(house, MENTEE, "Jonas Albrecht", script.mentee, "Europe/Berlin", hours[1])
        words = [Personal(mentee, text) for text in ("Lead without doing", "You did it.", "I prepare.")]
        policy = ConflictPolicy(script.conflict)
        shortest = 25 if policy is ConflictPolicy.SHORTEN else 0
        terms = charter(organiser=Organiser(script.organiser), conflict=policy, shortest_minutes=shortest)
        relationship = Relationship.request(house.ids.new(), mentor, mentee, (words[0],), words[1], words[2], terms, by)
        relationship.accept(By(mentor, MAIL, None, self.world.now))
        for role in Role:
            relationship.approve_charter(role, By(relationship.person_id(role), MAIL, None, self.world.now))
        house.streams.save(relationship, now=self.world.now)
        return str(relationship.id)

    def _house(self) -> House:
        calendars: dict[str, Calendar] = {**self.calendars}
        usual, script = house_over(self.world, self.store), self.script
        return replace(
            usual,
            identity=replace(usual.identity, provider=script.service, poll=POLL),
            clock=FadingClock(self.world, self.chance, script.hearing),
            ids=SequentialIds(script.seed),
            calendars=calendars,
            composer=PlainComposer(),
            kill=self.kill,
        )

    def _calendar(self, cloud: str) -> WatchedCalendar:
        return WatchedCalendar(self.world, cloud, self.writes, self.people.ask_again)


@contextmanager
def stage(script: Script) -> Iterator[Stage]:
    """Open a stage on a fresh store."""
    with quick_folder() as folder, opened(folder) as store:
        yield Stage(script, store)
