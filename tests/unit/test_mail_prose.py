"""What prose says by the forms of the language: sections, promises, verbs, thanks; and what it does not say."""

from datetime import date

import pytest

from adapters.mail.closings import without_closing
from adapters.mail.dates import split_inside
from adapters.mail.headings import heading_by_words, heading_of
from adapters.mail.inflection import forms
from adapters.mail.lexicon import lexicons
from adapters.mail.promises import promised
from adapters.mail.reader import MailReader
from adapters.mail.signs import section_of
from domain.languages import LANGUAGES
from tests.unit.reply_corpus import acting

TODAY = date(2027, 3, 9)
NAMES = frozenset({"mara", "jonas"})
SORTED = """
done|I rearranged the storeroom with Ilse.
done|We have replaced the old rota.
done|Ich habe den Dienstplan umgestellt.
done|J'ai relancé trois fournisseurs.
done|Ya he ordenado el almacén.
learned|We realised that nobody reads the rota.
learned|Dabei habe ich viel über Geduld gelernt.
learned|J'ai compris que la patience paie.
learned|Comprendí que hay que esperar.
observed|I noticed that the phones ring at noon.
observed|Mir fiel gestern auf, dass niemand fragt.
questions|I want to understand how budgets are made.
questions|Ich würde gern wissen, wie Budgets entstehen.
samples|The rota is here: https://share.contoso.example/rota
None|I wanted to call Ilse.
None|I have not finished the rota.
None|Aquí llueve mucho.
None|Ich habe keine Zeit gehabt.
None|The rota hangs on the door.
"""
PROMISED = """
me|call Ilse|2027-03-12|I'll call Ilse by Friday.
me|rufe Ilse an|2027-03-12|Ich rufe bis Freitag Ilse an.
me|rufe Ilse an|2027-03-12|Bis Freitag rufe ich Ilse an.
me|relis le plan|2027-03-12|Je relis le plan d'ici vendredi.
me|Escribo a Ilse|2027-03-12|Escribo a Ilse antes del viernes.
Mara|calls Ilse|2027-03-22|One more: Mara calls Ilse before 22 March.
"""
UNPROMISED = """
I sent the plan before Friday.
I am away until Friday.
Ich bin bis Freitag verreist.
Estoy de viaje hasta el viernes.
Mara is away until Friday.
I can't call Ilse by Friday.
Will you call Ilse by Friday?
I fly to Rome tomorrow.
Somebody calls Ilse by Friday.
"""
SAID = """
agenda|skip|Cancel it please.
agenda|skip|Cancelen la reunión, por favor.
agenda|skip|Ich sage das Treffen leider ab.
agenda|keep|Gardez la réunion.
notice|pause|Please pause everything until September.
request|accept|Thanks for thinking of me. I'd be glad to.
request|accept|👍🏽
held_question|held|✅
follow_up|undo|Please undo that, I mixed up two people.
"""
UNSAID = """
agenda|If there is no agenda, cancel.
agenda|No cancelen la reunión.
agenda|Ich sage nicht ab.
agenda|N'annulez pas.
agenda|I must cancel my holiday.
agenda|I have to leave it there today.
agenda|👍
request|Danke für die Zusage
request|Thanks for asking, I am happy for you
request|👍?
follow_up|Please cancel the meeting
notice|Do not pause until September.
"""


def _rows(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("row", _rows(SORTED))
def test_a_sentence_is_sorted_by_its_form(row: str) -> None:
    section, sentence = row.split("|", 1)
    assert str(section_of(sentence)) == section


@pytest.mark.parametrize("row", _rows(PROMISED))
def test_a_promise_in_prose_has_an_owner_and_a_day(row: str) -> None:
    owner, text, due, sentence = row.split("|")
    (action,), rest = promised([sentence], TODAY, NAMES)
    assert (action.owner, action.text, str(action.due), rest) == (owner, text, due, [])


@pytest.mark.parametrize("sentence", _rows(UNPROMISED))
def test_what_is_past_denied_asked_or_only_a_state_is_no_promise(sentence: str) -> None:
    assert promised([sentence], TODAY, NAMES) == ([], [sentence])


def test_two_promises_in_one_sentence_are_two() -> None:
    actions, rest = promised(["I'll call Ilse by Friday and Mara will write to Ken by 22 March."], TODAY, NAMES)
    assert [(a.owner, a.text) for a in actions] == [("me", "call Ilse"), ("Mara", "write to Ken")]
    assert rest == []


@pytest.mark.parametrize("row", _rows(SAID))
def test_a_command_is_known_in_its_forms(row: str) -> None:
    kind, command, text = row.split("|", 2)
    assert acting(MailReader().understand(text, TODAY, kind, ("Mara Quint", "Jonas Lindt")), kind) == command


@pytest.mark.parametrize("row", _rows(UNSAID))
def test_what_only_sounds_like_a_command_does_nothing(row: str) -> None:
    kind, text = row.split("|", 1)
    assert acting(MailReader().understand(text, TODAY, kind, ("Mara Quint", "Jonas Lindt")), kind) is None


def test_a_date_in_the_middle_of_a_german_action_is_taken_out() -> None:
    assert split_inside("die Mappe bis Freitag an Mara schicken", TODAY) == (
        "die Mappe an Mara schicken",
        date(2027, 3, 12),
    )
    assert split_inside("finish by Friday the draft", TODAY)[1] is None


@pytest.mark.parametrize(
    "leave", ["Danke und Gruß\nJonas", "LG Mara", "Bien cordialement,\nMara Quint", "Un abrazo,\nMara"]
)
def test_a_farewell_is_known_by_its_words(leave: str) -> None:
    assert without_closing(["The plan is ready.", *leave.split("\n")]) == ["The plan is ready."]


@pytest.mark.parametrize(
    "more", ["Thanks to Ilse the plan is ready", "Best of all was the plan", "- thanks\n- the plan: late"]
)
def test_a_sentence_is_no_farewell(more: str) -> None:
    lines = ["The plan is ready.", *more.split("\n")]
    assert without_closing(lines) == lines


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Things I learned this time", "learned"),
        ("Was ich dich fragen wollte", "questions"),
        ("Ce que j'ai remarqué", "observed"),
        ("What I learned and want to ask", None),
        ("Dear all", None),
    ],
)
def test_a_heading_of_ones_own_making_is_known_by_one_kind_of_word(line: str, section: str | None) -> None:
    assert heading_by_words(line) == section


def test_the_words_of_a_language_are_folded_as_those_of_a_reply_are() -> None:
    german = lexicons()[LANGUAGES.index("de")]
    assert "ausser" in german.hedges
    assert heading_of("Maßnahmen") == "actions"
    assert not any("ß" in word for word in german.courtesy | german.hedges | german.beside)


def test_only_forms_that_ask_for_something_are_made() -> None:
    assert {("annulez",), ("annulons",), ("déplaçons",)} <= {*forms("annuler", "fr"), *forms("déplacer", "fr")}
    assert {("cancelen",), ("cancélenla",), ("cancelémosla",)} <= set(forms("cancelar", "es"))
    assert ("sage", "...", "ab") in forms("ab|sagen", "de")
    assert not {("canceló",), ("cancelaría",)} & set(forms("cancelar", "es"))
    assert not {("annulerais",), ("annulé",)} & set(forms("annuler", "fr"))
