"""The terms of a charter as its two readers see them: each a name and a value, in the order in which they matter."""

from collections.abc import Iterator

from adapters.mail.speaker import Speaker
from domain.letters import AgendaLetter, CharterTerms


def terms_of(terms: CharterTerms, t: Speaker) -> tuple[tuple[str, str], ...]:
    """Return the terms; what the charter does not say is left out."""
    named = (*_when(terms, t), *_how(terms, t))
    return tuple((t.say(f"charter.{name}", mentor=terms.mentor, mentee=terms.mentee), value) for name, value in named)


def kick_off_of(letter: AgendaLetter, t: Speaker) -> tuple[str, ...]:
    """Return what two who meet for the first time begin with: who each is, what is wanted, and how they work."""
    if letter.terms is None:
        return ()
    terms = dict((*_when(letter.terms, t), *_how(letter.terms, t)))
    named = {name: t.say(f"charter.{name}") for name in ("meetings", "answers")}
    work = {name: t.say("charter.term", name=label, value=terms[name]) for name, label in named.items()}
    return t.say("agenda.ice_who"), t.say("agenda.ice_wanted", mentee=letter.mentee), t.say("agenda.ice_work", **work)


def asked_for(name: str, value: str, before: CharterTerms | None, t: Speaker) -> str:
    """Return the other value that a term, by its name, had before, or "" where it is the same or new."""
    asked = dict(terms_of(before, t)).get(name, "") if before is not None else ""
    return "" if asked == value else asked


def _when(terms: CharterTerms, t: Speaker) -> Iterator[tuple[str, str]]:
    every = t.every(terms.cadence_days) if terms.rhythm == "days" else t.say(f"time.{terms.rhythm}")
    yield "meetings", t.say("charter.meetings_value", minutes=terms.minutes, every=every)
    if terms.slack_days:
        yield "slack", t.count("charter.slack_value", terms.slack_days)
    yield "mentor_hours", _hours(t, terms.mentor_hours, terms.mentor_preferred, terms.mentor_zone)
    yield "mentee_hours", _hours(t, terms.mentee_hours, terms.mentee_preferred, terms.mentee_zone)
    if terms.stretch_minutes:
        yield "stretch", t.count("charter.stretch_value", terms.stretch_minutes)
    if terms.tentative_yields:
        yield "tentative", t.say("charter.tentative_value")
    if terms.buffer_minutes:
        yield "buffer", t.count("charter.buffer_value", terms.buffer_minutes)
    yield "pins", t.say("charter.pins_value", name=terms.pins)


def _how(terms: CharterTerms, t: Speaker) -> Iterator[tuple[str, str]]:
    if terms.venue:
        yield "venue", terms.place or t.say("charter.online")
    yield "organiser", terms.organiser or t.say("charter.service")
    yield "conflict", t.say(f"charter.policy.{terms.conflict}", minutes=terms.shortest_minutes or terms.minutes)
    yield "notice", t.count("charter.notice_value", terms.notice_hours)
    yield "agenda", t.count("charter.agenda_value", terms.agenda_lead_hours, mentor=terms.mentor)
    yield "answers", t.count("charter.answers_value", terms.reply_promise_days)
    yield "health", t.say("charter.health_value", mentee=terms.mentee)
    if terms.quiet:
        start, _, end = terms.quiet.partition("-")
        yield "quiet", t.say("charter.quiet_value", start=start, end=end)
    if terms.until:
        yield "term_end", t.say("charter.term_end_value", day=t.day(terms.until))
    if terms.weekly_mails:
        yield "weekly", t.count("charter.weekly_value", terms.weekly_mails)
    if terms.references:
        yield "references", t.say("charter.references_value", mentor=terms.mentor, mentee=terms.mentee)


def _hours(t: Speaker, hours: str, preferred: str, zone: str) -> str:
    shown = t.hours(hours, zone)
    return t.say("charter.preferred", hours=shown, preferred=t.hours(preferred)) if preferred else shown
