"""Mail under way: into the inboxes of the world with the receiving cloud's stamps, else back as a bounce."""

import email.utils
import re
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from functools import partial

from adapters.sandbox.letters import automatic_reply
from adapters.sandbox.mailboxes import addresses_of, headers_of, store, text_of
from adapters.sandbox.records import Account, Mail
from adapters.sandbox.world import DELIVERY, World

_PLUS = re.compile(r"\+[^@]*@")
"""The part of an address that both clouds leave to its owner: "name+anything@" is delivered to "name@"."""

FIREWALLED = ("x-ms-exchange-organization-", "bcc")
"""Header beginnings that never cross from one organisation to another."""


def without_headers(raw: bytes, beginnings: Iterable[str]) -> bytes:
    """The same mail without the headers whose lower-case names begin so; line ends become CRLF."""
    text = raw.replace(b"\r\n", b"\n")
    head, gap, body = text.partition(b"\n\n")
    kept: list[bytes] = []
    dropping = False
    for line in head.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            dropping = line.lower().startswith(tuple(name.encode() for name in beginnings))
        if not dropping:
            kept.append(line)
    return (b"\n".join(kept) + gap + body).replace(b"\n", b"\r\n")


def dispatch(world: World, sender: str, raw: bytes, genuine: bool = True) -> None:
    """Send a mail on its way to all in To, Cc and Bcc;
    `genuine` is whether the sender's domain vouches for it."""
    head = headers_of(raw)
    wanted = [text_of(value) for name in ("To", "Cc", "Bcc") for value in head.get_all(name, [])]
    for _, address in addresses_of(*wanted):
        there = world.account(_PLUS.sub("@", address, count=1))
        if there is not None and not there.removed:
            world.send("mail", there, partial(_arrive, world, there, raw, sender, genuine))
        elif (back := world.account(sender)) is not None:
            world.later(DELIVERY, partial(_bounce, world, back, raw, address))


def _arrive(world: World, account: Account, raw: bytes, sender: str, genuine: bool) -> list[str]:
    mail = deliver(world, account, raw, sender, genuine)
    away = account.absence(world.now)
    if away is not None and may_be_answered(account, raw):
        dispatch(world, account.address, automatic_reply(account, mail, away.text, sender, world.now))
    return [account.address]


def may_be_answered(account: Account, raw: bytes) -> bool:
    """Whether an absent person's mailbox answers this mail by itself (RFC 3834).

    Exchange heeds X-Auto-Response-Suppress, which is Microsoft's own; Gmail does not know it.
    """
    head = headers_of(raw)
    if text_of(head["Auto-Submitted"]).lower() not in ("", "no") or head["List-Id"] or head["X-Failed-Recipients"]:
        return False
    if text_of(head["Precedence"]).lower() in ("bulk", "junk", "list", "auto_reply"):
        return False
    suppressed = {part.strip().lower() for part in text_of(head["X-Auto-Response-Suppress"]).split(",")}
    return account.provider == "google" or not suppressed & {"all", "oof"}


def deliver(
    world: World, account: Account, raw: bytes, sender: str, genuine: bool = True, calendar: bool = False
) -> Mail:
    """Put a mail into an inbox with the receiving cloud's stamps on top."""
    stamp = _google_stamp if account.provider == "google" else _exchange_stamp
    forged = ("authentication-results: mx.google.com",) if account.provider == "google" else ()
    stamped = "\r\n".join(stamp(world, account, sender, _from_domain(raw), genuine)).encode() + b"\r\n"
    mail = store(account, stamped + without_headers(raw, FIREWALLED + forged), "inbox", world.now)
    mail.calendar = mail.calendar or calendar
    world.appeared(account, mail)
    return mail


def _from_domain(raw: bytes) -> str:
    senders = addresses_of(text_of(headers_of(raw)["From"]))
    return senders[0][1].partition("@")[2].lower() if senders else "none"


def _google_stamp(world: World, account: Account, sender: str, domain: str, genuine: bool) -> list[str]:
    date, mailed = _date(world.now), sender.partition("@")[2] or domain
    verdict = "pass" if genuine else "fail"
    means, disposition = ("designates", "NONE") if genuine else ("does not designate", "QUARANTINE")
    dkim = (
        f"       dkim=pass header.i=@{domain} header.s=sandbox1 header.b=AbCdEfGh;" if genuine else "       dkim=none;"
    )
    return [
        f"Delivered-To: {account.address}",
        f"Received: by 2002:a05:6402:0:b0:0:0:{len(account.mailbox.mails) + 1:x} with SMTP id "
        f"s{account.stamp}csp{len(account.mailbox.mails) + 1};",
        f"        {date}",
        f"Return-Path: <{sender}>",
        f"Received: from mail.{mailed} (mail.{mailed}. [192.0.2.1])",
        f"        by mx.google.com with ESMTPS for <{account.address}>;",
        f"        {date}",
        f"Received-SPF: {verdict} (google.com: domain of {sender} {means} 192.0.2.1 as permitted sender)"
        " client-ip=192.0.2.1;",
        "Authentication-Results: mx.google.com;",
        dkim,
        f"       spf={verdict} (google.com: domain of {sender} {means} 192.0.2.1 as permitted sender)"
        f" smtp.mailfrom={sender};",
        f"       dmarc={verdict} (p=REJECT sp=REJECT dis={disposition}) header.from={domain}",
    ]


