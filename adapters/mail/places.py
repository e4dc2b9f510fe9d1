"""Where a reply stands: which kind of our mails it answers, and whose names are to be expected in it."""

from dataclasses import dataclass

from adapters.mail.phrases import words_of


@dataclass(frozen=True, slots=True)
class Place:
    """The kind of our mail that is answered, "" when that is not known, and the names of the people concerned."""

    kind: str = ""
    names: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Every word of the names, as words are compared."""
        return frozenset(word for name in self.names for word in words_of(name))
