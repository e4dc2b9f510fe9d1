"""A mentoring relationship of one mentor and one mentee, as the stream of everything that happened in it."""

from datetime import date, datetime
from uuid import UUID

from eventsourcing.domain import event

from domain import relationship_events as events
from domain.aggregate import Stream
from domain.arranging import Arranging
from domain.by import By
from domain.calendar import Response
from domain.charter import Charter, Organiser, Role
from domain.conversation import Action, AgendaItems, SentMail
from domain.conversing import Conversing
from domain.errors import Refused
from domain.interval import Interval
from domain.meeting import Meeting, Meetings, MeetingState
from domain.opening import Opening
from domain.personal import Personal
from domain.relationship_state import Status


class Relationship(Opening, Arranging, Conversing, Stream):
    """The aggregate.

    Its public methods (in the three parts it is made of) decide, the methods below only assign.
    """

    TOPIC = "relationship"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "relationship.created"

    Requested = events.Requested
    Accepted = events.Accepted
    Declined = events.Declined
    RequestExpired = events.RequestExpired
    CharterApproved = events.CharterApproved
    CharterAgreed = events.CharterAgreed
    MeetingPlanned = events.MeetingPlanned
    MeetingBooked = events.MeetingBooked
    SlotLost = events.SlotLost
    MeetingMoved = events.MeetingMoved
    TimeProposed = events.TimeProposed
    ResponseSeen = events.ResponseSeen
    MeetingCancelled = events.MeetingCancelled
    BookingCancelled = events.BookingCancelled
    CycleSkipped = events.CycleSkipped
    MeetingHeld = events.MeetingHeld
    MeetingMissed = events.MeetingMissed
    MeetingPresumedHeld = events.MeetingPresumedHeld
    AgendaItemsAdded = events.AgendaItemsAdded
    LearningsRecorded = events.LearningsRecorded
    ActionOwed = events.ActionOwed
    ActionClosed = events.ActionClosed
    MailSent = events.MailSent
    EffectLapsed = events.EffectLapsed
    EffectGivenUp = events.EffectGivenUp
    EffectReopened = events.EffectReopened
    MailHeld = events.MailHeld

    @classmethod
    def request(
        cls,
        id: UUID,
        mentor_id: str,
        mentee_id: str,
        goals: tuple[Personal, ...],
        why: Personal,
        bring: Personal,
        charter: Charter,
        by: By,
    ) -> "Relationship":
        """Return a new relationship in which a mentee asks a mentor.

        Both must be different people and goals specific enough to be named.
        """
        if mentor_id == mentee_id:
            raise Refused("Nobody can be their own mentor.", "Name two different people.")
        if not goals or not all(goal.reveal().strip() for goal in goals):
            raise Refused("The request names no goal.", "Say with --goal what the mentee wants to reach.")
        return cls._create(
            cls.Requested,
            id=id,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            goals=goals,
            why=why,
            bring=bring,
            charter=charter.checked(),
            by=by,
        )

    @event(Requested)
    def __init__(
        self,
        mentor_id: str,
        mentee_id: str,
        goals: tuple[Personal, ...],
        why: Personal,
        bring: Personal,
        charter: Charter,
        by: By,
    ) -> None:
        self.mentor_id, self.mentee_id = mentor_id, mentee_id
        self.goals, self.why, self.bring = goals, why, bring
        self.charter = charter
        self.status, self.requested_at, self.settled_at = Status.REQUESTED, by.at, by.at
        self.approved, self.meetings, self.actions, self.held_mails = (), Meetings(), (), ()
        self.agendas, self.learnings, self.mails, self.lapsed, self.given_up = {}, {}, {}, {}, {}

    @event(Accepted)
    def _accepted(self, by: By) -> None:
        self.status, self.settled_at = Status.ACCEPTED, by.at

    @event(Declined)
    def _declined(self, by: By) -> None:
        self.status, self.settled_at = Status.DECLINED, by.at

    @event(RequestExpired)
    def _request_expired(self, reason: str, by: By) -> None:
        self.status, self.settled_at = Status.EXPIRED, by.at

    @event(CharterApproved)
    def _charter_approved(self, version: int, role: Role, by: By) -> None:
        self.approved = (*self.approved, role)

    @event(CharterAgreed)
    def _charter_agreed(self, version: int, by: By) -> None:
        self.status, self.settled_at = Status.AGREED, by.at

    @event(MeetingPlanned)
    def _meeting_planned(
        self,
        cycle: int,
        generation: int,
        time: Interval,
        target: datetime,
        zone: str,
        organiser: Organiser,
        starts: tuple[int, ...],
        counters: tuple[tuple[str, int], ...],
        tzdata: str,
        by: By,
    ) -> None:
        meeting = Meeting(cycle, generation, time, target, zone, organiser, MeetingState.PLANNED, by.at)
        self.meetings = self.meetings.planned(meeting)

    @event(MeetingBooked)
    def _meeting_booked(self, ref: str, event_id: str, ical_uid: str, by: By) -> None:
        self.meetings = self.meetings.booked(ref, event_id, ical_uid)

    @event(SlotLost)
    def _slot_lost(self, ref: str, by: By) -> None:
        self.meetings = self.meetings.ended(
            ref, MeetingState.CANCELLED, by.at, "the time was taken before it was booked"
        )

    @event(MeetingMoved)
    def _meeting_moved(self, ref: str, time: Interval, by: By) -> None:
        self.meetings = self.meetings.moved(ref, time)

    @event(TimeProposed)
    def _time_proposed(self, ref: str, role: Role, time: Interval, by: By) -> None:
        self.meetings = self.meetings.proposed(ref, role, time, by.at)

    @event(ResponseSeen)
    def _response_seen(self, ref: str, role: Role, response: Response, by: By) -> None:
        self.meetings = self.meetings.answered(ref, role, response)

    @event(MeetingCancelled)
    def _meeting_cancelled(self, ref: str, reason: str, in_calendar: bool, by: By) -> None:
        self.meetings = self.meetings.ended(ref, MeetingState.CANCELLED, by.at, reason).changed(
            ref, to_cancel=in_calendar
        )

    @event(BookingCancelled)
    def _booking_cancelled(self, ref: str, by: By) -> None:
        self.meetings = self.meetings.changed(ref, to_cancel=False)

    @event(CycleSkipped)
    def _cycle_skipped(
        self,
        cycle: int,
        generation: int,
        target: datetime,
        zone: str,
        reason: str,
        counters: tuple[tuple[str, int], ...],
        by: By,
    ) -> None:
        skipped = Meeting(
            cycle,
            generation,
            Interval(target, target + self.charter.length),
            target,
            zone,
            self.charter.organiser,
            MeetingState.SKIPPED,
            by.at,
            resolved_at=by.at,
            reason=reason,
        )
        self.meetings = self.meetings.planned(skipped)

    @event(MeetingHeld)
    def _meeting_held(self, ref: str, by: By) -> None:
        self.meetings = self.meetings.ended(ref, MeetingState.HELD, by.at, "")

    @event(MeetingMissed)
    def _meeting_missed(self, ref: str, by: By) -> None:
        self.meetings = self.meetings.ended(ref, MeetingState.MISSED, by.at, "")

    @event(MeetingPresumedHeld)
    def _meeting_presumed_held(self, ref: str, by: By) -> None:
        self.meetings = self.meetings.ended(ref, MeetingState.PRESUMED_HELD, by.at, "")

    @event(AgendaItemsAdded)
    def _agenda_items_added(self, cycle: int, items: AgendaItems, by: By) -> None:
        self.agendas = {**self.agendas, cycle: self.agendas.get(cycle, AgendaItems()).joined(items)}

    @event(LearningsRecorded)
    def _learnings_recorded(self, cycle: int, role: Role, texts: tuple[Personal, ...], by: By) -> None:
        more = tuple((role, text) for text in texts)
        self.learnings = {**self.learnings, cycle: (*self.learnings.get(cycle, ()), *more)}

    @event(ActionOwed)
    def _action_owed(self, number: int, owner: Role, text: Personal, due: date | None, cycle: int, by: By) -> None:
        self.actions = (*self.actions, Action(number, owner, text, due, cycle, by.at))

    @event(ActionClosed)
    def _action_closed(self, number: int, by: By) -> None:
        self.actions = tuple(a.closed(by.at) if a.number == number else a for a in self.actions)

    @event(MailSent)
    def _mail_sent(self, kind: str, occasion: str, recipient: str, message_id: str, conversation: str, by: By) -> None:
        sent = SentMail(kind, occasion, recipient, message_id, conversation, by.at)
        self.mails = {**self.mails, sent.name: sent}
        self.given_up = {name: why for name, why in self.given_up.items() if name != sent.name}

    @event(EffectLapsed)
    def _effect_lapsed(self, kind: str, occasion: str, recipient: str, about: str, reason: str, by: By) -> None:
        self.lapsed = {**self.lapsed, (kind, occasion, recipient): reason}

    @event(EffectGivenUp)
    def _effect_given_up(
        self, kind: str, occasion: str, recipient: str, about: str, reason: str, unknown: bool, by: By
    ) -> None:
        self.given_up = {**self.given_up, (kind, occasion, recipient): reason}

    @event(EffectReopened)
    def _effect_reopened(self, kind: str, occasion: str, recipient: str, by: By) -> None:
        self.given_up = {name: why for name, why in self.given_up.items() if name != (kind, occasion, recipient)}

    @event(MailHeld)
    def _mail_held(self, message_id: str, reason: str, by: By) -> None:
        self.held_mails = (*self.held_mails, message_id)
