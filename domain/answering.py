"""What a reply does, given which of our mails it answers.

Commands and sections become facts of the relationship; words that were not used are said back, never guessed at.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from domain.agreeing import agree_on_time, answer_charter, plan_chosen
from domain.asked_beside import asked_beside
from domain.by import By
from domain.charter import Role
from domain.conversation import PARTS, AgendaItems
from domain.decisions import SkipMeeting
from domain.ending import CLOSED
from domain.errors import Refused
from domain.hearing import Deed, Question
from domain.mail import MailKind
from domain.meeting import Meeting, MeetingState
from domain.naming_times import NONE_FITS, choose_named, wish_named
from domain.occasions import action_in, cycle_in, meeting_ref, names_meeting, topic_in, without_topic
from domain.offers import choice_in
from domain.owning import owner_of, ownerless
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.rules_proposals import QUESTION as WISH_QUESTION
from domain.rules_proposals import time_of_move
from domain.samples import Sample
from domain.shortening import shorten
from domain.situation import Situation
from domain.ways_on import choose_way, recalibrate

MEETING_MAILS = (MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION, MailKind.FOLLOW_UP, MailKind.NOTICE)
YES = (Command.ACCEPT, Command.AGREE)
NO_AGENDA = (Command.SKIP, Command.DECLINE, Command.NOT_HELD, Command.MOVE, Command.ASK_AGENDA)
CONSENT = (MailKind.REQUEST, MailKind.CHARTER)
OWN_HAND = (
    Command.STOP,
    Command.PAUSE,
    Command.RESUME,
    Command.CLOSE,
    Command.RECALIBRATE,
    Command.REVIVE,
    Command.DELETE_NOTES,
)
UNPROVED = "it agrees to something lasting and was not written to the address that our mail gave for it"
NOT_UNDERSTOOD = "nothing in it was understood as an answer to that mail"
SAID = ("unsorted", "learned", "done", "questions", "samples", "observed")
_SECTIONS = (*PARTS, "goals", "why", "bring", "reason")


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply in its place.

    Who wrote it (`role`, and the first names of both for actions), and which of our mails it answers. With `delegate`
    somebody else wrote it in the person's stead, who cannot agree to anything lasting. `echoed` names the earlier mail
    of hers that our mail had answered, if it was such an answer. `proved` says that it was written to the address that
    our mail gave for it, which nobody else knows. Without a `situation` no time that it names is used. `mail` names the
    reply, `samples` are the files that it brings for an agenda.
    """

    role: Role
    names: dict[Role, str]
    kind: MailKind
    occasion: str
    reply: Reply
    by: By
    delegate: bool = False
    echoed: str = ""
    proved: bool = True
    situation: Situation | None = None
    mail: str = ""
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a reply: which of its words were not used, and why nothing in it could be acted on.

    Without `reason` it was understood; with one, `question` is what its writer is asked. `told` is what it asked, which
    the answer to it tells.
    """

    unclear: tuple[str, ...] = ()
    reason: str = ""
    question: Question = Question.NONE
    told: tuple[Deed, ...] = ()


def answer(relationship: Relationship, given: Answer) -> Answered:
    """Record what the reply says and return what came of it.

    Doing it twice records nothing the second time. What the relationship refuses is a reason, not an error. The
    commands that concern the person and not one relationship are not handled here.
    """
    reply = given.reply
    if reply.asked is not None and not (reply.times and reply.asked is Command.MOVE):
        return Answered((), f"it asks whether to {reply.asked.value}, and a question never acts", Question.SURE)
    if given.delegate and (given.kind in CONSENT or reply.command in OWN_HAND or reply.proposal):
        return Answered((), "a delegate cannot agree to that or end it", Question.PERSON)
    if not given.proved and given.kind in CONSENT and reply.command in YES:
        return Answered((), UNPROVED, Question.WHO)
    before = len(relationship.pending_events)
    try:
        used = _respond(relationship, given)
    except Refused as refusal:
        question = Question.TIMES if refusal.problem == NONE_FITS else Question.CANNOT
        return Answered(_words(reply, ()), refusal.problem, question)
    told = asked_beside(relationship, given.reply)
    if told:
        return Answered(told=told)
    if used is None and len(relationship.pending_events) == before:
        if reply.courtesy:
            return Answered((), "it only thanks", Question.NONE)
        return Answered(_words(reply, ()), NOT_UNDERSTOOD, Question.WHAT)
    lost = ownerless(reply.actions, given.role, given.names) if used is not None and "actions" in used else ()
    return Answered((*_words(reply, used or ()), *lost))


def _words(reply: Reply, used: tuple[str, ...]) -> tuple[str, ...]:
    """Return all that a reply says outside the used parts, in the order of its sections."""
    left = [text for part in _SECTIONS if part not in used for text in getattr(reply, part)]
    return (*left, *(action.text for action in reply.actions if "actions" not in used))


def _respond(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """Do what the reply says and return the parts that were used, or None when it says nothing that can be done."""
    proposal = given.reply.proposal
    if proposal is not None:
        relationship.propose_terms(proposal, given.role, given.by)
    aimed = _aimed(relationship, given)
    used = _react(relationship, given)
    return aimed if used is None and (proposal is not None or aimed) else (*used, *aimed) if used is not None else None


def _aimed(relationship: Relationship, given: Answer) -> tuple[str, ...]:
    """What a mentee's section says of the goals; nobody else speaks of them."""
    aims = given.reply.aims if given.role is Role.MENTEE and not given.delegate and relationship.running else ()
    relationship.say_goals(aims, given.by)
    return ("goals",) if aims else ()


