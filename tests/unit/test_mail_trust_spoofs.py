"""Ways to pass off a mail as another person's; none of them is believed."""

import pytest

from tests.unit.trust_mails import (
    CLASSIC,
    CLASSIC_VERDICT,
    EXCHANGE_EDGE,
    EXCHANGE_HOP,
    FROM,
    GOOGLE,
    GOOGLE_RECEIVED,
    GOOGLE_VERDICT,
    INTERNAL,
    MARA,
    NEWER_VERDICT,
    mail_of,
    trust_in,
)

PASS = "dmarc=pass header.from=contoso.example"
EVIL = "mallory@evil.example"
FOREIGN_HOP = "Received: from evil.example (192.0.2.66) by relay.evil.example; Mon, 1 Mar 2027 09:59:00 +0000"


def google(results: str) -> tuple[str, ...]:
    """Return Google's stamps with these results."""
    return (*GOOGLE_RECEIVED, f"Authentication-Results: mx.google.com; {results}")


def exchange(results: str) -> tuple[str, ...]:
    """Return Exchange's stamps with these results."""
    return (EXCHANGE_HOP, f"Authentication-Results: {results}", EXCHANGE_EDGE)


FROM_TRICKS = {
    "two From headers": (f"From: {MARA}", f"From: {EVIL}"),
    "two From headers, the other first": (f"From: {EVIL}", f"From: {MARA}"),
    "the same From header twice": (f"From: {MARA}", f"From: {MARA}"),
    "a second From header with a space before its colon": (f"From: {MARA}", f"From : {EVIL}"),
    "a second From header in capitals": (f"FROM: {EVIL}", f"From: {MARA}"),
    "a group": (f"From: Friends: {MARA};",),
    "an empty group": ("From: Mara:;",),
    "two addresses": (f"From: {MARA}, {EVIL}",),
    "an address and a bracketed one": (f"From: {MARA}, <{EVIL}>",),
    "a bracket closed twice": (f"From: <{MARA}>{EVIL}",),
    "a parenthesis between two addresses": (f"From: {MARA}){EVIL}",),
    "a route": (f"From: <@evil.example:{MARA}>",),
    "a comment inside the address": ("From: mara(a)@contoso.example",),
    "a quoted local part with an address": (f'From: "{MARA}"@evil.example',),
    "a name that is the address": (f'From: "{MARA}" <{EVIL}>',),
    "a name that is the address without quotes": (f"From: {MARA} <{EVIL}>",),
    "an encoded word that is the address": (f"From: =?utf-8?q?mara=40contoso.example?= <{EVIL}>",),
    "an encoded word and no address": ("From: =?utf-8?q?mara=40contoso.example?=",),
    "an encoded local part": ("From: =?utf-8?q?mara?=@contoso.example",),
    "an encoded domain": ("From: mara@=?utf-8?q?contoso.example?=",),
    "a look-alike domain": ("From: mara@c0ntoso.example",),
    "a domain with a letter of another alphabet": ("From: mara@c\u043entoso.example",),
    "the domain as a label of another": ("From: mara@contoso.example.evil.example",),
    "a name below the domain": ("From: mara@mail.contoso.example",),
    "a domain that ends alike": ("From: mara@xcontoso.example",),
    "a tag": ("From: mara+x@contoso.example",),
    "a null byte": ("From: mara@contoso.example\x00.evil.example",),
    "an address literal": ("From: mara@[192.0.2.66]",),
    "an empty From header": ("From:",),
    "somebody else as Sender": (f"From: {MARA}", f"Sender: {EVIL}"),
    "two Sender headers": (f"From: {MARA}", f"Sender: {MARA}", f"Sender: {EVIL}"),
    "a Sender that cannot be read": (f"From: {MARA}", "Sender: Mara"),
    "a line without a colon in the header": ("evil line", f"From: {MARA}"),
}
VERDICT_TRICKS = {
    "no verdict at all": GOOGLE_RECEIVED,
    "an empty verdict": (*GOOGLE_RECEIVED, "Authentication-Results:"),
    "an empty verdict above a forged one": (*GOOGLE_RECEIVED, "Authentication-Results:", GOOGLE_VERDICT),
    "a verdict of nothing": google("none"),
    "an author and nothing else": (*GOOGLE_RECEIVED, "Authentication-Results: mx.google.com"),
    "dmarc failed": google("dmarc=fail header.from=contoso.example"),
    "dmarc failed but a signature passed": google("dkim=pass header.d=contoso.example; dmarc=fail (p=NONE)"),
    "dmarc failed and passed": google(f"{PASS}; dmarc=fail header.from=contoso.example"),
    "dmarc failed above a forged pass": (*google("dmarc=fail header.from=contoso.example"), GOOGLE_VERDICT),
    "dmarc of no policy above a forged pass": (*google("dmarc=none"), GOOGLE_VERDICT),
    "dmarc in error": google("dmarc=temperror header.from=contoso.example"),
    "dmarc passed by a guess": google("dmarc=bestguesspass header.from=contoso.example"),
    "dmarc of another domain": google("dmarc=pass header.from=evil.example"),
    "dmarc of a longer domain": google("dmarc=pass header.from=contoso.example.evil.example"),
    "dmarc of no domain": google("dmarc=pass (p=NONE)"),
    "dmarc of two domains": google("dmarc=pass header.from=evil.example header.from=contoso.example"),
    "a signature of another domain": google("dkim=pass header.d=evil.example"),
    "a signature of another domain in the person's name": google(
        "dkim=pass header.d=evil.example header.i=@contoso.example"
    ),
    "a signature of the top level": google("dkim=pass header.d=example"),
    "a signature of a domain that ends alike": google("dkim=pass header.i=@notcontoso.example"),
    "a failed signature": google("dkim=fail header.d=contoso.example"),
    "a signature that was not checked": google("dkim=policy header.d=contoso.example"),
    "spf alone": google("spf=pass smtp.mailfrom=mara@contoso.example"),
    "arc alone": google("arc=pass (i=1 dmarc=pass fromdomain=contoso.example)"),
    "a pass in a comment": google(f"spf=pass (x; {PASS}) smtp.mailfrom=x"),
    "a pass in a comment in a comment": google(f"spf=pass (x (y) ; {PASS}) smtp.mailfrom=x"),
    "a pass in quotes": google(f'spf=pass smtp.mailfrom="x; {PASS}; y"@evil.example'),
    "a pass in quotes with an escape": google(f'spf=pass smtp.mailfrom="\\"; {PASS}; y"@evil.example'),
    "a comment that a quote closes": google(f'spf=pass (domain of "a); {PASS}; b"@evil.example) smtp.mailfrom=x'),
    "a comment that is not closed": google(f"spf=pass (x; {PASS}"),
    "a comment closed too often": google(f"spf=pass (x)); {PASS}"),
    "a pass as a property": google(f"spf=pass {PASS}"),
    "a pass in the result": google(f"dmarc=none {PASS}"),
    "a quoted pass": google('dmarc="pass" header.from=contoso.example'),
    "a method that only begins so": google("xdmarc=pass header.from=contoso.example"),
    "another author": (*GOOGLE_RECEIVED, f"Authentication-Results: mx.evil.example; {PASS}"),
    "another author above the provider's": ("Authentication-Results: mx.evil.example; dmarc=none", *GOOGLE),
    "an author that begins alike": (*GOOGLE_RECEIVED, f"Authentication-Results: mx.google.com.evil.example; {PASS}"),
    "the author in a comment": (*GOOGLE_RECEIVED, f"Authentication-Results: evil.example (mx.google.com); {PASS}"),
    "the author in quotes": (*GOOGLE_RECEIVED, f'Authentication-Results: "mx.google.com"; {PASS}'),
    "no author": (*GOOGLE_RECEIVED, f"Authentication-Results: {PASS}"),
    "the other provider's author": (*GOOGLE_RECEIVED, NEWER_VERDICT),
    "a verdict below a foreign hop": (*GOOGLE_RECEIVED, FOREIGN_HOP, GOOGLE_VERDICT),
    "a verdict below a hop that cannot be read": (*GOOGLE_RECEIVED, "Received: x", GOOGLE_VERDICT),
    "the verdict of an earlier hop": (*GOOGLE_RECEIVED, f"ARC-Authentication-Results: i=1; mx.google.com; {PASS}"),
    "the verdict that was there before": (*GOOGLE_RECEIVED, f"Authentication-Results-Original: mx.google.com; {PASS}"),
    "a verdict longer than any": (*GOOGLE_RECEIVED, f"{GOOGLE_VERDICT}; {'x' * 8_000}"),
    "a verdict of letters that are not ASCII": google(f"{PASS}; spf=pass smtp.mailfrom=\u00e9"),
    "internal in a Google mailbox": INTERNAL,
    "the classic form in a Google mailbox": CLASSIC,
}
EXCHANGE_TRICKS = {
    "the form of Google in an Exchange mailbox": GOOGLE,
    "no verdict above the edge": (EXCHANGE_HOP, EXCHANGE_EDGE, CLASSIC_VERDICT),
    "a verdict below a foreign hop alone": (FOREIGN_HOP, CLASSIC_VERDICT),
    "dmarc failed": exchange("spf=fail; dkim=none; dmarc=fail action=quarantine header.from=contoso.example"),
    "dmarc failed above a forged pass": (*exchange("dmarc=fail header.from=contoso.example"), CLASSIC_VERDICT),
    "no policy above a forged pass of the newer form": (*exchange("spf=none; dmarc=none"), NEWER_VERDICT),
    "composite authentication alone": exchange("spf=pass smtp.mailfrom=contoso.example; compauth=pass reason=100"),
    "another author": exchange(f"mx.evil.example; {PASS}"),
    "another author's version": exchange(f"mx.microsoft.com 2 x; {PASS}"),
    "an author without a semicolon": exchange(f"mx.evil.example {PASS}"),
    "a signature of another tenant": exchange("dkim=pass header.d=evil.onmicrosoft.com; dmarc=none"),
    "internal below a foreign hop": (EXCHANGE_HOP, EXCHANGE_EDGE, INTERNAL[-1]),
    "internal with a foreign hop below": (*INTERNAL, EXCHANGE_EDGE),
    "internal and anonymous": (*INTERNAL, "X-MS-Exchange-Organization-AuthAs: Anonymous"),
    "internal twice": (*INTERNAL, INTERNAL[-1]),
    "internal but incoming": (
        EXCHANGE_HOP,
        "X-MS-Exchange-Organization-MessageDirectionality: Incoming",
        INTERNAL[-1],
    ),
    "internal although dmarc failed": (*INTERNAL[2:], "Authentication-Results: dmarc=fail header.from=contoso.example"),
    "almost internal": (EXCHANGE_HOP, "X-MS-Exchange-Organization-AuthAs: Internal; x"),
}


