"""Writes what each mail says, from the state of the relationship at the moment of sending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.charter import Role
from domain.conversation import Action, AgendaItems
from domain.effects import Effect, EffectKind
from domain.hours import zone_named
from domain.letters import (
    ActionLine,
    AgendaLetter,
    CharterLetter,
    CharterTerms,
    ChaseLetter,
    FollowUpLetter,
    HeldQuestionLetter,
    Letter,
    LocalClock,
    MeetingTime,
    NoticeLetter,
    PreparationLetter,
    RequestLetter,
)
from domain.meeting import Meeting, MeetingState
from domain.personal import Personal
from domain.rules_planning import one_cadence_later
from domain.rules_talks import agenda_due
from domain.situation import Situation
from domain.threads import short_day


@dataclass(frozen=True, slots=True)
class Desk:
    """What a writer has before her: the situation, the effect that wants a mail, and the programme's name."""

    situation: Situation
    effect: Effect
    programme: str

    @property
    def reader(self) -> Role:
        """Who will read it."""
        return Role(self.effect.recipient)

    def name(self, role: Role) -> str:
        """Return the first name of one of the two."""
        return self.situation.person(role).first_name

    @property
    def meeting(self) -> Meeting:
        """The meeting that the mail is about."""
        return self.situation.relationship.meeting(self.effect.about)


def write(desk: Desk) -> Letter:
    """Return what the mail that the effect wants says."""
    return _WRITERS[desk.effect.kind](desk)


def _charter(desk: Desk) -> CharterLetter:
    return CharterLetter(desk.name(desk.reader), desk.name(desk.reader.other), _terms(desk), desk.programme)


def _held_question(desk: Desk) -> HeldQuestionLetter:
    return HeldQuestionLetter(desk.name(Role.MENTEE), desk.name(Role.MENTOR), _time(desk))


def _words(texts: tuple[Personal, ...]) -> tuple[str, ...]:
    return tuple(text.reveal() for text in texts)


def _time(desk: Desk) -> MeetingTime:
    meeting = desk.meeting
    clocks = tuple(
        LocalClock(desk.name(role), desk.situation.person(role).zone) for role in (desk.reader, desk.reader.other)
    )
    minutes = int((meeting.time.end - meeting.time.start).total_seconds()) // 60
    return MeetingTime(meeting.time.start, minutes, clocks)


def _action(desk: Desk, action: Action) -> ActionLine:
    return ActionLine(desk.name(action.owner), action.text.reveal(), action.due, not action.open)


def _open_actions(desk: Desk) -> tuple[ActionLine, ...]:
    return tuple(_action(desk, action) for action in desk.situation.relationship.open_actions())


def _first(desk: Desk) -> bool:
    return not any(meeting.took_place for meeting in desk.situation.relationship.meetings.items)


def _request(desk: Desk) -> RequestLetter:
    relationship, charter = desk.situation.relationship, desk.situation.relationship.charter
    answer_by = desk.effect.expires.astimezone(zone_named(desk.situation.mentor.zone)).date()
    return RequestLetter(
        desk.programme,
        desk.name(Role.MENTOR),
        desk.situation.mentee.name.reveal(),
        _words(relationship.goals),
        relationship.why.reveal(),
        relationship.bring.reveal(),
        charter.cadence_days,
        charter.minutes,
        answer_by,
    )


def _terms(desk: Desk) -> CharterTerms:
    situation, charter = desk.situation, desk.situation.relationship.charter
    organisers = {role.value: desk.name(role) for role in Role}
    return CharterTerms(
        version=charter.version,
        goals=_words(situation.relationship.goals),
        cadence_days=charter.cadence_days,
        minutes=charter.minutes,
        mentor_hours=charter.mentor_hours,
        mentee_hours=charter.mentee_hours,
        mentor_zone=situation.mentor.zone,
        mentee_zone=situation.mentee.zone,
        pins=desk.name(charter.pins),
        organiser=organisers.get(charter.organiser.value, "the mentoring service"),
        conflict=charter.conflict.value,
        notice_hours=charter.notice_hours,
        agenda_lead_hours=charter.agenda_lead_hours,
        reply_promise_days=charter.reply_promise_days,
    )


def _preparation(desk: Desk) -> PreparationLetter:
    relationship = desk.situation.relationship
    return PreparationLetter(
        desk.name(Role.MENTEE),
        desk.name(Role.MENTOR),
        _time(desk),
        agenda_due(desk.meeting, relationship.charter),
        _words(relationship.goals),
        _open_actions(desk),
        _first(desk),
    )


