"""What the reading process and its parent say to each other: a line of JSON with the mail's bytes behind it.

JSON and not pickled objects, because what comes back was made by a process that handled a stranger's mail.
"""

import base64
import json
import struct
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, BinaryIO

from domain.charter import ConflictPolicy
from domain.goals import GoalKind, GoalReaders
from domain.mail import AttachedFile, MailClass, ReceivedMail
from domain.reply import Command, Reply, SaidAction, SaidGoal, SaidNote, SaidTerms, SaidTime

_LENGTHS = struct.Struct(">II")
Json = dict[str, Any]


class Hung(Exception):
    """The other side is gone, or what it says is no answer."""


def send(stream: BinaryIO, words: Json, *bodies: bytes) -> None:
    """Write one message: lengths, words, bytes."""
    head = json.dumps({**words, "sizes": [len(body) for body in bodies]}, default=_plain).encode()
    stream.write(_LENGTHS.pack(len(head), sum(len(body) for body in bodies)))
    stream.write(head)
    for body in bodies:
        stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Json, tuple[bytes, ...]]:
    """Read one message, or raise Hung when the other side stopped before its end."""
    head, body = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    try:
        words = json.loads(_exactly(stream, head))
        sizes = words.pop("sizes")
        bodies = tuple(_exactly(stream, size) for size in sizes)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Hung("what came is no message") from None
    if sum(sizes) != body:
        raise Hung("what came is no message")
    return words, bodies


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise Hung("the other side is gone")
    return data


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not travel")


def mail_words(mail: ReceivedMail) -> Json:
    """Return a mail as JSON."""
    return asdict(mail)


def mail_of(words: Json) -> ReceivedMail:
    """Return the mail that the JSON says."""
    known: Json = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    known["mail_class"] = MailClass(words["mail_class"])
    known["written"] = datetime.fromisoformat(words["written"]) if words["written"] else None
    return ReceivedMail(**known)


def file_words(files: Iterable[AttachedFile]) -> list[Json]:
    """Return files as JSON."""
    return [{**asdict(file), "content": base64.b64encode(file.content).decode("ascii")} for file in files]


def files_in(words: list[Json]) -> tuple[AttachedFile, ...]:
    """Return the files that the JSON says."""
    return tuple(AttachedFile(**{**said, "content": base64.b64decode(said["content"])}) for said in words)


def reply_words(reply: Reply) -> Json:
    """Return what a reply says as JSON."""
    return asdict(reply)


def reply_of(words: Json) -> Reply:
    """Return what the JSON says of a reply."""
    known: Json = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    known |= {name: Command(words[name]) for name in ("command", "asked") if words.get(name)}
    known["actions"] = tuple(_action(said) for said in words["actions"])
    known["notes"] = tuple(SaidNote(said["text"], _day(said["hint"])) for said in words["notes"])
    known["times"] = tuple(_said_time(said) for said in words["times"])
    known["until"] = _day(words["until"])
    known["aims"] = tuple(_said_goal(said) for said in words["aims"])
    known |= {name: _said_terms(words[name]) if words[name] else None for name in ("terms", "proposal")}
    return Reply(**known)


def _action(words: Json) -> SaidAction:
    return SaidAction(words["owner"], words["text"], _day(words["due"]))


def _said_time(words: Json) -> SaidTime:
    return SaidTime(_day(words["day"]), time.fromisoformat(words["at"]) if words["at"] else None, words["zone"])


def _said_terms(words: Json) -> SaidTerms:
    policy = ConflictPolicy(words["conflict"]) if words["conflict"] else None
    return SaidTerms(**{**words, "conflict": policy, "until": _day(words["until"])})


def _said_goal(words: Json) -> SaidGoal:
    kind, readers = words["kind"], words["readers"]
    return SaidGoal(
        **{**words, "kind": GoalKind(kind) if kind else None, "readers": GoalReaders(readers) if readers else None}
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
