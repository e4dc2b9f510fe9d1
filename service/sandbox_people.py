"""What the sandbox's people do by themselves when they mean well, and which mails reached them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

from domain.errors import Refused
from service.demo_cast import ISLA, JONAS, MARA, THEO
from service.settings import Settings

CLOCK = "/clock"
DELAY_MINUTES = 30
ANSWERS = {
    "request": "Accept",
    "charter": "Agree",
    "preparation": "Questions:\n- What should I stop doing first?\n- Who decides it?",
    "held_question": "held",
}
"""What is answered to each kind of our mail."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail in somebody's inbox, with its words as plain text; `at` is UTC."""

    at: datetime
    to: str
    subject: str
    text: str


def willing_acts() -> list[dict[str, Any]]:
    """Return the acts by which each of the four people accepts, agrees and answers whatever asks for it."""
    people = [player.address for player in (MARA, JONAS, ISLA, THEO)]
    common = {"every": True, "delay_minutes": DELAY_MINUTES}
    answers = [
        {"account": person, "act": "reply", "text": text, "when": _kind(kind), **common}
        for person in people
        for kind, text in ANSWERS.items()
    ]
    invited = [
        {"account": person, "act": "accept", "when": {"subject_has": "Mentoring"}, **common} for person in people
    ]
    return answers + invited


def _kind(kind: str) -> dict[str, Any]:
    return {"subject_has": "", "header_has": f"X-Mentorsync-Kind: {kind}"}


def sandbox_of(settings: Settings) -> str:
    """Return the address of the sandbox that a configuration belongs to, or raise Refused when it has none."""
    clock = settings.service.clock
    if not clock.endswith(CLOCK):
        raise Refused(
            "This configuration is not a sandbox's, so there are no mailboxes to look into.",
            "Go into the folder that was given to: mentorsync sandbox serve --out",
        )
    return clock.removesuffix(CLOCK)


def arrived(world: Mapping[str, Any], service: str, words: str) -> tuple[Arrived, ...]:
    """Return the mails in the inboxes of all but the service, oldest first, whose subject has `words` in it."""
    found = [_read(mail) for mail in world["mails"] if mail["folder"] == "inbox" and mail["account"] != service]
    return tuple(sorted((mail for mail in found if words.lower() in mail.subject.lower()), key=lambda mail: mail.at))


def _read(mail: Mapping[str, Any]) -> Arrived:
    whole = message_from_string(mail.get("raw", ""), EmailMessage, policy=default)
    body = whole.get_body(("plain",))
    text = "" if body is None else str(body.get_content())
    return Arrived(datetime.fromisoformat(mail["date"]), mail["account"], mail["subject"], text)