@pytest.mark.parametrize("shown", FROM_TRICKS.values(), ids=FROM_TRICKS.keys())
def test_a_sender_who_is_not_plainly_the_person_is_not_believed(shown: tuple[str, ...]) -> None:
    assert trust_in(mail_of(*GOOGLE, *shown)) in ("held", "refused")
    assert trust_in(mail_of(*CLASSIC, *shown), "microsoft") in ("held", "refused")
    assert trust_in(mail_of(*INTERNAL, *shown), "microsoft") in ("held", "refused")


@pytest.mark.parametrize("stamps", VERDICT_TRICKS.values(), ids=VERDICT_TRICKS.keys())
def test_a_verdict_that_google_did_not_plainly_give_proves_nothing(stamps: tuple[str, ...]) -> None:
    assert trust_in(mail_of(*stamps, FROM)) in ("held", "refused")


@pytest.mark.parametrize("stamps", EXCHANGE_TRICKS.values(), ids=EXCHANGE_TRICKS.keys())
def test_a_verdict_that_exchange_did_not_plainly_give_proves_nothing(stamps: tuple[str, ...]) -> None:
    assert trust_in(mail_of(*stamps, FROM), "microsoft") in ("held", "refused")


def test_what_fails_or_is_forged_is_refused_and_what_lacks_a_proof_is_held() -> None:
    from_held = {
        "somebody else as Sender",
        "two Sender headers",
        "a Sender that cannot be read",
    }
    found = {name for name, shown in FROM_TRICKS.items() if trust_in(mail_of(*GOOGLE, *shown)) == "held"}
    assert from_held <= found
    assert {name for name, stamps in VERDICT_TRICKS.items() if trust_in(mail_of(*stamps, FROM)) == "refused"} == {
        "dmarc failed",
        "dmarc failed but a signature passed",
        "dmarc failed and passed",
        "dmarc failed above a forged pass",
    }
