"""A request that begins by mail: "Mentor: …" and the headings Goals, Why you, What I bring."""

import re
from dataclasses import replace

import structlog

from domain.by import By
from domain.capacity import NoPlace
from domain.charter import Role
from domain.errors import BadInput, Refused
from domain.goals import GoalReaders
from domain.hearing import Deed, DeedKind, Heard
from domain.ledger import LedgerWrite
from domain.mail import MailKind, ReceivedMail
from domain.person import Person
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import Reply, SaidGoal
from domain.told_goals import in_numbers, taken_along
from service.arrivals import Thread, acted, mark
from service.house import House
from service.letters import letter_about_request
from service.requests import Ask, requested

log = structlog.get_logger()
_ADDRESS = re.compile(r"[^\s<>(),;:]{1,64}@[^\s<>(),;:]{1,255}")
_PARTS = ("goals", "why", "bring")


def receive_request(house: House, mail: ReceivedMail, mentee: Person, reply: Reply, by: By) -> str | None:
    """Ask the mentor whom the mail names, for its writer; return why it cannot be done, or None.

    Nothing is guessed: all parts must be there, and the mentor must be known by address or by the full name. A goal
    that is private is none to ask her with.
    """
    mentor = mentor_named(house, reply.mentor)
    goals, aims = _goals(reply)
    missing = tuple(part for part in _PARTS if not (getattr(reply, part) if part != "goals" else _shown(goals, aims)))
    if mentor is None or missing:
        _ask_back(house, mail, mentee, (*(("mentor",) if mentor is None else ()), *missing))
        return None
    ask = Ask(mentor, str(mentee.id), goals, "\n".join(reply.why), "\n".join(reply.bring), aims=aims)
    try:
        relationship = requested(house, ask, by)
    except NoPlace:
        _ask_back(house, mail, mentee, ("place",))
        return None
    except (Refused, BadInput) as refusal:
        return f"request-refused: {refusal.problem}"
    deeds = (Deed(DeedKind.REQUESTED),)
    place = (mark(mail), Role.MENTEE, MailKind.REQUEST.value, MailKind.REQUEST.value)
    relationship.hear_mail(Heard(*place, by.at, deeds), by)
    log.info("mail.requested", relationship=str(relationship.id))
    house.streams.save(relationship, now=by.at, write=LedgerWrite(references=(acted(mail, str(relationship.id), ""),)))
    return None


def _goals(reply: Reply) -> tuple[tuple[str, ...], tuple[SaidGoal, ...]]:
    """Return the goals and what is said of them; where a line was not understood as one, all stay as they are."""
    understood = len(reply.aims) == len(reply.goals) and all(aim.text for aim in reply.aims)
    return in_numbers(reply.aims) if understood else (reply.goals, ())


def _shown(goals: tuple[str, ...], aims: tuple[SaidGoal, ...]) -> bool:
    """Say whether a mentor would read any of the goals."""
    private = {aim.number for aim in aims if aim.readers is GoalReaders.MENTEE}
    return len(private) < len(goals)


def asks_again(thread: Thread) -> bool:
    """Say whether a mail in that thread can ask somebody else: the mentee's, when it came to nothing or one left."""
    relationship = thread.relationship
    over = relationship.status in (Status.DECLINED, Status.EXPIRED) or relationship.parted
    return over and thread.recipient is Role.MENTEE


def with_old_words(relationship: Relationship, reply: Reply) -> Reply:
    """Return the reply with the goals, and what the mentee brings, of the request that came to nothing.

    Why this very person is asked has to be said anew.
    """
    aims = reply.aims if reply.goals else taken_along(relationship.aims)
    goals = reply.goals or tuple(aim.text for aim in aims)
    return replace(reply, goals=goals, aims=aims, bring=reply.bring or (relationship.bring.reveal(),))


def _ask_back(house: House, mail: ReceivedMail, mentee: Person, missing: tuple[str, ...]) -> None:
    """Say what is missing; nothing of the mail is kept, and a whole one begins the request."""
    note = (acted(mail, str(mentee.id), ""),)
    log.info("mail.request-incomplete", person=str(mentee.id), missing=missing)
    row = letter_about_request(house, mentee, mark(mail), missing)
    house.streams.save(now=house.now(), write=LedgerWrite(open=(row,), references=note))


def mentor_named(house: House, words: str) -> str | None:
    """Return the id of the one person with an address in the words, or with exactly that full name; else None."""
    addresses = {found for text in _ADDRESS.findall(words) if (found := house.streams.person_at(text))}
    if addresses or "@" in words:
        return addresses.pop() if len(addresses) == 1 else None
    wanted = " ".join(words.casefold().split())
    people = house.streams.summaries("person")
    named = [p.id for p in people if " ".join(p.facts["name"].reveal().casefold().split()) == wanted]
    return named[0] if len(named) == 1 else None
