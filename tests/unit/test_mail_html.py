"""The HTML of every mail is well formed, and nothing stands where HTML does not allow it."""

import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from selectolax.lexbor import LexborHTMLParser

from adapters.mail.compose import MailComposer
from domain.languages import LANGUAGES
from domain.letters import Letter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import ADDED, LETTERS, NOTICES, RIDER, SILENT, envelope

EVERY: tuple[tuple[MailKind, Letter], ...] = (
    *LETTERS.items(),
    (MailKind.AGENDA, SILENT),
    (MailKind.AGENDA, ADDED),
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


def html_of(kind: MailKind, letter: Letter, language: str, rides: bool = False) -> str:
    bound = dataclasses.replace(envelope(kind), reply_to="mentoring+x@lindenhof.example")
    below = dataclasses.replace(RIDER, language=language) if rides else None
    return parts_of(MailComposer().compose(bound, dataclasses.replace(letter, language=language), below))[2]


def pages(language: str) -> Iterator[str]:
    """Return every mail in a language, without and with the answer to a mail of the reader below it."""
    return (html_of(kind, letter, language, rides) for kind, letter in EVERY for rides in (False, True))


class Outline(HTMLParser):
    """Collects the elements as they are written, each with the number of those around it."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.found = 0, list[tuple[int, str]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((self.depth, tag))
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


def as_written(html: str) -> list[tuple[int, str]]:
    outline = Outline()
    outline.feed(html)
    return outline.found


def as_parsed(html: str) -> list[tuple[int, str]]:
    """Return the elements of the tree that the HTML standard's own algorithm builds, but for the bodies of tables,
    which it adds by itself: whatever it moved, closed or left out shows.
    """
    found, waiting = list[tuple[int, str]](), [(0, LexborHTMLParser(html).root)]
    while waiting:
        depth, node = waiting.pop()
        if node is None or node.tag == "-comment":
            continue
        inner = depth + (node.tag != "tbody")
        found += [(depth, str(node.tag))] if node.tag != "tbody" else []
        waiting += [(inner, child) for child in reversed(list(node.iter()))]
    return found


def faults(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker.wrong + [f"<{tag}> is left open" for tag in checker.open]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_well_formed_html(language: str) -> None:
    for html in pages(language):
        assert faults(html) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browsers_parser_finds_nothing_to_mend(language: str) -> None:
    for html in pages(language):
        assert as_parsed(html) == as_written(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_and_no_list_is_without_items(language: str) -> None:
    for html in pages(language):
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


@pytest.mark.parametrize(
    "inside", ["<p>a<p>b</p></p>", "<p><ul><li>a</li></ul></p>", "<table><div>a</div></table>", "<a>a<a>b</a></a>"]
)
def test_the_parser_mends_what_is_wrong(inside: str) -> None:
    html = f"<!doctype html><html><head></head><body>{inside}</body></html>"
    assert as_parsed(html) != as_written(html)
