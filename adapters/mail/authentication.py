"""What the receiving provider says about a mail's origin, read from the one header that only it can have written.

An own tokenizer of Authentication-Results (RFC 8601): Exchange Online writes it without the name of its author, which
the standard's grammar does not allow. Whatever can be read in two ways is no verdict.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from adapters.mail.domains import aligned
from adapters.mail.limits import HEADER
from adapters.mail.senders import sole_address

GOOGLE, MICROSOFT = "google", "microsoft"
_AUTHORS = {GOOGLE: "mx.google.com", MICROSOFT: "mx.microsoft.com"}
_METHODS = ("spf", "dkim", "dmarc", "compauth", "arc")
# The value stands for itself only between quotes; this keeps it from being taken for anything else.
_MASK = str.maketrans(dict.fromkeys(" \t\r\n;=()", "\ufffd"))
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()"\\]|[^()"\\]+', re.DOTALL)
_LONE = ('"', "\\")
_FROM_HOST = re.compile(r"from\s{1,80}(\S{1,255})\s", re.IGNORECASE)
_BY_HOST = re.compile(r"(?:\A|\s)by\s{1,80}([^\s;]{1,255})", re.IGNORECASE)
_EXCHANGE = re.compile(r"(?:\A|\.)(?:outlook|office365|exchangelabs|microsoft)\.[a-z]")
_INTERNAL = {"x-ms-exchange-organization-authas": "internal"}
_DIRECTION = "x-ms-exchange-organization-messagedirectionality"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the provider found: nothing at all unless `found`.

    `dmarc` are the results with the domain each is about, `dkim` the domains whose signature passed, in lower case.
    `internal` means that the sender was logged on to the same Exchange organisation.
    """

    found: bool = False
    dmarc: tuple[tuple[str, str], ...] = ()
    dkim: tuple[str, ...] = ()
    internal: bool = False

    @property
    def failed(self) -> bool:
        """Say whether the domain's own policy (RFC 7489) was not met."""
        return any(result == "fail" for result, _ in self.dmarc)

    def vouches_for(self, domain: str) -> bool:
        """Say whether the mail is proved to come from that domain; SPF alone proves nothing about the From header."""
        passed = bool(self.dmarc) and all(result == ("pass", domain) for result in self.dmarc)
        return not self.failed and (passed or any(aligned(signer, domain) for signer in self.dkim))


def authentication_results(message: Message, provider: str | None) -> Verdict:
    """Return the verdict of the provider in whose mailbox the mail lies; never raises, and takes linear time.

    Only the topmost Authentication-Results counts, only in the provider's own form, and only above whatever another
    host wrote: a sender can put the same header below.
    """
    above = tuple(_headers_of_ours(message, provider or ""))
    value = next((value for name, value in above if name == "authentication-results"), None)
    statements = _own_statements(value, provider) if value is not None else None
    internal = provider == MICROSOFT and _is_internal(message, above)
    if statements is None:
        return Verdict(internal=internal)
    results = [_result(words) for words in statements]
    return Verdict(
        found=True,
        dmarc=tuple((r, _named(p, "header.from")) for method, r, p in results if method == "dmarc"),
        dkim=tuple(d for method, r, p in results if method == "dkim" and r == "pass" and (d := _signer(p))),
        internal=internal,
    )


def statements_of(value: str) -> list[list[str]] | None:
    """Return the words of each statement between semicolons, without comments, in lower case.

    None when it is too long, not ASCII, or when a quote or a comment is not closed or the two are mixed.
    """
    if len(value) > HEADER or not value.isascii():
        return None
    pieces: list[str] = []
    depth = 0
    for token in _TOKEN.findall(value):
        depth += (token == "(") - (token == ")")
        # A quote or an escape inside a comment ends it for one reader and not for the other.
        if depth < 0 or token in _LONE or (depth and token[0] == '"'):
            return None
        pieces.append(" " if depth or token == ")" else token.translate(_MASK) if token[0] == '"' else token)
    return None if depth else [_words(statement) for statement in "".join(pieces).lower().split(";")]


def _words(statement: str) -> list[str]:
    spaced = " ".join(statement.split())
    return spaced.replace(" = ", "=").replace(" =", "=").replace("= ", "=").split()


def _own_statements(value: str, provider: str | None) -> list[list[str]] | None:
    """Return the results when the provider wrote them: under its name, or for Exchange in the form without a name."""
    statements = statements_of(value)
    if not statements or not statements[0] or provider not in _AUTHORS:
        return None
    first = statements[0]
    if first in ([_AUTHORS[provider]], [_AUTHORS[provider], "1"]):
        return statements[1:]
    method, equals, _ = first[0].partition("=")
    return statements if provider == MICROSOFT and equals and method in _METHODS else None


def _result(words: list[str]) -> tuple[str, str, list[str]]:
    """Return method, result and properties of one statement; only its first word can be a result."""
    method, _, result = words[0].partition("=") if words else ("", "", "")
    return method.partition("/")[0], result, words[1:]


def _named(properties: list[str], name: str) -> str:
    """Return a property's value, empty when it is missing or given twice with different values."""
    values = {word.partition("=")[2].strip('"').rstrip(".") for word in properties if word.startswith(f"{name}=")}
    return values.pop() if len(values) == 1 else ""


def _signer(properties: list[str]) -> str:
    """Return the signing domain; Google names only the identity, whose domain lies at or below it (RFC 6376 3.5)."""
    if any(word.startswith("header.d=") for word in properties):
        return _named(properties, "header.d")
    return _named(properties, "header.i").rpartition("@")[2]


def _headers_of_ours(message: Message, provider: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the headers that stand above what the first foreign host wrote."""
    home = _home(message)
    for name, value in message.raw_items():
        known = name.lower()
        if known == "received" and _is_foreign(str(value), provider, home):
            return
        yield known, str(value)


def _is_foreign(received: str, provider: str, home: str) -> bool:
    """Say whether a Received header shows that everything below it was written elsewhere.

    Exchange stamps above the line by which the mail came in, Google below it. Exchange's own hops lead from one host
    of Microsoft, or of the house that the mail is addressed to, to another.
    """
    line = " ".join(received[:HEADER].split())
    sent, taken = _FROM_HOST.match(line), _BY_HOST.search(line)
    by = taken[1].strip("[]().,").lower() if taken else ""
    if provider == GOOGLE:
        return not (by == _AUTHORS[GOOGLE] or by.endswith(".google.com") or by.startswith("2002:"))
    came_from = sent[1].strip("[]().,").lower() if sent else ""
    return not (_is_inside(by, home) and _is_inside(came_from, home))


def _is_inside(host: str, home: str) -> bool:
    return bool(host) and (_house(host) == home or _EXCHANGE.search(host) is not None)


def _home(message: Message) -> str:
    return _house((sole_address(message, "To") or "").rpartition("@")[2])


def _house(host: str) -> str:
    return ".".join(host.rstrip(".").split(".")[-2:])


def _is_internal(message: Message, above: tuple[tuple[str, str], ...]) -> bool:
    """Exchange says so in headers that it removes from all mail of others; one word against it and it is not."""
    every = [(name.lower(), str(value).strip().lower()) for name, value in message.raw_items()]
    told = [value for name, value in every if name in _INTERNAL]
    direction = [value for name, value in every if name == _DIRECTION]
    return (
        told == list(_INTERNAL.values())
        and all(value == "originating" for value in direction)
        and any(name in _INTERNAL for name, _ in above)
        and len(above) == len(every)
    )
