"""Who a mail says it is from, read strictly: what is not plain is nobody.

The standard library's address parsers take "mentor@example.com, <other@example.org>" for the first of the two
(CVE-2023-27043).
"""

import re
from email.message import Message

from adapters.mail.limits import HEADER

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = rf"(?P<address>{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_COMMENT = r"\([^()<>@\\]*\)"
_NAME = rf'(?:(?:{_QUOTED}|{_COMMENT}|[^<>()",;:@\\])*)'
_MAILBOX = re.compile(rf"{_NAME}<{_ADDRESS}>(?:\s*{_COMMENT})?")
_BARE = re.compile(rf"{_ADDRESS}(?:\s*{_COMMENT})?")
# Some clients write the address as its own unquoted name, which RFC 5322 does not allow but nobody can misread.
_TWICE = re.compile(rf"{_ADDRESS}\s*<(?P=address)>")
_ANYWHERE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_TO = ("X-Gm-Original-To", "Delivered-To", "Envelope-To", "Resent-To", "To", "Cc")
MAX_RECIPIENTS = 50
_FOLD = re.compile(r"\r?\n(?=[ \t])")


def sole_sender(message: Message) -> str | None:
    """Return the one address of the one From header in lower case, or None; display names never count."""
    return sole_address(message, "From")


def sole_address(message: Message, name: str) -> str | None:
    """Return the one address of the one header of that name in lower case, or None when it is not plainly one."""
    headers = headers_named(message, name)
    if len(headers) != 1:
        return None
    value = _FOLD.sub("", headers[0]).strip()
    for pattern in (_BARE, _MAILBOX, _TWICE):
        found = pattern.fullmatch(value)
        if found:
            return found["address"].lower()
    return None


def recipients_of(message: Message) -> tuple[str, ...]:
    """Return all addresses that the mail was written to, in lower case; those that the provider noted come first."""
    values = (value[:HEADER] for name in _TO for value in headers_named(message, name))
    found = dict.fromkeys(address.lower() for value in values for address in _ANYWHERE.findall(value))
    return tuple(found)[:MAX_RECIPIENTS]


def headers_named(message: Message, name: str) -> list[str]:
    """Return the values of all headers of that name, in order."""
    return [str(value) for value in message.get_all(name, [])]
