"""Full names as lists of people write them: put into their usual order, and which word of one a greeting takes."""

import re

from domain.errors import BadInput

TITLES = frozenset(
    {
        *(
            "dr",
            "dra",
            "dres",
            "prof",
            "profa",
            "professor",
            "professorin",
            "doctor",
            "doktor",
            "mr",
            "mrs",
            "ms",
            "miss",
        ),
        *("mx", "mme", "mlle", "monsieur", "madame", "herr", "frau", "sr", "sra", "srta", "señor", "señora"),
    }
)
"""Words that go before a name, with a point behind them or without."""
DOTTED = frozenset(("m", "ing", "dipl", "mag", "lic", "phd"))
"""Short forms that are a title only with their point: "Ing" and "Mag" are names too."""
FIELDS = frozenset(
    {
        *(
            "med",
            "rer",
            "nat",
            "phil",
            "jur",
            "iur",
            "oec",
            "pol",
            "habil",
            "hc",
            "h",
            "c",
            "dent",
            "vet",
            "ing",
            "techn",
        ),
        *("theol", "soc", "agr", "univ"),
    }
)
"""What follows a title and belongs to it, as in "Dr. med." and "Dr. rer. nat."."""
BEHIND = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "bsc", "mba", "ma", "ba", "llm", "esq", "cpa"))
"""What stands behind a name and a comma and is no part of it."""


def full_name(text: str) -> str:
    """Return a name on one line with its first names in front: "Lindqvist, Mara" is Mara Lindqvist; "" stays empty.

    What stands behind a comma and is a degree or a generation stays there. BadInput where no order can be told.
    """
    name = " ".join(text.split())
    parts = [part.strip() for part in name.split(",") if part.strip()]
    behind = [part for part in parts[1:] if _goes_behind(part)]
    parts = [part for part in parts if part not in behind]
    if len(parts) > 2:
        raise BadInput("The name has more than one comma.", "Write the first name, then the last name.")
    return ", ".join((" ".join(reversed(parts)), *behind)) if parts else ""


def given_name(name: str) -> str:
    """Return the word by which somebody is spoken to: the first one that is no title, in whichever order it stands."""
    try:
        words = full_name(name).split()
    except BadInput:
        words = name.split()
    titles = 0
    while titles < len(words) - 1 and _is_title(words[titles], titles > 0):
        titles += 1
    return words[titles].rstrip(",") if words else name


def _goes_behind(part: str) -> bool:
    """Say whether a part that a comma divides off is no name."""
    words = part.lower().split()
    return all(word.replace(".", "") in BEHIND for word in words) or all(
        _is_title(w, n > 0) for n, w in enumerate(words)
    )


def _is_title(word: str, follows: bool) -> bool:
    """Say whether a word is a title, or where it follows one belongs to that."""
    pieces = [piece for piece in re.split(r"[.\-]", word.lower()) if piece]
    if not pieces:
        return False
    if pieces[0] in TITLES or (pieces[0] in DOTTED and "." in word):
        return all(piece in TITLES | DOTTED | FIELDS for piece in pieces)
    return follows and "." in word and all(piece in FIELDS for piece in pieces)
