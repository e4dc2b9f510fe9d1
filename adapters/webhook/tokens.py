"""Proofs that a hint belongs to a subscription of ours, made and checked with one secret, so that none is stored."""

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256

_TOKEN = re.compile(r"(?P<owner>[a-z0-9-]{1,40})\.(?P<name>[0-9a-f]{32})\.(?P<proof>[A-Za-z0-9_-]{43})", re.ASCII)


class Tokens:
    """Makes and checks tokens "<owner>.<name>.<proof>", at most 117 characters.

    The proof is HMAC-SHA256 (RFC 2104) of owner and name under a key that is made from `secret`.
    """

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"mentorsync push", "sha256")

    def token(self, owner: str, name: str) -> str:
        """Return the token of an owner's subscription; ValueError for an owner or name of another shape."""
        token = f"{owner}.{name}.{self._proof(f'{owner}.{name}')}"
        if not _TOKEN.fullmatch(token):
            raise ValueError("a token is made of an owner's id and 32 hexadecimal digits")
        return token

    def read(self, token: object) -> tuple[str, str] | None:
        """Return (owner, name) of a token that was made here, or None for anything else."""
        found = _TOKEN.fullmatch(token) if isinstance(token, str) else None
        if found is None:
            return None
        owner, name = found["owner"], found["name"]
        # In constant time, so that a wrong proof does not tell how much of it was right.
        return (owner, name) if hmac.compare_digest(self._proof(f"{owner}.{name}"), found["proof"]) else None

    def mark(self, address: str) -> str:
        """Return what tells this secret together with this address from every other pair."""
        return hmac.new(self._key, b"address " + address.encode(), sha256).hexdigest()[:16]

    def _proof(self, text: str) -> str:
        return urlsafe_b64encode(hmac.digest(self._key, text.encode(), "sha256")).decode("ascii").rstrip("=")
