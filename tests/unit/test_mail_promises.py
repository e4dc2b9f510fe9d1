"""What two people say they will do when a meeting is over, in the ways in which people say it in four languages."""

from datetime import date

import pytest

from adapters.mail.reader import MailReader
from domain.reply import Command

TUESDAY = date(2027, 3, 9)
# What is answered when we ask whether they met, and who does what until when.
PROMISED = """
Yes, we did. I'm sending Mara the draft by Friday.|me:sending Mara the draft:2027-03-12
Yes we met yesterday. By Friday I'll send the plan.|me:send the plan:2027-03-12
Yes. I owe Mara the org chart by Monday.|me:owe Mara the org chart:2027-03-15
Held. I said I would call Ilse by Thursday.|me:call Ilse:2027-03-11
We met. My job: the intro by 19 March. Mara's: a coach by 31 March.|me:the intro:2027-03-19;Mara:a coach:2027-03-31
Yes, good talk. Until Friday I will write the summary.|me:write the summary:2027-03-12
Yes it happened. Jonas is going to update his CV by next Tuesday.|Jonas:update his CV:2027-03-16
We talked on the phone. Jonas has promised to read the report by 18 March.|Jonas:read the report:2027-03-18
Yes. He will have the plan ready by Friday.|you:have the plan ready:2027-03-12
Yes. Todo for me: book a room by Friday|me:book a room:2027-03-12
Yes, met. My homework is to write three pages by Friday.|me:write three pages:2027-03-12
Yes, met. Jonas' homework: three pages by Friday.|Jonas:three pages:2027-03-12
Yes. Next steps: I draft it by Friday, Mara reads it by Monday.|me:draft it:2027-03-12;Mara:reads it:2027-03-15
We met, and I'll send the slides by Friday.|me:send the slides:2027-03-12
Yes, we met and I will send Jonas the slides by Friday.|me:send Jonas the slides:2027-03-12
We met. I've agreed to present at the summit by 30 March.|me:present at the summit:2027-03-30
We met. She wants me to write a plan by Friday.|me:write a plan:2027-03-12
We met. I am supposed to write a plan by Friday.|me:write a plan:2027-03-12
We met. Let me send the contract by Friday.|me:send the contract:2027-03-12
Ja, hat stattgefunden. Bis Freitag schicke ich Mara den Entwurf.|me:schicke Mara den Entwurf:2027-03-12
Ja. Jonas liest bis Montag das Kapitel.|Jonas:liest das Kapitel:2027-03-15
Ja. Ich habe mir vorgenommen, bis Freitag den Plan zu schreiben.|me:den Plan zu schreiben:2027-03-12
Wir haben uns gesehen und ich schreibe bis Freitag den Plan.|me:schreibe den Plan:2027-03-12
Ja, war gut. Ich soll bis Ende der Woche drei Ideen aufschreiben.|me:drei Ideen aufschreiben:2027-03-12
Ja. Er will mir bis Donnerstag die Folien schicken.|you:mir die Folien schicken:2027-03-11
Ja. Mara hat versprochen, mir bis Freitag das Buch zu schicken.|Mara:mir das Buch zu schicken:2027-03-12
Ja. Meine Aufgabe ist es, bis Freitag den Plan zu schreiben.|me:den Plan zu schreiben:2027-03-12
Ja. Meine Aufgabe: den Plan schreiben, bis Freitag.|me:den Plan schreiben:2027-03-12
Ja. Für mich: Plan schreiben bis 12.3.|me:Plan schreiben:2027-03-12
Ja. ToDo Jonas: Plan schreiben bis 12.03.2027|Jonas:Plan schreiben:2027-03-12
Hat geklappt. Ich kümmere mich bis Freitag um den Raum.|me:kümmere mich um den Raum:2027-03-12
Hat geklappt. Bis zum 19. März werde ich den Plan fertig haben.|me:den Plan fertig haben:2027-03-19
Oui. D'ici vendredi j'envoie le plan à Mara.|me:envoie le plan à Mara:2027-03-12
Oui. Je lui envoie le plan avant vendredi.|me:lui envoie le plan:2027-03-12
Oui, nous avons parlé. Je me suis engagé à écrire le plan d'ici vendredi.|me:écrire le plan:2027-03-12
Oui. Jonas va m'envoyer son plan d'ici le 19 mars.|Jonas:m'envoyer son plan:2027-03-19
Oui. Jonas s'est engagé à lire le rapport avant lundi.|Jonas:lire le rapport:2027-03-15
Oui. J'enverrai le plan d'ici vendredi.|me:enverrai le plan:2027-03-12
Oui, on s'est vus et je dois écrire à Solène d'ici jeudi.|me:écrire à Solène:2027-03-11
Oui. Ma tâche : écrire le plan d'ici vendredi|me:écrire le plan:2027-03-12
Oui. Elle m'enverra le livre d'ici lundi.|you:m'enverra le livre:2027-03-15
Oui. À faire pour moi : écrire le plan d'ici vendredi|me:écrire le plan:2027-03-12
Sí. Antes del viernes le mando el plan a Mara.|me:le mando el plan a Mara:2027-03-12
Sí. Le mandaré el plan antes del viernes.|me:Le mandaré el plan:2027-03-12
Sí, nos vimos y tengo que escribir el plan antes del viernes.|me:escribir el plan:2027-03-12
Sí. Me comprometí a escribir el plan antes del viernes.|me:escribir el plan:2027-03-12
Sí. Mi tarea: escribir el plan antes del viernes|me:escribir el plan:2027-03-12
Sí. Jonas quedó en leer el informe para el lunes.|Jonas:leer el informe:2027-03-15
Sí. Ella me mandará el libro antes del lunes.|you:me mandará el libro:2027-03-15
Sí. Pendiente para mí: escribir el plan antes del viernes|me:escribir el plan:2027-03-12
Sí. Debo escribir el plan a más tardar el viernes.|me:escribir el plan:2027-03-12
"""
# What is, was, is wanted or only planned for a day is nobody's promise.
NOT_PROMISED = """
Yes. I was in Rome until Friday.
Yes. Mara has been ill until Monday.
Yes. I asked him why he left before March.
Yes. My job is fun until Friday.
Ja. Ich bin bis Freitag in Rom.
Ja. Mara hat mich gefragt, ob ich bis Freitag da bin.
Oui. Je suis absent jusqu'à vendredi.
Sí. Estoy fuera hasta el viernes.
"""


@pytest.mark.parametrize("row", PROMISED.strip().splitlines())
def test_who_does_what_until_when_is_read_beside_the_answer(row: str) -> None:
    text, _, meant = row.partition("|")
    reply = MailReader().understand(text, TUESDAY, "held_question", ("Mara Quint", "Jonas Lindt"))
    assert reply.command is Command.HELD
    assert ";".join(f"{action.owner}:{action.text}:{action.due}" for action in reply.actions) == meant


@pytest.mark.parametrize("text", NOT_PROMISED.strip().splitlines())
def test_what_only_tells_of_a_day_promises_nothing(text: str) -> None:
    assert MailReader().understand(text, TUESDAY, "held_question", ("Mara Quint", "Jonas Lindt")).actions == ()
