"""What in a reply is negotiation: times that are meant for the meeting, and the question for its agenda."""

from datetime import date

import pytest

from adapters.mail.negotiation import asks_for_agenda, negotiates
from adapters.mail.reader import MailReader
from domain.reply import Command, Reply

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


# As of a Monday in February; what names a time for the meeting moves it there, never to any other time.
MOVED_TO = """
Move to Thursday 10:00|25 10:00
Please move it to Thursday at 10:00, thank you.|25 10:00
move\\nThursday 10:00|25 10:00
Move to Tuesday next week at 10:00|2 10:00
Verschieben auf Donnerstag 10 Uhr|25 10:00
Reporter à jeudi 10h|25 10:00
Mover al jueves a las 10:00|25 10:00
"""
NO_TIME_FOR_IT = """
Move to Thursday
Bitte auf Donnerstag verschieben
Could we move it to Thursday?
Move it to after 3 pm on Thursday
Please move it. On Thursday at 3 pm I have my review.
Please move it, on Thursday at 3 pm I have my review.
I have a dentist's appointment on Thursday at 10, can we move?
Bitte verschieben, Donnerstag bin ich in Wien.
"""
MOVED_FROM = """
Please move it.
Please move it from Tuesday 10:00.
I'm away on Tuesday, please move it.
"""


def _answered(text: str) -> Reply:
    return MailReader().understand(
        text.replace("\\n", "\n"), date(2027, 2, 22), "agenda", ("Mara Quint", "Jonas Lindt")
    )


@pytest.mark.parametrize("row", MOVED_TO.strip().splitlines())
def test_who_moves_a_meeting_to_a_time_names_that_time(row: str) -> None:
    text, _, time = row.partition("|")
    said = _answered(text)
    assert [f"{t.day.day} {t.at:%H:%M}" for t in said.times if t.day and t.at] == [time]
    assert (said.command, said.time_unclear) == (Command.MOVE, False)


@pytest.mark.parametrize("text", NO_TIME_FOR_IT.strip().splitlines())
def test_a_move_beside_a_time_that_is_not_sure_to_be_meant_is_unclear(text: str) -> None:
    said = _answered(text)
    assert (said.command, said.time_unclear, [t for t in said.times if t.at]) == (Command.MOVE, True, [])


@pytest.mark.parametrize("text", MOVED_FROM.strip().splitlines())
def test_a_move_away_from_a_time_is_a_move_to_any_other(text: str) -> None:
    said = _answered(text)
    assert (said.command, said.time_unclear, said.times) == (Command.MOVE, False, ())
