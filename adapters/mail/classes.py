"""Which class of mail arrived, and why; only what a person wrote to us can act."""

from email.message import Message

from adapters.mail import quotes
from adapters.mail.machine import is_calendar, machine_signs
from adapters.mail.marks import is_forward_subject
from domain.mail import MailClass


def class_of(
    message: Message, parts: tuple[Message, ...], sender: str | None, subject: str, plain: str
) -> tuple[MailClass, tuple[str, ...]]:
    """Return the class and the reasons for it; `plain` is the mail's own plain text, empty when it has none."""
    if is_calendar(parts):
        return MailClass.CALENDAR, ("it carries a calendar part",)
    signs = machine_signs(message, parts, sender, subject)
    if signs:
        return MailClass.MACHINE, signs
    if is_forward_subject(subject) or quotes.is_forward(plain):
        return MailClass.FORWARD, ("it forwards another mail",)
    return MailClass.HUMAN, ("nothing says that a machine wrote it",)
