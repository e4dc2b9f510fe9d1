"""Mails with the stamps that both providers put on what they receive, for the tests of trust."""

from adapters.mail.reader import MailReader

MARA = "mara@contoso.example"
GOOGLE_RECEIVED = (
    "Delivered-To: mentoring@lindenhof.example",
    "Received: by 2002:a05:6402:0:b0:0:0:1 with SMTP id s1csp1;\r\n        Mon, 1 Mar 2027 10:00:02 +0000",
    "Return-Path: <mara@contoso.example>",
    "Received: from mail.contoso.example (mail.contoso.example. [192.0.2.1])\r\n"
    "        by mx.google.com with ESMTPS for <mentoring@lindenhof.example>;\r\n        Mon, 1 Mar 2027 10:00:01 +0000",
)
GOOGLE_VERDICT = (
    "Authentication-Results: mx.google.com;\r\n"
    "       dkim=pass header.i=@contoso.example header.s=s1 header.b=AbCdEfGh;\r\n"
    "       spf=pass (google.com: domain of mara@contoso.example designates 192.0.2.1 as permitted sender)"
    " smtp.mailfrom=mara@contoso.example;\r\n"
    "       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=contoso.example"
)
GOOGLE = (*GOOGLE_RECEIVED, GOOGLE_VERDICT)
EXCHANGE_HOP = (
    "Received: from AM1PR01MB1.eurprd01.prod.outlook.com (2001:db8::2)\r\n"
    " by AM2PR01MB2.eurprd01.prod.outlook.com with HTTPS; Mon, 1 Mar 2027 10:00:02 +0000"
)
EXCHANGE_EDGE = (
    "Received: from mail.contoso.example (192.0.2.1) by\r\n"
    " AM1EUR01FT1.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server; Mon, 1 Mar 2027 10:00:01 +0000"
)
CLASSIC_VERDICT = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=contoso.example; dkim=pass "
    "(signature was verified)\r\n header.d=contoso.example;dmarc=pass action=none\r\n header.from=contoso.example;"
    "compauth=pass reason=100"
)
NEWER_VERDICT = (
    "Authentication-Results: mx.microsoft.com 1; spf=pass (sender IP is 192.0.2.1)\r\n"
    " smtp.rcpttodomain=lindenhof.example smtp.mailfrom=contoso.example; dmarc=pass (p=reject sp=reject pct=100)\r\n"
    " action=none header.from=contoso.example; dkim=pass (signature was verified)\r\n"
    " header.d=contoso.example; arc=none"
)
CLASSIC = (EXCHANGE_HOP, CLASSIC_VERDICT, EXCHANGE_EDGE)
NEWER = (EXCHANGE_HOP, NEWER_VERDICT, EXCHANGE_EDGE)
INTERNAL = (
    EXCHANGE_HOP,
    "Authentication-Results: dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none\r\n"
    " header.from=contoso.example;",
    "X-MS-Exchange-Organization-MessageDirectionality: Originating",
    "X-MS-Exchange-Organization-AuthAs: Internal",
)
FROM = f'From: "Quint, Mara" <{MARA}>'
REST = (
    "To: mentoring@lindenhof.example",
    "Subject: Re: Agenda",
    "Message-ID: <m1@contoso.example>",
    "In-Reply-To: <agenda@lindenhof.example>",
)


def mail_of(*headers: str, body: str = "held\r\n") -> bytes:
    """Return a mail with these headers, those of a reply, and a body."""
    return ("\r\n".join((*headers, *REST)) + f"\r\n\r\n{body}").encode()


def trust_in(
    raw: bytes, provider: str | None = "google", person: tuple[str, ...] = (MARA,), sent: bytes | None = None
) -> str:
    """Return only how far the mail is believed."""
    return MailReader().trust(raw, provider, person, sent)[0]
