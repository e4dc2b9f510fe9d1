"""What the two are told about the time of their meeting: that it was moved, left out, shifted, or did not reach one."""

from datetime import datetime

from domain.charter import Organiser, Role
from domain.effects import Effect, EffectKind
from domain.meeting import Meeting, MeetingState
from domain.observing import DELETED
from domain.occasions import at_time, with_topic
from domain.rules_talks import occasion_of
from domain.sheet import DAY, Sheet

THIRD_PERSON, ELSEWHERE = "third_person", "third_person_elsewhere"
NEWS_TIME = 3 * DAY
ARRIVAL = DAY


def tell_news(sheet: Sheet) -> None:
    """Tell what happened to a meeting by itself; what a person did in the calendar the provider tells."""
    meetings = sheet.situation.relationship.meetings
    newest = meetings.latest.cycle if meetings.latest is not None else 0
    for meeting in meetings.items:
        if meeting.cycle < newest - 1:
            continue
        if meeting.state is MeetingState.BOOKED and sheet.now < meeting.time.start:
            _standing(sheet, meeting)
        elif meeting.state is MeetingState.SKIPPED:
            _left_out(sheet, meeting)
        elif meeting.state is MeetingState.CANCELLED and meeting.reason == DELETED and meeting.resolved_at:
            to = tuple(role for role in Role if role.value == meeting.organiser.value)
            _tell(sheet, meeting, to, "cancelled_by_organiser", meeting.resolved_at, meeting.resolved_at + NEWS_TIME)


def _left_out(sheet: Sheet, skipped: Meeting) -> None:
    """Name the meeting that stood in the calendar, where one did."""
    cycle = sheet.situation.relationship.meetings.of_cycle(skipped.cycle)
    named = next((m for m in reversed(cycle) if m.event_id), skipped)
    _tell(sheet, named, tuple(Role), "skipped", skipped.planned_at, skipped.planned_at + NEWS_TIME)


def _standing(sheet: Sheet, meeting: Meeting) -> None:
    move = meeting.moves[-1] if meeting.moves else None
    if move is not None and move.time == meeting.time:
        shorter = move.time.end - move.time.start < move.instead_of.end - move.instead_of.start
        topic = "shortened" if shorter else "moved"
        _say(sheet, at_time(meeting, move.instead_of, topic), tuple(Role), topic, move.at, meeting.time.start)
    if meeting.shifted_at is not None:
        name = at_time(meeting, meeting.earlier[-1], "zone_rules_changed")
        _say(sheet, name, tuple(Role), "zone_rules_changed", meeting.shifted_at, meeting.time.start)
    if sheet.situation.third_person and meeting.organiser is not Organiser.MAIL:
        _ask_about_guest(sheet, meeting)
    _missing(sheet, meeting)


def _ask_about_guest(sheet: Sheet, meeting: Meeting) -> None:
    """One of the two is asked whether a third person is meant to come: who organises, who can take that person off.

    Of a meeting that the service organises the mentor is asked, and the other where the one who would be takes no mail.
    Whoever cannot take anybody off may have the meeting arranged anew.
    """
    own = meeting.organiser.value
    first = Role.MENTOR if meeting.organiser is Organiser.SERVICE else Role(own)
    name, settled = with_topic(occasion_of(meeting), THIRD_PERSON), sheet.situation.relationship.settled
    if any(settled(EffectKind.NOTICE, name, role) for role in Role):
        return
    to = first.other if sheet.situation.person(first).bounces else first
    topic = THIRD_PERSON if to.value == own else ELSEWHERE
    _say(sheet, name, (to,), topic, meeting.planned_at, meeting.time.start)


def _missing(sheet: Sheet, meeting: Meeting) -> None:
    """An invitation that does not show in a guest's calendar within a day did not arrive, as far as anyone can see."""
    for role in Role:
        guest = role.value != meeting.organiser.value
        known = sheet.situation.busy.get(role) is not None and not sheet.situation.person(role).free_busy_only
        seen = role in meeting.arrived or role in dict(meeting.removed)
        invited = not meeting.adopted and meeting.organiser is not Organiser.MAIL
        if guest and known and not seen and invited:
            due = meeting.planned_at + ARRIVAL
            if due < meeting.time.start:
                _tell(sheet, meeting, (role,), "invitation_missing", due, meeting.time.start)


def _tell(
    sheet: Sheet, meeting: Meeting, roles: tuple[Role, ...], topic: str, due: datetime, expires: datetime
) -> None:
    _say(sheet, with_topic(occasion_of(meeting), topic), roles, topic, due, expires)


def _say(sheet: Sheet, name: str, roles: tuple[Role, ...], topic: str, due: datetime, expires: datetime) -> None:
    for role in roles:
        sheet.want(Effect(EffectKind.NOTICE, name, role, topic, due, expires, sheet.clause("conflict")))
