"""Reads mail in a process of its own, which a hostile mail can bring down without harm to anybody else.

The process is started at the first mail and again whenever one has brought it down. It gets two seconds of processor
time for each mail, whatever is asked about it, and 256 MB.
"""

import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from threading import RLock, Timer
from typing import Any, BinaryIO, cast

from adapters.mail.reader import unreadable
from adapters.mail.trust import Trust
from adapters.mail.wire import Hung, Json, files_in, mail_of, receive, reply_of, send
from domain.errors import TryLater
from domain.mail import AttachedFile, ReceivedMail, TooDemanding
from domain.reply import Reply

SECONDS = 2.0
_LEAST = 0.05
# Far more than two seconds of work take on a busy machine; it ends a process that does not work at all.
_PATIENCE = 60.0
_CHILD = (sys.executable, "-P", "-m", "adapters.mail.reading_child")
_OUT_OF_TIME = (-signal.SIGPROF, -signal.SIGXCPU)
_TIME = "reading it took more processor time than one mail may have"
_AGAIN = "It is tried again by itself."
_CRASH = "it brought the reading process down twice"


class ProcessReader:
    """A reader whose every question is answered by the reading process; safe to use from several threads.

    `read` begins a mail: the questions after it draw on the same two seconds. A mail that takes more is unreadable,
    is held, or raises TooDemanding, whichever the question can be answered with; the next mail finds a new process.
    """

    def __init__(
        self, seconds: float = SECONDS, patience: float = _PATIENCE, command: tuple[str, ...] = _CHILD
    ) -> None:
        self._seconds, self._patience, self._command = seconds, patience, command
        self._lock = RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._left = seconds

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The process that stands ready, or None before the first mail and after one that ended it."""
        return self._process.pid if self._process is not None else None

    @property
    def spent(self) -> float:
        """How many seconds of processor time the present mail has taken so far."""
        return self._seconds - self._left

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Return what arrived; nothing that a mail contains makes this raise."""
        with self._lock:
            self._left = self._seconds
            try:
                return mail_of(self._asked({"call": "read"}, raw, sent))
            except TooDemanding as trouble:
                return unreadable(raw, trouble.reason)

    def trust(
        self, raw: bytes, provider: str | None, addresses: Collection[str], sent: bytes | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """Return "trusted", "held" or "refused" with the reasons; nothing that a mail contains makes this raise."""
        question: Json = {"call": "trust", "provider": provider, "addresses": sorted(addresses)}
        try:
            trust, reasons = self._asked(question, raw, sent)
        except TooDemanding as trouble:
            return Trust.HELD.value, (trouble.reason,)
        return str(trust), tuple(reasons)

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Return the files that came with a mail, or raise TooDemanding."""
        return files_in(self._asked({"call": "files"}, raw, None))

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Return what the text says in answer to a mail of ours of that kind, or raise TooDemanding."""
        question: Json = {"call": "understand", "day": today, "kind": kind, "names": list(names)}
        return reply_of(self._asked(question, text.encode("utf-8", "surrogatepass"), None))

    def take_apart(
        self, raw: bytes, text: str, otherwise: date, sent: bytes | None = None
    ) -> tuple[Reply, tuple[str, ...]]:
        """Return what the text of a mail says and, apart from it, its private note; or raise TooDemanding."""
        reply, note = self._asked({"call": "take_apart", "text": text, "day": otherwise}, raw, sent)
        return reply_of(reply), tuple(note)

    def _asked(self, question: Json, raw: bytes, sent: bytes | None) -> Any:
        """Ask, and once more when the process was brought down by something that the mail need not have done."""
        bodies = (raw,) if sent is None else (raw, sent)
        with self._lock:
            answer = self._tried(question, bodies) or self._tried(question, bodies)
        if answer is None:
            raise TooDemanding(_CRASH)
        if "is" not in answer:
            raise TooDemanding(f"the parser failed with {answer.get('failed', 'no answer')}")
        return answer["is"]

    def _tried(self, question: Json, bodies: tuple[bytes, ...]) -> Json | None:
        process = self._standing()
        with _watched(process, self._patience):
            try:
                send(_stdin(process), {**question, "seconds": max(self._left, _LEAST)}, *bodies)
                answer, _ = receive(_stdout(process))
            except (Hung, OSError):
                self._mourn(process)
                return None
        self._left -= answer["spent"]
        if not answer["stays"]:
            self._end()
        return answer

    def _mourn(self, process: subprocess.Popen[bytes]) -> None:
        """Take the dead process away, and say so when the mail itself is known to have ended it."""
        process.kill()
        self._end()
        if process.returncode in _OUT_OF_TIME:
            self._left = 0.0
            raise TooDemanding(_TIME)

    def _standing(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = self._started()
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        """Start the process and wait until it is ready: one that never gets there is no mail's fault."""
        try:
            # A session of its own, so that Ctrl-C ends the daemon's turn and not the mail that is being read.
            process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        except OSError as trouble:
            raise TryLater(f"The process that reads mail cannot be started ({trouble.strerror}).", _AGAIN) from None
        try:
            with _watched(process, _PATIENCE):
                receive(_stdout(process))
        except Hung:
            _bury(process)
            raise TryLater("The process that reads mail ended before it was ready.", _AGAIN) from None
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _bury(process)


def _bury(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes, which ends an idle process, and wait for it."""
    for pipe in (_stdin(process), _stdout(process)):
        with suppress(OSError):
            pipe.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _watched(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill a process that neither works nor answers; whoever waits for it then reads its end."""
    watch = Timer(seconds, process.kill)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _stdin(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdin)


def _stdout(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdout)
