"""The background daemon.

Does everything that is due, then lets time pass until the next thing is due or something changed.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from domain.effects import EffectKind
from domain.errors import MentorsyncError, TryLater
from domain.ledger import Claim, LedgerWrite, Settlement, StaleLease, StaleStream, WorkState
from domain.ports import Hints
from service.house import SERVICE_OWNER, House
from service.letters import write_letter
from service.loop_guard import LoopGuard
from service.mail_polls import poll_inbox
from service.parking import reread
from service.pauses import pause_after
from service.polls import polled, take_news
from service.probing import send_probe
from service.push import Attention, keep_subscription, tend_all
from service.rails import look_again, mails_wait
from service.reviews import review
from service.rows import (
    LETTER,
    POLL_CALENDAR,
    POLL_INBOX,
    PROBE,
    REREAD,
    REVIEW,
    SUBSCRIPTION,
    calendar_poll,
    inbox_poll,
)
from service.telling import DONE, Told
from service.watching import Lines, Watch
from service.worker import work

log = structlog.get_logger()
EFFECTS = (*(kind.value for kind in EffectKind), LETTER, PROBE)
WRITES = tuple(kind.value for kind in EffectKind if not kind.is_mail)
LOOKING = ((REVIEW,), (POLL_CALENDAR, POLL_INBOX, REREAD))
"""What goes before every effect: what is known is looked at, then what is new is asked for."""
LEASE = timedelta(minutes=10)
IDLE = timedelta(hours=6)
PAUSE = timedelta(minutes=5)
BREATH = timedelta(seconds=30)
"""So long a store is let alone that takes nothing now: another process holds it, or its disk is full."""
CLAIMS = 20
POLLS = 100
"""More polls than other work are claimed at once, so that enough of them are of one provider to be asked together."""
TROUBLES_KEPT = 20
Act = Callable[[], Told | None]


class Daemon:
    """One daemon over one house; `stopping` is asked between any two pieces of work.

    One piece of work that fails holds up no other: it is put back and tried again later. `troubles` are the last
    failures, newest last. With `hints` it keeps subscriptions and heeds what comes of them; without, it only polls.
    `watch` is told of each unit of work and each turn.
    """

    def __init__(
        self, house: House, stopping: Callable[[], bool], hints: Hints | None = None, watch: Watch | None = None
    ) -> None:
        self.house = house
        self.stopping = stopping
        self.watch = watch or Lines()
        self.attention = Attention(house, hints) if hints is not None else None
        self.troubles: list[Exception] = []
        self._unseen: tuple[str, ...] = ()
        self._interrupted = False
        self._loops = LoopGuard()
        self._stood: datetime | None = None

    def start(self) -> None:
        """Take up where the last daemon was.

        Its leases are void and every calendar has its poll. Every relationship is looked at once, when what is due was
        done: the ledger knows what follows next, so that a look is only for what it may have missed.
        """
        house, now = self.house, self.house.now()
        voided = house.ledger.void_leases()
        people = [summary.id for summary in house.streams.summaries("person")]
        polls = [calendar_poll(owner, now) for owner in (SERVICE_OWNER, *people)]
        house.ledger.ensure([inbox_poll(now), *polls], now)
        self._unseen = tuple(summary.id for summary in house.streams.summaries("relationship"))
        look_again(house)
        if self.attention is not None:
            tend_all(house)
        log.info("daemon.started", voided_leases=voided, people=len(people), relationships=len(self._unseen))

    def run(self) -> None:
        """Work until asked to stop; what is in hand is finished first. A store that takes nothing now is waited for."""
        while not self.stopping():
            try:
                self._turn()
            except TryLater as trouble:
                self._rest(trouble)
        log.info("daemon.stopped")

    def _turn(self) -> None:
        if self._interrupted:
            # What was in hand is taken up as after a start: it is claimed once more, and looked up before it is done.
            self.house.ledger.void_leases()
            self._interrupted = False
        self.run_due()
        self.watch.turned(self.house)
        if not self.stopping():
            self.sleep()

    def _rest(self, trouble: TryLater) -> None:
        """Whatever was not recorded is still due, so only time has to pass; whoever watches hears that we are alive."""
        log.warning("daemon.waits", problem=trouble.problem)
        self._interrupted = True
        self._remember(trouble)
        self.watch.turned(self.house)
        until, now = self.house.now() + BREATH, None
        # One wait may end early; a sandbox's clock that has come to its end stands, and is not waited for.
        while not self.stopping() and now != self.house.now() < until:
            now = self.house.now()
            self.house.clock.wait_until(until)

    def run_due(self) -> None:
        """Do all that is due now: reviews before polls before effects, until nothing is left.

        Whether effects may leave is asked only when nothing goes before them.
        """
        while not self.stopping() and (self._any_of(LOOKING) or self._any_of(self._leaving()) or self._looks_at_all()):
            continue

    def _any_of(self, rounds: Sequence[tuple[str, ...]]) -> bool:
        return any(self._round(kinds) for kinds in rounds)

    def _looks_at_all(self) -> bool:
        """Once after the start every relationship is reviewed, whatever the ledger says; return whether some wait."""
        unseen = self._unseen
        if unseen:
            self.house.streams.save(now=self.house.now(), write=LedgerWrite(wake=unseen))
        self._unseen = ()
        return bool(unseen)

    def sleep(self, latest: datetime | None = None) -> None:
        """Let time pass until the next row is due (at most until `latest`), and poll at once what is said to have
        changed.
        """
        if self._heeds():
            return
        now = self.house.now()
        due = self._next_due(now)
        changed = self.house.clock.wait_until(max(now, min(due, latest or due)))
        if changed:
            self._hasten(changed)
        elif now < due and now == self.house.now():
            self._say_that_time_stands(now)
        self._heeds()

    def _say_that_time_stands(self, now: datetime) -> None:
        """A sandbox's clock ends somewhere, and whoever watches would wait in vain; said once."""
        if self._stood != now and not self.stopping():
            log.info("clock.stands", at=now.isoformat())
        self._stood = now

    def _next_due(self, now: datetime) -> datetime:
        """Mails that wait are due again when the rails let the next one go."""
        waiting = (*LOOKING, *self._leaving())
        due = self.house.ledger.next_due([kind for kinds in waiting for kind in kinds]) or now + IDLE
        barred = mails_wait(self.house)
        return due if barred is None else min(due, max(barred.until, now + timedelta(seconds=1)))

    def _heeds(self) -> bool:
        """Between two pieces of work, and never in the middle of one, what providers said is heard."""
        return self.attention is not None and self.attention.heed()

    def _leaving(self) -> tuple[tuple[str, ...], ...]:
        """Effects wait, unclaimed, while nothing may leave; mails alone while as many left as may."""
        if not self.house.live():
            return ()
        effects = (EFFECTS,) if mails_wait(self.house) is None else (WRITES,)
        # After all else: no provider's delay over a subscription keeps a poll or a mail waiting longer than it must.
        return effects if self.attention is None else (*effects, (SUBSCRIPTION,))

    def _round(self, kinds: tuple[str, ...]) -> bool:
        now = self.house.now()
        self.house.kill.at("before claim")
        claims = self.house.ledger.claim(now, kinds, POLLS if POLL_CALENDAR in kinds else CLAIMS, now + LEASE)
        for claim, act in self._acts(claims):
            if self.stopping():
                # Its lease is void when the next daemon starts.
                break
            self._loops.passed(claim, now)
            self._do(claim, act)
        return bool(claims)

    def _acts(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Act]]:
        """What is to be done for each claim; calendars are asked for together, but each is taken by itself."""
        for claim in claims:
            if claim.work.kind != POLL_CALENDAR:
                yield claim, partial(_HANDLERS.get(claim.work.kind, work), self.house, claim)
        if not self.stopping():
            for found in polled(self.house, [claim for claim in claims if claim.work.kind == POLL_CALENDAR]):
                yield found.claim, partial(take_news, self.house, found)

    def _do(self, claim: Claim, act: Act) -> None:
        began, since = self.house.now(), time.monotonic()
        told = self._told(claim, act)
        self.watch.worked(claim, told, began, time.monotonic() - since)
        self.watch.turned(self.house)

    def _told(self, claim: Claim, act: Act) -> Told:
        try:
            return act() or DONE
        except (StaleLease, StaleStream):
            self._put_back(claim, "overtaken by another save", timedelta(seconds=1))
            return Told("overtaken")
        except MentorsyncError as trouble:
            self._failed(claim, trouble, trouble.problem)
            return Told("failed", trouble.problem, type(trouble).__name__)
        except Exception as bug:
            self._failed(claim, bug, f"an error of this program ({type(bug).__name__})")
            return Told("bug", trouble=type(bug).__name__, bug=bug)

    def _failed(self, claim: Claim, trouble: Exception, reason: str) -> None:
        self._remember(trouble)
        self._put_back(claim, reason, pause_after(trouble, claim.attempts, PAUSE, self.house.now()))

    def _remember(self, trouble: Exception) -> None:
        self.troubles = [*self.troubles[-TROUBLES_KEPT:], trouble]

    def _put_back(self, claim: Claim, reason: str, pause: timedelta) -> None:
        now = self.house.now()
        settlement = Settlement(claim.work.key, claim.token, WorkState.OPEN, now + pause, reason=reason)
        try:
            self.house.ledger.settle(settlement, now)
        except StaleLease:
            log.info("lease.lost", kind=claim.work.kind, subject=claim.work.subject)

    def _hasten(self, accounts: Sequence[str]) -> None:
        keys = []
        for account in accounts:
            owner = self._owner(account)
            if owner == SERVICE_OWNER:
                keys.append(inbox_poll(self.house.now()).key)
            if owner is not None:
                keys.append(calendar_poll(owner, self.house.now()).key)
        self.house.ledger.hasten(keys, self.house.now())

    def _owner(self, account: str) -> str | None:
        if account.strip().lower() == self.house.identity.address:
            return SERVICE_OWNER
        return self.house.streams.person_at(account)


_HANDLERS: dict[str, Callable[[House, Claim], Told | None]] = {
    REVIEW: review,
    POLL_INBOX: poll_inbox,
    REREAD: reread,
    SUBSCRIPTION: keep_subscription,
    LETTER: write_letter,
    PROBE: send_probe,
}
