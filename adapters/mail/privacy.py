"""Whether a mail was meant for the service alone, and when its writer wrote it."""

import email
import email.policy
from datetime import UTC, datetime
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


def written_at(message: Message) -> datetime | None:
    """Return when it was written, on the writer's own clock, or None: from the one Date header, if that is one.

    A date without a zone ("-0000") is UTC (RFC 5322, 3.3 and 3.6.1).
    """
    values = headers_named(message, "Date")
    try:
        written = parsedate_to_datetime(values[0]) if len(values) == 1 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return written if written is None or written.tzinfo is not None else written.replace(tzinfo=UTC)
