"""A pause may name its last day, in four languages; then it is one of this relationship."""

from datetime import date

import pytest

from adapters.mail.reader import MailReader
from domain.reply import Command

TODAY = date(2027, 3, 1)
NAMED = [
    ("pause until 15 September", date(2027, 9, 15)),
    ("Please pause until 15 September 2027", date(2027, 9, 15)),
    ("Pause bis 15. September", date(2027, 9, 15)),
    ("pause jusqu'au 15 septembre", date(2027, 9, 15)),
    ("pausa hasta el 15 de septiembre", date(2027, 9, 15)),
    ("pause until September", date(2027, 9, 1)),
    ("Pause bis Ende August", date(2027, 8, 31)),
    ("pause until 2027-05-31", date(2027, 5, 31)),
]


@pytest.mark.parametrize(("text", "day"), NAMED)
def test_the_day_is_read_and_no_word_of_it_is_left_over(text: str, day: date) -> None:
    said = MailReader().understand(text, TODAY, "agenda", ("Mara Lindqvist", "Jonas Albrecht"))
    assert (said.command, said.until, said.unsorted) == (Command.PAUSE, day, ())


def test_without_a_day_it_is_a_plain_pause() -> None:
    said = MailReader().understand("pause", TODAY, "agenda")
    assert (said.command, said.until) == (Command.PAUSE, None)
