"""The life of one pair, step by step: time passes, decisions are recorded, effects are carried out."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.by import by_policy
from domain.calendar import Response
from domain.carrying_out import carry_out
from domain.charter import Role
from domain.decisions import Decision
from domain.discretion import UNCOUNTED
from domain.effects import Effect, EffectKind
from domain.interval import Interval
from domain.mail import Sent
from domain.meeting import Meeting
from domain.person import Person
from domain.plan import plan
from domain.relationship import Relationship
from domain.rules_proposals import time_of_move
from domain.sheet import Plan
from domain.situation import HandMade, Situation
from tests.unit.domain_cast import BEGINNING, agreed, booked_as, by_calendar, by_cli, charter, mentee, mentor

ROUNDS = 200


@dataclass
class Life:
    """One pair in a world where everything works; a test makes it go wrong by hand."""

    relationship: Relationship = field(default_factory=agreed)
    mentor: Person = field(default_factory=mentor)
    mentee: Person = field(default_factory=mentee)
    busy: dict[Role, tuple[Interval, ...] | None] = field(default_factory=lambda: {Role.MENTOR: (), Role.MENTEE: ()})
    commitments: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    speaks_for: frozenset[Role] = frozenset()
    soft: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    away: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    handmade: tuple[HandMade, ...] = ()
    third_person: bool = False
    arrives: bool = True
    hears: bool | None = None
    now: datetime = BEGINNING
    done: list[tuple[datetime, Effect]] = field(default_factory=list)

    def situation(self) -> Situation:
        """Return what there is to plan from."""
        times = (self.busy, self.commitments, self.soft, self.away, self.commitments)
        known = {meeting.ical_uid for meeting in self.relationship.meetings.items}
        strange = tuple(item for item in self.handmade if item.ours or item.ical_uid not in known)
        found = (strange, self.third_person)
        mailed = {role: self._mailed(role) for role in Role}
        told = Situation(self.relationship, self.mentor, self.mentee, *times, *found)
        return replace(told, hears=self.hears, speaks_for=self.speaks_for, mailed=mailed)

    def _mailed(self, role: Role) -> tuple[datetime, ...]:
        counted = (mail for mail in self.relationship.mails.values() if mail.kind not in UNCOUNTED)
        return tuple(mail.at for mail in counted if mail.recipient == role)

    def plan(self) -> Plan:
        """Return what follows now."""
        return plan(self.situation(), self.now)

    def decide(self) -> list[Decision]:
        """Record decisions until none follows any more; one that comes twice has settled nothing."""
        made: list[Decision] = []
        for _ in range(ROUNDS):
            decisions = self.plan().decisions
            if not decisions:
                return made
            assert not set(decisions) & set(made), "a recorded decision was made again"
            for decision in decisions:
                carry_out(self.relationship, decision, "2026.6", self.now)
                made.append(decision)
        raise AssertionError("the decisions never come to rest")

    def due(self) -> list[str]:
        """Return the names of what is due, after all decisions are recorded."""
        self.decide()
        return ["/".join(effect.name) for effect in self.plan().due(self.now)]

    def perform(self, effect: Effect) -> None:
        """Carry out one effect, as the outside world would have it; invitations may not arrive."""
        self.done.append((self.now, effect))
        by = by_policy(effect.clause, self.now)
        if effect.kind is EffectKind.BOOK:
            start = self.relationship.meeting(effect.about).time.start
            self.relationship.book(effect.about, booked_as(effect.about, start), by)
            for role in Role if self.arrives else ():
                self.relationship.see_copy(effect.about, role, True, by)
        elif effect.kind is EffectKind.MOVE:
            time = time_of_move(self.relationship.meeting(effect.about), effect.occasion)
            assert time is not None
            self.relationship.move_meeting(effect.about, time, by)
        elif effect.kind is EffectKind.CANCEL:
            self.relationship.confirm_cancelled(effect.about, by)
        else:
            name = effect.name
            left = Sent(f"<{'.'.join(name)}@example.net>")
            self.relationship.mail_left(*name, left, by, effect.carries, effect.samples)

    def settle(self) -> None:
        """Record and perform until nothing is left to do now."""
        for _ in range(ROUNDS):
            self.decide()
            due = self.plan().due(self.now)
            if not due:
                return
            for effect in due:
                self.perform(effect)
        raise AssertionError("there is always something more to do")

    def live_until(self, moment: datetime) -> None:
        """Let time pass, doing everything when it is due."""
        self.settle()
        for _ in range(ROUNDS):
            review = self.plan().next_review
            if review is None or review > moment:
                self.now = moment
                self.settle()
                return
            self.now = review
            self.settle()
        raise AssertionError("there are too many reviews")

    def sleep_until(self, moment: datetime) -> None:
        """Let time pass with the service switched off."""
        self.now = moment

    @property
    def meeting(self) -> Meeting:
        """The newest meeting."""
        latest = self.relationship.meetings.latest
        assert latest is not None
        return latest

    def states(self) -> list[str]:
        """Return all meetings with their states, in the order of their planning."""
        return [f"{m.ref} {m.state.value}" for m in self.relationship.meetings.items]

    def sent(self, kind: str) -> list[str]:
        """Return the occasions of the mails of a kind that left, in order."""
        return [mail.occasion for mail in self.relationship.mails.values() if mail.kind == kind]

    def move(self, by: timedelta) -> None:
        """Let the organiser move the newest meeting by hand."""
        time = self.meeting.time
        moved = Interval(time.start + by, time.end + by)
        self.relationship.move_meeting(self.meeting.ref, moved, by_calendar(at=self.now))

    def wish(self, role: Role, by: timedelta) -> None:
        """Let one who does not organise the newest meeting want it at another time."""
        time = self.meeting.time
        wished = Interval(time.start + by, time.end + by)
        self.relationship.propose_time(self.meeting.ref, role, wished, by_calendar(role, self.now))

    def answer(self, role: Role, response: Response) -> None:
        """Let one of the two answer the newest invitation."""
        self.relationship.see_response(self.meeting.ref, role, response, by_calendar(role, self.now))

    def pause(self, role: Role) -> None:
        """Let one of the two ask for silence."""
        (self.mentor if role is Role.MENTOR else self.mentee).pause(by_cli(self.now))

    def resume(self, role: Role) -> None:
        """Let one of the two come back."""
        (self.mentor if role is Role.MENTOR else self.mentee).resume(by_cli(self.now))


def booked_life(**changes: object) -> Life:
    """Return a pair whose first meeting stands in the calendar, two days after the charter."""
    life = Life(agreed(charter(**changes)))
    life.settle()
    return life
