"""What follows when a calendar cannot be read: times are offered by mail, and its owner is asked for it."""

from dataclasses import replace
from datetime import date, datetime

from domain.charter import Organiser, Role
from domain.decisions import CancelMeeting, OfferTimes, PlanMeeting, SkipCycle, StandByMail
from domain.effects import Effect, EffectKind
from domain.finding import search
from domain.hours import in_minutes, zone_named
from domain.interval import Interval
from domain.legs import can_organise, leg_of, organiser_of_next, out_of_reach
from domain.meeting import Meeting
from domain.occasions import at_mark, at_time, meeting_ref, names_meeting, topic_in
from domain.offers import Offer
from domain.person_state import LossReason
from domain.sheet import DAY, Sheet
from domain.situation import Situation
from domain.turns import Turn, next_turn

OFFERED = 3
REMINDERS = (1, 3, 7, 14)
LAST_REMINDER = 7 * DAY
RECONNECT = "reconnect"
OFF = "off"
LOST_ORGANISER = "the calendar that it was to be made in can no longer be reached"
UNKNOWN_TIME = "whether it suits both can no longer be told from their calendars"


def ask_to_reconnect(sheet: Sheet) -> None:
    """Whoever's consent ended is asked to renew it: four times at most, and by one of her relationships only."""
    for role in sorted(sheet.situation.speaks_for):
        lost = sheet.situation.person(role).connection
        if lost is not None and lost.reason is LossReason.CONSENT:
            moments = [lost.since + day * DAY for day in REMINDERS]
            ends = [*moments[1:], moments[-1] + LAST_REMINDER]
            for number, (due, end) in enumerate(zip(moments, ends, strict=True), 1):
                if sheet.now < end:
                    name = f"{RECONNECT}-{lost.since:%Y%m%dT%H%M}.{number}"
                    sheet.want(Effect(EffectKind.NOTICE, name, role, RECONNECT, due, end, None))


def offer_next(sheet: Sheet) -> None:
    """Arrange the next meeting with somebody whose calendar cannot be read: she chooses one of three times by mail.

    Each cycle has one offer for each person who has to be asked; without a yes the cycle is left out, and the next one
    is not asked about before its time.
    """
    turn = next_turn(sheet)
    if turn.over:
        _leave_out(sheet, turn, "no time was left in its window")
        return
    begins = turn.target - sheet.situation.relationship.charter.cadence
    if sheet.now < begins:
        sheet.look_again(begins)
        return
    sheet.look_again(sheet.now + DAY)
    offers = {role: sheet.situation.relationship.offer(turn.cycle, role) for role in Role}
    agreed = next((offer.chosen for offer in offers.values() if offer is not None and offer.chosen is not None), None)
    for role in out_of_reach(sheet.situation):
        offer = offers[role]
        if offer is None:
            _offer(sheet, turn, role, agreed)
            return
        if offer.chosen is None:
            _await(sheet, turn, offer)
            return
    if agreed is not None:
        _plan_agreed(sheet, turn, agreed)


def _offer(sheet: Sheet, turn: Turn, role: Role, agreed: datetime | None) -> None:
    """Offer the best times, or the one that the other has chosen; unknown time of the other person blocks it."""
    situation, charter = sheet.situation, sheet.situation.relationship.charter
    known = [other for other in Role if leg_of(situation.person(other)).readable]
    if any(situation.busy.get(other) is None for other in known):
        return
    found = search(Sheet(blind(situation), sheet.now), turn)
    starts = (agreed,) if agreed is not None else best_of(sheet, found.starts, turn.target)
    expires = max(starts, default=sheet.now) - charter.notice
    if not starts or expires <= sheet.now:
        return
    last = agreed is not None or role is out_of_reach(situation)[-1]
    zone, organiser = situation.person(charter.pins).zone, organiser_of_next(situation)
    place = (turn.cycle, turn.generation, role, starts, turn.target, zone, organiser, expires)
    sheet.decide(OfferTimes(*place, found.counters, last, charter.clause("cadence")))


def best_of(sheet: Sheet, starts: tuple[datetime, ...], target: datetime) -> tuple[datetime, ...]:
    """Return up to three starts in order: the nearest to the target on different days first.

    Three times of one afternoon would be one offer, not three.
    """
    zone = zone_named(sheet.situation.person(sheet.situation.relationship.charter.pins).zone)
    nearest = sorted(starts, key=lambda start: (abs(start - target), start))
    of_day: dict[date, datetime] = {}
    for start in nearest:
        of_day.setdefault(start.astimezone(zone).date(), start)
    chosen = list(dict.fromkeys((*of_day.values(), *nearest)))[:OFFERED]
    return tuple(sorted(chosen))


def _await(sheet: Sheet, turn: Turn, offer: Offer) -> None:
    if offer.refused:
        _leave_out(sheet, turn, "none of the times that were offered suited")
    elif not offer.open_at(sheet.now):
        _leave_out(sheet, turn, "the times that were offered were not answered")
    else:
        occasion = at_mark(offer.ref, offer.starts[0])
        clause = sheet.clause("cadence")
        sheet.want(Effect(EffectKind.OFFER, occasion, offer.role, offer.ref, offer.at, offer.expires, clause))
        sheet.look_again(offer.expires)


