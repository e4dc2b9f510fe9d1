"""Makes the names of strangers' files harmless: a name is one plain word for a person to read, and no path."""

import re
import unicodedata

MAX_BYTES = 100
_NAMELESS = "file"
# Unicode categories: formats (the bidirectional marks among them), surrogates, private use, unassigned.
_NOTHING = frozenset({"Cf", "Cs", "Co", "Cn"})
_BLANK = frozenset({"Cc", "Zl", "Zp", "Zs"})
_SPECIAL = re.compile(r'[<>:"|?*]')
# Windows opens a device under these names, whatever their ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def clean_name(given: str) -> str:
    """Return the name without folders, control characters and reordering marks, at most 100 bytes of UTF-8.

    The ending stays, for it says what a program would do with the file. Cleaning a clean name changes nothing.
    """
    shown = "".join(_shown(character) for character in given)
    last = unicodedata.normalize("NFC", shown).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    name = _short(" ".join(_SPECIAL.sub("_", last).split()).strip(" ."))
    return f"_{name}" if _DEVICES.match(name) else name or _NAMELESS


def ending_of(name: str) -> str:
    """Return what stands behind the last dot in lower case, empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK:
        return " "
    return "" if category in _NOTHING else character


def _short(name: str) -> str:
    """Cut the middle out of a long name, not its ending."""
    limit = MAX_BYTES - 1  # room for the mark before a device's name
    if len(name.encode()) <= limit:
        return name
    stem, dot, ending = name.rpartition(".")
    end = f"{dot}{ending}" if stem and len(ending.encode()) <= 10 else ""
    kept = (stem if end else name).encode()[: limit - len(end.encode())].decode("utf-8", "ignore")
    return f"{kept.rstrip(' .')}{end}"
