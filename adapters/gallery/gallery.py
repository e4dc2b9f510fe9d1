"""Writes each mail as it left (.eml) and as it looks (.html), and one page that lists them."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One mail of the page: `file` is its path below the gallery's folder, ending in .eml."""

    to: str
    kind: str
    subject: str
    sent_at: str
    file: str
    raw: bytes

    @property
    def page(self) -> str:
        """The path of the mail's HTML part."""
        return self.file.removesuffix(".eml") + ".html"


def write_gallery(folder: Path, title: str, story: str, exhibits: list[Exhibit]) -> Path:
    """Write everything below `folder` (made when absent) and return the page; mails of an earlier run are replaced.

    Each line of the story is a paragraph; lines that begin with a space are items of the one above.
    """
    (folder / "mails").mkdir(parents=True, exist_ok=True)
    for old in sorted((folder / "mails").glob("*.*ml")):
        old.unlink()
    for exhibit in exhibits:
        (folder / exhibit.file).write_bytes(exhibit.raw)
        (folder / exhibit.page).write_text(_html(exhibit.raw), encoding="utf-8")
    page = folder / "index.html"
    page.write_text(_page(title, story, exhibits), encoding="utf-8")
    return page


def _html(raw: bytes) -> str:
    part = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    return str(part.get_content()) if part is not None else ""


def _page(title: str, story: str, exhibits: list[Exhibit]) -> str:
    environment = Environment(
        loader=PackageLoader("adapters.gallery"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    readers = sorted({exhibit.to for exhibit in exhibits})
    page = environment.get_template("index.html")
    return page.render(title=title, story=_blocks(story), exhibits=exhibits, readers=readers)


def _blocks(story: str) -> list[tuple[bool, list[str]]]:
    """Return runs of lines, each with whether they are indented; blank lines only part them."""
    lines = [line for line in story.splitlines() if line.strip()]
    return [(indented, [line.strip() for line in run]) for indented, run in groupby(lines, lambda line: line[0] == " ")]
