"""What in a reply is negotiation: times that are meant for the meeting, and the question for its agenda."""

from datetime import date

import pytest

from adapters.mail.negotiation import asks_for_agenda, negotiates
from adapters.mail.reader import MailReader
from domain.reply import Command

PROPOSING = """
Mara can't do Tuesday, 9:00 or 10:15 Wed our time?
Could we do Thursday 3pm instead?
Would 9:00 on Wednesday work?
Wednesday 9:00 or 10:15?
Frau Quint kann am Dienstag leider nicht. Mittwoch 9 Uhr oder 10:15 Uhr?
Ginge Donnerstag um 10?
Mme Quint n'est pas disponible mardi. Mercredi à 9h00 ?
Pourrait-on se voir jeudi à 15h00 ?
La señora Quint no puede el martes. ¿El miércoles a las 9:00?
¿Podríamos el jueves a las 10?
"""
TELLING = """
I present to the board on Thursday at 15:00 and would love your view on the slides.
On Thursday 3pm I have my review, so this comes at the right time.
See you on Tuesday at 10:00.
Am Donnerstag um 15 Uhr stelle ich es dem Vorstand vor.
Jeudi à 15h je présente le projet au comité.
El jueves a las 15:00 presento el proyecto.
"""
ASKING = """
Do you have an agenda?
Hi, is there an agenda for Tuesday yet?
Could you send me the agenda, please?
Gibt es schon eine Agenda?
Haben Sie eine Tagesordnung für Dienstag?
Y a-t-il un ordre du jour ?
¿Hay un orden del día?
¿Tienen ya una agenda?
"""
NOT_ASKING = """
Thanks for the agenda!
The agenda looks good to me.
I'd put the budget on the agenda. Is that fine?
Die Agenda passt.
"""


@pytest.mark.parametrize("text", PROPOSING.strip().splitlines())
def test_a_time_is_for_the_meeting_where_a_sentence_proposes_it(text: str) -> None:
    assert negotiates(text)


@pytest.mark.parametrize("text", TELLING.strip().splitlines())
def test_a_time_that_is_only_told_moves_nothing(text: str) -> None:
    assert not negotiates(text)
    assert MailReader().understand(text, date(2027, 3, 1), "agenda").times == ()


@pytest.mark.parametrize("text", ASKING.strip().splitlines())
def test_who_asks_for_the_agenda_is_understood(text: str) -> None:
    assert asks_for_agenda(text)
    assert MailReader().understand(text, date(2027, 3, 1), "agenda").command is Command.ASK_AGENDA


@pytest.mark.parametrize("text", NOT_ASKING.strip().splitlines())
def test_who_only_speaks_of_the_agenda_asks_nothing(text: str) -> None:
    assert MailReader().understand(text, date(2027, 3, 1), "agenda").command is not Command.ASK_AGENDA
