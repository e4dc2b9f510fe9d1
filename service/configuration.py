"""Writes a first configuration: the example with its explanations, answers filled in, unused clouds commented out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from domain.circumstances import mail_address
from domain.errors import BadInput
from domain.person import PROVIDERS

EXAMPLE = "mentorsync.example.toml"
ALWAYS = ("store", "service", "rails", "transport")
_SECTION = re.compile(r"\[(\w+)\]")
_SETTING = re.compile(r"(\w+) = ")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a first configuration needs to know; `also` says that people are on the other provider too."""

    address: str
    provider: str
    programme: str | None = None
    also: bool = False
    tenant_id: str | None = None
    client_id: str | None = None

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers that somebody uses."""
        return PROVIDERS if self.also else (self.provider,)

    def checked(self) -> "Answers":
        """Return itself, or raise BadInput for an address or provider that cannot be."""
        mail_address(self.address)
        if self.provider not in PROVIDERS:
            raise BadInput(f"There is no provider called '{self.provider}'.", "Give microsoft or google.")
        if "microsoft" not in self.providers and (self.tenant_id or self.client_id):
            raise BadInput("A tenant or client id is for Microsoft alone.", "Leave both out, or say --also.")
        return self


def configuration(answers: Answers) -> str:
    """Return the text of mentorsync.toml: the example that is shipped, with the answers in it."""
    return "\n".join(_lines(example(), _given(answers), {*ALWAYS, *answers.providers})) + "\n"


def example() -> str:
    """Return the shipped example, which explains every setting."""
    return (files("service") / EXAMPLE).read_text("utf-8")


def _given(answers: Answers) -> Mapping[str, str]:
    given = {
        "service.address": mail_address(answers.address),
        "service.provider": answers.provider,
        "service.programme": answers.programme,
        "microsoft.tenant_id": answers.tenant_id,
        "microsoft.client_id": answers.client_id,
    }
    return {name: value for name, value in given.items() if value}


def _lines(text: str, given: Mapping[str, str], wanted: set[str]) -> Iterator[str]:
    section = ""
    for line in text.splitlines():
        head, setting = _SECTION.match(line), _SETTING.match(line)
        section = head[1] if head else section
        if not head and not setting:
            yield line
        elif section not in wanted:
            yield f"# {line}"
        else:
            name = f"{section}.{setting[1]}" if setting else ""
            # A JSON string is a basic string of TOML too.
            yield f"{setting[1]} = {json.dumps(given[name], ensure_ascii=False)}" if setting and name in given else line
