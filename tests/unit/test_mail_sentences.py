"""A sentence in answer to a question of ours: what it says, and above all when it says nothing that could be done."""

import time
from datetime import date

import pytest

from adapters.mail.reader import MailReader
from domain.reply import Command, Reply
from tests.unit.reply_corpus import acting
from tests.unit.test_mail_hostile import HOSTILE

# The kind of mail that is answered, what is said, and how.
SAID = """
held_question|held|Yes we met.
held_question|held|Yes, it went really well.
held_question|held|Held - 40 minutes, very useful.
held_question|held|We met on Tuesday as planned.
held_question|held|yes, held. Mara gave me two names.
held_question|held|Yep!
held_question|held|Yes it took place
held_question|not_held|No, Mara was ill.
held_question|not_held|Unfortunately we did not meet.
held_question|not_held|no
held_question|not_held|Not held, I was sick
held_question|not_held|It didn't happen, sorry
held_question|held|Ja
held_question|held|Ja, hat stattgefunden.
held_question|held|Wir haben uns heute getroffen, war sehr gut.
held_question|not_held|Nein, ist leider ausgefallen.
held_question|not_held|Nein, Mara war krank.
held_question|not_held|Hat nicht stattgefunden
held_question|held|Oui, on s'est vus hier.
held_question|held|Oui, la rencontre a bien eu lieu.
held_question|not_held|Non, elle a été annulée.
held_question|not_held|Non, pas cette fois
held_question|held|Sí, nos vimos ayer.
held_question|held|Sí, tuvo lugar como estaba previsto
held_question|not_held|No, se canceló
held_question|not_held|No pudimos reunirnos
request|accept|Yes, happy to.
request|accept|I'd love to!
request|accept|Sure, why not.
request|accept|Accept. Looking forward to it.
request|accept|With pleasure
request|decline|I'm sorry, I have to decline.
request|decline|No, I don't have the time this year.
request|decline|Thanks for asking, but I can't take on another mentee right now.
request|accept|Ja, gerne!
request|accept|Sehr gern, ich freue mich.
request|decline|Leider nein, mir fehlt die Zeit.
request|decline|Ich muss leider absagen.
request|accept|Oui, avec plaisir !
request|accept|J'accepte volontiers.
request|decline|Non merci, je n'ai pas le temps.
request|decline|Je dois malheureusement décliner.
request|accept|Sí, con mucho gusto.
request|accept|Acepto encantada
request|decline|Lo siento, no puedo en este momento.
request|decline|No, gracias.
charter|agree|Agreed.
charter|agree|Fine with me, thanks.
charter|agree|Looks good, I agree.
charter|agree|All good from my side
charter|agree|Passt für mich
charter|agree|Einverstanden mit allem.
charter|agree|D'accord pour moi
charter|agree|C'est parfait, merci.
charter|agree|Estoy de acuerdo con todo
charter|agree|De acuerdo, gracias
agenda|skip|Please skip this one.
agenda|skip|Let's skip it this time, I have nothing new
agenda|keep|Keep it please
agenda|keep|Let's meet as planned
agenda|shorten|Let's make it 15 minutes
agenda|shorten|shorten please
agenda|move|Can't make Tuesday, please move it
agenda|move|Please reschedule, something came up
agenda|skip|Diesmal bitte ausfallen lassen
agenda|skip|Lassen wir das Treffen diesmal ausfallen
agenda|move|Bitte verschieben
agenda|move|Können wir bitte verschieben
agenda|keep|Wir treffen uns wie geplant
agenda|shorten|15 Minuten reichen
agenda|skip|On saute cette fois
agenda|skip|Passons notre tour cette fois-ci
agenda|keep|Maintenons la rencontre
agenda|move|Il faudrait reporter
agenda|skip|Esta vez la saltamos
agenda|keep|Mantenemos la reunión
agenda|move|Prefiero aplazarla
agenda|shorten|Mejor 15 minutos
chase|done|Done.
chase|done|Yes, sent it this morning
chase|done|Finished last week
chase|done|That's done
chase|done|Ist erledigt
chase|done|Ja, gestern abgeschickt
chase|done|C'est fait !
chase|done|Oui, je l'ai envoyé hier
chase|done|Ya está hecho
chase|done|Sí, lo envié ayer
notice|keep|Keep
notice|skip|skip, thanks
notice|keep|Bitte beibehalten
preparation|skip|Let's skip this month
"""
# What takes back, asks, doubts, speaks of something else, or sets terms.
UNSAID = """
held_question|We will meet tomorrow instead
held_question|Which meeting do you mean?
held_question|Sort of
held_question|Das weiß ich nicht mehr
request|Can you tell me more about Jonas first?
request|I need to think about it.
request|Maybe, let me check my calendar
request|Yes, but only in the mornings
request|Wer ist das?
charter|Could we make it 30 minutes instead?
charter|I agree except for the Fridays
charter|No, mornings don't work for me.
charter|Einverstanden, aber bitte nur 30 Minuten
charter|De acuerdo, pero los martes no puedo
agenda|Thanks!
agenda|Thank you, see you tomorrow
agenda|Great agenda, looking forward
agenda|Should we skip?
agenda|Danke, bis Dienstag
chase|Not yet
chase|Working on it, will be done Friday
chase|Half done
chase|I need another week
chase|Noch nicht, nächste Woche
chase|Pas encore
chase|Todavía no
notice|ok
preparation|I'd like to talk about the budget
preparation|Nothing this time
held_question|We were about to meet, then the fire alarm rang
held_question|We met last month, not this week
held_question|Yes and no
held_question|It was moved to Thursday
held_question|We haven't yet, tomorrow at 10
held_question|I think we did?
held_question|Did we? I don't remember
held_question|The meeting is next week
held_question|Almost. Mara left after five minutes.
held_question|We met? No.
held_question|Nicht wirklich
held_question|Ja und nein
held_question|Wir treffen uns erst morgen
held_question|Nous nous voyons demain
held_question|Oui et non
held_question|Nos vemos mañana
held_question|Todavía no, es mañana
request|Happy to hear more about it
request|I would be happy to, but not before June
request|Yes - if Jonas can come to Chicago
request|Glad you asked! Who is he?
request|Interesting. What would it involve?
request|I accept that he needs help
request|No problem, but who is paying?
request|Not right now, ask me again in autumn
request|Gern, aber erst ab Mai
request|Gern, sobald mein Projekt vorbei ist
request|Das freut mich. Wie viel Zeit kostet das?
request|Avec plaisir, mais seulement en juin
request|Volontiers si c'est en français
request|Con gusto, pero solo por la mañana
request|Encantada de saber de usted
request|I will accept when I've spoken to him
charter|Agreed, but monthly please
charter|Agreed on everything but the day
charter|Agree in principle
charter|I don't agree
charter|Not agreed
charter|I agree with most of it
charter|Yes, with 30 minutes
charter|ok, 30 minutes though
charter|OK for me if Jonas also agrees
charter|Sounds good, let me check with my boss first
charter|Almost agreed
charter|Nicht einverstanden
charter|Im Prinzip einverstanden
charter|Einverstanden, wenn wir mittags können
charter|Pas d'accord
charter|D'accord sur le principe
charter|D'accord à condition de commencer en mai
charter|No estoy de acuerdo
charter|De acuerdo en principio
charter|De acuerdo, siempre que sea por la tarde
agenda|Don't skip it please
agenda|Let's not skip this one
agenda|I'd rather not skip
agenda|No skip please
agenda|Keep me posted
agenda|Move on to the next topic please
agenda|Can we skip the budget question?
agenda|Skip question 2, I don't have the answer
agenda|Let's keep it short
agenda|Shall we keep it?
agenda|I can move my other meeting
agenda|I moved it in my calendar already
agenda|No need to move it
agenda|Please don't move it
agenda|We could skip or shorten, your choice
agenda|Keep or skip, I don't mind
agenda|Nicht ausfallen lassen bitte
agenda|Bitte nicht verschieben
agenda|Lass uns Frage 2 überspringen
agenda|Sollen wir verschieben?
agenda|Ne pas reporter svp
agenda|On ne saute pas
agenda|Il ne faut pas reporter
agenda|No la cambiemos de fecha
agenda|No saltar
agenda|No aplazar por favor
agenda|15 minutes late, sorry
agenda|I'll be 15 minutes late
agenda|Just 15 minutes before, I have another call
chase|Not done
chase|Not done yet
chase|Never done
chase|Done? Not really
chase|I haven't done it
chase|To be done next week
chase|It will be finished on Friday
chase|Nearly finished
chase|Partly done
chase|Done with the first half
chase|Should be done by Monday
chase|Could you mark it as done?
chase|Nicht erledigt
chase|Noch nicht erledigt
chase|Fast fertig
chase|Wird morgen erledigt
chase|Pas fait
chase|Presque terminé
chase|Pas encore fait
chase|Ce sera fait demain
chase|No está hecho
chase|Aún no está hecho
chase|Casi terminado
chase|Estará listo mañana
notice|Keep or skip?
notice|skip or keep, up to Jonas
notice|I cannot keep that time
notice|Ich kann nicht beibehalten
notice|We can't keep it
preparation|Skip the small talk please
preparation|Move my career forward
preparation|I want to move to another team
preparation|Reschedule? No, it's fine.
preparation|How do I stop micromanaging
preparation|Stop doing my team's work
preparation|close the budget gap
agenda|stop by my office
agenda|close to finished
follow_up|We did not meet the target
follow_up|Not held accountable
request|close call!
charter|ok so what happens if I leave?
"""
MONDAY = date(2027, 3, 1)


