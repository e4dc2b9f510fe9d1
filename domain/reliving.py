"""Lives a relationship's past again: what people did happened as recorded, all else follows from the plan once more.

Under its own charter that brings back what was recorded; under another one it shows what would have been.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from domain.acts import Act, Name, acts_of, decided_name, done_name, is_own, name_of
from domain.by import By, by_policy
from domain.calendar import Booked
from domain.carrying_out import carry_out
from domain.charter import Charter, Role
from domain.effects import Effect, EffectKind
from domain.mail import Sent
from domain.person import Person
from domain.plan import plan
from domain.relationship import Relationship
from domain.rules_proposals import time_of_move
from domain.sheet import Plan
from domain.situation_then import situation_then
from domain.told_time import ToldTime, told_time

People = Callable[[datetime], tuple[Person, Person]]
STEPS = 20_000
_LIBRARY = ("originator_id", "originator_version", "timestamp")


@dataclass
class Reliving:
    """One past lived again from its `stream`, up to `end`; `people` gives the mentor and the mentee as of an instant.

    With `paced` nothing comes earlier than it was recorded: then a service that was down or a calendar that was read
    late shows again. Without it everything is done when it is due. `other` says that another charter is tried than
    held: then no change that was agreed later takes its place.
    """

    stream: Sequence[object]
    people: People
    end: datetime
    charter: Charter
    paced: bool = False
    other: bool = False
    unfit: int = 0
    told: ToldTime = field(init=False)
    relationship: Relationship = field(init=False)
    recorded: dict[Name, list[Any]] = field(init=False)
    outside: list[list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        facts = _facts(self.stream[0])
        words = (facts["goals"], facts["why"], facts["bring"])
        people = (facts["mentor_id"], facts["mentee_id"])
        self.told = told_time(self.stream)
        id = cast(Any, self.stream[0]).originator_id
        self.relationship = Relationship.request(id, *people, *words, self.charter, facts["by"])
        self.recorded = {}
        for event in self.events:
            if is_own(event):
                self.recorded.setdefault(name_of(event), []).append(event)
        self.outside = _together(self.stream[1:])

    @property
    def events(self) -> Iterator[Any]:
        """What was recorded."""
        return iter(self.stream)

    @property
    def lived(self) -> Iterator[Any]:
        """What has happened this time."""
        return iter(self.relationship.pending_events)

    def acts(self) -> tuple[Act, ...]:
        """Live it, and return everything that happened by itself, in order."""
        moments = sorted({event.by.at for event in self.events} | {self.end})
        now = moments[0]
        for _ in range(STEPS):
            self._happen(now)
            planned = self._rest(now)
            later = [moment for moment in (*moments, planned.next_review) if moment is not None and moment > now]
            now = min(later, default=self.end)
            if not later or now > self.end:
                break
        return acts_of(self.lived)

    def _happen(self, now: datetime) -> None:
        """Let people do what they did by now, where there is still something that they can do it to."""
        while self.outside and self.outside[0][0].by.at <= now:
            together = self.outside.pop(0)
            if any(self._missing(event) for event in together):
                # What was planned and seen at one instant was planned first.
                self._rest(together[0].by.at)
            for event in together:
                self._repeat(event, now)
            self._rest(together[0].by.at)

    def _missing(self, event: Any) -> bool:
        ref = getattr(event, "ref", None)
        return ref is not None and self.relationship.meetings.get(ref) is None

    def _repeat(self, event: Any, now: datetime) -> None:
        ref = getattr(event, "ref", None)
        meeting = self.relationship.meetings.get(ref) if ref is not None else None
        over = type(event).__name__ in ("MeetingHeld", "MeetingMissed")
        if ref is not None and (meeting is None or (over and meeting.time.start > now)):
            self.unfit += 1
            return
        current = self.relationship.meetings.current
        if type(event).__name__ == "MeetingAdopted" and current is not None:
            self.relationship.lose_slot(current.ref, event.by)
        facts = _facts(event)
        if type(event).__name__ in ("CharterProposed", "CharterChanged") and self.other:
            # Under another charter the terms stay those that are tried.
            return
        if type(event).__name__ == "AcceptedWithCounter":
            facts["charter"] = self.charter
        self.relationship.record(type(event), **facts)

    def _rest(self, now: datetime) -> Plan:
        """Decide and do all that follows now, and return the plan that is left."""
        for _ in range(STEPS):
            planned = plan(situation_then(self.relationship, self.people(now), self.told, now), now)
            decisions = [one for one in planned.decisions if not self._held(decided_name(one), now)]
            due = () if planned.decisions else planned.due(now)
            effects = [one for one in due if not self._held(self._outcome(one), now)]
            for decision in decisions:
                carry_out(self.relationship, decision, "", now)
            for effect in effects:
                self._do(effect, now)
            if not decisions and not effects:
                return planned
        raise RuntimeError("the past never comes to rest")

    def _outcome(self, effect: Effect) -> Name:
        """Return the name of the event in which an effect ends: done, or as it was recorded to end otherwise."""
        done = done_name(effect)
        others = (("EffectGivenUp", *effect.name), ("SlotLost", effect.about), ("EffectLapsed", *effect.name))
        known = (name for name in others if name in self.recorded and done not in self.recorded)
        return next(known, done)

    def _held(self, name: Name, now: datetime) -> bool:
        """Say whether it was recorded for later only, or, when paced, for no time at all."""
        if not self.paced:
            return False
        done = sum(1 for event in self.lived if name_of(event) == name)
        known = self.recorded.get(name, [])
        return done < len(known) and bool(known[done].by.at > now)

    def _do(self, effect: Effect, now: datetime) -> None:
        by = by_policy(effect.clause, now)
        outcome = self._outcome(effect)
        if outcome[0] == "EffectGivenUp":
            known = self.recorded[outcome][0]
            self.relationship.give_up(effect.name, effect.about, known.reason, known.unknown, by)
        elif effect.kind is EffectKind.BOOK:
            self._book(effect, outcome, by)
        elif effect.kind is EffectKind.MOVE:
            meeting = self.relationship.meeting(effect.about)
            self.relationship.move_meeting(effect.about, time_of_move(meeting, effect.occasion) or meeting.time, by)
        elif effect.kind is EffectKind.CANCEL:
            self.relationship.confirm_cancelled(effect.about, by)
        elif effect.kind is EffectKind.BLANK:
            self.relationship.blank_event(effect.about, by)
        else:
            self.relationship.mail_left(*effect.name, Sent(""), by, effect.carries, effect.samples)

    def _book(self, effect: Effect, outcome: Name, by: By) -> None:
        """A time that was found taken is taken again; where nothing was recorded, the event shows in both calendars."""
        ref = effect.about
        if outcome[0] == "SlotLost":
            self.relationship.lose_slot(ref, by)
            return
        known = self.recorded.get(outcome)
        event_id, uid = (known[0].event_id, known[0].ical_uid) if known else (f"relived-{ref}",) * 2
        self.relationship.book(ref, Booked(event_id, uid, self.relationship.meeting(ref).time, ""), by)
        for role in Role if not known else ():
            self.relationship.see_copy(ref, role, True, by)


def _together(stream: Iterable[object]) -> list[list[Any]]:
    """Return what did not happen by itself; what was recorded at one go stays together, for it makes sense only so."""
    out: list[list[Any]] = []
    before: Any = None
    for event in map(_known, stream):
        if not is_own(event):
            joined = before is not None and not is_own(before) and before.by.at == event.by.at
            if joined:
                out[-1].append(event)
            else:
                out.append([event])
        before = event
    return out


def _known(event: object) -> Any:
    """Return an event whose fields the type checker does not know."""
    return event


def _facts(event: object) -> dict[str, Any]:
    return {name: value for name, value in vars(event).items() if name not in _LIBRARY}
