"""How days, hours, numbers and rhythms are named in four languages; one file for each language holds the words."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from domain.languages import LANGUAGES


def table(language: str, name: str) -> dict[str, Any]:
    """Return one table of a language's file."""
    found: dict[str, Any] = _file(language)[name]
    return found


@cache
def _file(language: str) -> dict[str, Any]:
    text = files("adapters.mail").joinpath("lexicons", "times", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def pattern(language: str, name: str, key: str) -> re.Pattern[str]:
    """Return a pattern of a language, which may be written in several lines."""
    return re.compile(table(language, name)[key].replace("\n", ""))


def either(name: str, key: str) -> str:
    """Return what any of the languages has under a key as alternatives of one pattern."""
    return "|".join(_every(name, key))


def words(name: str, key: str) -> frozenset[str]:
    """Return the words that any of the languages has under a key."""
    return frozenset(word for text in _every(name, key) for word in text.replace("/", " ").split())


def numbered(language: str, *keys: str) -> dict[str, int]:
    """Return the names of days or months with their number, from 0."""
    lists = (table(language, "days")[key].split() for key in keys)
    return {name: number for names in lists for number, one in enumerate(names) for name in one.split("/")}


@cache
def counts(language: str) -> dict[str, int]:
    """Return the numbers that a language names."""
    return {word: int(number) for number, said in table(language, "numbers").items() for word in said.split()}


def _every(name: str, key: str) -> Iterator[str]:
    return (found[key] for found in (table(language, name) for language in LANGUAGES) if key in found)
