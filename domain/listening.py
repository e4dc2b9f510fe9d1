"""What the two write to the programme: which mail brought about what, and taking it back."""

from datetime import datetime

from domain import hearing_events, meeting_events, relationship_events
from domain.by import By
from domain.charter import Role
from domain.errors import Refused
from domain.hearing import Deed, DeedKind, Heard
from domain.meeting import MeetingState
from domain.relationship_state import RelationshipState, Status

TAKEN_BACK = "what it was arranged for was taken back"
_LASTING = (DeedKind.SHORTENED,)


class Listening(RelationshipState):
    """The decisions about mails that arrived; every one may be repeated and then changes nothing."""

    def hear_mail(self, heard: Heard, by: By) -> None:
        """A mail of one of the two was acted on."""
        if heard.mail not in self.heard:
            self.record(hearing_events.MailUnderstood, heard=heard, by=by)

    def hold_mail(self, message_id: str, reason: str, by: By, heard: Heard | None = None) -> None:
        """A mail in one of our threads did not act; it is set aside, once, and `heard` says what is asked back."""
        if message_id not in self.held_mails:
            self.record(relationship_events.MailHeld, message_id=message_id, reason=reason, heard=heard, by=by)

    def undo_mail(self, mail: str, by: By) -> None:
        """Its writer takes back all that a mail brought about; whoever wrote it is for the caller to check."""
        heard = self.heard[mail]
        if heard.undone:
            return
        if by.at >= heard.undo_until:
            raise Refused("More than seven days have passed since.", "Write what should hold now.")
        for deed in heard.deeds:
            self._check_undoable(deed, by.at)
        kinds = {deed.what for deed in heard.deeds}
        if kinds & {DeedKind.AGREED, DeedKind.CANCELLED}:
            self._give_up_standing(by)
        self.record(hearing_events.MailUndone, mail=mail, by=by)
        for deed in heard.deeds:
            if deed.what is DeedKind.CANCELLED and self.meetings.current is None:
                self._plan_again(deed.ref, by)

    def undoable(self, role: Role, kind: str, occasion: str, at: datetime) -> tuple[Heard, ...]:
        """Return the mails that an "undo" in answer to a mail of ours means, the newest first: for an answer all that
        it answered; for another mail the newest answer to it, else all that were answered in it.
        """
        mine = [h for h in reversed(self.heard.values()) if h.role is role and h.acted]
        told = [h for h in mine if h.mail in self._answered_in(role, kind, occasion)]
        if kind != "echo":
            open_ = [h for h in mine if not h.undone and at < h.undo_until]
            own = next((h for h in open_ if (h.kind, h.occasion) == (kind, occasion)), None)
            told = [own] if own is not None else told
        return tuple(h for h in told if h.undone or h.can_be_undone) or tuple(told[:1])

    def _answered_in(self, role: Role, kind: str, occasion: str) -> set[str]:
        """Return the mails whose answer is that mail of ours, or rode on it: both left under one message id."""
        sent = self.mails.get((kind, occasion, role.value))
        ids = {sent.message_id} - {""} if sent is not None else set[str]()
        riding = {m.occasion for m in self.mails.values() if m.kind == "echo" and m.message_id in ids}
        return riding | ({occasion} if kind == "echo" else set())

    def _check_undoable(self, deed: Deed, at: datetime) -> None:
        if deed.what in (DeedKind.ACCEPTED, DeedKind.COUNTERED, DeedKind.DECLINED):
            self._check_answer(of_counter=deed.what is DeedKind.COUNTERED)
        if deed.what is DeedKind.CHARTER_DECLINED:
            self._check_nobody_else()
        if deed.what is DeedKind.AGREED and any(m.took_place for m in self.meetings.items):
            raise Refused("You have met since, so the charter cannot be taken back.", "Write close to end it.")
        if deed.what is DeedKind.APPROVED and self.status not in (Status.ACCEPTED, Status.AGREED):
            raise Refused("The charter is no longer open.", "Nothing needs to be done.")
        if deed.what is DeedKind.PROPOSED and self.charter.version >= deed.number:
            raise Refused("Both of you have agreed to these terms since.", "Write which terms you would like now.")
        meeting = self.meetings.get(deed.ref) if deed.what is DeedKind.CANCELLED else None
        if meeting is not None and meeting.time.start <= at:
            raise Refused("The time of that meeting is over.", "The next one is arranged as usual.")
        if deed.what in _LASTING:
            raise Refused("A meeting that was shortened stays so.", "Change it in the calendar.")

    def _check_answer(self, of_counter: bool) -> None:
        """Whoever said yes on her own terms has agreed to them by that, which is taken back with it."""
        approved = tuple(role for role in self.approved if not (of_counter and role is Role.MENTOR))
        self._check_nobody_else()
        if self.status not in (Status.ACCEPTED, Status.DECLINED) or approved:
            raise Refused("The charter has been agreed to since.", "Take that back first, or write close to end it.")

    def _check_nobody_else(self) -> None:
        if self.asking.turned_to and not self.asking.refused:
            raise Refused("Somebody else has been asked since.", "Write to the mentee if you would like to talk.")

    def _give_up_standing(self, by: By) -> None:
        current = self.meetings.current
        if current is not None:
            cancel = current.state is MeetingState.BOOKED and not current.adopted
            facts = {"ref": current.ref, "reason": TAKEN_BACK, "in_calendar": cancel}
            self.record(meeting_events.MeetingCancelled, by=by, **facts)

    def _plan_again(self, ref: str, by: By) -> None:
        """A meeting that was given up is wanted again at its time, for which nobody searches."""
        past = self.meetings.get(ref)
        if past is not None:
            generation = max(m.generation for m in self.meetings.of_cycle(past.cycle)) + 1
            names = ("cycle", "time", "target", "zone", "organiser", "wall")
            facts = {name: getattr(past, name) for name in names}
            rest = {"generation": generation, "starts": (), "counters": (), "tzdata": ""}
            self.record(meeting_events.MeetingPlanned, by=by, **facts, **rest)
