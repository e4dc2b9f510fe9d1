"""What single lines of a mail look like: our own mark, a quote's introduction, a header, a device's signature."""

import re

from adapters.mail.limits import LINE

# The line above which people write, as it begins in each language of our mails.
SENTINELS = (
    "write your reply above",
    "bitte oberhalb dieser zeile antworten",
    "veuillez répondre au-dessus de cette ligne",
    "escriba su respuesta encima de esta línea",
)
MAX_ATTRIBUTION = 3
_QUOTE_SIGNS = " \t\xa0>|*_"
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}\.\w")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_DAY = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d月")
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|schreef|écrit|escribió|scritto|escreveu|skrev|napisał|kirjoitti)\b|"
    r"пише|писал|写道|のメール",
    re.IGNORECASE,
)
_HEADER = re.compile(r"[>\s]{0,20}\*{0,2}([A-Za-zÀ-ž]{1,12}(?: [A-Za-zÀ-ž]{1,10})?)\s?:\*{0,2}\s?(.*)")
_RULE = re.compile(r"[>\s]{0,20}-{3,20}\s?[^-\s][^-]{2,60}-{3,20}\s*")
_FORWARDED = re.compile(
    r"[>\s]{0,20}(?:-{3,20}\s?)?(?:begin )?"
    r"(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado)\b",
    re.IGNORECASE,
)
_FORWARDING = re.compile(r"(?:fwd?|wg|tr|rv|enc|i)\s?:", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:sent (?:from|with|via) (?:my |mail for|outlook|proton|samsung|yahoo|gmail)|"
    r"von meinem .{2,40} gesendet|gesendet (?:von|mit)|envoyé (?:de mon|depuis)|enviado desde|inviato da|"
    r"verzonden vanaf|skickat från|"
    # "Sent with ..." and "Get ... for ..." in any words, when they name what mail is written on or with.
    r"(?:(?:sent (?:from|with|via|on)|gesendet (?:von|mit|über)|envoyé (?:de|depuis|avec|via|à partir)|"
    r"enviado (?:desde|con|por|mediante|através)|inviato (?:da|con|tramite)|verzonden (?:vanaf|met|via)|"
    r"(?:skickat|sendt) (?:från|fra|med)|wysłan[eoy] z)\w{0,3} .{0,50}"
    r"|(?:get|holen sie sich|hol dir|obtenez|obtener|obtén|scarica|descarga|téléchargez|download|hämta|hent|pobierz) )"
    r"\b(?:outlook|proton ?mail|yahoo|gmail|iphone|ipad|android|galaxy|samsung|blackberry|huawei|xiaomi|pixel)\b)",
    re.IGNORECASE,
)


def bare(line: str) -> str:
    """Return the line without quote signs and outer white space, at most 2,000 characters of it."""
    return line[:LINE].strip(_QUOTE_SIGNS)


def is_quoted(line: str) -> bool:
    """Say whether the line begins with a quote sign."""
    return line[:LINE].lstrip(" \t\xa0").startswith(">")


def is_sentinel(line: str) -> bool:
    """Say whether it is our own line, above which people write."""
    return " ".join(bare(line).lower().split()).startswith(SENTINELS)


def is_rule(line: str) -> bool:
    """Say whether it is a rule with words, such as "-----Original Message-----"."""
    return line.lstrip(" \t>").startswith("---") and _RULE.fullmatch(line[:200]) is not None


def is_forward_mark(line: str) -> bool:
    """Say whether a forwarded mail begins here."""
    return _FORWARDED.match(line[:200]) is not None


def is_forward_subject(subject: str) -> bool:
    """Say whether the subject is that of a forwarded mail."""
    return _FORWARDING.match(subject) is not None


def is_device_line(line: str) -> bool:
    """Say whether a telephone or a mail program signed here."""
    return len(line) < 120 and _DEVICE.match(bare(line)) is not None


def header_of(line: str) -> tuple[str, str] | None:
    """Return name and value of a line like "Sent: Tuesday"; None for other lines."""
    found = _HEADER.match(line[:LINE])
    return (found[1].casefold(), found[2]) if found else None


def has_address(text: str) -> bool:
    """Say whether a mail address is in it."""
    return "@" in text and _ADDRESS.search(text) is not None


def has_day_and_time(text: str) -> bool:
    """Say whether both a date and a time of day are in it."""
    return _DAY.search(text) is not None and _CLOCK.search(text) is not None


def signs(text: str) -> int:
    """Count what makes a line an introduction of a quote: an address, a date or time, a word for writing."""
    dated = _DAY.search(text) is not None or _CLOCK.search(text) is not None
    return has_address(text) + dated + (_WROTE.search(text) is not None)


def attribution_length(lines: list[str], start: int, needed: int = 2) -> int:
    """Return how many lines the introduction of a quote takes that begins at `start`; 0 when none does.

    Clients wrap it into up to three lines. It never begins at a line without any sign of its own, because that is a
    person's text.
    """
    joined = ""
    for count, line in enumerate(lines[start : start + MAX_ATTRIBUTION], 1):
        words = bare(line)
        joined = f"{joined} {words}".strip()
        if not words or (count == 1 and not signs(joined)):
            return 0
        if words.endswith((":", "\uff1a")):
            return count if signs(joined) >= needed else 0
    return 0
