"""A charter as both of the two read it."""

from domain.charter import Charter, Role, Venue
from domain.desk import Desk
from domain.letters import CharterTerms


def terms_of(desk: Desk, charter: Charter) -> CharterTerms:
    """Return the terms of that charter, with the names and the goals of the two."""
    situation = desk.situation
    organisers = {role.value: desk.name(role) for role in Role}
    return CharterTerms(
        version=charter.version,
        goals=tuple(goal.reveal() for goal in situation.relationship.goals),
        cadence_days=charter.cadence_days,
        minutes=charter.minutes,
        mentor_hours=charter.mentor_hours,
        mentee_hours=charter.mentee_hours,
        mentor_zone=situation.mentor.zone,
        mentee_zone=situation.mentee.zone,
        pins=desk.name(charter.pins),
        organiser=organisers.get(charter.organiser.value, ""),
        conflict=charter.conflict.value,
        notice_hours=charter.notice_hours,
        agenda_lead_hours=charter.agenda_lead_hours,
        reply_promise_days=charter.reply_promise_days,
        shortest_minutes=charter.shortest_minutes,
        venue="" if charter.venue is Venue.NOT_SAID else charter.venue.value,
        place=charter.place.reveal() if charter.place is not None else "",
        buffer_minutes=charter.buffer_minutes,
        mentor_preferred=charter.mentor_preferred,
        mentee_preferred=charter.mentee_preferred,
        rhythm=charter.rhythm.value,
        slack_days=charter.slack_days,
        stretch_minutes=charter.stretch_minutes,
        tentative_yields=charter.tentative_yields,
        quiet=charter.quiet,
        weekly_mails=charter.weekly_mails,
        references=charter.references,
        until=charter.until,
        mentor=desk.name(Role.MENTOR),
        mentee=desk.name(Role.MENTEE),
    )
