"""Words and addresses that belong to one person, so that they can be sealed with that person's key and forgotten with
it.
"""

from dataclasses import dataclass

ERASED = "[erased]"


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """A text owned by one person (`owner` is a person id); it masks itself wherever it might be printed by accident.

    `text` is None once the owner's key has been destroyed; `reveal` is the only way to the words.
    """

    owner: str
    text: str | None

    def reveal(self) -> str:
        """Return the words, or "[erased]" when their owner has been forgotten."""
        return ERASED if self.text is None else self.text

    def __repr__(self) -> str:
        return f"Personal({self.owner}, ***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)
