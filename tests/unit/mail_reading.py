"""Mails as bytes for the tests of the reader, and the shortest way to read one."""

from adapters.mail.reader import MailReader
from domain.mail import ReceivedMail

HEAD = (
    "From: Mara Quint <mara@contoso.example>\r\nTo: s@lindenhof.example\r\n"
    "Subject: Re: Agenda\r\nMessage-ID: <m1@contoso.example>\r\n"
)


def read(raw: str | bytes) -> ReceivedMail:
    return MailReader().read(raw if isinstance(raw, bytes) else raw.encode())


def mail(body: str = "held\r\n", more: str = "", head: str = HEAD) -> ReceivedMail:
    return read(f"{head}{more}\r\n{body}")


def html_mail(markup: str) -> ReceivedMail:
    return mail(markup, "Content-Type: text/html; charset=utf-8\r\n")
