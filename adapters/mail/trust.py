"""Whether a mail may be believed: the receiving provider vouches for its origin, and it is the right person's.

Three answers: trusted; held, when it cannot be proved; refused, when it is forged or somebody else's.
"""

import email.errors
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from adapters.mail.authentication import Verdict, authentication_results
from adapters.mail.senders import headers_named, sole_address, sole_sender
from domain.mail import UNSTAMPED, MailClass

_BROKEN_HEADERS = (
    email.errors.MissingHeaderBodySeparatorDefect,
    email.errors.FirstHeaderLineIsContinuationDefect,
    email.errors.MalformedHeaderDefect,
    email.errors.MisplacedEnvelopeHeaderDefect,
)


class Trust(StrEnum):
    """How far a mail is believed."""

    TRUSTED = "trusted"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a mail is believed, and why."""

    trust: Trust
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The message ids that a mail answers, and those of the mail of ours that it should answer."""

    answered: Collection[str]
    ours: Collection[str]


def judge(
    message: Message,
    mail_class: MailClass,
    provider: str | None,
    person: Collection[str],
    thread: Thread | None = None,
) -> Judgement:
    """Judge a parsed mail as it lies in the service's mailbox at that provider.

    `person` are the registered addresses of the one person who may act. Without a provider nothing is proved; without
    a thread none is asked for. Only human mail is ever trusted.
    """
    if mail_class is not MailClass.HUMAN:
        return Judgement(Trust.HELD, (f"{mail_class.value} mail is never acted on",))
    verdict, sender = authentication_results(message, provider), sole_sender(message)
    refusals = _forgeries(message, verdict, sender, person)
    doubts = (*_doubts(message, verdict, sender, provider), *_strays(person, thread))
    if refusals:
        return Judgement(Trust.REFUSED, (*refusals, *doubts))
    if doubts:
        return Judgement(Trust.HELD, doubts)
    return Judgement(Trust.TRUSTED, ("the provider vouches for the sender, who is the person expected",))


def _forgeries(message: Message, verdict: Verdict, sender: str | None, person: Collection[str]) -> tuple[str, ...]:
    registered = {address.strip().lower() for address in person}
    said = (
        (len(headers_named(message, "From")) > 1, "it has more than one From header"),
        (sender is None, "its From header is not plainly one address"),
        (sender is not None and bool(registered) and sender not in registered, "the sender is not the person expected"),
        (verdict.failed, "the provider says that the sender's domain does not vouch for it (dmarc=fail)"),
    )
    return tuple(words for true, words in said if true)


def _doubts(message: Message, verdict: Verdict, sender: str | None, provider: str | None) -> tuple[str, ...]:
    domain = (sender or "").rpartition("@")[2]
    shown = headers_named(message, "Sender")
    broken = any(isinstance(defect, _BROKEN_HEADERS) for defect in message.defects)
    said = (
        (broken, "its header is broken"),
        (
            bool(shown) and (sender is None or sole_address(message, "Sender") != sender),
            "its Sender header names somebody else",
        ),
        (provider is None, "no provider is named whose verdict could count"),
        (provider is not None and not _is_proved(verdict, domain), _unproved(verdict)),
    )
    return tuple(words for true, words in said if true)


def _is_proved(verdict: Verdict, domain: str) -> bool:
    return bool(domain) and (verdict.vouches_for(domain) or verdict.internal)


def _unproved(verdict: Verdict) -> str:
    if verdict.found:
        return "the provider's verdict does not prove the sender's domain"
    return UNSTAMPED


def _strays(person: Collection[str], thread: Thread | None) -> tuple[str, ...]:
    said = (
        (not person, "no registered address is named to compare the sender with"),
        (thread is not None and not set(thread.answered) & set(thread.ours), "it does not answer our mail"),
    )
    return tuple(words for true, words in said if true)
