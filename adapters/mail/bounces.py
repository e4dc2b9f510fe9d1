"""Which address a non-delivery report is about, and which mail came back: what RFC 3464 says and nothing else."""

import re
from email.message import Message

_ID = re.compile(r"<[^<>\s]{1,250}>")
_RECIPIENT = re.compile(r"rfc822\s*;\s*<?([^\s<>;]{1,320}@[^\s<>;]{1,255})>?\s*", re.IGNORECASE)
_STATUS = re.compile(r"5\.(\d{1,3})\.(\d{1,3})")
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
_TEXT = 16 * 1024
# A full mailbox, a mail too large and a mail unwanted for what it says (RFC 3463 3.3, 3.4, 3.8): the address is right.
_PASSING = {("2", "2"), ("2", "3"), ("3", "1"), ("3", "4"), ("4", "7")}
_POLICY = "7"


def bounced(parts: tuple[Message, ...]) -> tuple[str, ...]:
    """Return the addresses that take no mail for good, in lower case; empty when the mail is no such report."""
    reports = (part for part in parts if part.get_content_type() == "message/delivery-status")
    found = (_failing(block) for part in reports for block in _inner(part))
    return tuple(dict.fromkeys(address for address in found if address))


def returned_ids(parts: tuple[Message, ...]) -> tuple[str, ...]:
    """Return the message ids of the mails that a report sends back, whole or as headers."""
    found: list[str] = []
    for part in parts:
        if part.get_content_type() in _RETURNED:
            found += _ids_in(part)
    return tuple(dict.fromkeys(found))


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _failing(block: Message) -> str | None:
    recipient = _RECIPIENT.match(str(block.get("Final-Recipient", "")).strip())
    status = _STATUS.match(str(block.get("Status", "")).strip())
    if recipient is None or status is None or str(block.get("Action", "")).strip().lower() != "failed":
        return None
    passing = status[1] == _POLICY or status.groups() in _PASSING
    return None if passing else recipient[1].lower()


def _ids_in(part: Message) -> list[str]:
    whole = _inner(part)
    if whole:
        return [id for mail in whole for id in _named(str(mail.get("Message-ID", "")))]
    for line in str(part.get_payload())[:_TEXT].splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "message-id":
            return _named(value)
    return []


def _named(value: str) -> list[str]:
    return _ID.findall(value)
