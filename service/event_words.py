"""Says in plain words what an event of a relationship means, without any word that belongs to a person."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from domain import (
    charter_events,
    delegate_events,
    erasure_events,
    goal_events,
    health_events,
    hearing_events,
    meeting_events,
    notebook_events,
    offering_events,
    opening_events,
    reference_events,
    rest_events,
    sample_events,
)
from domain import relationship_events as events
from domain.charter import Role
from domain.facts import Fact
from domain.hearing import Heard
from domain.occasions import action_in, meeting_ref, reminder_in

WORDS: dict[type[Any], Callable[[Any], str]] = {
    events.Requested: lambda e: f"the mentee asked the mentor, with {count(len(e.goals), 'goal')}",
    events.Accepted: lambda _: "the mentor said yes",
    opening_events.AcceptedWithCounter: lambda e: (
        f"the mentor said yes, for {count(e.charter.minutes, 'minute')} every {count(e.charter.cadence_days, 'day')}"
    ),
    opening_events.AnswerTimeSet: lambda e: f"whoever is asked has {count(e.days, 'day')} to answer",
    opening_events.FallbackNamed: lambda _: "the mentee named a second mentor",
    opening_events.FallbackAsked: lambda _: "the second mentor is asked",
    opening_events.FallbackRefused: lambda e: f"the second mentor cannot be asked: {e.reason}",
    reference_events.ReferenceGiven: lambda _: "the mentee said how it works with the mentor",
    reference_events.ReferenceRefused: lambda _: "the mentee would rather not say how it works with the mentor",
    reference_events.ReferencesWithdrawn: lambda e: f"the {e.role.value} takes back the consent to references",
    events.Declined: lambda e: f"the mentor said no{', with a reason' if e.reason else ''}",
    events.RequestExpired: lambda e: f"the request came to nothing: {e.reason}",
    opening_events.CharterDeclined: lambda e: (
        f"the {e.role.value} said no to version {e.version} of the charter{', with a reason' if e.reason else ''}"
    ),
    events.CharterApproved: lambda e: f"the {e.role.value} agreed to version {e.version} of the charter",
    events.CharterAgreed: lambda e: f"version {e.version} of the charter counts: both agreed",
    charter_events.CharterProposed: lambda e: f"the {e.role.value} proposed version {e.charter.version} of the charter",
    charter_events.CharterRefused: lambda e: f"the {e.role.value} did not agree to version {e.version} of the charter",
    charter_events.CharterProposalLapsed: lambda e: f"version {e.version} of the charter was not answered in time",
    charter_events.CharterChanged: lambda e: f"version {e.charter.version} of the charter counts: both agreed",
    goal_events.GoalSet: lambda e: f"goal {e.number} was set ({plain(e.kind)}, read by the {e.readers.value})",
    goal_events.GoalRefined: lambda e: f"goal {e.number} was refined ({plain(e.kind)}, read by the {e.readers.value})",
    goal_events.GoalEnded: lambda e: f"goal {e.number} was {'reached' if e.reached else 'let go'}",
    rest_events.RestBegan: lambda e: resting(e.until, e.role),
    rest_events.RestEnded: lambda _: "the mentoring goes on after its pause",
    events.TakenOver: lambda e: f"taken over with the charter that the two have kept since {e.since.isoformat()}",
    meeting_events.MeetingPlanned: lambda e: f"meeting {e.cycle}.{e.generation} planned for {moment(e.time.start)}",
    meeting_events.MeetingBooked: lambda e: f"meeting {e.ref} stands in the calendar",
    meeting_events.SlotLost: lambda e: f"meeting {e.ref} given up: its time was taken before it was booked",
    meeting_events.MeetingAdopted: lambda e: (
        f"meeting {e.cycle}.{e.generation} is the appointment that the two made for {moment(e.time.start)}"
    ),
    meeting_events.MeetingMoved: lambda e: (
        f"meeting {e.ref} moved{'' if e.by.channel == 'policy' else ' by hand'} to {moment(e.time.start)}"
    ),
    meeting_events.MovePlanned: lambda e: f"meeting {e.ref} is to be moved to {moment(e.time.start)}: {e.reason}",
    meeting_events.ZoneRulesChanged: lambda e: (
        f"meeting {e.ref} is at {moment(e.time.start)} by changed rules of its zone"
    ),
    meeting_events.CopySeen: lambda e: (
        f"meeting {e.ref} {'shows in' if e.standing else 'was taken out of'} the {e.role.value}'s calendar"
    ),
    meeting_events.MeetingKept: lambda e: f"the {e.role.value} keeps meeting {e.ref} where it is",
    meeting_events.TimeProposed: lambda e: f"the {e.role} would like meeting {e.ref} at {moment(e.time.start)}",
    meeting_events.ResponseSeen: lambda e: (
        f"the {e.role.value} answered the invitation to meeting {e.ref}: {plain(e.response)}"
    ),
    delegate_events.DelegateResponded: lambda e: (
        f"a delegate answered the invitation to meeting {e.ref} for the {e.role.value}: {plain(e.response)}"
    ),
    meeting_events.MeetingCancelled: lambda e: f"meeting {e.ref} cancelled: {e.reason}",
    meeting_events.BookingCancelled: lambda e: f"meeting {e.ref} taken out of the calendar",
    meeting_events.CycleSkipped: lambda e: f"cycle {e.cycle} left out: {e.reason}",
    meeting_events.MeetingHeld: lambda e: f"meeting {e.ref} took place",
    meeting_events.MeetingMissed: lambda e: f"meeting {e.ref} did not take place",
    meeting_events.MeetingPresumedHeld: lambda e: f"meeting {e.ref} counts as held: nobody said otherwise",
    events.AgendaItemsAdded: lambda e: f"{count(_items(e.items), 'agenda item')} for cycle {e.cycle}",
    sample_events.SamplesAttached: lambda e: (
        f"{count(len(e.samples), 'work sample')} for the agenda of cycle {e.cycle}"
    ),
    sample_events.SamplesPassedOn: lambda e: f"{count(len(e.refs), 'work sample')} left with the agenda",
    events.LearningsRecorded: lambda e: (
        f"the {e.role.value} noted {count(len(e.texts), 'learning')} of cycle {e.cycle}"
    ),
    events.ActionOwed: lambda e: (
        f"the {e.owner.value} owes action {e.number}{f', due {e.due.isoformat()}' if e.due else ''}"
    ),
    events.ActionClosed: lambda e: f"action {e.number} is done",
    events.ActionUnreachable: lambda e: f"action {e.number} will not come any more: its owner has left",
    offering_events.TimesOffered: lambda e: (
        f"{count(len(e.starts), 'time')} for meeting {e.cycle}.{e.generation} offered to the {e.role.value} by mail"
    ),
    offering_events.TimeChosen: lambda e: f"the {e.role.value} chose {moment(e.start)} for cycle {e.cycle}",
    offering_events.TimesRefused: lambda e: f"none of the times offered for cycle {e.cycle} suited the {e.role.value}",
    events.Ended: lambda e: f"the relationship ended: {_ENDS[e.reason]}",
    erasure_events.EventBlanked: lambda e: f"the entry of meeting {e.ref} names nobody any more",
    events.MailSent: lambda e: f"sent: {effect_words(e.kind, e.occasion, e.recipient)}",
    events.EffectReopened: lambda e: f"to be tried again: {effect_words(e.kind, e.occasion, e.recipient)}",
    events.EffectLapsed: lambda e: f"not done: {effect_words(e.kind, e.occasion, e.recipient)}; {e.reason}",
    events.EffectGivenUp: lambda e: f"{_gave_up(e)}: {effect_words(e.kind, e.occasion, e.recipient)}; {e.reason}",
    events.MailHeld: lambda e: f"a mail was set aside: {e.reason}",
    hearing_events.MailUnderstood: lambda e: f"a mail of the {e.heard.role.value} was understood: {_deeds(e.heard)}",
    hearing_events.MailUndone: lambda _: "what a mail had brought about was taken back",
    health_events.FactNoted: lambda e: f"noted: {fact_words(e.fact)}",
    health_events.DeadEndSuspected: lambda e: (
        f"several cycles in a row led nowhere ({'; '.join(map(fact_words, e.evidence))}): the mentee alone is asked"
    ),
    health_events.DeadEndAnswered: lambda e: f"the mentee would like to {_CHOICES[e.choice.value]}",
    health_events.RecalibratedToNetworkContact: lambda _: "the two are network contacts now: no cadence, no agendas",
    health_events.ContactKept: lambda _: "the mentee keeps the mentor who left as a network contact",
    health_events.ActionLetGo: lambda e: f"action {e.number} is let go: {e.reason}",
    health_events.RevivalWished: lambda e: f"the {e.role.value} would like to take the mentoring up again",
    health_events.Revived: lambda _: "both wished it: the mentoring goes on",
    rest_events.PairPaused: lambda _: resting(None, None),
    rest_events.PairResumed: lambda _: "the mentoring goes on after its pause",
    notebook_events.Opened: lambda _: "a private notebook began",
    notebook_events.NoteTaken: lambda e: f"private note {e.number} was taken",
    notebook_events.NoteWithdrawn: lambda e: f"private note {e.number} was taken back",
}
_ENDS: dict[str, str] = {
    "left": "one of the two has left the organisation",
    "closed": "one of the two closed it",
    "term": "its term is over",
}
_CHOICES: dict[str, str] = {"keep": "keep trying", "openly": "say it openly"}
_FACTS: dict[str, str] = {
    "late_decline": "the {role} gave up meeting {about} later than the notice allows",
    "moved": "the {role} moved meeting {about}",
    "silence": "the {role} did not answer within the time that was promised",
    "no_agenda": "the mentee sent nothing for the agenda of cycle {cycle}",
}
_MAILS = {
    "request": "request",
    "charter": "charter",
    "notice": "notice",
    "echo": "answer to a mail",
    "preparation": "preparation mail",
    "agenda": "agenda",
    "held_question": "question how it was",
    "follow_up": "follow-up",
    "offer": "times to choose from",
    "invitation": "calendar entry by mail",
    "brief": "brief with private notes",
    "reference": "question how it works with the mentor",
    "references": "words of others about the mentor",
}
_BY_NAME = {event_class.__name__: words for event_class, words in WORDS.items()}


def event_words(event: object) -> str:
    """Return what happened, one line. The library records subclasses of our event classes that keep their names."""
    return _BY_NAME[type(event).__name__](event)


def effect_words(kind: str, occasion: str, recipient: str) -> str:
    """Return what an effect is, such as "agenda to the mentor for meeting 3.1"."""
    ref = meeting_ref(occasion)
    match kind:
        case "book":
            return f"put meeting {ref} into the calendar"
        case "move":
            return f"move meeting {ref} to the time that was wished for"
        case "cancel":
            return f"take meeting {ref} out of the calendar"
        case "blank":
            return f"take the names out of the entry of meeting {ref}"
        case "chase":
            return f"reminder {reminder_in(occasion)} of action {action_in(occasion)} to the {recipient}"
        case "letter":
            return "answer to a request by mail that lacks something"
        case "request" | "charter" | "notice" | "echo" | "reference" | "references":
            return mail_words(kind, recipient)
    return f"{mail_words(kind, recipient)} for meeting {ref}"


def mail_words(kind: str, recipient: str) -> str:
    """Return what a mail is, such as "agenda to the mentor"."""
    return f"{_MAILS[kind]} to the {recipient}"


def fact_words(fact: Fact) -> str:
    """Return what strained the charter, naming nobody."""
    about = meeting_ref(fact.about)
    return _FACTS[fact.kind.value].format(role=fact.role.value, about=about, cycle=fact.cycle)


def resting(until: datetime | None, asked: Role | None) -> str:
    """Return how long a pause of the two lasts; without an end it is for whoever asked to end it."""
    who = f"the {asked.value}" if asked is not None else "an administrator"
    return f"the mentoring rests until {f'{who} lets it go on' if until is None else moment(until)}"


def moment(instant: datetime) -> str:
    """Return an instant as people read it, in UTC."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plain(word: str) -> str:
    """Return a word of ours without its underscores."""
    return str(word).replace("_", " ")


def _items(items: Any) -> int:
    return sum(
        len(getattr(items, part)) for part in ("done", "learned", "questions", "samples", "observed", "unsorted")
    )


def _deeds(heard: Heard) -> str:
    return ", ".join(dict.fromkeys(plain(deed.what.value) for deed in heard.deeds)) or "nothing new"


def _gave_up(event: Any) -> str:
    return "nobody knows whether it was done" if event.unknown else "given up"
