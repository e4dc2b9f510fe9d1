"""A relationship's life against a small model: whatever is said in whatever order, the aggregate and the model agree.

After each step the stream is told again from its first event and must be what stands; every step is taken twice, and
the second time nothing may be recorded.
"""

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.by import By
from domain.charter import Role
from domain.decisions import AdoptMeeting
from domain.errors import Refused
from domain.meeting import MeetingState
from domain.relationship import Relationship
from domain.relationship_state import Status
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    agreed,
    booked_as,
    by_cli,
    by_mail,
    meeting_plan,
    replayed,
    requested,
    sent,
    skip_plan,
    words,
)

ROLES = st.sampled_from(Role)
NAMES = st.sampled_from(
    [("agenda", "1.1@2027-02-10", "mentor"), ("preparation", "1.1", "mentee"), ("chase", "1.1", "mentee")]
)
DONE = {MeetingState.HELD, MeetingState.PRESUMED_HELD, MeetingState.MISSED}


class RelationshipLife(RuleBasedStateMachine):
    """The steps that people, providers and the plan can take, and what the model expects of each.

    `reached` counts how lives and meetings ended, over all lives.
    """

    reached: ClassVar[Counter[str]] = Counter()

    @initialize(agreed_before=st.sampled_from([False, True, True, True]))
    def begin(self, agreed_before: bool) -> None:
        """Somebody asks for a mentor; in most lives all is agreed already."""
        self.real: Relationship = agreed() if agreed_before else requested()
        self.now = BEGINNING
        self.status = Status.AGREED if agreed_before else Status.REQUESTED
        self.approved: set[Role] = set(Role) if agreed_before else set()
        self.states: dict[str, MeetingState] = {}
        self.in_calendar: set[str] = set()
        self.to_cancel: set[str] = set()
        self.open_actions: dict[int, Role] = {}
        self.settled: dict[tuple[str, str, str], str] = {}
        self.parted = False

    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        """Nobody does anything for a while."""
        self.now += hours * HOUR

    @rule()
    def the_mentor_accepts(self) -> None:
        allowed = self.status in (Status.REQUESTED, Status.ACCEPTED, Status.AGREED)
        if self.said(lambda: self.real.accept(self.mail(Role.MENTOR)), allowed) and self.status is Status.REQUESTED:
            self.status = Status.ACCEPTED

    @rule()
    def the_mentor_declines(self) -> None:
        if self.said(
            lambda: self.real.decline(self.mail(Role.MENTOR)), self.status in (Status.REQUESTED, Status.DECLINED)
        ):
            self.status = Status.DECLINED

    @rule()
    def the_time_to_answer_is_over(self) -> None:
        self.said(lambda: self.real.expire_request("no answer", by_cli(self.now)), True)
        if self.status in (Status.REQUESTED, Status.ACCEPTED):
            self.status = Status.EXPIRED

    @rule(role=ROLES)
    def the_charter_is_approved(self, role: Role) -> None:
        allowed = self.status in (Status.ACCEPTED, Status.AGREED) or role in self.approved
        if self.said(lambda: self.real.approve_charter(role, self.mail(role)), allowed):
            self.approved |= {role} if self.status is Status.ACCEPTED else set()
            if self.status is Status.ACCEPTED and self.approved == set(Role):
                self.status = Status.AGREED

    @precondition(lambda self: self.status is Status.AGREED)
    @rule(days=st.integers(2, 20))
    def a_meeting_is_planned(self, days: int) -> None:
        cycle, generation = self.next_place()
        plan = meeting_plan(cycle, generation, self.now + days * DAY)
        if self.said(lambda: self.real.plan_meeting(plan, "2026.6", by_cli(self.now)), self.standing is None):
            self.states[f"{cycle}.{generation}"] = MeetingState.PLANNED

    @precondition(lambda self: self.status is Status.AGREED)
    @rule(days=st.integers(2, 20))
    def the_two_book_one_by_themselves(self, days: int) -> None:
        cycle, generation = self.next_place()
        plan = meeting_plan(cycle, generation, self.now + days * DAY)
        standing, ref = self.standing, f"{cycle}.{generation}"
        place = (plan.time, plan.target, plan.zone, self.real.charter.organiser)
        adoption = AdoptMeeting(cycle, generation, *place, f"e{ref}", f"u{ref}", False, "v1/cadence")
        free = standing is None or self.states[standing] is MeetingState.PLANNED
        # Said a second time it meets itself, standing already.
        if self.said_once(lambda: self.real.adopt_meeting(adoption, by_cli(self.now)), free):
            if standing is not None:
                self.states[standing] = MeetingState.CANCELLED
            self.states[ref] = MeetingState.BOOKED

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50))
    def the_provider_has_it(self, choice: int) -> None:
        """Also late, when it was given up meanwhile."""
        ref = self.chosen(choice)
        new = not self.real.meeting(ref).event_id and self.states[ref] is not MeetingState.SKIPPED
        if not new:
            return
        self.said(lambda: self.real.book(ref, booked_as(ref), by_cli(self.now)), True)
        self.in_calendar.add(ref)
        if self.states[ref] is MeetingState.PLANNED:
            self.states[ref] = MeetingState.BOOKED
        else:
            self.to_cancel.add(ref)

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50))
    def the_time_was_taken(self, choice: int) -> None:
        ref = self.chosen(choice)
        self.said(lambda: self.real.lose_slot(ref, by_cli(self.now)), True)
        if self.states[ref] is MeetingState.PLANNED:
            self.states[ref] = MeetingState.CANCELLED

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50))
    def a_meeting_is_cancelled(self, choice: int) -> None:
        ref = self.chosen(choice)
        meeting = self.real.meeting(ref)
        self.said(lambda: self.real.cancel_meeting(ref, "declined", by_cli(self.now)), True)
        if meeting.live:
            self.states[ref] = MeetingState.CANCELLED
            if ref in self.in_calendar and self.now < meeting.time.end:
                self.to_cancel.add(ref)

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50))
    def its_event_is_gone(self, choice: int) -> None:
        ref = self.chosen(choice)
        self.said(lambda: self.real.confirm_cancelled(ref, by_cli(self.now)), True)
        self.to_cancel.discard(ref)

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50), held=st.booleans(), role=ROLES)
    def one_says_whether_it_was_held(self, choice: int, held: bool, role: Role) -> None:
        ref = self.chosen(choice)
        stood = self.states[ref] in DONE | {MeetingState.BOOKED}
        begun = self.real.meeting(ref).time.start <= self.now
        if self.said(lambda: self.real.report_held(ref, held, self.mail(role)), stood and begun):
            self.states[ref] = MeetingState.HELD if held else MeetingState.MISSED

    @precondition(lambda self: bool(self.states))
    @rule(choice=st.integers(0, 50))
    def nobody_says_whether_it_was_held(self, choice: int) -> None:
        ref = self.chosen(choice)
        self.said(lambda: self.real.presume_held(ref, by_cli(self.now)), True)
        if self.states[ref] is MeetingState.BOOKED:
            self.states[ref] = MeetingState.PRESUMED_HELD

    @precondition(lambda self: self.status is Status.AGREED and self.standing is None)
    @rule()
    def a_cycle_is_left_out(self) -> None:
        cycle, generation = self.next_place()
        self.said(lambda: self.real.skip_cycle(skip_plan(cycle, generation), by_cli(self.now)), True)
        self.states[f"{cycle}.{generation}"] = MeetingState.SKIPPED

    @rule(owner=ROLES, text=st.sampled_from(["write it down", "ask them"]), cycle=st.integers(1, 2))
    def something_is_owed(self, owner: Role, text: str, cycle: int) -> None:
        known = len(self.real.actions)
        self.said(lambda: self.real.owe_action(owner, words(text)[0], None, cycle, self.mail(owner)), True)
        if len(self.real.actions) > known:
            self.open_actions[self.real.actions[-1].number] = owner

    @rule(number=st.integers(1, 3), role=ROLES)
    def something_is_done(self, number: int, role: Role) -> None:
        self.said(lambda: self.real.close_action(number, self.mail(role)), True)
        self.open_actions.pop(number, None)

    @rule(name=NAMES)
    def a_mail_leaves(self, name: tuple[str, str, str]) -> None:
        self.said(lambda: self.real.mail_left(*name, sent(), by_cli(self.now)), True)
        self.settled[name] = "mails"

    @rule(name=NAMES)
    def a_mail_lapses(self, name: tuple[str, str, str]) -> None:
        self.said(lambda: self.real.lapse(name, "1.1", "late", by_cli(self.now)), True)
        self.settled.setdefault(name, "lapsed")

    @rule(name=NAMES, unknown=st.booleans())
    def a_mail_is_given_up(self, name: tuple[str, str, str], unknown: bool) -> None:
        self.said(lambda: self.real.give_up(name, "1.1", "no", unknown, by_cli(self.now)), True)
        self.settled.setdefault(name, "given_up")

    @rule(name=NAMES)
    def a_person_wants_it_tried_again(self, name: tuple[str, str, str]) -> None:
        self.said(lambda: self.real.reopen(name, by_cli(self.now)), True)
        if self.settled.get(name) == "given_up":
            del self.settled[name]

    @rule(chance=st.integers(0, 15))
    def one_of_the_two_leaves(self, chance: int) -> None:
        """Afterwards the mentee may keep her as a contact, whom she can still reach in half of the lives."""
        if chance < 15:
            self.the_mentee_keeps_who_left(chance % 2 == 0)
            return
        ended = {Status.DECLINED, Status.EXPIRED, Status.ENDED}
        self.said(lambda: self.real.end("left", by_cli(self.now)), True)
        if self.status not in ended:
            self.status, self.parted = Status.ENDED, True

    def the_mentee_keeps_who_left(self, reachable: bool) -> None:
        kept = self.status is Status.NETWORK_CONTACT
        by = self.mail(Role.MENTEE)
        if self.said(lambda: self.real.keep_after_leaving(reachable, by), kept or (self.parted and reachable)):
            self.status = Status.NETWORK_CONTACT

    @invariant()
    def the_aggregate_says_what_the_model_says(self) -> None:
        real = self.real
        assert real.status is self.status
        assert {m.ref: m.state for m in real.meetings.items} == self.states
        assert {m.ref for m in real.meetings.items if m.to_cancel} == self.to_cancel
        assert {a.number: a.owner for a in real.open_actions()} == self.open_actions
        assert {name for name in self.settled if real.settled(*name)} == self.settled.keys()
        assert sum(m.live for m in real.meetings.items) <= 1

    @invariant()
    def told_again_it_is_the_same(self) -> None:
        again = replayed(self.real)
        assert vars(again) | {"_pending_events": ()} == vars(self.real) | {"_pending_events": ()}

    def teardown(self) -> None:
        """Count where this life came to."""
        if hasattr(self, "states"):
            self.reached.update([self.status.value, *(state.value for state in self.states.values())])

    @property
    def standing(self) -> str | None:
        """The reference of the meeting that stands."""
        live = (MeetingState.PLANNED, MeetingState.BOOKED)
        return next((ref for ref, state in self.states.items() if state in live), None)

    def next_place(self) -> tuple[int, int]:
        """Return cycle and generation of whatever comes next: a new cycle once the last one was held or left out."""
        if not self.states:
            return 1, 1
        last = list(self.states)[-1]
        cycle, generation = map(int, last.split("."))
        over = self.states[last] in DONE | {MeetingState.SKIPPED}
        return (cycle + 1, 1) if over else (cycle, generation + 1)

    def chosen(self, choice: int) -> str:
        """Return one of all meetings so far."""
        return list(self.states)[choice % len(self.states)]

    def mail(self, role: Role) -> By:
        """Return the origin of what one of the two says now."""
        return by_mail(role, self.now)

    def said(self, step: Callable[[], None], allowed: bool) -> bool:
        """Take a step twice; the second time it records nothing. Refused exactly when it is not allowed."""
        taken = self.said_once(step, allowed)
        if taken:
            before = len(self.real.pending_events)
            step()
            assert len(self.real.pending_events) == before, "said a second time it was recorded again"
        return taken

    def said_once(self, step: Callable[[], None], allowed: bool) -> bool:
        """Take a step; what is refused records nothing."""
        before = len(self.real.pending_events)
        try:
            step()
        except Refused:
            assert not allowed, "it was refused"
            assert len(self.real.pending_events) == before, "what was refused was recorded"
            return False
        assert allowed, "it was not refused"
        return True
