"""The HTML of every mail is well formed, and nothing stands where HTML does not allow it."""

import dataclasses
import re
from html.parser import HTMLParser

import pytest

from adapters.mail.compose import MailComposer
from domain.languages import LANGUAGES
from domain.letters import Letter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import LETTERS, NOTICES, SILENT, envelope

EVERY: tuple[tuple[MailKind, Letter], ...] = (
    *LETTERS.items(),
    (MailKind.AGENDA, SILENT),
    *((MailKind.NOTICE, letter) for letter in NOTICES.values()),
)
VOID = {"br", "meta"}
PHRASES = {"b", "strong", "a", "span", "br", "#text"}
FLOW = PHRASES | {"p", "ul", "table", "h1", "h2", "div"}
# The content model of the elements that our mails use, from the HTML standard.
MAY_HOLD = {
    "": {"html"},
    "html": {"head", "body"},
    "head": {"meta", "title"},
    "title": {"#text"},
    "body": FLOW,
    "div": FLOW,
    "td": FLOW,
    "li": FLOW,
    "table": {"tr", "tbody"},
    "tr": {"td"},
    "ul": {"li"},
    **dict.fromkeys(("p", "h1", "h2", "b", "strong", "span"), PHRASES),
    "a": PHRASES - {"a"},
}
ATTRIBUTES = {"class", "style", "lang", "role", "href", "charset", "name", "content"}


class Checker(HTMLParser):
    """Collects what the HTML standard forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside(tag)
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names) or not set(names) <= ATTRIBUTES:
            self.wrong.append(f"attributes {names} of {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._inside("#text")

    def _inside(self, what: str) -> None:
        parent = self.open[-1] if self.open else ""
        if what not in MAY_HOLD.get(parent, set()):
            self.wrong.append(f"{what} inside {parent or 'nothing'}")


def html_of(kind: MailKind, letter: Letter, language: str) -> str:
    bound = dataclasses.replace(envelope(kind), reply_to="mentoring+x@lindenhof.example")
    return parts_of(MailComposer().compose(bound, dataclasses.replace(letter, language=language)))[2]


def faults(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker.wrong + [f"<{tag}> is left open" for tag in checker.open]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_well_formed_html(language: str) -> None:
    for kind, letter in EVERY:
        assert faults(html_of(kind, letter, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_and_no_list_is_without_items(language: str) -> None:
    for kind, letter in EVERY:
        html = html_of(kind, letter, language)
        assert not re.search(r"<(p|li|h1|h2|ul|td|title|strong|b)[^>]*>\s*</\1>", html)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<html><body><p><ul></ul></p></body></html>", "ul inside p"),
        ("<html><body><p>a</body></html>", "</body>"),
        ("<html><body><table border=0></table></body></html>", "attributes ['border'] of table"),
        ("<html><body><td>x</td></body></html>", "td inside body"),
    ],
)
def test_the_check_itself_finds_what_is_wrong(html: str, fault: str) -> None:
    assert fault in faults(html)
