"""Finds what strains a relationship at the moment at which it shows; what an absence or an outage explains is no fact.

A fact is noted within hours of its moment or never. So nobody is charged with what happened while the service was
switched off, a person was paused, or the program was of an earlier version.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.absence import absences
from domain.charter import Role
from domain.conversation import SentMail
from domain.effects import EffectKind
from domain.facts import Fact, FactKind
from domain.hours import DAY, working_time, zone_named
from domain.interval import Interval
from domain.legs import Reach, leg_of
from domain.meeting import Meeting, MeetingState
from domain.occasions import at_time, cycle_in, meeting_ref, of_cycle, topic_in
from domain.samples import is_prepared
from domain.situation import Situation

PROMPT = timedelta(hours=12)
REMEMBERED = timedelta(days=120)
INSTANT = timedelta(minutes=1)
ASKING = ("conflict_question", "no_other_time", "wish_question")
"""The notices that ask the reader something in the other's name."""


def found_facts(situation: Situation, now: datetime) -> tuple[Fact, ...]:
    """Return what is not noted yet and shows now or, when nothing happens until then, at a moment to come."""
    known = {fact.name for fact in situation.relationship.facts}
    found = [*_of_meetings(situation, now), *_silent(situation, now)]
    return tuple(fact for fact in found if fact.name not in known and _fresh(fact.at, now))


def _fresh(moment: datetime, now: datetime) -> bool:
    """Say whether what showed at that moment can still be noted."""
    return now < moment + PROMPT


def explained(situation: Situation, role: Role, span: Interval) -> bool:
    """Say whether something other than that person explains what happened in the span: leave, a calendar of hers that
    we lost, or a return from a pause or such a loss.
    """
    if leg_of(situation.person(role)).reach is Reach.LOST:
        return True
    if any(span.start < back for back in _returns(situation)):
        return True
    return any(stretch.overlaps(span) for stretch in absences(situation, role))


def _returns(situation: Situation) -> tuple[datetime, ...]:
    """When a pause of either, of the two together, or the loss of a calendar came to its end."""
    relationship = situation.relationship
    known = (situation.mentor.back_at, situation.mentee.back_at, *(rest.over for rest in relationship.rests))
    return tuple(back for back in known if back is not None)


def _of_meetings(situation: Situation, now: datetime) -> Iterator[Fact]:
    """Each is asked only for what can be new: most of a long past can not."""
    for meeting in situation.relationship.meetings.items:
        resolved = meeting.resolved_at
        if meeting.state is MeetingState.CANCELLED and resolved is not None and _fresh(resolved, now):
            yield from _given_up(situation, meeting, resolved)
        if meeting.placed_at is not None and _fresh(meeting.placed_at, now):
            yield from _moved(situation, meeting, meeting.placed_at)
        if meeting.state is MeetingState.MISSED and resolved is not None and now < resolved + REMEMBERED:
            yield from _missed(situation, meeting, resolved)
        if meeting.state is MeetingState.BOOKED and _fresh(meeting.time.end, now):
            yield from _unprepared(situation, meeting)


def _given_up(situation: Situation, meeting: Meeting, at: datetime) -> Iterator[Fact]:
    """Inside the notice it is late; before, it asks for another time, which is a move, or to leave the cycle out."""
    role = _who_gave_up(meeting)
    cycle = situation.relationship.meetings.of_cycle(meeting.cycle)
    late = meeting.time.start - at < situation.relationship.charter.notice
    left_out = any(other.state is MeetingState.SKIPPED for other in cycle)
    if role is None or (left_out and not late):
        return
    if not explained(situation, role, Interval(at, max(at, meeting.time.end))):
        yield Fact(FactKind.LATE_DECLINE if late else FactKind.MOVED, role, meeting.cycle, meeting.ref, at)


def _who_gave_up(meeting: Meeting) -> Role | None:
    taken_out = meeting.removed[-1][0] if meeting.removed else None
    return meeting.given_up_by or meeting.decliner or taken_out


def _moved(situation: Situation, meeting: Meeting, at: datetime) -> Iterator[Fact]:
    """A move by hand is its owner's; so is one that was granted to who wished for it."""
    if not meeting.earlier:
        return
    wish = next((w for w in reversed(meeting.proposals) if w.time == meeting.time != w.instead_of), None)
    role = meeting.moved_by or (wish.role if wish is not None and not meeting.moved_by_hand else None)
    span = Interval(at, max(at, meeting.earlier[-1].end) + INSTANT)
    if role is not None and not explained(situation, role, span):
        about = at_time(meeting, meeting.time)
        yield Fact(FactKind.MOVED, role, meeting.cycle, about, at)


