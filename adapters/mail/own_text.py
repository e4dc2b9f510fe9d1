"""The words of a mail of ours, to know them again in a reply that quotes them without any mark."""

import email
import email.policy
from itertools import pairwise

from adapters.mail.contents import every_text
from adapters.mail.html_text import text_of
from adapters.mail.limits import LINE
from adapters.mail.marks import bare

# A shorter line may be the writer's own: our mails name the words that answer them, each on a line.
TELLING = 25


def known_text(sent: bytes) -> str:
    """Return every line that a reader of our mail may see."""
    message = email.message_from_bytes(sent, policy=email.policy.compat32)
    plain, html = every_text(tuple(message.walk()))
    return "\n".join((*plain, *(text_of(markup, quotes=True) for markup in html)))


class OwnText:
    """Knows the lines of one mail of ours.

    A long line is ours when our text has it, however a mail program wrapped it; a short one when it continues in our
    text as it does here.
    """

    def __init__(self, text: str) -> None:
        lines = [line for line in map(_squeezed, text.split("\n")) if line]
        self._whole = f" {' '.join(lines)} "
        self._pairs = {*pairwise(lines)}

    def without(self, lines: list[str]) -> list[str]:
        """Return the lines that are not ours."""
        filled = [(number, _squeezed(line)) for number, line in enumerate(lines) if line.strip()]
        ours = {number for number, line in filled if len(line) >= TELLING and line in self._whole}
        for (first, line), (second, following) in pairwise(filled):
            known = (line, following) in self._pairs
            if known or (not ours.isdisjoint((first, second)) and f" {line} {following} " in self._whole):
                ours |= {first, second}
        return [line for number, line in enumerate(lines) if number not in ours]


def _squeezed(line: str) -> str:
    return " ".join(bare(line)[:LINE].casefold().split())
