"""What follows around a meeting: preparation, agenda, the question whether it was held, and the follow-up."""

from dataclasses import replace
from datetime import datetime

from domain.absence import prolonged
from domain.charter import Charter, Role
from domain.decisions import CancelMeeting, PresumeHeld
from domain.edits import again, changed_agenda_due, sent_agendas
from domain.effects import Effect, EffectKind
from domain.hours import zone_named
from domain.meeting import Meeting, MeetingState
from domain.occasions import at_mark, day_in, of_cycle
from domain.samples import kept_until, waiting_for
from domain.sheet import DAY, HOUR, Sheet
from domain.situation import Situation
from domain.working_moments import last_moment, next_moment, working_day

PREPARATION_LEAD = 3 * DAY
GRACE = 2 * HOUR
PRESUME_AFTER = 48 * HOUR
FOLLOW_UP_TIME = 3 * DAY
OWNED_UP = 30 * DAY


def accompany_meetings(sheet: Sheet) -> None:
    """Each meeting gets what its state asks for."""
    for meeting in sheet.situation.relationship.meetings.items:
        if meeting.state is MeetingState.BOOKED and sheet.now < meeting.time.end:
            _before(sheet, meeting)
        elif meeting.state is MeetingState.BOOKED:
            _own_up(sheet, meeting)
            _after(sheet, meeting)
        elif meeting.took_place:
            _own_up(sheet, meeting)
            _follow_up(sheet, meeting)
    _let_files_go(sheet)


def _let_files_go(sheet: Sheet) -> None:
    """A file that no agenda took along is looked at again when its meeting is over, for then it is destroyed."""
    relationship = sheet.situation.relationship
    for cycle in {one.cycle for one in relationship.samples if not one.sent}:
        until = kept_until(relationship, cycle)
        if until is not None:
            sheet.look_again(until)


def agenda_due(meeting: Meeting, charter: Charter) -> datetime:
    """Return when the agenda is to be in the mentor's inbox."""
    return meeting.time.start - charter.agenda_lead


def preparation_due(situation: Situation, meeting: Meeting) -> datetime:
    """Return when the mentee is asked what to talk about: three days before the agenda goes, or when she worked last
    before that; where no time is left for that, when she works again, if it is still a day before the agenda.
    """
    agenda = agenda_due(meeting, situation.relationship.charter)
    asked = agenda - PREPARATION_LEAD
    before = last_moment(situation, Role.MENTEE, asked, meeting.placed_at or meeting.planned_at)
    if before is not None:
        return before
    after = next_moment(situation, Role.MENTEE, asked)
    return after if after <= agenda - DAY else asked


def occasion_of(meeting: Meeting) -> str:
    """Return the occasion of a meeting's mails: the meeting and its local date.

    So an agenda follows a meeting that moved to another day, once, and a shift inside the day sends nothing again.
    """
    local = meeting.time.start.astimezone(zone_named(meeting.zone))
    return at_mark(meeting.ref, local.date())


def _before(sheet: Sheet, meeting: Meeting) -> None:
    sheet.look_again(meeting.time.end)
    _bring_agenda(sheet, meeting)
    _agenda_again(sheet, meeting, sheet.clause("agenda-lead"))


def _bring_agenda(sheet: Sheet, meeting: Meeting) -> None:
    """The mentee is asked what to talk about, and the mentor gets it."""
    charter = sheet.situation.relationship.charter
    due, clause = agenda_due(meeting, charter), charter.clause("agenda-lead")
    if not (_prepared(sheet, meeting) or _left_for_event(sheet, meeting, EffectKind.PREPARATION, Role.MENTEE)):
        asked = preparation_due(sheet.situation, meeting)
        sheet.want(_mail(EffectKind.PREPARATION, meeting, Role.MENTEE, asked, due, clause))
    if not _left_for_event(sheet, meeting, EffectKind.AGENDA, Role.MENTOR):
        sheet.want(_agenda(sheet, meeting, due, clause))


