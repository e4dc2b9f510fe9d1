"""The languages in which mails can be written, and which of them a person's language tag means."""

LANGUAGES = ("en", "de", "fr", "es")


def language_of(tag: str) -> str:
    """Return which of our languages a tag such as "de-AT" or "fr_CH" asks for; English for all that we do not have."""
    primary = _primary(tag)
    return primary if primary in LANGUAGES else LANGUAGES[0]


def is_ours(tag: str) -> bool:
    """Say whether we write the language that the tag asks for; "" asks for none."""
    return _primary(tag) in (*LANGUAGES, "")


def language_note(tag: str) -> str:
    """Return what to say to whoever registers that tag: nothing for one of ours, else what becomes of the mails."""
    if is_ours(tag):
        return ""
    *others, last = LANGUAGES
    return f"No mails are written in '{tag.strip()}', so hers are in English; there are {', '.join(others)} and {last}."


def _primary(tag: str) -> str:
    """Return the first part of a tag (RFC 5646 section 2.1), however it is written."""
    return tag.strip().lower().replace("_", "-").partition("-")[0]
