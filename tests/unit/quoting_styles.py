"""How mail programs quote in five languages: for each language its words, for each program its shape.

Written from the shapes that these programs are known for; no real mail was used.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass

from tests.unit.quoting_clients import SERVICE, body_of, divs, parts_of, quoted, reply, shown

NAME = "Lindenhof Mentoring"


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the programs say in one language: introductions of a quote, names of headers, what devices sign with."""

    gmail: str
    apple: str
    thunderbird: str
    yahoo: str
    notes: str
    headers: tuple[str, str, str, str]
    day: str
    original: str
    iphone: str
    outlook: str
    galaxy: str
    proton: str


TONGUES = {
    "en": Tongue(
        f"On Mon, Mar 8, 2027 at 5:00 PM {SERVICE} wrote:",
        f"On 8 Mar 2027, at 17:00, {SERVICE} wrote:",
        f"On 3/8/27 17:00, {NAME} wrote:",
        f"On Monday, March 8, 2027 at 05:00:00 PM GMT+1, {SERVICE} wrote:",
        f"{SERVICE} wrote on 08/03/2027 17:00:00:",
        ("From:", "Sent:", "To:", "Subject:"),
        "Monday, March 8, 2027 5:00 PM",
        "Original Message",
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Sent from my Galaxy",
        "Sent with Proton Mail secure email.",
    ),
    "de": Tongue(
        f"Am Mo., 8. März 2027 um 17:00 Uhr schrieb {SERVICE}:",
        f"Am 08.03.2027 um 17:00 schrieb {SERVICE}:",
        f"Am 08.03.27 um 17:00 schrieb {NAME}:",
        f"Am Montag, 8. März 2027 um 17:00:00 MEZ hat {SERVICE} Folgendes geschrieben:",
        f"{SERVICE} schrieb am 08.03.2027 17:00:00:",
        ("Von:", "Gesendet:", "An:", "Betreff:"),
        "Montag, 8. März 2027 17:00",
        "Ursprüngliche Nachricht",
        "Von meinem iPhone gesendet",
        "Holen Sie sich Outlook für Android",
        "Von meinem Galaxy gesendet",
        "Gesendet mit Proton Mail sicherer E-Mail.",
    ),
    "fr": Tongue(
        f"Le lun. 8 mars 2027 à 17:00, {SERVICE} a écrit :",
        f"Le 8 mars 2027 à 17:00, {SERVICE} a écrit :",
        f"Le 08/03/2027 à 17:00, {NAME} a écrit :",
        f"Le lundi 8 mars 2027 à 17:00:00 UTC+1, {SERVICE} a écrit :",
        f"{SERVICE} a écrit sur 08/03/2027 17:00:00 :",
        ("De :", "Envoyé :", "À :", "Objet :"),
        "lundi 8 mars 2027 17:00",
        "Message d'origine",
        "Envoyé de mon iPhone",
        "Obtenez Outlook pour Android",
        "Envoyé depuis mon appareil Galaxy",
        "Envoyé avec la messagerie sécurisée Proton Mail.",
    ),
    "es": Tongue(
        f"El lun, 8 mar 2027 a las 17:00, {SERVICE} escribió:",
        f"El 8 mar 2027, a las 17:00, {SERVICE} escribió:",
        f"El 8/3/27 a las 17:00, {NAME} escribió:",
        f"El lunes, 8 de marzo de 2027, 17:00:00 CET, {SERVICE} escribió:",
        f"{SERVICE} escribió el 08/03/2027 17:00:00:",
        ("De:", "Enviado:", "Para:", "Asunto:"),
        "lunes, 8 de marzo de 2027 17:00",
        "Mensaje original",
        "Enviado desde mi iPhone",
        "Obtener Outlook para Android",
        "Enviado desde mi Galaxy",
        "Enviado con el correo seguro de Proton Mail.",
    ),
    "it": Tongue(
        f"Il giorno lun 8 mar 2027 alle ore 17:00 {SERVICE} ha scritto:",
        f"Il giorno 8 mar 2027, alle ore 17:00, {SERVICE} ha scritto:",
        f"Il 08/03/27 17:00, {NAME} ha scritto:",
        f"Il lunedì 8 marzo 2027 alle ore 17:00:00 CET, {SERVICE} ha scritto:",
        f"{SERVICE} ha scritto il 08/03/2027 17:00:00:",
        ("Da:", "Inviato:", "A:", "Oggetto:"),
        "lunedì 8 marzo 2027 17:00",
        "Messaggio originale",
        "Inviato da iPhone",
        "Scarica Outlook per Android",
        "Inviato dal mio Galaxy",
        "Inviato con l'email sicura di Proton Mail.",
    ),
}
Style = Callable[[bytes, str, Tongue], bytes]


def _head(tongue: Tongue) -> str:
    values = (SERVICE, tongue.day, "Mara Quint <mara@contoso.example>", "Agenda")
    return "\n".join(f"{name} {value}" for name, value in zip(tongue.headers, values, strict=True))


def _head_html(tongue: Tongue) -> str:
    lines = (line.partition(":") for line in _head(tongue).split("\n"))
    return "<br>".join(f"<b>{name}:</b>{html.escape(value)}" for name, _, value in lines)


