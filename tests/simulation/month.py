"""Thirty days of a pair from the request on, in which the daemon dies in every moment between a write and its record.

What people do besides comes from the seed's script; in every other month one of the two goes. The judge of the other
lives looks at the end; here it asks more: that no mail, no reply and no row was lost on the way.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import Any, cast

from structlog.testing import capture_logs

from adapters.memory.hands import MemoryHands
from domain.ledger import WorkState
from domain.relationship_events import MailSent
from service.arrivals import has_acted, mark, plain_id
from service.daemon import Daemon
from service.house import House
from service.inbox import PARKED
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from tests.acceptance.naive_sender import naive_performers
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import HABITS, MENTEE, MENTOR, SERVICE, kind_of
from tests.simulation.instruments import PowerCut
from tests.simulation.mortal import Fate, Mortal
from tests.simulation.oracle import findings
from tests.simulation.partings import Parting
from tests.simulation.people import DAY, HOUR, MINUTE
from tests.simulation.run import trace_of
from tests.simulation.script import Script, script_of
from tests.simulation.stage import Stage

DAYS = 30
AWAY = (*(0 * MINUTE,) * 20, *(20 * MINUTE,) * 4, 5 * HOUR, 30 * HOUR)
"""How long nobody serves after a death: mostly it is started again at once."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month came to: `found` is empty when all is well; the digest names all that happened, in order."""

    seed: int
    died: Counter[str]
    passed: frozenset[str]
    found: tuple[str, ...]
    trace: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The same for the same seed, on every machine and in every process."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]


class MonthStage(Stage):
    """A pair that answers its mails by habit, and a daemon that dies again and again."""

    fate: Fate
    parting: Parting

    def live(self) -> None:
        """Live through the month, then on without deaths until nothing is left to do."""
        self._live_to(self.script.start + DAYS * DAY)
        self.fate.over = True
        super().live()

    def _live_to(self, end: datetime) -> None:
        while self.world.now < end:
            try:
                if self.daemon is None:
                    self._be_born()
                self._work(end)
            except PowerCut:
                self._be_away()

    def _work(self, end: datetime) -> None:
        assert self.daemon is not None
        self.daemon.run_due()
        self._habits()
        self.daemon.sleep(end)

    def _be_born(self) -> None:
        daemon = Daemon(self.house, lambda: False)
        daemon.start()
        self.daemon = daemon

    def _be_away(self) -> None:
        self._gather_bugs()
        self.daemon = None
        back = self.world.now + self.fate.chance.choice(AWAY)
        while self.world.now < back:
            self.world.advance_to(back)
            self._habits()

    def _habits(self) -> None:
        super()._habits()
        for account in (MENTOR, MENTEE):
            for letter in list(self.world.accounts[account].letters.values()):
                text = HABITS.get(kind_of(letter)) if letter.folder == "inbox" else None
                if text is not None and (account, letter.id) not in self._answered:
                    self._answered.add((account, letter.id))
                    reply = partial(MemoryHands(self.world).reply, account, letter.id, text)
                    self.world.at(self.world.now + HOUR, reply)

    def _agree(self) -> str:
        """One has asked the other; nothing is answered yet."""
        self._answered: set[tuple[str, str]] = set()
        script, house = self.script, self.house
        programme(house)
        hours = ("mon-fri 09:00-17:00", "mon-fri 09:00-18:00")
        mentor = add_person(house, MENTOR, "Mara Lindqvist", script.mentor, script.zone, hours[0])
        mentee = add_person(house, MENTEE, "Jonas Albrecht", script.mentee, "Europe/Berlin", hours[1])
        ask = Ask(mentor, mentee, ("Lead without doing",), "You did it.", "I prepare.", organiser=script.organiser)
        return request_relationship(house, ask)

    def _house(self) -> House:
        self.fate = Fate(Random(self.script.seed), self.tell, over=True)
        house = super()._house()
        wrapped = {
            "streams": Mortal("streams", house.streams, self.fate),
            "ledger": Mortal("ledger", house.ledger, self.fate),
            "cache": Mortal("cache", house.cache, self.fate),
            "calendars": {name: Mortal("calendar", one, self.fate) for name, one in house.calendars.items()},
            "mailboxes": {name: Mortal("mailbox", one, self.fate) for name, one in house.mailboxes.items()},
        }
        return replace(house, kill=self.fate, **cast(Any, wrapped))

    def _queue(self) -> None:
        super()._queue()
        self.parting = Parting(self.script.seed)
        self.parting.queue(self)
        self.fate.over = False


def month(seed: int, naive: bool = False) -> Month:
    """Live through the month of a seed and judge it; `naive` with a sender that never looks."""
    with capture_logs(), naive_performers(naive), _stage(_script(seed)) as played:
        try:
            found = [*findings(played), *_losses(played)]
        except Exception as bug:
            found = [f"the service died of {bug!r}"]
        fate = played.fate
        return Month(seed, fate.died, frozenset(fate.passed), tuple(found), trace_of(played))


def months(seeds: Iterable[int], naive: bool = False) -> Iterator[Month]:
    """Live through the months of many seeds on all processors, in order."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(month, naive=naive), seeds)


def _script(seed: int) -> Script:
    """The seed's script, its acts spread over the month; its own deaths give way to those of the month."""
    script = script_of(seed)
    acts = tuple(replace(act, at=act.at * 3) for act in script.acts)
    troubles = tuple(replace(trouble, at=trouble.at * 3) for trouble in script.troubles)
    return replace(script, acts=acts, troubles=troubles, deaths=())


@contextmanager
def _stage(script: Script) -> Iterator[MonthStage]:
    with quick_folder() as folder, opened(folder) as store:
        yield MonthStage(script, store)


def _losses(played: MonthStage) -> list[str]:
    return [*_lost_mails(played), *_lost_replies(played), *_stuck_rows(played), *played.parting.findings(played)]


def _lost_mails(played: MonthStage) -> list[str]:
    """Every mail that left is on record once, and every one on record has left."""
    letters = played.world.accounts[SERVICE].letters.values()
    left = Counter(letter.message_id for letter in letters if letter.folder == "sent")
    events: list[Any] = [e for e in played.house.streams.events(played.id) if isinstance(e, MailSent)]
    recorded = {event.message_id for event in events}
    names = Counter((event.kind, event.occasion, event.recipient) for event in events)
    return [
        *(f"the mail {id} left {left[id]} times" for id in sorted(left) if left[id] != 1),
        *(f"the mail {id} left and is not on record" for id in sorted(left.keys() - recorded)),
        *(f"the mail {id} is on record and never left" for id in sorted(recorded - left.keys())),
        *(f"{name} is on record {count} times" for name, count in names.items() if count > 1),
    ]


def _lost_replies(played: MonthStage) -> list[str]:
    """Every mail of the two was heard or set aside in its relationship."""
    house, relationship = played.house, played.relationship
    replies = [letter for letter in played.world.accounts[SERVICE].letters.values() if letter.folder == "inbox"]
    mails = [house.reader.read(letter.raw) for letter in replies]
    aside = set(relationship.held_mails) | set(relationship.heard)
    lost = [mail for mail in mails if not has_acted(house, mail) and not {mark(mail), plain_id(mail)} & aside]
    return [f"the reply {mail.message_id} was lost" for mail in lost]


def _stuck_rows(played: MonthStage) -> list[str]:
    """No row lies leased or due since yesterday."""
    rows = played.house.ledger.rows((WorkState.OPEN,))
    late = [row for row in rows if row.work.kind != PARKED and row.work.due < played.world.now - DAY]
    return [f"{row.work.key} is due since {row.work.due}" for row in late]
