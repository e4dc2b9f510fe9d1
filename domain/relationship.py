"""A mentoring relationship of one mentor and one mentee, as the stream of everything that happened in it."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from eventsourcing.domain import event

from domain import (
    charter_events,
    delegate_events,
    erasure_events,
    goal_events,
    health_events,
    hearing_events,
    meeting_events,
    offering_events,
    opening_events,
    reference_events,
    rest_events,
    sample_events,
)
from domain import relationship_events as events
from domain.aggregate import Stream
from domain.asking import Asking
from domain.by import CLI, MAIL, By
from domain.calendar import Response
from domain.charter import Charter, Organiser, Role
from domain.conversation import Action, AgendaItems, SentMail
from domain.deeds import take_back
from domain.errors import Refused
from domain.goals import GoalBook, GoalReaders
from domain.hearing import Heard
from domain.interval import Interval
from domain.meeting import Meeting, Meetings, MeetingState
from domain.personal import Personal
from domain.references import References
from domain.relationship_parts import Parts
from domain.relationship_state import Status


class Relationship(Parts, Stream):
    """The aggregate.

    Its public methods (in the parts it is made of) decide, the methods below only assign and name the facts that they
    assign; events of the newer modules assign by themselves, in their `apply`.
    """

    TOPIC = "relationship"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "relationship.created"

    Requested = events.Requested
    Accepted = events.Accepted
    AcceptedWithCounter = opening_events.AcceptedWithCounter
    AnswerTimeSet = opening_events.AnswerTimeSet
    FallbackNamed = opening_events.FallbackNamed
    FallbackAsked = opening_events.FallbackAsked
    FallbackRefused = opening_events.FallbackRefused
    CharterDeclined = opening_events.CharterDeclined
    Declined = events.Declined
    RequestExpired = events.RequestExpired
    CharterApproved = events.CharterApproved
    CharterAgreed = events.CharterAgreed
    TakenOver = events.TakenOver
    CharterProposed, CharterRefused = charter_events.CharterProposed, charter_events.CharterRefused
    CharterProposalLapsed, CharterChanged = charter_events.CharterProposalLapsed, charter_events.CharterChanged
    GoalSet, GoalRefined, GoalEnded = goal_events.GoalSet, goal_events.GoalRefined, goal_events.GoalEnded
    RestBegan, RestEnded = rest_events.RestBegan, rest_events.RestEnded
    MeetingPlanned = meeting_events.MeetingPlanned
    MeetingBooked = meeting_events.MeetingBooked
    SlotLost = meeting_events.SlotLost
    MeetingAdopted = meeting_events.MeetingAdopted
    MeetingMoved = meeting_events.MeetingMoved
    MovePlanned = meeting_events.MovePlanned
    ZoneRulesChanged = meeting_events.ZoneRulesChanged
    CopySeen = meeting_events.CopySeen
    MeetingKept = meeting_events.MeetingKept
    TimeProposed = meeting_events.TimeProposed
    ResponseSeen = meeting_events.ResponseSeen
    DelegateResponded = delegate_events.DelegateResponded
    MeetingCancelled = meeting_events.MeetingCancelled
    BookingCancelled = meeting_events.BookingCancelled
    CycleSkipped = meeting_events.CycleSkipped
    MeetingHeld = meeting_events.MeetingHeld
    MeetingMissed = meeting_events.MeetingMissed
    MeetingPresumedHeld = meeting_events.MeetingPresumedHeld
    AgendaItemsAdded = events.AgendaItemsAdded
    SamplesAttached, SamplesPassedOn = sample_events.SamplesAttached, sample_events.SamplesPassedOn
    LearningsRecorded = events.LearningsRecorded
    ActionOwed = events.ActionOwed
    ActionClosed = events.ActionClosed
    ActionUnreachable = events.ActionUnreachable
    TimesOffered = offering_events.TimesOffered
    TimeChosen = offering_events.TimeChosen
    TimesRefused = offering_events.TimesRefused
    ReferenceGiven = reference_events.ReferenceGiven
    ReferenceRefused = reference_events.ReferenceRefused
    ReferencesWithdrawn = reference_events.ReferencesWithdrawn
    Ended = events.Ended
    EventBlanked = erasure_events.EventBlanked
    MailSent = events.MailSent
    EffectLapsed = events.EffectLapsed
    EffectGivenUp = events.EffectGivenUp
    EffectReopened = events.EffectReopened
    MailHeld = events.MailHeld
    MailUnderstood = hearing_events.MailUnderstood
    MailUndone = hearing_events.MailUndone
    FactNoted = health_events.FactNoted
    DeadEndSuspected = health_events.DeadEndSuspected
    DeadEndAnswered = health_events.DeadEndAnswered
    RecalibratedToNetworkContact = health_events.RecalibratedToNetworkContact
    ContactKept, ActionLetGo = health_events.ContactKept, health_events.ActionLetGo
    RevivalWished = health_events.RevivalWished
    Revived = health_events.Revived
    PairPaused, PairResumed = rest_events.PairPaused, rest_events.PairResumed

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
        readers = GoalReaders.PROGRAMME if by.channel == CLI else GoalReaders.MENTOR
        self.aims = GoalBook.begun(goals, readers, by.at)
        self.charter, self.asked, self.asking = charter, None, Asking()
        self.since, self.references = None, References()
        self.status, self.requested_at, self.settled_at = Status.REQUESTED, by.at, by.at
        self.approved, self.meetings, self.actions, self.held_mails = (), Meetings(), (), ()
        self.offers, self.ended_because = (), ""
        self.proposed, self.outcome, self.versions, self.former = None, None, charter.version, ()
        self.rest, self.rests = None, ()
        self.samples = ()
        self.agendas, self.learnings, self.mails, self.lapsed, self.given_up = {}, {}, {}, {}, {}
        self.heard, self.withdrawn_actions = {}, 0
        self.facts, self.dead_ends, self.contact, self.revival = (), (), None, None

    @event(Accepted)
    def _accepted(self, by: By) -> None:
        self.status, self.settled_at = Status.ACCEPTED, by.at

    @event(Declined)
    def _declined(self, reason: Personal | None, by: By) -> None:
        self.status, self.settled_at = Status.DECLINED, by.at
        self.asking = replace(self.asking, reason=reason)

    @event(RequestExpired)
    def _request_expired(self, reason: str, by: By) -> None:
        self.asking = replace(self.asking, unanswered=self.status is Status.REQUESTED)
        self.status, self.settled_at = Status.EXPIRED, by.at

    @event(CharterApproved)
    def _charter_approved(self, version: int, role: Role, by: By) -> None:
        self.approved = (*self.approved, role)

    @event(CharterAgreed)
    def _charter_agreed(self, version: int, by: By) -> None:
        self.status, self.settled_at = Status.AGREED, by.at

    @event(TakenOver)
    def _taken_over(self, since: date, by: By) -> None:
        self.status, self.settled_at, self.approved = Status.AGREED, by.at, tuple(Role)
        self.since = since

    @event(MeetingPlanned)
    def _meeting_planned(
        self,
        cycle: int,
        generation: int,
        time: Interval,
        target: datetime,
        zone: str,
        organiser: Organiser,
        wall: str,
        by: By,
    ) -> None:
        meeting = Meeting(cycle, generation, time, target, zone, organiser, MeetingState.PLANNED, by.at, wall=wall)
        self.meetings = self.meetings.planned(meeting)

    @event(MeetingAdopted)
    def _meeting_adopted(
        self,
        cycle: int,
        generation: int,
        time: Interval,
        target: datetime,
        zone: str,
        wall: str,
        organiser: Organiser,
        event_id: str,
        ical_uid: str,
        ours: bool,
        by: By,
    ) -> None:
        meeting = Meeting(cycle, generation, time, target, zone, organiser, MeetingState.BOOKED, by.at, wall=wall)
        meeting = replace(meeting, event_id=event_id, ical_uid=ical_uid, adopted=not ours)
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
    def _meeting_moved(self, ref: str, time: Interval, wall: str, by: By) -> None:
        hand = {self.mentor_id: Role.MENTOR, self.mentee_id: Role.MENTEE}.get(by.actor)
        self.meetings = self.meetings.moved(ref, time, wall, hand, by.at)

    @event(MovePlanned)
    def _move_planned(
        self,
        ref: str,
        time: Interval,
        reason: str,
        by: By,
    ) -> None:
        self.meetings = self.meetings.to_be_moved(ref, time, reason, by.at)

    @event(ZoneRulesChanged)
    def _zone_rules_changed(self, ref: str, time: Interval, tzdata: str, by: By) -> None:
        self.meetings = self.meetings.shifted(ref, time, by.at)

    @event(CopySeen)
    def _copy_seen(self, ref: str, role: Role, standing: bool, by: By) -> None:
        self.meetings = self.meetings.copy_seen(ref, role, standing, by.at)

    @event(MeetingKept)
    def _meeting_kept(self, ref: str, role: Role, by: By) -> None:
        self.meetings = self.meetings.kept(ref, role)

    @event(TimeProposed)
    def _time_proposed(self, ref: str, role: Role, time: Interval, by: By) -> None:
        self.meetings = self.meetings.proposed(ref, role, time, by.at, by.channel == MAIL)

    @event(ResponseSeen)
    def _response_seen(self, ref: str, role: Role, response: Response, by: By) -> None:
        self.meetings = self.meetings.answered(ref, role, response)

    @event(MeetingCancelled)
    def _meeting_cancelled(self, ref: str, reason: str, in_calendar: bool, by: By) -> None:
        self.meetings = self.meetings.ended(ref, MeetingState.CANCELLED, by.at, reason).changed(
            ref, to_cancel=in_calendar, given_up_by=self.role_of(by.actor)
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
        by: By,
    ) -> None:
        time, organiser = Interval(target, target + self.charter.length), self.charter.organiser
        skipped = Meeting(cycle, generation, time, target, zone, organiser, MeetingState.SKIPPED, by.at)
        skipped = replace(skipped, resolved_at=by.at, reason=reason)
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

    @event(ActionUnreachable)
    def _action_unreachable(self, number: int, by: By) -> None:
        self.actions = tuple(a.lost(by.at) if a.number == number else a for a in self.actions)

    @event(Ended)
    def _ended(self, reason: str, by: By) -> None:
        self.status, self.settled_at, self.ended_because = Status.ENDED, by.at, reason

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
    def _mail_held(self, message_id: str, reason: str, heard: Heard | None, by: By) -> None:
        self.held_mails = (*self.held_mails, message_id)
        self.heard = self.heard if heard is None else {**self.heard, heard.mail: heard}

    @event(MailUnderstood)
    def _mail_understood(self, heard: Heard, by: By) -> None:
        self.heard = {**self.heard, heard.mail: heard}

    @event(MailUndone)
    def _mail_undone(self, mail: str, by: By) -> None:
        take_back(self, mail, by.at)
