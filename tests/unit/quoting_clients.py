"""How mail programs quote our mails in a reply: one function per program.

Written from the shapes that these programs are known for; no real mail was used.
"""

import email
import html
import re
import textwrap
from collections.abc import Callable
from email.message import EmailMessage, Message

Client = Callable[[bytes, str], bytes]
WHEN = "Mon, Mar 8, 2027 at 5:00 PM"
SERVICE = "Lindenhof Mentoring <mentoring@lindenhof.example>"
HEADER_BLOCK = (
    f"From: {SERVICE}\nSent: Monday, March 8, 2027 {{time}}\nTo: Mara Quint <mara@contoso.example>\nSubject: Agenda\n"
)


def parts_of(raw: bytes) -> tuple[Message, str, str]:
    """Return the mail, its text and its HTML."""
    message = email.message_from_bytes(raw)
    payload = message.get_payload()
    assert isinstance(payload, list)
    contents = []
    for part in payload:
        assert isinstance(part, Message)
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        contents.append(data.decode().replace("\r\n", "\n"))
    return message, contents[0], contents[1]


def reply(raw: bytes, text: str | None, markup: str | None = None) -> bytes:
    """Return a reply in the thread of our mail with the bodies given."""
    original = email.message_from_bytes(raw)
    answer = EmailMessage()
    answer["From"] = '"Quint, Mara" <Mara@Contoso.example>'
    answer["To"] = SERVICE
    answer["Subject"] = f"Re: {original['Subject']}"
    answer["Message-ID"] = "<reply-1@mail.contoso.example>"
    answer["In-Reply-To"] = str(original["Message-ID"])
    answer["References"] = f"<first@lindenhof.example> {original['Message-ID']}"
    if text is not None:
        answer.set_content(text)
    if markup is not None:
        (answer.set_content if text is None else answer.add_alternative)(markup, subtype="html")
    return answer.as_bytes()


def quoted(text: str, width: int = 0) -> str:
    """Return the text behind "> ", wrapped when a width is given."""
    lines = [piece for line in text.split("\n") for piece in _wrapped(line, width)]
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width) or [""] if width else [line]


def divs(words: str) -> str:
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.split("\n"))


def body_of(markup: str) -> str:
    found = re.search(r"<body[^>]*>(.*)</body>", markup, re.DOTALL)
    assert found
    return found[1]


def shown(markup: str) -> str:
    """The text that a program makes of HTML, with the hidden first line that some of them do not hide."""
    return html.unescape(re.sub(r"\n\s*\n+", "\n\n", re.sub(r"<[^>]+>", "", body_of(markup))))


def gmail(raw: bytes, words: str) -> bytes:
    _, text, markup = parts_of(raw)
    line = f"On {WHEN} {SERVICE}\nwrote:"
    rich = (
        f'<html><body><div dir="ltr">{divs(words)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">On {WHEN} wrote:<br></div>'
        f'<blockquote class="gmail_quote">{body_of(markup)}</blockquote></div></body></html>'
    )
    return reply(raw, f"{words}\n\n{line}\n\n{quoted(text, 74)}\n", rich)


def gmail_html(raw: bytes, words: str) -> bytes:
    _, _, markup = parts_of(gmail(raw, words))
    return reply(raw, None, markup)


def outlook_desktop_text(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    head = (
        "-----Original Message-----\n"
        f"From: {SERVICE} \nSent: Monday, March 8, 2027 10:00 AM\n"
        "To: Mara Quint <mara@contoso.example>\nSubject: Agenda\n"
    )
    return reply(raw, f"{words}\n\n{head}\n{text}")


def outlook_desktop_html(raw: bytes, words: str) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-US"><div class="WordSection1">'
        f"{''.join(f'<p class=MsoNormal>{html.escape(line)}<o:p></o:p></p>' for line in words.split(chr(10)))}"
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
        '<p class="MsoNormal"><b>From:</b> '
        f"{html.escape(SERVICE)}<br><b>Sent:</b> Monday, March 8, 2027 10:00 AM<br><b>To:</b> Mara Quint<br>"
        f"<b>Subject:</b> Agenda</p></div></div>{body_of(markup)}</div></body></html>"
    )
    return reply(raw, None, rich)


def outlook_desktop_alternative(raw: bytes, words: str) -> bytes:
    """Exchange makes the text part from the HTML one, so the quote has no marks at all."""
    _, _, markup = parts_of(raw)
    head = HEADER_BLOCK.format(time="10:00 AM")
    return reply(raw, f"{words}\n\n{'_' * 32}\n{head}\n{shown(markup)}")


def outlook_web(raw: bytes, words: str) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        f'<html><body dir="ltr">{divs(words)}<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><b>From:</b> {html.escape(SERVICE)}<br><b>Sent:</b> Monday</div>'
        f"<div>{body_of(markup)}</div></body></html>"
    )
    return reply(raw, None, rich)


def apple_mail(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n> On 8. Mar 2027, at 17:00, {SERVICE} wrote:\n> \n{quoted(text)}\n")


def apple_mail_html(raw: bytes, words: str) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        f'<html><body style="line-break: after-white-space;">{divs(words)}<br><blockquote type="cite">'
        "<div>On 8. Mar 2027, at 17:00, "
        f"{html.escape(SERVICE)} wrote:</div><br>{body_of(markup)}</blockquote></body></html>"
    )
    return reply(raw, None, rich)


def thunderbird_above(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(
        raw,
        f"{words}\n\nAm 08.03.27 um 17:00 schrieb Lindenhof Mentoring:\n{quoted(text, 72)}\n-- \nMara Quint\nContoso",
    )


def thunderbird_below(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(
        raw, f"Am 08.03.27 um 17:00 schrieb Lindenhof Mentoring:\n{quoted(text, 72)}\n\n{words}\n\n-- \nMara Quint\n"
    )


def thunderbird_html_below(raw: bytes, words: str) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        '<html><body><div class="moz-cite-prefix">Am 08.03.27 um 17:00 schrieb Lindenhof Mentoring:<br></div>'
        f'<blockquote type="cite" cite="mid:x">{body_of(markup)}</blockquote>{divs(words)}</body></html>'
    )
    return reply(raw, None, rich)


def iphone(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    mine = f"{words}\n\nSent from my iPhone\n\n"
    return reply(
        raw,
        f"{mine}> On Mar 8, 2027, at 10:00 AM, Lindenhof Mentoring\n> <mentoring@lindenhof.example> wrote:\n"
        f"> \n{quoted(text)}",
    )


def android_outlook(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    head = HEADER_BLOCK.format(time="5:00:00 PM")
    return reply(raw, f"{words}\n\nGet Outlook for Android<https://aka.example/x>\n{'_' * 32}\n{head}\n{text}")


def android_mail(raw: bytes, words: str) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\nOn Mar 8, 2027 17:00, {SERVICE} wrote:\n{quoted(text, 70)}\n")


CLIENTS: tuple[Client, ...] = (
    gmail,
    gmail_html,
    outlook_desktop_text,
    outlook_desktop_html,
    outlook_desktop_alternative,
    outlook_web,
    apple_mail,
    apple_mail_html,
    thunderbird_above,
    thunderbird_below,
    thunderbird_html_below,
    iphone,
    android_outlook,
    android_mail,
)
