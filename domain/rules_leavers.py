"""What follows when one of the two has left the organisation: an end, told to the other once, and to nobody gone."""

from datetime import datetime

from domain.charter import Role
from domain.decisions import EndForLeaver
from domain.effects import Effect, EffectKind
from domain.ending import CLOSED, TERM
from domain.hearing import DeedKind
from domain.legs import can_organise, has_left
from domain.letters import NoticeTopic
from domain.meeting import TOOK_PLACE, Meeting, MeetingState
from domain.relationship import Relationship
from domain.relationship_state import ENDED, LEFT
from domain.rules_terms import TERM_OVER
from domain.sheet import DAY, Sheet
from domain.situation import Situation

FAREWELL_TIME = 14 * DAY
BLANK_TIME = 30 * DAY


def end_with_leaver(sheet: Sheet) -> bool:
    """End what has not ended yet, and say whether that is what is to be done; the rest follows from the end."""
    if sheet.situation.relationship.status in ENDED:
        return False
    leaver = next((role for role in Role if sheet.situation.person(role).left), None)
    if leaver is None or _kept(sheet.situation):
        return False
    sheet.decide(EndForLeaver(leaver))
    return True


def farewell(sheet: Sheet) -> None:
    """The one who stays hears of it once and can ask for somebody else."""
    relationship = sheet.situation.relationship
    due = relationship.settled_at
    if relationship.ended_because == TERM:
        _tell_both(sheet, due)
    if relationship.ended_because == CLOSED:
        for role in Role:
            if role not in _closers(relationship):
                sheet.want(Effect(EffectKind.NOTICE, CLOSED, role, CLOSED, due, due + FAREWELL_TIME, None))
    if relationship.ended_because != LEFT:
        return
    for role in Role:
        if not sheet.situation.person(role).left and _knows(relationship, role):
            topic = _way_on(sheet.situation, role).value
            sheet.want(Effect(EffectKind.NOTICE, LEFT, role, topic, due, due + FAREWELL_TIME, None))


def _kept(situation: Situation) -> bool:
    """Say whether the mentee keeps a mentor who left as a contact, and still may."""
    contact = situation.relationship.contact
    kept = situation.relationship.network_contact and contact is not None and contact.after_leaving
    return kept and situation.mentor.reachable_after and not situation.mentee.left


def _way_on(situation: Situation, reader: Role) -> NoticeTopic:
    """Return what the one who stays is told: a mentee may ask somebody else, and keep whom she may still write to."""
    reachable, asking = situation.person(reader.other).reachable_after, situation.relationship.asking
    if reader is Role.MENTOR:
        return NoticeTopic.LEFT_REACHABLE if reachable else NoticeTopic.LEFT
    if asking.turned_to and not asking.refused:
        return NoticeTopic.MENTOR_LEFT_NEXT
    return NoticeTopic.MENTOR_LEFT_REACHABLE if reachable else NoticeTopic.MENTOR_LEFT


def _tell_both(sheet: Sheet, due: datetime) -> None:
    for role in Role:
        sheet.want(Effect(EffectKind.NOTICE, TERM_OVER, role, TERM_OVER, due, due + FAREWELL_TIME, None))


def blank_past(sheet: Sheet) -> None:
    """When one of the two was forgotten, the events of their past meetings stop naming them where they can be written:
    those that we made, and not in the calendar of the forgotten one.
    """
    forgotten = [at for role in Role if (at := sheet.situation.person(role).forgotten_at) is not None]
    if not forgotten:
        return
    due = max(forgotten)
    for meeting in sheet.situation.relationship.meetings.items:
        if names_them_still(sheet.situation, meeting):
            about = (meeting.ref, "calendar", meeting.ref)
            sheet.want(Effect(EffectKind.BLANK, *about, due, due + BLANK_TIME, None))


def names_them_still(situation: Situation, meeting: Meeting) -> bool:
    """Say whether an event of ours stands in a calendar that can be written, though its meeting is over."""
    over = meeting.state in (*TOOK_PLACE, MeetingState.MISSED) and bool(meeting.event_id)
    writable = not has_left(situation, meeting) and can_organise(situation, meeting.organiser)
    return over and writable and not meeting.adopted and not meeting.blanked


def _closers(relationship: Relationship) -> set[Role]:
    """Return who closed it by mail and is told so in answer to that mail."""
    mails = relationship.heard.values()
    return {heard.role for heard in mails if any(deed.what is DeedKind.ENDED for deed in heard.deeds)}


def _knows(relationship: Relationship, role: Role) -> bool:
    """Say whether that person ever heard of it: who asked or agreed did, and whom a mail reached."""
    told = any(recipient == role for _, _, recipient in relationship.mails)
    return told or role in (Role.MENTEE, *relationship.approved)