def _leave_out(sheet: Sheet, turn: Turn, reason: str) -> None:
    charter = sheet.situation.relationship.charter
    zone = sheet.situation.person(charter.pins).zone
    sheet.decide(SkipCycle(turn.cycle, turn.generation, turn.target, zone, reason, (), charter.clause("conflict")))


def _plan_agreed(sheet: Sheet, turn: Turn, start: datetime) -> None:
    """Plan the time that was agreed by mail, unless it was tried and proved to be taken."""
    relationship, charter = sheet.situation.relationship, sheet.situation.relationship.charter
    time = Interval(start, start + charter.length)
    tried = [m for m in relationship.meetings.of_cycle(turn.cycle) if m.time == time and not _elsewhere(sheet, m)]
    if tried or start <= sheet.now:
        _leave_out(sheet, turn, "the time that was agreed by mail was taken meanwhile")
        return
    zone, organiser = sheet.situation.person(charter.pins).zone, organiser_of_next(sheet.situation)
    place = (turn.cycle, turn.generation, time, turn.target, zone, in_minutes((start,)), ())
    sheet.decide(PlanMeeting(*place, charter.clause("cadence"), organiser))


def _elsewhere(sheet: Sheet, meeting: Meeting) -> bool:
    """Say whether it came to nothing only because of whose calendar it was to be in, which now is another one."""
    refused = ("book", meeting.ref, "calendar") in sheet.situation.relationship.given_up
    other = organiser_of_next(sheet.situation) is not meeting.organiser
    return meeting.reason == LOST_ORGANISER or (refused and other)


def blind(situation: Situation) -> Situation:
    """Return the situation in which what an unreadable calendar once showed plays no part, neither free nor busy."""
    lost = out_of_reach(situation)
    return replace(
        situation,
        busy={**situation.busy, **dict.fromkeys(lost, ())},
        soft={**situation.soft, **dict.fromkeys(lost, ())},
    )


def hindrance(sheet: Sheet, planned: Meeting) -> str | None:
    """Say why a planned meeting must not be booked as things are, or None.

    Nobody's calendar is written that cannot be, and no time counts as free because it once was.
    """
    situation = sheet.situation
    if not can_organise(situation, planned.organiser):
        return LOST_ORGANISER
    for role in out_of_reach(situation):
        offer = situation.relationship.offer(planned.cycle, role)
        if offer is None or not offer.agreed(planned.time):
            return UNKNOWN_TIME
    return None


def cancel_hindered(sheet: Sheet, planned: Meeting) -> bool:
    """Give a planned meeting up that must not be booked, and say whether that is so."""
    reason = hindrance(sheet, planned)
    if reason is not None:
        clause = sheet.clause("organiser")
        sheet.decide(CancelMeeting(planned.ref, reason, clause))
    return reason is not None


def stand_by_mail(sheet: Sheet, planned: Meeting) -> None:
    """Tell both of a meeting that no calendar can be written with; when both mails have left, it stands."""
    relationship = sheet.situation.relationship
    clause = relationship.charter.clause("organiser")
    occasion = at_time(planned, planned.time)
    for role in Role:
        due, end = planned.planned_at, planned.time.start
        sheet.want(Effect(EffectKind.INVITATION, occasion, role, planned.ref, due, end, clause))
    if all((EffectKind.INVITATION.value, occasion, role.value) in relationship.mails for role in Role):
        sheet.decide(StandByMail(planned.ref, uid_of(str(relationship.id), planned), clause))


def cancel_by_mail(sheet: Sheet) -> None:
    """Whoever was told of a meeting by mail is told by mail that it is off, unless she asked for silence."""
    relationship = sheet.situation.relationship
    clause = relationship.charter.clause("conflict")
    for meeting in relationship.meetings.items:
        if meeting.organiser is Organiser.MAIL and not meeting.live and not meeting.took_place and meeting.resolved_at:
            told = [name for name in relationship.mails if name[0] == EffectKind.INVITATION and _of(name[1], meeting)]
            for role in {Role(name[2]) for name in told} - set(sheet.situation.silent):
                end = meeting.time.start
                if meeting.resolved_at < end:
                    occasion = at_time(meeting, meeting.time, OFF)
                    sheet.want(
                        Effect(EffectKind.INVITATION, occasion, role, meeting.ref, meeting.resolved_at, end, clause)
                    )


def _of(occasion: str, meeting: Meeting) -> bool:
    return names_meeting(occasion) and meeting_ref(occasion) == meeting.ref and topic_in(occasion) != OFF


def uid_of(relationship: str, meeting: Meeting) -> str:
    """Return the uid under which a meeting told by mail stands in people's calendars; it never changes."""
    return f"{relationship}-{meeting.ref}@mentorsync"