def _own_up(sheet: Sheet, meeting: Meeting) -> None:
    """Say of a meeting that is over why it had no agenda: nobody may have looked since before it began."""
    known = meeting.placed_at or meeting.planned_at
    if known < meeting.time.start and sheet.now < meeting.time.end + OWNED_UP:
        _bring_agenda(sheet, meeting)


def _agenda_again(sheet: Sheet, meeting: Meeting, clause: str) -> None:
    """What is added to an agenda that has left brings it once more, when the additions have settled."""
    relationship, base = sheet.situation.relationship, occasion_of(meeting)
    due = changed_agenda_due(relationship, meeting)
    left = (EffectKind.AGENDA.value, base, Role.MENTOR.value) in relationship.mails
    if left and due is not None and due < meeting.time.start:
        mail = _agenda(sheet, meeting, due, clause)
        sheet.want(replace(mail, occasion=again(base, len(sent_agendas(relationship, meeting)))))


def _agenda(sheet: Sheet, meeting: Meeting, due: datetime, clause: str) -> Effect:
    waiting = waiting_for(sheet.situation.relationship, meeting.cycle)
    mail = _mail(EffectKind.AGENDA, meeting, Role.MENTOR, due, meeting.time.start, clause)
    return replace(mail, samples=tuple(one.sample.ref for one in waiting))


def _left_for_event(sheet: Sheet, meeting: Meeting, kind: EffectKind, to: Role) -> bool:
    """Say whether that mail went out for this very event and day, before it was given up and brought back, or for
    another event at the same time.

    Its cycle may have been left out meanwhile, so it comes back in any cycle.
    """
    relationship, day = sheet.situation.relationship, day_in(occasion_of(meeting))
    others = (m for m in relationship.meetings.items if m.ref != meeting.ref and m.ical_uid)
    same = (m for m in others if m.ical_uid == meeting.ical_uid or m.time == meeting.time)
    return any(day and (kind.value, at_mark(m.ref, day), to.value) in relationship.mails for m in same)


def _mail(kind: EffectKind, meeting: Meeting, to: Role, due: datetime, expires: datetime, clause: str) -> Effect:
    return Effect(kind, occasion_of(meeting), to, meeting.ref, due, expires, clause)


def _prepared(sheet: Sheet, meeting: Meeting) -> bool:
    """Say whether the mentee was asked already for another generation of this cycle."""
    mails = sheet.situation.relationship.mails
    return any(kind == "preparation" and of_cycle(about, meeting.cycle) for kind, about, _ in mails)


def _after(sheet: Sheet, meeting: Meeting) -> None:
    clause = sheet.clause("follow-up")
    asked = meeting.time.end + GRACE
    presumed = prolonged(sheet.situation, Role.MENTEE, meeting.time.end, PRESUME_AFTER)
    decliner = meeting.decliner
    if decliner is not None:
        sheet.decide(CancelMeeting(meeting.ref, f"declined by the {decliner.value}", clause))
        return
    sheet.look_again(presumed)
    sheet.want(_mail(EffectKind.HELD_QUESTION, meeting, Role.MENTEE, asked, presumed, clause))
    if sheet.now >= presumed:
        sheet.decide(PresumeHeld(meeting.ref, clause))


def _follow_up(sheet: Sheet, meeting: Meeting) -> None:
    """It comes when it is known that they met, but on a day on which its reader works; who just wrote reads on."""
    clause, settled = sheet.clause("follow-up"), sheet.situation.relationship.settled
    known = meeting.resolved_at or meeting.time.end
    for role in Role:
        if not settled(EffectKind.FOLLOW_UP, occasion_of(meeting), role):
            due = working_day(sheet.situation, role, known)
            sheet.want(_mail(EffectKind.FOLLOW_UP, meeting, role, due, due + FOLLOW_UP_TIME, clause))
