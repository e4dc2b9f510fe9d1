"""Genuine mail of both providers is believed, what cannot be proved is held, and why is said."""

import time
from dataclasses import replace
from email import message_from_string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.authentication import Verdict, authentication_results, statements_of
from adapters.mail.domains import aligned
from adapters.mail.reader import MailReader
from tests.unit.trust_mails import (
    CLASSIC,
    CLASSIC_VERDICT,
    EXCHANGE_EDGE,
    EXCHANGE_HOP,
    FROM,
    GOOGLE,
    GOOGLE_RECEIVED,
    INTERNAL,
    MARA,
    NEWER,
    mail_of,
    trust_in,
)

GENUINE = {
    "google": ("google", GOOGLE),
    "google, a foreign verdict below": ("google", (*GOOGLE, "Authentication-Results: mx.else.example; dmarc=fail")),
    "google, the sender's own hops below": (
        "google",
        (*GOOGLE, "Received: from laptop.contoso.example by mail.contoso.example; Mon, 1 Mar 2027 10:00:00 +0000"),
    ),
    "google, signed by the parent domain": (
        "google",
        (*GOOGLE_RECEIVED, "Authentication-Results: mx.google.com; dkim=pass header.i=@mail.contoso.example"),
    ),
    "google, two signatures of which one is of a mailing service": (
        "google",
        (
            *GOOGLE_RECEIVED,
            "Authentication-Results: mx.google.com; dkim=pass header.i=@bulk.example; "
            'dkim=pass header.i=@contoso.example header.b="Ab/d+"; spf=softfail smtp.mailfrom=x@bulk.example',
        ),
    ),
    "google, no verdict but the stamp": ("google", (GOOGLE[-1],)),
    "exchange, classic": ("microsoft", CLASSIC),
    "exchange, newer": ("microsoft", NEWER),
    "exchange, no policy but a signature": (
        "microsoft",
        (
            EXCHANGE_HOP,
            "Authentication-Results: spf=none smtp.mailfrom=x.example; dkim=pass header.d=contoso.example; "
            "dmarc=bestguesspass action=none header.from=contoso.example",
            EXCHANGE_EDGE,
        ),
    ),
    "exchange, from another tenant": (
        "microsoft",
        (
            EXCHANGE_HOP,
            CLASSIC_VERDICT,
            "Received: from EUR01-AM1-obe.outbound.protection.outlook.com (192.0.2.9) by\r\n"
            " AM1EUR01FT1.mail.protection.outlook.com (10.0.0.1); Mon, 1 Mar 2027 10:00:01 +0000",
        ),
    ),
    "exchange, through its other front door": (
        "microsoft",
        (
            EXCHANGE_HOP,
            "Received: from AM7EUR06FT044.eop-eur06.prod.protection.outlook.com (2001:db8::3) by\r\n"
            " AS9PR06CA0123.outlook.office365.com (2001:db8::4) via Frontend Transport; Mon, 1 Mar 2027 10:00:02 +0000",
            CLASSIC_VERDICT,
            EXCHANGE_EDGE,
        ),
    ),
    "exchange, inside the tenant": ("microsoft", INTERNAL),
    "exchange, hops under the organisation's own names": (
        "microsoft",
        (
            "Received: from edge.lindenhof.example (2001:db8::2) by mail.lindenhof.example (2001:db8::1); Mon",
            CLASSIC_VERDICT,
            "Received: from mail.contoso.example (192.0.2.1) by edge.lindenhof.example (192.0.2.2); Mon",
        ),
    ),
}


@pytest.mark.parametrize(("provider", "stamps"), GENUINE.values(), ids=GENUINE.keys())
def test_the_genuine_mail_of_the_right_person_is_trusted(provider: str, stamps: tuple[str, ...]) -> None:
    assert trust_in(mail_of(*stamps, FROM), provider) == "trusted"
    assert trust_in(mail_of(*stamps, FROM), provider, ("other@contoso.example",)) == "refused"
    assert trust_in(mail_of(*stamps, FROM), provider, ("other@contoso.example", MARA.upper())) == "trusted"


@pytest.mark.parametrize(
    "shown", [f"From: {MARA}", f"From: <{MARA.upper()}>", f"{FROM}\r\nSender: Mara <{MARA}>", f"From: a <{MARA}> (b)"]
)
def test_the_name_beside_the_address_does_not_matter(shown: str) -> None:
    assert trust_in(mail_of(*GOOGLE, shown)) == "trusted"


@pytest.mark.parametrize(("answered", "trust"), [("agenda", "trusted"), ("another", "held")])
def test_with_a_mail_of_ours_only_its_answer_is_trusted(answered: str, trust: str) -> None:
    sent = f"From: mentoring@lindenhof.example\r\nMessage-ID: <{answered}@lindenhof.example>\r\n\r\nHello".encode()
    assert trust_in(mail_of(*GOOGLE, FROM), sent=sent) == trust


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("Auto-Submitted: auto-replied", "machine mail is never acted on"),
        ("Content-Type: text/calendar", "calendar mail is never acted on"),
        ("X: " + "x" * 9_000, "unreadable mail is never acted on"),
    ],
)
def test_what_no_person_wrote_is_held_and_says_so(more: str, reason: str) -> None:
    judged = MailReader().trust(mail_of(*GOOGLE, FROM, more), "google", (MARA,))
    assert judged == ("held", (reason,))


def test_a_forwarded_mail_is_held() -> None:
    raw = mail_of(*GOOGLE, FROM, body="---------- Forwarded message ---------\r\n")
    assert MailReader().trust(raw, "google", (MARA,)) == ("held", ("forward mail is never acted on",))


