"""Connects a provider: says what it asks for and what not, tries it without changing anything, then writes it down."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Right:
    """One right at a provider, as the provider calls it, and what it is for."""

    name: str
    use: str


_GOOGLE = "https://www.googleapis.com/auth/"
RIGHTS: Mapping[str, tuple[Right, ...]] = {
    "microsoft": (
        Right("Mail.ReadWrite", "in the service's own mailbox: reads replies, keeps a draft of each mail it sends"),
        Right("Mail.Send", "from the service's own mailbox"),
        Right("Calendars.ReadWrite", "in the calendars of registered people: reads busy times, writes their meetings"),
    ),
    "google": (
        Right(f"{_GOOGLE}gmail.readonly", "reads replies in the service's own mailbox"),
        Right(
            "https://www.googleapis.com/auth/gmail.compose", "keeps a draft of each mail of the service, and sends it"
        ),
        Right(f"{_GOOGLE}calendar.events", "reads and writes meetings of registered people"),
        Right(f"{_GOOGLE}calendar.freebusy", "asks when registered people are free"),
    ),
}
NOT_ASKED: Mapping[str, tuple[str, ...]] = {
    "microsoft": (
        "anybody's mail but the service's own: scope Mail.ReadWrite and Mail.Send to that one mailbox",
        "any mailbox outside the scope: nothing consented for the whole tenant",
        "users, groups, files, contacts, directory: no such right",
    ),
    "google": (
        "anybody's mail but the service's own: a token for Gmail is asked for that one mailbox",
        "deleting or changing mail that arrived: gmail.modify is not needed",
        "calendars' settings and sharing: calendar as a whole is not needed",
        "contacts, files, directory: no such scope",
    ),
}
CREDENTIALS: Mapping[str, tuple[str, ...]] = {
    "microsoft": ("certificate_file", "client_secret_file", "token_file"),
    "google": ("service_account_file", "oauth_client_file", "token_file"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a provider let be read with the credential, in words."""

    reads: tuple[str, ...]


def with_settings(text: str, section: str, given: Mapping[str, str]) -> str:
    """Return a configuration in which a section has these settings; all else stays as it is, comments too.

    A section that is commented out is taken in, one that is missing is added at the end, and a credential of another
    kind is commented out. Misconfigured for a section that stands there twice.
    """
    before, body, after = _parted(text, section)
    replaced = {other for other in CREDENTIALS.get(section, ()) if other not in given} if _credential(given) else set()
    lines = []
    left = dict(given)
    for line in body:
        found = re.match(r"(# ?)?(?P<key>\w+) *=", line)
        key = found["key"] if found else ""
        if key in left:
            lines.append(f"{key} = {json.dumps(left.pop(key), ensure_ascii=False)}")
        elif key in replaced and found and not found[1]:
            lines.append(f"# {line}")
        elif key not in given:
            lines.append(line)
    added = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in left.items()]
    return "\n".join([*before, f"[{section}]", *added, *lines, *after]) + "\n"


def _credential(given: Mapping[str, str]) -> bool:
    return any(key in given for keys in CREDENTIALS.values() for key in keys)


def _parted(text: str, section: str) -> tuple[list[str], list[str], list[str]]:
    """Return the lines before a section's head, those of its body, and those from the next section on."""
    lines = text.rstrip("\n").split("\n")
    heads = [place for place, line in enumerate(lines) if line.strip() == f"[{section}]"]
    heads = heads or [place for place, line in enumerate(lines) if re.fullmatch(rf"# ?\[{section}\]", line.strip())]
    if len(heads) > 1:
        raise Misconfigured(f"The section [{section}] stands there twice.", "Take one of the two out by hand.")
    if not heads:
        return [*lines, ""], [], []
    begin = heads[0]
    following = range(begin + 1, len(lines))
    end = next((place for place in following if re.match(r"(# ?)?\[\w+\]", lines[place])), len(lines))
    # What is said of the next section stands above it.
    while end > begin + 1 and end < len(lines) and lines[end - 1].startswith("# ") and " = " not in lines[end - 1]:
        end -= 1
    return lines[:begin], lines[begin + 1 : end], lines[end:]


Look = Callable[[], object]


def tried(looks: Mapping[str, Look]) -> Tried:
    """Look at each in turn and return what could be read; the first refusal is raised."""
    for look in looks.values():
        look()
    return Tried(tuple(looks))
