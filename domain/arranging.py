"""How meetings are planned, booked, moved, answered and cancelled."""

from domain import delegate_events
from domain import meeting_events as events
from domain.by import By
from domain.calendar import Booked, Response
from domain.charter import Role
from domain.decisions import AdoptMeeting, PlanMeeting, PlanMove, SkipCycle, SkipMeeting
from domain.errors import Refused
from domain.hours import wall_clock
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.personal import Personal
from domain.relationship_state import RelationshipState


class Arranging(RelationshipState):
    """The decisions about the time of meetings; every one may be repeated and then changes nothing."""

    def plan_meeting(self, plan: PlanMeeting, tzdata: str, by: By) -> None:
        """Reserve a time; at most one meeting stands at any moment."""
        if self.meetings.get(f"{plan.cycle}.{plan.generation}") is not None:
            return
        if self.meetings.current is not None:
            raise Refused("A meeting stands already.", "Cancel it first.")
        self.record(
            events.MeetingPlanned,
            cycle=plan.cycle,
            generation=plan.generation,
            time=plan.time,
            target=plan.target,
            zone=plan.zone,
            organiser=plan.organiser or self.charter.organiser,
            starts=plan.starts,
            counters=plan.counters,
            tzdata=tzdata,
            wall=wall_clock(plan.time.start, plan.zone),
            by=by,
        )

    def adopt_meeting(self, adoption: AdoptMeeting, by: By) -> None:
        """Take an appointment that the two made by themselves for the meeting of this cycle.

        A time that was only planned gives way to it.
        """
        current = self.meetings.current
        if current is not None and current.state is MeetingState.PLANNED:
            self.lose_slot(current.ref, by)
        elif current is not None:
            raise Refused("A meeting stands already.", "Cancel it first.")
        if self.meetings.get(f"{adoption.cycle}.{adoption.generation}") is None:
            names = ("cycle", "generation", "time", "target", "zone", "organiser", "event_id", "ical_uid", "ours")
            facts = {name: getattr(adoption, name) for name in names}
            wall = wall_clock(adoption.time.start, adoption.zone)
            self.record(events.MeetingAdopted, wall=wall, by=by, **facts)

    def book(self, ref: str, booked: Booked, by: By) -> None:
        """The provider has the event.

        A booking that comes after the meeting was given up is still to be cancelled.
        """
        meeting = self.meeting(ref)
        if not meeting.event_id:
            self.record(events.MeetingBooked, ref=ref, event_id=booked.event_id, ical_uid=booked.ical_uid, by=by)

    def stand_by_mail(self, ref: str, ical_uid: str, by: By) -> None:
        """Both were told by mail, and no calendar of ours holds it."""
        if self.meeting(ref).state is MeetingState.PLANNED:
            self.record(events.MeetingBooked, ref=ref, event_id="", ical_uid=ical_uid, by=by)

    def lose_slot(self, ref: str, by: By) -> None:
        """The reserved time is taken; the generation ends without ever having been in a calendar."""
        if self.meeting(ref).state is MeetingState.PLANNED:
            self.record(events.SlotLost, ref=ref, by=by)

    def move_meeting(self, ref: str, time: Interval, by: By) -> None:
        """The meeting stands at another time in the organiser's calendar: a human's move, which wins, or our own."""
        meeting = self.meeting(ref)
        if meeting.state is MeetingState.BOOKED and meeting.time != time:
            self.record(events.MeetingMoved, ref=ref, time=time, wall=wall_clock(time.start, meeting.zone), by=by)

    def plan_move(self, plan: PlanMove, by: By) -> None:
        """Decide that the meeting is to be moved in the calendar; a new time takes the place of one decided before."""
        meeting = self.meeting(plan.ref)
        before = meeting.planned_move.time if meeting.planned_move is not None else meeting.time
        if meeting.state is MeetingState.BOOKED and plan.time != before:
            names = ("ref", "time", "reason", "starts", "counters")
            facts = {name: getattr(plan, name) for name in names}
            self.record(events.MovePlanned, by=by, **facts)

    def change_rules(self, ref: str, time: Interval, tzdata: str, by: By) -> None:
        """The wall clock that was agreed on means another instant, and the calendar shows the meeting there."""
        meeting = self.meeting(ref)
        if meeting.state is MeetingState.BOOKED and meeting.time != time:
            self.record(events.ZoneRulesChanged, ref=ref, time=time, tzdata=tzdata, by=by)

    def see_copy(self, ref: str, role: Role, standing: bool, by: By) -> None:
        """A guest's own copy stands in the calendar, or was taken out of it."""
        meeting = self.meeting(ref)
        removed = role in dict(meeting.removed)
        news = (removed or role not in meeting.arrived) if standing else not removed
        if meeting.state is MeetingState.BOOKED and news:
            self.record(events.CopySeen, ref=ref, role=role, standing=standing, by=by)

    def keep_meeting(self, ref: str, role: Role, by: By) -> None:
        """One of the two wants the meeting where it is, whatever else stands there."""
        meeting = self.meeting(ref)
        if meeting.state is MeetingState.BOOKED and role not in meeting.kept_by:
            self.record(events.MeetingKept, ref=ref, role=role, by=by)

    def propose_time(self, ref: str, role: Role, time: Interval, by: By) -> None:
        """One who does not organise wants another time; a time at which the meeting stood before is only late news."""
        meeting = self.meeting(ref)
        known = any(wish.time == time for wish in meeting.wishes_of(role))
        if meeting.state is MeetingState.BOOKED and time not in (meeting.time, *meeting.earlier) and not known:
            self.record(events.TimeProposed, ref=ref, role=role, time=time, by=by)

    def withdraw_wish(self, ref: str, role: Role, by: By) -> None:
        """A copy that showed another time is back, which is a wish too: for the time that the meeting has.

        It says nothing of a wish that was written by mail, which no copy ever showed.
        """
        meeting = self.meeting(ref)
        wishes = meeting.wishes_of(role)
        if meeting.state is MeetingState.BOOKED and wishes and not wishes[-1].by_mail:
            self.record(events.TimeProposed, ref=ref, role=role, time=meeting.time, by=by)

    def see_response(self, ref: str, role: Role, response: Response, by: By) -> None:
        """One of the two answered the invitation."""
        meeting = self.meeting(ref)
        if meeting.state is MeetingState.BOOKED and meeting.response_of(role) is not response:
            self.record(events.ResponseSeen, ref=ref, role=role, response=response, by=by)

    def see_acceptance_for(self, ref: str, role: Role, delegate: Personal, by: By) -> None:
        """A delegate of one of the two accepted the invitation that was passed on to him, so it is accepted for her."""
        meeting = self.meeting(ref)
        if meeting.state is MeetingState.BOOKED and meeting.response_of(role) is not Response.ACCEPTED:
            facts = {"ref": ref, "role": role, "response": Response.ACCEPTED, "delegate": delegate}
            self.record(delegate_events.DelegateResponded, by=by, **facts)

    def cancel_meeting(self, ref: str, reason: str, by: By, in_calendar: bool = True) -> None:
        """Give the meeting up; `in_calendar` says whether the provider's event still stands.

        The event of one that is over stays where it is.
        """
        meeting = self.meeting(ref)
        if meeting.live:
            to_come = by.at < meeting.time.end
            cancel = in_calendar and bool(meeting.event_id) and not meeting.adopted and to_come
            self.record(events.MeetingCancelled, ref=ref, reason=reason, in_calendar=cancel, by=by)

    def skip_meeting(self, skip: SkipMeeting, by: By) -> None:
        """Give the meeting up and leave its cycle out."""
        meeting = self.meeting(skip.ref)
        if not meeting.live:
            return
        self.cancel_meeting(skip.ref, skip.reason, by)
        generation = max(m.generation for m in self.meetings.of_cycle(meeting.cycle)) + 1
        rest = (meeting.target, meeting.zone, skip.reason, (), skip.clause)
        self.skip_cycle(SkipCycle(meeting.cycle, generation, *rest), by)

    def confirm_cancelled(self, ref: str, by: By) -> None:
        """The provider's event of a cancelled meeting is gone."""
        if self.meeting(ref).to_cancel:
            self.record(events.BookingCancelled, ref=ref, by=by)

    def skip_cycle(self, skip: SkipCycle, by: By) -> None:
        """Leave a cycle out."""
        if self.meetings.get(f"{skip.cycle}.{skip.generation}") is None:
            names = ("cycle", "generation", "target", "zone", "reason", "counters")
            facts = {name: getattr(skip, name) for name in names}
            self.record(events.CycleSkipped, by=by, **facts)

    def report_held(self, ref: str, held: bool, by: By) -> None:
        """Somebody says whether the meeting took place; an explicit word replaces a presumption."""
        meeting = self.meeting(ref)
        answer = MeetingState.HELD if held else MeetingState.MISSED
        if meeting.state in (MeetingState.CANCELLED, MeetingState.SKIPPED, MeetingState.PLANNED):
            raise Refused("That meeting did not stand.", "Nothing needs to be reported about it.")
        if meeting.time.start > by.at:
            raise Refused("That meeting has not begun yet.", "Report it afterwards.")
        if meeting.state is not answer:
            self.record(events.MeetingHeld if held else events.MeetingMissed, ref=ref, by=by)

    def presume_held(self, ref: str, by: By) -> None:
        """Nobody said otherwise."""
        if self.meeting(ref).state is MeetingState.BOOKED:
            self.record(events.MeetingPresumedHeld, ref=ref, by=by)

    def meeting(self, ref: str) -> Meeting:
        """Return the meeting of that name; a name that never was is our own bug."""
        meeting = self.meetings.get(ref)
        if meeting is None:
            raise LookupError(f"no meeting {ref}")
        return meeting