def _agenda(desk: Desk) -> AgendaLetter:
    """Done since last time starts from the actions that were closed, from both sides, since the meeting before."""
    relationship = desk.situation.relationship
    items = relationship.agendas.get(desk.meeting.cycle, AgendaItems())
    return AgendaLetter(
        desk.name(Role.MENTOR),
        desk.name(Role.MENTEE),
        _time(desk),
        _words(relationship.goals),
        (*_closed_since(desk), *_words(items.done)),
        _words(items.learned),
        _words(items.questions),
        _words(items.samples),
        _words(items.observed),
        _words(items.unsorted),
        _open_actions(desk),
        _first(desk),
    )


def _closed_since(desk: Desk) -> tuple[str, ...]:
    relationship = desk.situation.relationship
    held = [m.time.end for m in relationship.meetings.items if m.took_place]
    since = max(held, default=relationship.requested_at)
    closed = [a for a in relationship.actions if a.done_at is not None and a.done_at >= since]
    return tuple(f"{desk.name(a.owner)}: {a.text.reveal()}" for a in closed)


def _follow_up(desk: Desk) -> FollowUpLetter:
    relationship, meeting = desk.situation.relationship, desk.meeting
    learned = _words(tuple(text for _, text in relationship.learnings.get(meeting.cycle, ())))
    actions = tuple(_action(desk, a) for a in relationship.actions if a.open or a.cycle == meeting.cycle)
    reader, other = desk.name(desk.reader), desk.name(desk.reader.other)
    presumed = meeting.state is MeetingState.PRESUMED_HELD
    return FollowUpLetter(reader, other, _time(desk), presumed, learned, actions, _next_around(desk).date())


def _next_around(desk: Desk) -> datetime:
    relationship = desk.situation.relationship
    zone = desk.situation.person(relationship.charter.pins).zone
    later = [m.time.start for m in relationship.meetings.items if m.live and m.cycle > desk.meeting.cycle]
    expected = one_cadence_later(desk.meeting.time.start, relationship.charter, zone)
    return min(later, default=expected).astimezone(zone_named(desk.situation.person(desk.reader).zone))


def _chase(desk: Desk) -> ChaseLetter:
    number, nudge = desk.effect.occasion.split(".")
    action = desk.situation.relationship.action(int(number))
    if action is None:
        raise LookupError(f"no action {number}")
    return ChaseLetter(desk.name(desk.reader), desk.name(desk.reader.other), _action(desk, action), int(nudge))


_NOTICES = {
    "declined": (
        "{mentor} cannot take this on",
        "{mentor} read what you wrote and said no to being your mentor at this time.",
        "Such a no is common and seldom about you; nothing more is sent to {mentor}.",
        "Your programme can help you to ask somebody else.",
    ),
    "expired": (
        "Your mentoring with {other} did not start",
        "Not everyone answered in time, so the request is closed and nothing more is sent about it.",
        "If you both still want it, ask your programme to start a new request.",
    ),
}


def _notice(desk: Desk) -> NoticeLetter:
    if desk.effect.about == "proposal":
        return _refused_wish(desk)
    names = {"mentor": desk.name(Role.MENTOR), "other": desk.name(desk.reader.other)}
    heading, *sentences = (text.format(**names) for text in _NOTICES[desk.effect.about])
    return NoticeLetter(desk.name(desk.reader), heading, tuple(sentences))


def _refused_wish(desk: Desk) -> NoticeLetter:
    meeting = desk.situation.relationship.meeting(desk.effect.occasion.split("@")[0])
    wish = meeting.proposal.time.start if meeting.proposal is not None else meeting.time.start
    stands = _moment(desk, meeting.time.start)
    return NoticeLetter(
        desk.name(desk.reader),
        f"Your meeting with {desk.name(desk.reader.other)} stays on {stands}",
        (
            f"You would like it on {_moment(desk, wish)}; that time is not free for both of you, or it is outside the "
            "hours or the cycle that you agreed on.",
            f"So it stays on {stands}.",
            "If you cannot come then, decline it in your calendar: the next time that suits both is found for you.",
        ),
    )


def _moment(desk: Desk, instant: datetime) -> str:
    zone = desk.situation.person(desk.reader).zone
    local = instant.astimezone(zone_named(zone))
    return f"{short_day(local)} {local.hour:02d}:{local.minute:02d} ({zone.rpartition('/')[2].replace('_', ' ')})"


_WRITERS: dict[EffectKind, Callable[[Desk], Letter]] = {
    EffectKind.REQUEST: _request,
    EffectKind.CHARTER: _charter,
    EffectKind.PREPARATION: _preparation,
    EffectKind.AGENDA: _agenda,
    EffectKind.HELD_QUESTION: _held_question,
    EffectKind.FOLLOW_UP: _follow_up,
    EffectKind.CHASE: _chase,
    EffectKind.NOTICE: _notice,
}
