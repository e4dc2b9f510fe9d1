"""Replies taken apart by their clauses: what may stand around an answer, and what makes it none."""

from datetime import date

import pytest

from adapters.mail.lexicon import told
from adapters.mail.reader import MailReader
from adapters.mail.vocabulary import Vocabulary
from tests.unit.reply_corpus import acting

TUESDAY = date(2027, 3, 9)
NAMES = ("Mara Quint", "Jonas Lindt")
SAID = """
agenda|move|Tied up with the auditors on Wednesday. Could we do Thursday at 4pm instead?
agenda|move|Mara can't do Tuesday, 9:00 or 10:15 Wed our time?
agenda|move|Frau Quint ist am Dienstag verhindert. Passt Mittwoch 9:00 oder 10:15?
agenda|skip|No puedo el jueves, lo siento. Nos vemos en dos semanas.
agenda|skip|Ich kann morgen leider nicht. Wir sehen uns beim nächsten Mal.
agenda|shorten|Twenty minutes will do, the rest is clear.
agenda|keep|Ich komme, das andere kann warten.
preparation|skip|Rien de mon côté, peut-on sauter demain ?
notice|accept|The new time suits me.
notice|accept|Jeudi convient à Mme Quint.
notice|decline|Das passt mir leider nicht.
notice|decline|No, Thursday doesn't work for me, stay with the old time.
request|accept|Gladly, it sounds interesting.
request|decline|dont have the time for it, sorry
request|decline|No puedo acpetar, lo siento.
held_question|not_held|Wir haben uns diesmal nicht gesehen.
held_question|not_held|No pudo ser por la huelga.
held_question|held|Wir haben über das Budget gesprochen.
chase|done|Die Bücherliste ging heute raus.
follow_up|close|Nous avons atteint notre but. Merci de mettre fin à ce mentorat.
"""
UNSAID = """
agenda|I may have to cancel, will tell you tomorrow.
agenda|Should nothing arrive, cancel.
agenda|Si no llega nada antes del jueves, cancelen.
agenda|Keep or skip, both are fine with me.
agenda|Is it still Thursday at 3pm?
agenda|What time on Thursday?
agenda|On se voit la prochaine fois.
request|I would accept once a month.
request|Sure, in theory.
request|Yes, after Easter.
request|Ich würde zusagen.
charter|Sounds good, it is a long text.
held_question|Yes, tomorrow.
held_question|We met last month, not this week.
chase|Morgen ist es fertig.
chase|So gut wie erledigt.
chase|The outline is done, the list is missing.
chase|Mañana está listo.
follow_up|End of the call at noon.
notice|Both times suit me, or skip it.
"""


def _rows(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("row", _rows(SAID))
def test_an_answer_is_found_behind_thanks_excuses_and_reasons(row: str) -> None:
    kind, command, text = row.split("|", 2)
    assert acting(MailReader().understand(text, TUESDAY, kind, NAMES), kind) == command


@pytest.mark.parametrize("row", _rows(UNSAID))
def test_doubt_conditions_terms_and_what_is_to_come_leave_nothing_to_do(row: str) -> None:
    kind, text = row.split("|", 1)
    assert acting(MailReader().understand(text, TUESDAY, kind, NAMES), kind) is None


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Held. I'll send the plan by Friday and she'll read it by Monday.", ["me", "you"]),
        ("Held\n\nNext steps:\n- I'll send the plan by Friday\n- Mara will read it by 19 March", ["me", "Mara"]),
        ("Held. Action for me: the plan by Friday. Action for Mara: the list by 19 March.", ["me", "Mara"]),
        ("Held\nMy action: the plan by Friday\nMara's action: the list by 19 March", ["me", "Mara"]),
        ("Held\n\nNext steps:\n1. the plan (me, by Friday)\n2. the list (Mara, by 19 March)", ["me", "Mara"]),
        ("Ja. Ich: Plan bis Freitag. Mara: Liste bis 19. März.", ["me", "Mara"]),
        ("Oui. Je finis le plan et Mara m'envoie la liste, les deux d'ici vendredi.", ["me", "Mara"]),
    ],
)
def test_who_does_what_by_when_is_read_however_it_is_written(text: str, owners: list[str]) -> None:
    actions = MailReader().understand(text, TUESDAY, "held_question", NAMES).actions
    assert [action.owner for action in actions] == owners
    assert all(action.due for action in actions)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Action for me: the plan by 19/3", 19),
        ("Action for me: the plan by 3/19", 19),
        ("Action for me: the plan within two weeks", 23),
        ("Action for me: the plan by Friday next week", 19),
        ("Action for me: the plan by Friday at noon", 12),
        ("Aufgabe für mich: Plan bis Freitag, den 19.3.", 19),
        ("Aufgabe für mich: Plan bis Freitag nächster Woche", 19),
        ("Action pour moi : le plan avant le 19", 19),
        ("Action for me: the plan by 4/12", None),
        ("Action for me: raise it by 2.5", None),
        ("I will call Ada on Monday.", 15),
        ("I fly to Rome on Monday.", None),
    ],
)
def test_a_day_is_read_only_where_it_can_be_one_alone(text: str, day: int | None) -> None:
    actions = MailReader().understand(text, TUESDAY, "held_question", NAMES).actions
    assert [action.due.day for action in actions if action.due] == ([day] if day else [])


def test_an_observation_in_spanish_is_no_promise_of_his() -> None:
    reply = MailReader().understand("He notado que las quejas llegan los lunes.", TUESDAY, "preparation", NAMES)
    assert (reply.actions, reply.observed) == ((), ("He notado que las quejas llegan los lunes.",))


def test_a_pause_keeps_its_day_and_a_question_beside_an_answer_is_one() -> None:
    pause = MailReader().understand("My father is ill. Please pause until 1 June.", TUESDAY, "notice", NAMES)
    assert pause.until == date(2027, 6, 1)
    reply = MailReader().understand("Count me in. When do we start?", TUESDAY, "request", NAMES)
    assert reply.questions == ("When do we start?",)


def test_a_slip_is_put_right_but_never_into_another_form() -> None:
    words = Vocabulary(("reschedule", "annuler", "würde", "wurde", "si", "sí", "don't", "müssen"))
    assert [words.known(w) for w in ("reshedule", "dont", "muessen")] == ["reschedule", "don't", "müssen"]
    assert [words.known(w) for w in ("annulai", "wurde", "si", "cat")] == ["annulai", "wurde", "si", "cat"]


def test_each_language_reads_a_line_with_its_own_words() -> None:
    assert [words for _, words in told("J'accepte")][2] == ("j'", "accepte")
