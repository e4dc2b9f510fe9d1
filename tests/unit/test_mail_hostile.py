"""Nothing in a mail makes its reader fail or take long."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.reader import MailReader
from domain.mail import MailClass
from tests.unit.mail_reading import html_mail, mail, read

NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(15))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"a: b\r\n\r\n" + b"x" * (25 * 1024 * 1024), "25 MB"),
        (b"a: b\r\n" * 20_000 + b"\r\n", "64 KB"),
        (b"Subject: " + b"x" * 9_000 + b"\r\n\r\nheld", "8 KB"),
        (b"From: a@b.example\r\n\r\n" + b"word " * 60_000, "too long"),
        (
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 201 + b"--b--\r\n",
            "200 parts",
        ),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000, "parts"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)),
            "parts",
        ),
        (b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(40)), "deep"),
        (b"Content-Type: message/rfc822\r\n\r\n" * 2_000, "parts"),
        (b"Content-Type: message/rfc822\r\r" * 2_000, "parts"),
        (NESTED + b"x\n" * 1_000_000, "too many lines"),
        (NESTED.replace(b"\r\n", b"\r") + b"x\r" * 1_000_000, "too many lines"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: " + b"a=b; " * 2_000 + b"\r\n\r\nx", "8 KB"),
    ],
)
def test_a_mail_beyond_a_limit_is_unreadable_and_says_why(raw: bytes, reason: str) -> None:
    started = time.process_time()
    got = read(raw)
    assert time.process_time() - started < 2
    assert got.mail_class is MailClass.UNREADABLE
    assert (got.sender, got.text, got.sure) == (None, "", False)
    assert reason in got.reasons[0]


HOSTILE = {
    "line breaks": "\n" * 200_000,
    "spaces": " " * 100_000 + "x",
    "dashes": "-" * 100_000,
    "on": "On " * 20_000,
    "on lines": "On the\n" * 20_000,
    "attributions": "On 9 Mar 2027 at 17:00 a@b.example wrote\n" * 5_000,
    "colons": "a: b\n" * 40_000,
    "quotes": "> x\n" * 50_000,
    "nested quotes": ">" * 200_000,
    "marks": "Write your reply above this line\n" * 7_000,
    "at signs": "a@" * 100_000,
    "no at sign": "a" * 200_000,
    "underscores": "_\n" * 100_000,
    "headings": "Done:\n" * 40_000,
    "forwards": "-" * 20 + " forwarded message\n",
    "bullets": "- \n" * 60_000,
    "brackets": "(" * 200_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_takes_less_than_a_second(body: str) -> None:
    started = time.process_time()
    mail(body)
    MailReader().understand(body, date(2027, 3, 1))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5_000 + "held" + "</div>" * 5_000,
        "<blockquote type=cite>" * 5_000 + "held",
        "<div style='display:none'>" * 5_000 + "held",
        "<br>" * 50_000 + "held",
        "<p>" * 50_000 + "held",
        "<div id=appendonsend>" * 5_000 + "held",
        "<!--" * 50_000,
        "<a " * 50_000,
    ],
)
def test_hostile_html_takes_less_than_a_second(markup: str) -> None:
    started = time.process_time()
    html_mail(markup)
    assert time.process_time() - started < 1


def test_deeply_nested_html_does_not_become_empty() -> None:
    assert html_mail("<div>" * 5_000 + "held" + "</div>" * 5_000).text == "held"


@pytest.mark.parametrize(
    "header",
    [
        "From: " + "(" * 7_000,
        "From: " + "a" * 7_900,
        "From: " + '"' * 7_900,
        "From: " + "a@" * 3_900,
        "From: " + "a." * 3_900 + "@b.example",
        "References: " + "<" * 8_000,
        "References: " + "<a@b.example> " * 580,
        "Subject: " + "=?utf-8?b?" * 700,
        "Subject: =?utf-8?b?/w==?= =?no-such?q?x?= =?utf-8?b?a?=",
        "Subject: =?UTF-8?Q?x=0D=0ABcc:_evil@b.example?=",
        "To: " + '"a" <a@b.example>, ' * 400,
        "Content-Type: text/plain; " + "; ".join(f"a{n}=b" for n in range(900)),
        "Content-Type: text/plain; charset*=utf-8''%ff",
        "Content-Type: text/plain; name*=",
        "Message-ID: <[" + "a" * 200 + "]>",
    ],
)
def test_a_hostile_header_takes_less_than_a_second_and_breaks_nothing(header: str) -> None:
    started = time.process_time()
    got = read(f"{header}\r\nX: y\r\n\r\nheld")
    assert time.process_time() - started < 1
    assert (got.text, "\n" in got.subject) == ("held", False)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_without_an_error(raw: bytes) -> None:
    got = read(raw)
    assert got.message_id.startswith("<")


PIECES = st.sampled_from(
    [
        "From: a@b.example\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/html; charset=x\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: uuencode\r\n",
        "Subject: =?utf-8?q?=ff?=\r\n",
        "\r\n",
        "--b\r\n",
        "--b--\r\n",
        "> x\n",
        "held\n",
        "\x00\ud7ff",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_pieces_of_mail_are_read_without_an_error(pieces: list[str]) -> None:
    assert "failed" not in read("".join(pieces)).reasons[0]


@pytest.mark.parametrize("line", ["a", "we met on tuesday and talked", "x" * 2_000, "", "hello jonas"])
def test_knowing_our_own_words_again_takes_less_than_a_second(line: str) -> None:
    sent = b"Message-ID: <a@b.example>\r\n\r\n" + b"we met on tuesday and talked about it\r\n" * 300
    body = f"{line}\n" * (200_000 // (len(line) + 1))
    started = time.process_time()
    MailReader().read(f"From: a@b.example\r\n\r\n{body}".encode(), sent)
    assert time.process_time() - started < 1
