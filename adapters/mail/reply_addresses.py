"""Addresses to which a mail of ours is answered: each names its mail, carries an expiry, and cannot be made by others.

"mentoring+ar<mail><day>.<proof>@example.org": the key and the purpose, which mail (64 bits), the last day on which it
counts, and an HMAC-SHA256 of 80 bits over all of it and over the reader's own address. Lower case throughout, because
some servers fold the case. Such an address finds the conversation; it does not prove who writes.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from domain.mail import AddressProof

KIND = "ar"
"""The key that made an address, and what it is for: the first key, and answers."""

_CONTEXT = b"mentorsync reply address, key a"
_FIRST_DAY = date(2020, 1, 1)
_ORDERED = "234567abcdefghijklmnopqrstuvwxyz"
_LONGEST_LOCAL = 64  # RFC 5321 4.5.3.1.1
_TAG = re.compile(r"(?P<kind>[a-z]{2})(?P<mail>[a-z2-7]{13})(?P<day>[a-z2-7]{4})\.(?P<proof>[a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class _Tag:
    kind: str
    mail: str
    day: str
    proof: str


class PlusAddresses:
    """Makes and checks the service's reply addresses with a key that is derived from the store's master key."""

    def __init__(self, service: str, master_key: bytes) -> None:
        self._local, _, self._domain = service.lower().rpartition("@")
        self._key = hmac.new(master_key, _CONTEXT, hashlib.sha256).digest()

    def address(self, key: str, reader: str, expires: date) -> str:
        """Return where the reader of the mail of that ledger key answers it, or "" when it would be too long."""
        body = f"{KIND}{_short(key)}{_day(expires)}"
        local = f"{self._local}+{body}.{self._proof(body, key, reader)}"
        return f"{local}@{self._domain}" if len(local) <= _LONGEST_LOCAL else ""

    def reference(self, key: str) -> str:
        """Return the name under which the mail of that ledger key is found again."""
        return f"reply:{_short(key)}"

    def named(self, recipients: Collection[str]) -> str | None:
        """Return the name of the mail that one of the addresses says to answer, or None; nothing is proved by it."""
        tag = self._tag(recipients)
        return f"reply:{tag.mail}" if tag else None

    def proof(self, recipients: Collection[str], key: str, readers: Collection[str], today: date) -> AddressProof:
        """Say what the address proves that a mail was written to, for our mail of that key to one of the readers."""
        tag = self._tag(recipients)
        if tag is None:
            return AddressProof.NONE
        body = f"{tag.kind}{tag.mail}{tag.day}"
        made = [self._proof(body, key, reader) for reader in readers]
        if (tag.kind, tag.mail) != (KIND, _short(key)) or not any(
            hmac.compare_digest(tag.proof, proof) for proof in made
        ):
            return AddressProof.FORGED
        return AddressProof.EXPIRED if _day(today) > tag.day else AddressProof.GENUINE

    def _tag(self, recipients: Collection[str]) -> _Tag | None:
        for address in recipients:
            local, _, domain = address.lower().rpartition("@")
            name, plus, rest = local.partition("+")
            found = _TAG.fullmatch(rest) if plus and (name, domain) == (self._local, self._domain) else None
            if found:
                return _Tag(found["kind"], found["mail"], found["day"], found["proof"])
        return None

    def _proof(self, body: str, key: str, reader: str) -> str:
        words = "\n".join((body, key, reader.strip().lower())).encode()
        return _letters(hmac.new(self._key, words, hashlib.sha256).digest()[:10])


def _short(key: str) -> str:
    return _letters(hashlib.sha256(key.encode()).digest()[:8])


def _day(day: date) -> str:
    """Return a day as four letters whose order is that of the days."""
    number = max((day - _FIRST_DAY) // timedelta(days=1), 0)
    return "".join(_ORDERED[number >> shift & 31] for shift in (15, 10, 5, 0))


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


class PlainAddresses:
    """For a mailbox to which no such address leads: everybody answers the service's own, and threads find the mail."""

    def address(self, key: str, reader: str, expires: date) -> str:
        """Return no address of its own."""
        _ = key, reader, expires
        return ""

    def reference(self, key: str) -> str:
        """Return the name under which the mail of that ledger key could be found."""
        return f"reply:{_short(key)}"

    def named(self, recipients: Collection[str]) -> str | None:
        """Find nothing."""
        _ = recipients
        return None

    def proof(self, recipients: Collection[str], key: str, readers: Collection[str], today: date) -> AddressProof:
        """Prove nothing."""
        _ = recipients, key, readers, today
        return AddressProof.NONE
