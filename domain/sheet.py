"""The sheet on which the planning rules write what follows, and the plan that comes of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.absence import AWAY, departures, missed_while_away, put_off
from domain.charter import Role
from domain.decisions import Decision, Lapse
from domain.discretion import SPENT, deferred, next_quiet, over_budget
from domain.effects import Effect
from domain.legs import unreachable
from domain.riding import with_riders
from domain.situation import Situation

BOUNCES = "the reader's address takes no mail"
LATE = "it was not done in time: the service was down or the provider could not be reached"


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from a situation: decisions to record now, effects with their due times (also future ones), and
    when to look again.

    `next_review` is strictly later than now, or None when nothing can follow without a new event.
    """

    decisions: tuple[Decision, ...]
    effects: tuple[Effect, ...]
    next_review: datetime | None

    def due(self, now: datetime) -> tuple[Effect, ...]:
        """Return the effects that are due and not expired."""
        return tuple(effect for effect in self.effects if effect.due <= now < effect.expires)

    def wants(self, kind: str, occasion: str, recipient: str, now: datetime) -> Effect | None:
        """Return the due effect of that name, or None when it is not wanted now."""
        return next((e for e in self.due(now) if e.name == (kind, occasion, recipient)), None)


@dataclass
class Sheet:
    """Collects what the rules say; one rule never reads what another wrote."""

    situation: Situation
    now: datetime
    decisions: list[Decision] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    def clause(self, name: str) -> str:
        """Return the citation of a clause of the charter that counts."""
        return self.situation.relationship.charter.clause(name)

    def decide(self, decision: Decision) -> None:
        """Note something to be recorded."""
        self.decisions.append(decision)

    def look_again(self, moment: datetime) -> None:
        """Note a moment at which something may follow without a new event."""
        self.moments.append(moment)

    def want(self, effect: Effect) -> None:
        """Note something to be done, unless it is settled or cannot be reached; one whose time is over lapses.

        Here and nowhere else a mail waits for a reader who is away.
        """
        if self.situation.relationship.settled(*effect.name) or unreachable(self.situation, effect):
            return
        bounces = effect.kind.is_mail and self.situation.person(Role(effect.recipient)).bounces
        if self.now >= effect.expires:
            kind, occasion, recipient = effect.name
            reason = self._why_late(effect, bounces)
            self.decide(Lapse(kind, occasion, recipient, effect.about, reason, effect.clause))
            return
        if bounces:
            self.look_again(effect.expires)
            return
        waiting = deferred(self.situation, put_off(self.situation, effect, self.now), self.now)
        if waiting.due < waiting.expires:
            self.effects.append(waiting)
        for moment in (waiting.due, effect.expires, *departures(self.situation, effect)):
            self.look_again(moment)
        if waiting.due <= self.now and (quiet := next_quiet(self.situation, effect, self.now)) is not None:
            self.look_again(quiet)

    def _why_late(self, effect: Effect, bounces: bool) -> str:
        if bounces:
            return BOUNCES
        if missed_while_away(self.situation, effect):
            return AWAY
        held = self.situation.held.get(effect.recipient)
        if held is not None:
            return held
        return SPENT if over_budget(self.situation, effect) else LATE

    def plan(self) -> Plan:
        """Return what came together."""
        later = [moment for moment in self.moments if moment > self.now]
        riding = with_riders(self.effects, self.situation.relationship.heard)
        effects = tuple(sorted(riding, key=lambda e: (e.due, e.name)))
        return Plan(tuple(self.decisions), effects, min(later, default=None))


DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
