"""A mail can bring its reading process down and nothing else: the next mail is read as if nothing had been."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from adapters.mail.reader import MailReader
from adapters.mail.reading_process import ProcessReader
from domain.errors import TryLater
from domain.mail import MailClass, TooDemanding
from tests.unit.mail_reading import HEAD

HUNGRY = (sys.executable, "-P", "-m", "tests.unit.hungry_child")
PLAIN = HEAD.encode() + b"\r\nheld\r\n"
DATED = b"Date: Mon, 1 Mar 2027 23:30:00 -0600\r\n" + PLAIN
MONDAY = date(2027, 3, 1)
MEGABYTE = 1024 * 1024


def saying(word: str) -> bytes:
    return HEAD.encode() + f"\r\n{word}\r\n".encode()


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessReader]:
    with closing(ProcessReader()) as reader:
        yield reader


@pytest.fixture(scope="module")
def hungry() -> Iterator[ProcessReader]:
    with closing(ProcessReader(seconds=0.3, patience=3.0, command=HUNGRY)) as reader:
        yield reader


@pytest.mark.parametrize(
    "raw",
    [PLAIN, DATED, b"", b"\x00\xff", HEAD.encode() + b"Content-Type: message/rfc822\r\n" * 300, saying("Grüße, 你好")],
)
def test_the_process_reads_exactly_as_the_reader_does(reader: ProcessReader, raw: bytes) -> None:
    assert reader.read(raw) == MailReader().read(raw)
    assert reader.trust(raw, "google", {"a@b.example"}) == MailReader().trust(raw, "google", {"a@b.example"})


def test_the_process_understands_exactly_as_the_reader_does(reader: ProcessReader) -> None:
    text = "held\n\nLearned: much\nAction for me: write by Friday\nNote: hush \ud83d"
    assert reader.understand(text, MONDAY) == MailReader().understand(text, MONDAY)
    apart = reader.take_apart(PLAIN, text, MONDAY, PLAIN)
    assert apart == MailReader().take_apart(PLAIN, text, MONDAY, PLAIN)


def test_one_process_serves_many_mails(reader: ProcessReader) -> None:
    reader.read(PLAIN)
    first = reader.pid
    reader.read(PLAIN)
    assert first == reader.pid is not None


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("SPIN", "processor time"),
        ("EAT", "MemoryError"),
        ("DIE", "brought the reading process down twice"),
    ],
)
def test_a_mail_that_ends_its_process_is_unreadable_and_the_next_one_is_read(
    hungry: ProcessReader, word: str, reason: str
) -> None:
    got = hungry.read(saying(word))
    assert (got.mail_class, reason in got.reasons[0]) == (MailClass.UNREADABLE, True)
    assert hungry.read(PLAIN).text == "held"


def test_a_process_that_does_nothing_at_all_is_ended_too() -> None:
    with closing(ProcessReader(patience=0.3, command=HUNGRY)) as reader:
        reader.read(PLAIN)
        assert reader.read(saying("WAIT")).mail_class is MailClass.UNREADABLE


def test_a_process_that_one_mail_made_fat_does_not_read_the_next(hungry: ProcessReader) -> None:
    hungry.read(PLAIN)
    before = hungry.pid
    assert hungry.read(saying("GROW")).text == "GROW"
    assert hungry.pid is None
    hungry.read(PLAIN)
    assert hungry.pid not in (None, before)


def test_whatever_is_asked_about_one_mail_draws_on_the_same_seconds(hungry: ProcessReader) -> None:
    hungry.read(PLAIN)
    first = hungry.spent
    assert hungry.trust(PLAIN, "google", ())[0] == "held"
    assert 0 < first < hungry.spent
    with pytest.raises(TooDemanding, match="processor time"):
        hungry.understand("SPIN", MONDAY)
    assert hungry.spent == pytest.approx(0.3)
    assert hungry.read(PLAIN).text == "held"


def test_a_process_killed_from_outside_is_replaced_and_no_mail_is_lost(reader: ProcessReader) -> None:
    reader.read(PLAIN)
    os.kill(reader.pid or 0, signal.SIGKILL)
    assert reader.read(PLAIN).text == "held"


@pytest.mark.parametrize("command", [("/no/such/program",), (sys.executable, "-c", "raise SystemExit(3)")])
def test_a_process_that_does_not_start_is_no_mails_fault(command: tuple[str, ...]) -> None:
    with closing(ProcessReader(command=command)) as reader, pytest.raises(TryLater):
        reader.read(PLAIN)


def test_closing_ends_the_process() -> None:
    reader = ProcessReader()
    reader.read(PLAIN)
    pid = reader.pid
    reader.close()
    assert not Path(f"/proc/{pid}/stat").exists()


BOMBS = {
    "a subject of 1 MB": b"Subject: " + b"x" * MEGABYTE + b"\r\n\r\nheld",
    "quoted tokens in To": b"To: " + b'"a" ' * 19_500 + b"\r\n\r\nheld",
    "20,000 addresses": b"To: " + b"a@b.example, " * 20_000 + b"\r\n\r\nheld",
    "5,000 parameters": b"Content-Type: text/plain; " + b"a=b; " * 5_000 + b"\r\n\r\nheld",
    "20,000 parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 20_000 + b"--b--",
    "3,000 nested parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)
    ),
    "2,000 nested mails": b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "20,000 brackets": b"From: " + b"(" * 20_000 + b"\r\n\r\nheld",
    "an attachment of 25 MB": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nheld\r\n--b\r\n"
    b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + (b"QUJD" * 19 + b"\r\n") * (24 * MEGABYTE // 78)
    + b"--b--\r\n",
    "two From headers": b"From: a@b.example\r\nFrom: c@d.example\r\n\r\nheld",
    "60 KB of On": HEAD.encode() + b"\r\n" + b"On " * 20_000,
    "a line of 100,000 spaces": HEAD.encode() + b"\r\n" + b" " * 100_000 + b"x",
    "200,000 newlines": HEAD.encode() + b"\r\n" + b"\n" * 200_000,
    "100,000 dashes": HEAD.encode() + b"\r\n" + b"-" * 100_000,
    "5,000 lines On the": HEAD.encode() + b"\r\n" + b"On the\n" * 5_000,
    "10,000 introductions": HEAD.encode() + b"\r\n" + b"On 9 Mar 2027 at 17:00 a@b.example wrote:\n" * 10_000,
    "1 MB of prose": HEAD.encode() + b"\r\n" + b"The quick brown fox jumps over it. " * 30_000,
    "4 MB of HTML": HEAD.encode() + b"Content-Type: text/html\r\n\r\n" + b"<p>a</p>" * (MEGABYTE // 2),
    "5,000 nested divs": HEAD.encode() + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 5_000 + b"held",
}


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_takes_at_most_two_seconds_and_256_mb_and_the_next_mail_is_read(
    reader: ProcessReader, raw: bytes
) -> None:
    before = time.process_time()
    got = reader.read(raw)
    reader.trust(raw, "google", {"a@b.example"})
    reader.understand(got.text, MONDAY)
    assert reader.spent < 2
    assert peak_of(reader.pid) < 256 * MEGABYTE
    assert time.process_time() - before < 2
    assert reader.read(PLAIN).text == "held"


def peak_of(pid: int | None) -> int:
    """Return the most memory that a process has had, in bytes; nothing for one that is gone."""
    if pid is None:
        return 0
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