def _missed(situation: Situation, meeting: Meeting, at: datetime) -> Iterator[Fact]:
    """A meeting that did not take place, without a word of one of the two since it was planned."""
    for role in Role:
        if _gave_a_sign(situation, role, meeting.planned_at):
            continue
        promised = promised_by(situation, role, at)
        if not explained(situation, role, Interval(meeting.time.start, promised)):
            yield Fact(FactKind.SILENCE, role, meeting.cycle, meeting.ref, promised)


def _unprepared(situation: Situation, meeting: Meeting) -> Iterator[Fact]:
    """The mentee was asked, and the mentor got an agenda with nothing in it."""
    asked = _left(situation, EffectKind.PREPARATION, Role.MENTEE, meeting)
    sent = _left(situation, EffectKind.AGENDA, Role.MENTOR, meeting)
    if asked is None or sent is None or meeting_ref(sent.occasion) != meeting.ref:
        return
    if is_prepared(situation.relationship, meeting.cycle) or _gave_a_sign(situation, Role.MENTEE, asked.at):
        return
    if not explained(situation, Role.MENTEE, Interval(asked.at, max(asked.at, sent.at) + INSTANT)):
        yield Fact(FactKind.NO_AGENDA, Role.MENTEE, meeting.cycle, str(meeting.cycle), sent.at)


def _left(situation: Situation, kind: EffectKind, to: Role, meeting: Meeting) -> SentMail | None:
    """Return the last mail of that kind about a meeting of the same cycle, or None."""
    mails = situation.relationship.mails.values()
    mine = [m for m in mails if (m.kind, m.recipient) == (kind.value, to.value) and of_cycle(m.occasion, meeting.cycle)]
    return mine[-1] if mine else None


def _silent(situation: Situation, now: datetime) -> Iterator[Fact]:
    """A question in the other's name that has no answer within the time that was promised."""
    for mail in situation.relationship.mails.values():
        role = Role(mail.recipient)
        if not _asks(mail) or mail.at < now - REMEMBERED or _gave_a_sign(situation, role, mail.at):
            continue
        promised = promised_by(situation, role, mail.at)
        if leg_of(situation.person(role)).reach is not Reach.LOST:
            cycle = cycle_in(mail.occasion)
            yield Fact(FactKind.SILENCE, role, cycle, f"{mail.kind}/{mail.occasion}", promised)


def _asks(mail: SentMail) -> bool:
    topic = topic_in(mail.occasion)
    return mail.kind == EffectKind.OFFER or (mail.kind == EffectKind.NOTICE and topic in ASKING)


def promised_by(situation: Situation, role: Role, asked: datetime) -> datetime:
    """Return the end of the last working day of the reply promise, counted from the day after the question.

    Days on which she is away do not count, and after a pause or a lost calendar of either the count begins anew.
    """
    person, charter = situation.person(role), situation.relationship.charter
    since = max((asked, *_returns(situation)))
    days, zone = charter.reply_promise_days, zone_named(person.zone)
    away = absences(situation, role)
    horizon = max((stretch.end for stretch in away if stretch.end > since), default=since) + (2 * days + 14) * DAY
    ends: dict[object, datetime] = {}
    for stretch in working_time(situation.hours_of(role), person.zone, Interval(since, horizon)):
        if not any(stretch.overlaps(absence) for absence in away):
            ends[stretch.start.astimezone(zone).date()] = stretch.end
    ends.pop(since.astimezone(zone).date(), None)
    return [*ends.values(), *[horizon] * days][days - 1]


def _gave_a_sign(situation: Situation, role: Role, since: datetime) -> bool:
    """Say whether that person wrote, or did something to a meeting of the two, since then."""
    relationship = situation.relationship
    if any(heard.role is role and heard.at >= since for heard in relationship.heard.values()):
        return True
    return any(at >= since for meeting in relationship.meetings.items for at in _signs(meeting, role))


def _signs(meeting: Meeting, role: Role) -> Iterator[datetime]:
    yield from (wish.at for wish in meeting.proposals if wish.role is role)
    yield from (at for who, at in meeting.removed if who is role)
    if meeting.moved_by is role and meeting.placed_at is not None:
        yield meeting.placed_at
    if _who_gave_up(meeting) is role and meeting.resolved_at is not None:
        yield meeting.resolved_at