def _exchange_stamp(world: World, account: Account, sender: str, domain: str, genuine: bool) -> list[str]:
    date, mailed = _date(world.now), sender.partition("@")[2] or domain
    hop = f"Received: from EDGE.{account.domain} (2001:db8::2) by MAIL.{account.domain} (2001:db8::1); {date}"
    local = world.account(sender)
    if genuine and local is not None and local.provider == "microsoft" and local.domain == account.domain:
        return [hop, *_internal_stamp(sender, domain)]
    verdict = "pass" if genuine else "fail"
    dkim = f"pass (signature was verified) header.d={domain}" if genuine else "none (message not signed) header.d=none"
    compauth = "pass reason=100" if genuine else "fail reason=000"
    means, action = ("designates", "none") if genuine else ("does not designate", "quarantine")
    return [
        hop,
        f"Authentication-Results: spf={verdict} (sender IP is 192.0.2.1)",
        f" smtp.mailfrom={mailed}; dkim={dkim};",
        f" dmarc={verdict} action={action} header.from={domain};compauth={compauth}",
        f"Received-SPF: {verdict.capitalize()} (protection.outlook.com: domain of {mailed} {means}",
        " 192.0.2.1 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.1;",
        f"Received: from mail.{mailed} (192.0.2.1) by EDGE.{account.domain} (192.0.2.2)"
        f" with Microsoft SMTP Server; {date}",
        f"Return-Path: {sender}",
        "X-MS-Exchange-Organization-MessageDirectionality: Incoming",
        "X-MS-Exchange-Organization-AuthAs: Anonymous",
    ]


def _internal_stamp(sender: str, domain: str) -> list[str]:
    """Mail inside one tenant is not signed; Exchange says instead that the sender was logged on."""
    return [
        "Authentication-Results: dkim=none (message not signed)",
        f" header.d=none;dmarc=none action=none header.from={domain};",
        f"Return-Path: {sender}",
        "X-MS-Exchange-Organization-MessageDirectionality: Originating",
        "X-MS-Exchange-Organization-AuthAs: Internal",
        "X-MS-Exchange-Organization-AuthMechanism: 04",
    ]


def _bounce(world: World, account: Account, raw: bytes, address: str) -> list[str]:
    deliver(world, account, bounce_mail(world, account, raw, address), f"postmaster@{account.domain}")
    return [account.address]


def bounce_mail(world: World, account: Account, raw: bytes, address: str) -> bytes:
    """A delivery status notification (RFC 3464) about one unknown address."""
    head = headers_of(raw)
    original = text_of(head["Message-ID"])
    words = f"Delivery has failed to these recipients:\r\n\r\n{address}\r\nThe address was not found.\r\n"
    status = (
        f"Reporting-MTA: dns;mail.{account.domain}\r\n\r\nFinal-Recipient: rfc822;{address}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp;550 5.1.1 User unknown\r\n"
    )
    subject = f"Undeliverable: {text_of(head['Subject'])}"
    edge = f"sandbox-bounce-{len(account.mailbox.mails) + 1}"
    lines = [
        f"From: Mail Delivery System <postmaster@{account.domain}>",
        f"To: {account.address}",
        f"Subject: {headline(subject)}",
        f"Date: {_date(world.now)}",
        f"Message-ID: <bounce-{account.stamp}-{len(account.mailbox.mails) + 1}@mail.{account.domain}>",
        f"In-Reply-To: {original}",
        f"References: {original}",
        f"X-Failed-Recipients: {address}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"',
        "",
        f"--{edge}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}",
        f"--{edge}\r\nContent-Type: message/delivery-status\r\n\r\n{status}",
        f"--{edge}\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\n",
        f"--{edge}--\r\n",
    ]
    return "\r\n".join(lines).encode()


def headline(subject: str) -> str:
    """A subject as it is written on the wire (RFC 2047 where it is not ASCII)."""
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    return message.as_string().partition("Subject: ")[2].split("\n\n")[0].replace("\n", "\r\n").rstrip()


def _date(now: datetime) -> str:
    return email.utils.format_datetime(now)
