"""An action that is not wanted any more goes with one word in answer to the question whether it is done."""

from datetime import date

import pytest

from adapters.mail.reader import MailReader
from domain.reply import Command

DROPPED = """
drop
Drop it
not needed anymore
Streichen
nicht mehr nötig
abandonner
Plus nécessaire.
descartar
ya no hace falta
"""


def _command(text: str, kind: str) -> Command | None:
    return MailReader().understand(text, date(2027, 2, 22), kind, ("Mara Quint", "Jonas Lindt")).command


@pytest.mark.parametrize("text", DROPPED.strip().splitlines())
def test_what_is_not_wanted_any_more_is_let_go(text: str) -> None:
    assert _command(text, "chase") is Command.DROP


@pytest.mark.parametrize("text", ["drop?", "should we drop it?", "don't drop it", "next week", "not done"])
def test_a_question_or_a_delay_lets_nothing_go(text: str) -> None:
    assert _command(text, "chase") is None


def test_in_answer_to_any_other_mail_it_lets_no_action_go() -> None:
    assert _command("drop it", "agenda") is Command.SKIP
    assert {_command(text, kind) for text in ("drop", "streichen") for kind in ("follow_up", "charter")} <= {None}
