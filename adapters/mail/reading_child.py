"""The process in which strangers' mails are read: it may take so much time and memory, and nothing else of the machine.

The kernel keeps the limits, so that no mail can talk its way around them.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from adapters.mail.reader import MailReader
from adapters.mail.wire import Hung, Json, file_words, mail_words, receive, reply_words, send

MEMORY = 256 * 1024 * 1024
# A process that has grown this much is replaced: what one mail took is not taken from the next.
_FAT = 64 * 1024 * 1024
_STATM = Path("/proc/self/statm")
_NOTHING = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)


def main() -> None:
    """Answer until the parent closes the pipe."""
    sys.dont_write_bytecode = True
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    reader = MailReader()
    # Words and dates are read with tables that are loaded when somebody first asks.
    reader.understand("Action for me: begin by 12 March", date(2027, 3, 1), "held_question")
    base = _size()
    _limit(base)
    send(outward, {"ready": True})
    with suppress(Hung, BrokenPipeError):
        while _answered(reader, inward, outward, base):
            continue


def _size() -> int:
    """Return the size of the address space in bytes; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _limit(base: int) -> None:
    for kind in _NOTHING:
        resource.setrlimit(kind, (0, 0))
    if base:
        resource.setrlimit(resource.RLIMIT_AS, (base + MEMORY, base + MEMORY))


def _answered(reader: MailReader, inward: BinaryIO, outward: BinaryIO, base: int) -> bool:
    """Answer one question; return whether this process is still slim enough for another."""
    asked, bodies = receive(inward)
    before = _spent()
    # The profiling timer counts processor time, and its signal ends the process; nobody handles it.
    signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
    answer = _answer(reader, asked, bodies)
    signal.setitimer(signal.ITIMER_PROF, 0)
    del bodies
    stays = _size() <= base + _FAT
    send(outward, {**answer, "spent": _spent() - before, "stays": stays})
    return stays


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _answer(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Json:
    try:
        return {"is": _CALLS[asked["call"]](reader, asked, bodies)}
    except Exception as error:
        return {"failed": type(error).__name__}


def _sent(bodies: tuple[bytes, ...]) -> bytes | None:
    return bodies[1] if len(bodies) > 1 else None


def _read(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Json:
    _ = asked
    return mail_words(reader.read(bodies[0], _sent(bodies)))


def _trust(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Any:
    return reader.trust(bodies[0], asked["provider"], asked["addresses"], _sent(bodies))


def _files(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Any:
    _ = asked
    return file_words(reader.files(bodies[0]))


def _understand(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Json:
    text, today = bodies[0].decode("utf-8", "surrogatepass"), date.fromisoformat(asked["day"])
    return reply_words(reader.understand(text, today, asked["kind"], asked["names"]))


def _take_apart(reader: MailReader, asked: Json, bodies: tuple[bytes, ...]) -> Any:
    reply, note = reader.take_apart(bodies[0], asked["text"], date.fromisoformat(asked["day"]), _sent(bodies))
    return reply_words(reply), note


_CALLS: dict[str, Callable[[MailReader, Json, tuple[bytes, ...]], Any]] = {
    "read": _read,
    "trust": _trust,
    "files": _files,
    "understand": _understand,
    "take_apart": _take_apart,
}

if __name__ == "__main__":
    main()