def understood(kind: str, text: str) -> Reply:
    return MailReader().understand(text, MONDAY, kind, ("Mara Quint", "Jonas Lindt"))


@pytest.mark.parametrize("row", SAID.strip().splitlines())
def test_an_answer_in_plain_words_is_understood(row: str) -> None:
    kind, command, text = row.split("|", 2)
    assert acting(understood(kind, text), kind) == command


@pytest.mark.parametrize("row", UNSAID.strip().splitlines())
def test_what_is_no_plain_answer_does_nothing(row: str) -> None:
    kind, text = row.split("|", 1)
    assert acting(understood(kind, text), kind) is None


def test_what_follows_an_answer_is_kept() -> None:
    reply = understood("held_question", "Yes, we met. Mara gave me two names.\n\nLearned: ask early")
    assert (reply.command, reply.unsorted, reply.learned) == (
        Command.HELD,
        ("Mara gave me two names.",),
        ("ask early",),
    )


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("skip?", Command.SKIP),
        ("Shall we skip this one?", Command.SKIP),
        ("Können wir verschieben?", Command.MOVE),
        ("¿Podemos aplazarla?", Command.MOVE),
        ("On peut reporter ?", Command.MOVE),
        ("Is the room booked?", None),
    ],
)
def test_a_question_about_a_command_is_known_as_one(text: str, command: Command | None) -> None:
    assert (understood("agenda", text).asked, understood("agenda", text).command) == (command, None)


@pytest.mark.parametrize(
    "text", ["Thanks!", "Thank you so much, Mara", "Vielen Dank", "Merci beaucoup", "Muchas gracias"]
)
def test_thanks_are_known_as_nothing_more(text: str) -> None:
    assert understood("agenda", text).courtesy


def test_the_same_words_are_no_answer_where_nothing_was_asked() -> None:
    assert understood("", "Yes, we met on Tuesday.").command is None
    assert understood("agenda", "Yes, we met on Tuesday.").command is None


@pytest.mark.parametrize("kind", ["request", "preparation"])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_answer_takes_less_than_a_second(body: str, kind: str) -> None:
    started = time.process_time()
    understood(kind, body)
    assert time.process_time() - started < 1
