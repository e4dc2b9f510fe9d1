"""The words of the mails: one file for each language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All words of one language; keys are dotted paths such as "notice.moved.heading"."""

    language: str
    table: Mapping[str, Any]

    def words(self, key: str) -> str:
        """Return one sentence or phrase, with {names} still to be put in; LookupError when there is none."""
        found = self._at(key)
        if not isinstance(found, str):
            raise LookupError(f"{key} is no phrase in {self.language}")
        return found

    def lines(self, key: str) -> tuple[str, ...]:
        """Return a list of phrases; LookupError when there is none."""
        found = self._at(key)
        if not isinstance(found, list):
            raise LookupError(f"{key} is no list in {self.language}")
        return tuple(found)

    def table_of(self, key: str) -> Mapping[str, str]:
        """Return a table of phrases; LookupError when there is none."""
        found = self._at(key)
        if not isinstance(found, dict):
            raise LookupError(f"{key} is no table in {self.language}")
        return found

    def _at(self, key: str) -> Any:
        found: Any = self.table
        for name in key.split("."):
            if name not in found:
                raise LookupError(f"{key} is not in {self.language}")
            found = found[name]
        return found


@cache
def catalogue(language: str) -> Catalogue:
    """Return the words of one of our languages."""
    text = files("adapters.mail").joinpath("catalogues", f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, tomllib.loads(text))