def gmail_web(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, markup = parts_of(raw)
    rich = (
        f'<html><body><div dir="ltr">{divs(words)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{html.escape(tongue.gmail)}<br></div>'
        f'<blockquote class="gmail_quote">{body_of(markup)}</blockquote></div></body></html>'
    )
    who = f" {SERVICE.split()[0]}"
    wrapped = tongue.gmail.replace(who, f"\n{who.strip()}", 1)
    return reply(raw, f"{words}\n\n{wrapped}\n\n{quoted(text, 74)}\n", rich)


def gmail_mobile(raw: bytes, words: str, tongue: Tongue) -> bytes:
    """The app sends HTML alone here, and one paragraph for what was typed."""
    _, _, markup = parts_of(raw)
    typed = "<br>".join(html.escape(line) for line in words.split("\n"))
    rich = (
        f'<p dir="ltr">{typed}</p>\n<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'{html.escape(tongue.gmail)}<br></div><blockquote class="gmail_quote">{body_of(markup)}</blockquote></div>'
    )
    return reply(raw, None, rich)


def outlook_desktop(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, _, markup = parts_of(raw)
    typed = "".join(f"<p class=MsoNormal>{html.escape(line)}<o:p></o:p></p>" for line in words.split("\n"))
    rich = (
        f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><div class="WordSection1">{typed}'
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
        f'<p class="MsoNormal">{_head_html(tongue)}</p></div></div>{body_of(markup)}</div></body></html>'
    )
    return reply(raw, f"{words}\n\n{_head(tongue)}\n\n{shown(markup)}", rich)


def outlook_plain(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n-----{tongue.original}-----\n{_head(tongue)}\n\n{text}")


def outlook_web(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        f'<html><body dir="ltr">{divs(words)}<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr">{_head_html(tongue)}</div><div>{body_of(markup)}</div></body></html>'
    )
    return reply(raw, None, rich)


def outlook_mobile(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    signed = f"{tongue.outlook}<https://aka.example/x>"
    return reply(raw, f"{words}\n\n{signed}\n{'_' * 32}\n{_head(tongue)}\n\n{text}")


def apple_mail(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, markup = parts_of(raw)
    rich = (
        f'<html><body style="line-break: after-white-space;">{divs(words)}<br><blockquote type="cite">'
        f"<div>{html.escape(tongue.apple)}</div><br>{body_of(markup)}</blockquote></body></html>"
    )
    return reply(raw, f"{words}\n\n> {tongue.apple}\n> \n{quoted(text)}\n", rich)


def iphone(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n{tongue.iphone}\n\n> {tongue.apple}\n> \n{quoted(text)}")


def thunderbird(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n{tongue.thunderbird}\n{quoted(text, 72)}\n-- \nMara Quint\nContoso")


def thunderbird_html(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, _, markup = parts_of(raw)
    rich = (
        f'<html><body><div class="moz-cite-prefix">{html.escape(tongue.thunderbird)}<br></div>'
        f'<blockquote type="cite" cite="mid:x">{body_of(markup)}</blockquote>{divs(words)}</body></html>'
    )
    return reply(raw, None, rich)


def yahoo(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, markup = parts_of(raw)
    rich = (
        f'<html><body><div class="ydp1-yahoo-style-wrap">{divs(words)}<div><br></div></div>'
        f'<div id="ydp2yahoo_quoted" class="yahoo_quoted"><div>{html.escape(tongue.yahoo)}</div>'
        f"<div>{body_of(markup)}</div></div></body></html>"
    )
    plain = "\n".join(f"    {line}" for line in text.split("\n"))
    return reply(raw, f"{words}\n\n    {tongue.yahoo}\n \n{plain}", rich)


def proton(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n{tongue.proton}\n\n{tongue.gmail}\n\n{quoted(text)}\n")


def samsung(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{words}\n\n{tongue.galaxy}\n\n\n-------- {tongue.original} --------\n{_head(tongue)}\n\n{text}")


def notes_below(raw: bytes, words: str, tongue: Tongue) -> bytes:
    """Long lines are wrapped by the program; what is new stands below."""
    _, text, _ = parts_of(raw)
    return reply(raw, f"{tongue.notes}\n\n{quoted(text, 66)}\n\n{words}\n")


def below_without_introduction(raw: bytes, words: str, tongue: Tongue) -> bytes:
    _, text, _ = parts_of(raw)
    return reply(raw, f"{quoted(text)}\n\n{words}\n\n{tongue.iphone}\n")


def between(raw: bytes, words: str, tongue: Tongue) -> bytes:
    """What is new stands in the midst of the quote, behind its first sixth: further down it would answer a prompt."""
    lines = quoted(parts_of(raw)[1]).split("\n")
    sixth = len(lines) // 6
    first, second = "\n".join(lines[:sixth]), "\n".join(lines[sixth:])
    return reply(raw, f"{tongue.gmail}\n{first}\n\n{words}\n\n{second}\n")


STYLES: tuple[Style, ...] = (
    gmail_web,
    gmail_mobile,
    outlook_desktop,
    outlook_plain,
    outlook_web,
    outlook_mobile,
    apple_mail,
    iphone,
    thunderbird,
    thunderbird_html,
    yahoo,
    proton,
    samsung,
    notes_below,
    below_without_introduction,
    between,
)
