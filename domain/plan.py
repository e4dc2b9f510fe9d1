"""The only place that says what should happen next in a relationship.

A pure function of its situation and the present moment.
"""

from datetime import datetime

from domain.relationship_state import Status
from domain.rules_actions import chase_actions
from domain.rules_adoption import report_twins
from domain.rules_conflicts import answer_conflict
from domain.rules_contact import keep_in_touch
from domain.rules_echo import echo_mails
from domain.rules_health import mind_health
from domain.rules_leavers import blank_past, end_with_leaver, farewell
from domain.rules_legs import ask_to_reconnect
from domain.rules_meetings import arrange_meeting, cancel_bookings
from domain.rules_news import tell_news
from domain.rules_notes import bring_back_notes, say_notes_stay
from domain.rules_opening import ask_mentor, charter, end_what_waits, notices, turn_after_leaver
from domain.rules_proposals import answer_proposal
from domain.rules_references import ask_for_reference, tell_references
from domain.rules_rest import mind_silence, rests, tell_end_of_rest
from domain.rules_talks import accompany_meetings
from domain.rules_terms import mind_proposal, mind_term
from domain.sheet import Plan, Sheet
from domain.shortening import shorten_meeting
from domain.situation import Situation

__all__ = ["Plan", "plan"]

_RULES = {
    Status.REQUESTED: (ask_mentor, tell_references),
    Status.ACCEPTED: (charter, tell_references),
    Status.AGREED: (
        arrange_meeting,
        answer_conflict,
        answer_proposal,
        shorten_meeting,
        report_twins,
        tell_news,
        accompany_meetings,
        bring_back_notes,
        chase_actions,
        ask_to_reconnect,
        mind_health,
        ask_for_reference,
        mind_proposal,
        mind_term,
        tell_end_of_rest,
    ),
    Status.DECLINED: (notices, say_notes_stay),
    Status.EXPIRED: (notices, say_notes_stay),
    Status.NETWORK_CONTACT: (keep_in_touch,),
    Status.ENDED: (farewell, blank_past, turn_after_leaver, say_notes_stay),
}


def plan(situation: Situation, now: datetime) -> Plan:
    """Return what follows from the situation at `now` (aware, UTC).

    Level-triggered: it looks at the state and never at the last event, so asking again heals whatever was missed.
    Without new events the keys of the due effects do not change before `next_review`. A decision may follow from
    another (cancelled, then planned anew), but none comes twice, and asking again always comes to rest. While one of
    the two is paused only what must be undone in a calendar follows, the end of what waits for an answer, and for the
    other one word about it and answers to mails; while the relationship rests an answer to a mail too.
    """
    sheet = Sheet(situation, now)
    cancel_bookings(sheet)
    if end_with_leaver(sheet):
        return sheet.plan()
    if situation.paused:
        if not situation.halted:
            echo_mails(sheet)
        end_what_waits(sheet)
        mind_silence(sheet)
        return sheet.plan()
    echo_mails(sheet)
    for rule in () if rests(sheet) else _RULES[situation.relationship.status]:
        rule(sheet)
    return sheet.plan()
