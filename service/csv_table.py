"""Reads a table that somebody saved from a spreadsheet, line by line, and says what is wrong with each line."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from domain.errors import BadInput
from service.verdicts import said

DELIMITERS = ",;\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What spreadsheets run instead of showing (OWASP, "CSV injection"); the list comes back out of here into one some day.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a table must have and which it may have, by name."""

    needed: tuple[str, ...]
    further: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.needed + self.further


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it begins in the file, its cells by column (absent ones are ""), and all that is wrong with it.

    Each fault stands under its column, one of the whole line under "" and alone.
    """

    line: int
    cells: Mapping[str, str]
    faults: Mapping[str, BadInput] = field(default_factory=dict)

    @property
    def fault(self) -> str:
        """All that is wrong in one sentence, "" for a line that is well."""
        return said(*self.faults.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table; `latin` says that it is not UTF-8 and was read as Western European text."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    latin: bool


def read_table(raw: bytes, columns: Columns) -> Table:
    """Return the lines of a CSV file with commas, semicolons or tabs, in UTF-8 (with a mark or without) or Latin-1.

    Blank lines are left out. BadInput for what is wrong with the whole: no header, an unknown column, a missing one.
    """
    text, latin = _decoded(raw)
    hint, text, skipped = _hinted(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=hint or _delimiter(text), strict=True)
    lines = _lines(reader, skipped)
    _, header = next(lines, (0, []))
    names = _header(header, columns)
    rows = tuple(_row(line, cells, names, columns.needed) for line, cells in lines)
    return Table(rows, names, latin)


def _decoded(raw: bytes) -> tuple[str, bool]:
    if raw.startswith(UTF_16) or b"\x00" in raw:
        raise BadInput("The file is no CSV file in UTF-8 or Latin-1.", "Save it anew as CSV UTF-8.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding), encoding != "utf-8-sig"
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), True


def _hinted(text: str) -> tuple[str, str, int]:
    """Return the delimiter that a first line such as "sep=;" names, the text after it, and how many lines that took."""
    first, _, rest = text.partition("\n")
    hint = re.fullmatch(r"sep=(.)\r?", first)
    return (hint[1], rest, 1) if hint and hint[1] in DELIMITERS else ("", text, 0)


def _delimiter(text: str) -> str:
    """The header holds names of columns alone, so what is most frequent in it divides them."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _lines(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not blank with the number of the line in which it begins."""
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise BadInput(f"Line {begins + skipped} is not written as CSV.", "Close its quotation marks.") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begins + skipped, cells
        begins = reader.line_num + 1


def _header(cells: Sequence[str], columns: Columns) -> tuple[str, ...]:
    names = tuple("_".join(cell.strip().lower().replace("-", " ").replace("_", " ").split()) for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    for name in names:
        if name not in columns.known:
            near = get_close_matches(name, columns.known, 1)
            raise BadInput(
                f"There is no column '{name}'.",
                f"Did you mean '{near[0]}'?" if near else f"The columns are {', '.join(columns.known)}.",
            )
        if names.count(name) > 1:
            raise BadInput(f"The column '{name}' stands there twice.", "Take one of the two out.")
    missing = [name for name in columns.needed if name not in names]
    if missing:
        raise BadInput(f"The table lacks {_named(missing)}.", f"Its first line must name {_named(columns.needed)}.")
    return names


def _named(names: Sequence[str]) -> str:
    return f"the column{'' if len(names) == 1 else 's'} {', '.join(names)}"


def _row(line: int, cells: Sequence[str], names: Sequence[str], needed: Collection[str]) -> Row:
    found = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    return Row(line, found, _faults(cells, found, len(names), needed))


def _faults(
    cells: Sequence[str], found: Mapping[str, str], width: int, needed: Collection[str]
) -> Mapping[str, BadInput]:
    """Return all that is wrong with a line by column, without what it says."""
    if any(cell.strip() for cell in cells[width:]):
        return {"": BadInput("It has more cells than the first line.", "")}
    faults = {}
    for name, cell in zip(found, cells, strict=False):
        if cell.startswith(FORMULA) or found[name].startswith(FORMULA):
            remedy = f"Write it without '{found[name][:1]}' in front."
            faults[name] = BadInput(f"Its {name} looks like a formula.", remedy)
        elif _CONTROLS.search(cell):
            faults[name] = BadInput(f"Its {name} holds a letter that cannot be printed.", "")
    missing = [name for name in needed if not found.get(name)]
    return faults | {name: BadInput(f"It has no {name}.", "") for name in missing if name not in faults}
