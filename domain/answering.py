"""What a reply does, given which of our mails it answers.

Commands and sections become facts of the relationship; words that were not used are said back, never guessed at.
"""

from domain.agreeing import agree_on_time, answer_charter, plan_chosen
from domain.answer import YES, personal
from domain.answer import Answer as Answer
from domain.answer import Answered as Answered
from domain.answering_meetings import ABSENT, about_meeting
from domain.answering_whole import ANYWHERE
from domain.asked_beside import asked_beside
from domain.charter import Role
from domain.conversation import PARTS
from domain.errors import Refused
from domain.hearing import Question
from domain.mail import MailKind
from domain.naming_times import NONE_FITS, choose_named
from domain.occasions import action_in, cycle_in, names_meeting, version_in
from domain.offers import choice_in
from domain.owning import ownerless
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.ways_on import choose_way

MEETING_MAILS = (MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION, MailKind.FOLLOW_UP, MailKind.NOTICE)
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
AT_ANY_TIME = (
    Command.STOP,
    Command.PAUSE,
    Command.RESUME,
    Command.REVIVE,
    Command.WITHDRAW,
    Command.CLOSE,
    Command.HELP,
)
"""What our mails promise for any later time: it counts however old the mail is that it answers.

None of it needs an address that proves which mail is answered, so an old address gives no more than none at all.
"""
UNPROVED = "it agrees to something lasting and was not written to the address that our mail gave for it"
NOT_UNDERSTOOD = "nothing in it was understood as an answer to that mail"
SAID = ("unsorted", "learned", "done", "questions", "samples", "observed")
_QUESTIONS = {NONE_FITS: Question.TIMES, ABSENT: Question.ABSENT}
_SECTIONS = (*PARTS, "goals", "why", "bring", "reason")


def answer(relationship: Relationship, given: Answer) -> Answered:
    """Record what the reply says and return what came of it.

    Doing it twice records nothing the second time. What the relationship refuses is a reason, not an error. The
    commands that concern the person and not one relationship are not handled here.
    """
    reply = given.reply
    if reply.asked is not None and not ((reply.times or reply.time_unclear) and reply.asked is Command.MOVE):
        return Answered((), f"it asks whether to {reply.asked.value}, and a question never acts", Question.SURE)
    if given.delegate and (given.kind in CONSENT or reply.command in OWN_HAND or reply.proposal):
        return Answered((), "a delegate cannot agree to that or end it", Question.PERSON)
    if not given.proved and given.kind in CONSENT and reply.command in YES:
        return Answered((), UNPROVED, Question.WHO)
    before = len(relationship.pending_events)
    try:
        used = _respond(relationship, given)
    except Refused as refusal:
        return Answered(_words(reply, ()), refusal.problem, _QUESTIONS.get(refusal.problem, Question.CANNOT))
    told = asked_beside(relationship, given.reply)
    if told:
        return Answered(_words(reply, ()) if reply.command is Command.HELP else (), told=told)
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
    if command in ANYWHERE:
        ANYWHERE[command](relationship, given)
        return ()
    match given.kind:
        case MailKind.REQUEST:
            return _about_request(relationship, given)
        case MailKind.CHARTER:
            return _about_charter(relationship, given)
        case MailKind.CHASE if command in (Command.DONE, Command.DROP):
            settle = relationship.close_action if command is Command.DONE else relationship.let_action_go
            settle(action_in(given.occasion), by)
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


def _about_charter(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """Yes or no; a no to the first one ends the request, so it has to stand alone or with its reason."""
    reply, by = given.reply, given.by
    if reply.command is Command.DECLINE and not relationship.running:
        if reply.unsorted:
            return None
        reason = Personal(by.actor, "\n".join(reply.reason)) if reply.reason else None
        relationship.decline_charter(version_in(given.occasion), given.role, by, reason)
        return ("reason",)
    if reply.command not in YES and not (reply.command is Command.DECLINE and relationship.versions > 1):
        return None
    answer_charter(relationship, given.occasion, given.role, reply.command in YES, by)
    return ()


def _refer(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """All that the mentee writes is what she says of working with the mentor, or that she would rather not."""
    reply = given.reply
    if reply.command in (Command.DECLINE, Command.SKIP):
        relationship.refuse_reference(given.by)
        return ()
    texts = tuple(text for part in SAID for text in getattr(reply, part))
    relationship.give_reference(personal(texts, given.by.actor), given.by)
    return SAID if texts else None


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
        return about_meeting(relationship, given)
    chosen = choose_way(relationship, given.role, given.occasion, given.reply.command, given.by)
    return () if chosen else None
