"""What the doctor says of one part: how it is, in words, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a part is: good, bad, or unknown because it could not be looked at; unknown is never good."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


class Nature(StrEnum):
    """Whose matter a bad part is, the worst first: the store, configuration or credential, a matter of waiting."""

    STORE = "store"
    CONFIGURATION = "configuration"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Line:
    """One part: how it is, in words, and for a bad one how to mend it."""

    part: str
    health: Health
    says: str
    mend: str = ""
    nature: Nature | None = None
