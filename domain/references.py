"""What a mentor's mentees say of working with her, for others who consider asking her: when it counts, how it is shown.

No stars and no names. The words of one mentee are shown only beside those of at least two others, in an order that
follows from nothing but the words and their reader, and never with a date.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.charter import Role
from domain.personal import Personal

FEWEST = 3
"""Of fewer, each of them could be guessed by the two others."""

LASTING = timedelta(days=365)
"""So long words count, and so long whoever was asked is left alone."""


@dataclass(frozen=True, slots=True)
class References:
    """What one mentee said of working with the mentor, when, and who of the two wants no more of it."""

    texts: tuple[Personal, ...] = ()
    at: datetime | None = None
    refused_at: datetime | None = None
    withdrawn_by: tuple[Role, ...] = ()

    def withdrawn(self, role: Role) -> "References":
        """Return them without the consent of one of the two."""
        return replace(self, withdrawn_by=(*self.withdrawn_by, role))

    def allowed(self, role: Role) -> "References":
        """Return them with that consent again."""
        return replace(self, withdrawn_by=tuple(known for known in self.withdrawn_by if known is not role))


def shuffled(given: Iterable[tuple[Personal, ...]], reader: str) -> tuple[str, ...]:
    """Return what each of the others said, one text each, or nothing where they are fewer than three.

    The order is the same whenever the same reader is told the same, another one for each reader, and says nothing of
    who wrote what or when: it follows from the words alone.
    """
    texts = ["\n".join(text.reveal() for text in words) for words in given]
    keyed = sorted((hashlib.sha256(f"{reader}\n{text}".encode()).digest(), text) for text in texts)
    return tuple(text for _, text in keyed) if len(keyed) >= FEWEST else ()
