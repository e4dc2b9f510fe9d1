"""Takes what looks like a mail address or a token out of a text, and leaves the names that this program makes itself.

In doubt it takes out: an address in a log cannot be called back. What we call things by, such as the occasion
"1.1@2027-02-24" of an agenda, has the look of an address and stays, because no host can be called so.
"""

import re
from collections.abc import Mapping
from typing import Any

_AT = r"(?:@|\uff20|\ufe6b|%(?:25)*40|&\#0*64;|&\#x0*40;|&commat;|=40(?=[^\W\d_])|\\u0040|\\x40)"
"""The sign itself, its wide and small forms (Unicode 15, FF20 and FE6B), and how URLs, HTML, MIME and JSON write it."""
_END = r"\s<>\"(),;:"
"""What ends a local part that is not quoted (RFC 5322, 3.2.3 `specials`, but for what stands inside an address)."""
_QUOTED = r"\"(?:[^\"\\]|\\.){0,200}\""  # 64 octets at most in an address (RFC 5321, 4.5.3.1.1), each perhaps escaped
_LOCAL = rf"(?:{_QUOTED}|(?<![^{_END}])[^{_END}]*?)(?:\([^()]*\))?"
_HOST = r"(?:\[[^\]\s]*\]|[^\s<>\"'(),;:/?&#{}|\]]*)"
_NAMED = rf"(?<![^<>\",;:\n])(?:{_QUOTED}|[^<>\",;:\n]){{0,200}}<[^<>\n]{{0,400}}?{_AT}[^<>\n]*>?"
"""A name with its address in angle brackets (RFC 5322, 3.4 `name-addr`): the name is somebody's too."""
_PLAIN = rf"{_LOCAL}[ \t]{{0,3}}{_AT}[ \t]{{0,3}}{_HOST}(?:[^{_END}]*?{_AT}{_HOST})*"
_ADDRESS = re.compile(rf"{_NAMED}|{_PLAIN}", re.IGNORECASE)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OURS = re.compile(
    rf"[\['=]?(?:(?:{_UUID}/[a-z_-]+/)?\d+\.\d+@\d{{4}}-\d\d-\d\d(?:T\d\d)?(?:~[a-z_-]+)?|{_UUID}-\d+\.\d+@mentorsync)",
    re.ASCII,
)
"""An occasion up to its first colon, also in the key of a row (domain/occasions.py), and the uid of a meeting that is
told by mail. A host's last label is never made of digits alone (RFC 3696, 2), and none is called plainly mentorsync."""
_TOKEN = re.compile(r"(?i)\bbearer\s+\S+|\beyJ[\w-]{10,}[\w.-]*")


def scrubbed(value: Any) -> Any:
    """Return a value without anything in it that looks like an address or a token; time grows with length alone."""
    if isinstance(value, str):
        return _TOKEN.sub("[token]", _ADDRESS.sub(_taken_out, value))
    if isinstance(value, Mapping):
        return {scrubbed(str(key)): scrubbed(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [scrubbed(item) for item in value]
    return value if isinstance(value, bool | int | float | None) else scrubbed(str(value))


def _taken_out(found: re.Match[str]) -> str:
    return found[0] if _OURS.fullmatch(found[0]) else "[address]"