@pytest.mark.parametrize(
    ("provider", "person", "stamps", "reason"),
    [
        (None, (MARA,), GOOGLE, "no provider is named whose verdict could count"),
        ("google", (), GOOGLE, "no registered address is named to compare the sender with"),
        ("google", (MARA,), GOOGLE_RECEIVED, "there is no verdict of the provider on it"),
        (
            "google",
            (MARA,),
            ("Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=contoso.example",),
            "the provider's verdict does not prove the sender's domain",
        ),
    ],
)
def test_what_cannot_be_proved_is_held_for_one_reason(
    provider: str | None, person: tuple[str, ...], stamps: tuple[str, ...], reason: str
) -> None:
    assert MailReader().trust(mail_of(*stamps, FROM), provider, person) == ("held", (reason,))


def test_a_refusal_names_everything_that_speaks_against_the_mail() -> None:
    raw = mail_of("Authentication-Results: mx.google.com; dmarc=fail header.from=x.example", FROM, "From: a@x.example")
    trust, reasons = MailReader().trust(raw, "google", (MARA,))
    assert trust == "refused"
    assert [reason.split()[:3] for reason in reasons[:3]] == [
        ["it", "has", "more"],
        ["its", "From", "header"],
        ["the", "provider", "says"],
    ]


@pytest.mark.parametrize(
    ("signer", "domain", "same"),
    [
        ("contoso.example", "contoso.example", True),
        ("mail.contoso.example", "contoso.example", True),
        ("contoso.example", "mail.contoso.example", True),
        ("contoso.co.uk", "mail.contoso.co.uk", True),
        ("co.uk", "contoso.co.uk", False),
        ("com.au", "contoso.com.au", False),
        ("github.io", "contoso.github.io", False),
        ("contoso.onmicrosoft.com", "contoso.example", False),
        ("example", "contoso.example", False),
        ("toso.example", "contoso.example", False),
        ("a.contoso.example", "b.contoso.example", False),
        ("", "contoso.example", False),
        ("", "", False),
    ],
)
def test_domains_belong_together_when_one_lies_below_the_other_and_it_can_be_owned(
    signer: str, domain: str, same: bool
) -> None:
    assert aligned(signer, domain) is same
    assert aligned(domain, signer) is same


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a; b=c d=e", [["a"], ["b=c", "d=e"]]),
        ("A ; B = C(;x(y)=) d =\te;", [["a"], ["b=c", "d=e"], []]),
        ('b="c; d=e (f" g', [['b="c\ufffd\ufffdd\ufffde\ufffd\ufffdf"', "g"]]),
        ('b="c\\"; d=e"', [['b="c\\"\ufffd\ufffdd\ufffde"']]),
        ("", [[]]),
        ("a (b", None),
        ("a) b", None),
        ('a "b', None),
        ('a (b " c)', None),
        ('a ("b)" c)', None),
        ("a (b \\) c)", None),
        ("a \\; b", None),
        ("dk\u0130m=pass", None),
        ("x" * 8_193, None),
    ],
)
def test_a_header_is_split_outside_comments_and_quotes_and_not_at_all_when_in_doubt(
    value: str, words: list[list[str]] | None
) -> None:
    assert statements_of(value) == words


def test_a_result_about_two_domains_is_about_none() -> None:
    value = "mx.google.com; dmarc=pass header.from=a.example header.from=b.example; dkim=pass header.d=a.b header.d=c.d"
    raw = f"Authentication-Results: {value}\r\n\r\n"
    assert authentication_results(message_from_string(raw), "google") == Verdict(True, (("pass", ""),), ())


def test_one_failing_result_spoils_all_that_passed() -> None:
    verdict = Verdict(True, (("pass", "x.example"),), ("x.example",))
    assert verdict.vouches_for("x.example")
    assert not replace(verdict, dmarc=(("pass", "x.example"), ("fail", "x.example"))).vouches_for("x.example")


@pytest.mark.parametrize(
    "piece", ["(", ")", '"', "\\", ";", "=", " ", "\t", "a=b ", "dmarc=pass;", "(a)", '"\\"', "\\("]
)
@pytest.mark.parametrize("name", ["Authentication-Results: mx.google.com; ", "Received: ", "From: ", "Sender: "])
def test_hostile_headers_take_linear_time(name: str, piece: str) -> None:
    header = name + piece * (8_000 // len(piece))
    raw = mail_of(header, *[f"X-{n}: y" for n in range(2_000)], *GOOGLE, FROM)
    started = time.process_time()
    assert trust_in(raw) in ("trusted", "held", "refused")
    assert time.process_time() - started < 0.5


def test_a_thousand_verdicts_take_no_time() -> None:
    started = time.process_time()
    assert trust_in(mail_of(*["Authentication-Results: x"] * 2_000, FROM)) == "held"
    assert time.process_time() - started < 0.5


WORDS = "Authentication-Results: mx.google.com; dmarc=pass header.from=contoso.example From: Received: Sender: by from"
PIECES = st.sampled_from([*WORDS.split(), *'()"\\;=<>, \x00\u00e9', MARA, "\r\n", "\r\n\r\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["google", "microsoft", None, "else"]))
def test_any_pieces_of_a_header_are_judged_without_an_error(pieces: list[str], provider: str | None) -> None:
    raw = "".join(pieces).encode()
    assert trust_in(raw, provider) in ("trusted", "held", "refused")
