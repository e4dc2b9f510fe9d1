"""The catalogues of words say the same things in every language."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from adapters.mail.catalogue import catalogue
from domain.languages import LANGUAGES

OTHERS = pytest.mark.parametrize("language", LANGUAGES[1:])
OWN = ("time.cities.", "time.zones.")
# Sentences in which one language needs a fact or an answer that another one expresses otherwise.
LOOSE = ("time.",)


def phrases(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from phrases(value, f"{path}{name}.")
        elif not path.startswith(OWN):
            yield f"{path}{name}", value


def names_in(value: object) -> list[str]:
    lines = [value] if isinstance(value, str) else value
    assert isinstance(lines, list)
    return sorted({name for line in lines for _, name, _, _ in string.Formatter().parse(line) if name})


@OTHERS
def test_every_phrase_exists_in_every_language(language: str) -> None:
    english, other = (dict(phrases(catalogue(name).table)) for name in ("en", language))
    assert other.keys() == english.keys()
    assert {name: type(value) for name, value in other.items()} == {n: type(v) for n, v in english.items()}


@OTHERS
def test_every_phrase_tells_the_same_facts(language: str) -> None:
    english, other = (dict(phrases(catalogue(name).table)) for name in ("en", language))
    told = {name: (names_in(english[name]), names_in(other[name])) for name in english if not name.startswith(LOOSE)}
    assert {name: pair for name, pair in told.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays_months_and_small_numbers_are_complete(language: str) -> None:
    words = catalogue(language)
    counts = {"weekdays": 7, "weekdays_short": 7, "months": 12, "months_short": 12, "numbers": 10}
    assert {name: len(set(words.lines(f"time.{name}"))) for name in counts} == counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography_is_that_of_the_language(language: str) -> None:
    for name, value in phrases(catalogue(language).table):
        for line in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            assert line == line.strip() or name == "time.another", name
            assert "'" not in line or language == "en", name
            assert '"' not in line, name
            assert "  " not in line, name
            if language == "fr" and not name.startswith(("time.", "answers.")):
                gaps = [line[at - 1] for at in range(1, len(line)) if line[at] in ":;?!" and line[at - 1 : at] != "/"]
                assert not set(gaps) - {"\u00a0", "\u202f"}, name
            if language == "es":
                assert line.count("?") == line.count("\u00bf"), name


def test_a_phrase_that_is_missing_is_our_own_bug() -> None:
    for ask in (catalogue("en").words, catalogue("en").lines, catalogue("en").table_of):
        with pytest.raises(LookupError, match=r"weather\.today is not in en"):
            ask("weather.today")
    with pytest.raises(LookupError, match="is no phrase"):
        catalogue("de").words("notice.moved.lines")
    with pytest.raises(LookupError, match="is no list"):
        catalogue("de").lines("notice.moved.ask")
    with pytest.raises(LookupError, match="is no table"):
        catalogue("de").table_of("notice.moved.ask")
