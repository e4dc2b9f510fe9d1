"""Whether a mail was meant for the service alone, and on which day its writer wrote it."""

import email
import email.policy
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime

from adapters.mail.senders import headers_named, sole_address


def is_for_us_alone(message: Message, sent: bytes | None) -> bool:
    """Say whether nobody but the service can have received the mail: one address in To and none in Cc.

    With `sent`, the mail of ours that it answers, that one address must be where answers to it go.
    """
    recipient = sole_address(message, "To")
    if recipient is None or any(value.strip() for value in headers_named(message, "Cc")):
        return False
    if sent is None:
        return True
    ours = email.message_from_bytes(sent, policy=email.policy.compat32)
    return recipient in {sole_address(ours, "From"), sole_address(ours, "Reply-To")}


def written_on(message: Message) -> date | None:
    """Return the writer's own date, from the one Date header (RFC 5322 3.6.1), or None when it has none that is one."""
    values = headers_named(message, "Date")
    try:
        return parsedate_to_datetime(values[0]).date() if len(values) == 1 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