def _react(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    command, by = given.reply.command, given.by
    if command in _ANYWHERE:
        _ANYWHERE[command](relationship, given)
        return ()
    match given.kind:
        case MailKind.REQUEST:
            return _about_request(relationship, given)
        case MailKind.CHARTER if command in YES or (command is Command.DECLINE and relationship.versions > 1):
            answer_charter(relationship, given.occasion, given.role, command in YES, by)
        case MailKind.CHASE if command is Command.DONE:
            relationship.close_action(action_in(given.occasion), by)
        case MailKind.OFFER:
            return _choose(relationship, given)
        case MailKind.REFERENCE:
            return _refer(relationship, given)
        case kind if kind in MEETING_MAILS:
            return _about_meeting_or_all(relationship, given)
        case _:
            return None
    return ()


def _about_request(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """Yes, yes on other terms, or no; only what is written as a reason is told to the mentee."""
    reply, by = given.reply, given.by
    if reply.command is Command.DECLINE:
        relationship.decline(by, Personal(by.actor, "\n".join(reply.reason)) if reply.reason else None)
        return ("reason",)
    if reply.command not in YES:
        return None
    if reply.terms is not None:
        relationship.accept_with(reply.terms, by)
    else:
        relationship.accept(by)
    return ()


def _refer(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """All that the mentee writes is what she says of working with the mentor, or that she would rather not."""
    reply = given.reply
    if reply.command in (Command.DECLINE, Command.SKIP):
        relationship.refuse_reference(given.by)
        return ()
    texts = tuple(text for part in SAID for text in getattr(reply, part))
    relationship.give_reference(_personal(texts, given.by.actor), given.by)
    return SAID if texts else None


def _withdraw(relationship: Relationship, given: Answer) -> None:
    relationship.withdraw_references(given.role, given.by)


def _close(relationship: Relationship, given: Answer) -> None:
    """A meeting that stands leaves the calendars with it."""
    current = relationship.meetings.current
    if current is not None:
        relationship.cancel_meeting(current.ref, f"the {given.role.value} closed the mentoring", given.by)
    relationship.end(CLOSED, given.by)


def _undo(relationship: Relationship, given: Answer) -> None:
    place = ("echo", given.echoed) if given.echoed else (given.kind.value, given.occasion)
    heard = relationship.undoable(given.role, *place, given.by.at)
    if not heard:
        raise Refused("There is nothing of yours to undo there.", "Reply to the answer that you got to your mail.")
    for mail in heard:
        relationship.undo_mail(mail.mail, given.by)


def _recalibrate(relationship: Relationship, given: Answer) -> None:
    reachable = given.situation is not None and given.situation.mentor.reachable_after
    recalibrate(relationship, given.role, reachable, given.by)


def _revive(relationship: Relationship, given: Answer) -> None:
    relationship.wish_revival(given.role, given.by)


def _rest(relationship: Relationship, given: Answer) -> None:
    """A pause with a day is one of this relationship; one without silences the person, which is done elsewhere."""
    if given.situation is not None and given.reply.until is not None:
        zone = given.situation.person(given.role).zone
        relationship.rest_until(given.reply.until, zone, given.role, given.by)


def _go_on(relationship: Relationship, given: Answer) -> None:
    relationship.go_on(given.by)


_ANYWHERE: dict[Command, Callable[[Relationship, Answer], None]] = {
    Command.UNDO: _undo,
    Command.CLOSE: _close,
    Command.RECALIBRATE: _recalibrate,
    Command.REVIVE: _revive,
    Command.WITHDRAW: _withdraw,
    Command.PAUSE: _rest,
    Command.RESUME: _go_on,
}


def _choose(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """Take one of the offered times, named by its number on a line of its own, or none of them."""
    lines = given.reply.unsorted
    number = choice_in(lines[0]) if lines and given.reply.command is None else None
    cycle = cycle_in(given.occasion)
    if number is None:
        return _choose_named(relationship, given, cycle)
    if number:
        agree_on_time(relationship, cycle, given.role, number, given.by)
    else:
        relationship.refuse_times(cycle, given.role, given.by)
    return ("unsorted",) if len(lines) == 1 else ()


def _choose_named(relationship: Relationship, given: Answer, cycle: int) -> tuple[str, ...] | None:
    """A time of her own counts where the answer settles it: the other's time is known."""
    offer = relationship.offer(cycle, given.role)
    if given.situation is None or offer is None or not offer.final:
        return None
    start = choose_named(given.situation, given.role, offer, given.reply.times, given.by)
    if start is None:
        return None
    relationship.choose_start(cycle, given.role, start, given.by)
    plan_chosen(relationship, cycle, given.role, given.by)
    return ("unsorted",)


def _about_meeting_or_all(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """A mail that names no meeting speaks of the relationship as a whole."""
    if names_meeting(given.occasion):
        return _about_meeting(relationship, given)
    chosen = choose_way(relationship, given.role, given.occasion, given.reply.command, given.by)
    return () if chosen else None


def _about_meeting(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """A mail about a meeting that was given up since speaks of the one booked anew in its cycle."""
    named = relationship.meeting(meeting_ref(given.occasion))
    meeting = relationship.meetings.of_cycle(named.cycle)[-1]
    over = meeting.time.end <= given.by.at
    used = _said_after(relationship, meeting, given) if over else _said_before(relationship, meeting, given)
    owned = [
        (owner, said) for said in given.reply.actions if (owner := owner_of(said, given.role, given.names)) is not None
    ]
    for owner, said in owned:
        text = Personal(given.by.actor, said.text)
        relationship.owe_action(owner, text, said.due, meeting.cycle, given.by)
    return (*(used or ()), "actions") if used is not None or owned else None


def _said_before(relationship: Relationship, meeting: Meeting, given: Answer) -> tuple[str, ...] | None:
    """Before the meeting: what becomes of it, and what the mentee wants to bring.

    The mentor's words are not put into the mentee's mouth.
    """
    command = given.reply.command
    if command in (*YES, Command.DECLINE) and topic_in(given.occasion) == WISH_QUESTION:
        return _answer_wish(relationship, given)
    if _names_time(given) and given.situation is not None:
        _check_standing(meeting)
        if wish_named(given.situation, given.role, meeting, given.reply.times, given.by):
            return PARTS
    if command in _COMMANDS and _DONE_ALREADY.get(command) is not meeting.state:
        _check_standing(meeting)
        _COMMANDS[command](relationship, meeting, given)
    items = _items(given.reply, given.by.actor)
    nothing = items.empty and not given.samples
    if given.role is not Role.MENTEE or nothing or command in NO_AGENDA or given.kind is MailKind.NOTICE:
        return () if command in _COMMANDS else None
    relationship.add_agenda_items(meeting.cycle, items, given.by)
    relationship.attach_samples(meeting.cycle, given.mail, given.samples, given.by)
    return PARTS


def _names_time(given: Answer) -> bool:
    """Say whether the times that it names are for the meeting: what says more than that is a mentee's preparation."""
    reply = given.reply
    alone = given.kind is not MailKind.PREPARATION or len(_items(reply, given.by.actor).all) <= 1
    return bool(reply.times) and alone and reply.command in (None, Command.MOVE, Command.ASK_AGENDA)


def _answer_wish(relationship: Relationship, given: Answer) -> tuple[str, ...]:
    """With a yes both wish the same time, whatever else stands there; after a no it stays where it is."""
    meeting = relationship.meeting(meeting_ref(given.occasion))
    time = time_of_move(meeting, without_topic(given.occasion))
    if given.reply.command in YES and time is not None:
        relationship.propose_time(meeting.ref, given.role, time, given.by)
    return ()


def _said_after(relationship: Relationship, meeting: Meeting, given: Answer) -> tuple[str, ...] | None:
    """After the meeting: whether it was held (actions and learnings say so too), and what was learned."""
    reply = given.reply
    yes = reply.command in YES and given.kind is MailKind.HELD_QUESTION
    told = yes or reply.command in (Command.HELD, Command.NOT_HELD)
    implied = bool(reply.actions or reply.learned)
    if told or implied:
        relationship.report_held(meeting.ref, reply.command is not Command.NOT_HELD, given.by)
    texts = _personal(reply.learned, given.by.actor)
    relationship.record_learnings(meeting.cycle, given.role, texts, given.by)
    return ("learned",) if told or implied else None


def _skip(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    clause = relationship.charter.clause("conflict")
    relationship.skip_meeting(SkipMeeting(meeting.ref, f"the {given.role.value} asked to skip it", clause), given.by)


def _move(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    """The next time in its cycle that suits both is found for it, as when an invitation is declined."""
    relationship.cancel_meeting(meeting.ref, f"the {given.role.value} asked for another time", given.by)


def _keep(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    relationship.keep_meeting(meeting.ref, given.role, given.by)


def _shorten(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    shorten(relationship, meeting, given.by)


_COMMANDS: dict[Command, Callable[[Relationship, Meeting, Answer], None]] = {
    Command.SKIP: _skip,
    Command.MOVE: _move,
    Command.KEEP: _keep,
    Command.SHORTEN: _shorten,
}


_DONE_ALREADY = {Command.SKIP: MeetingState.SKIPPED, Command.MOVE: MeetingState.CANCELLED}


def _check_standing(meeting: Meeting) -> None:
    if not meeting.live:
        raise Refused("That meeting does not stand any more.", "Nothing needs to be done about it.")


def _items(reply: Reply, owner: str) -> AgendaItems:
    words: dict[str, Any] = {field.name: _personal(getattr(reply, field.name), owner) for field in fields(AgendaItems)}
    return AgendaItems(**words)


def _personal(texts: tuple[str, ...], owner: str) -> tuple[Personal, ...]:
    return tuple(Personal(owner, text) for text in texts)
