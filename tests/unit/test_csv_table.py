"""A table from a spreadsheet is read whatever program saved it, and what is wrong is said by line and column."""

import pytest

from domain.errors import BadInput
from service.csv_table import Columns, Table, read_table

COLUMNS = Columns(("address", "name"), ("meeting_hours",))
HEAD = "address,name\n"


def table(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), COLUMNS)


def names(found: Table) -> list[str]:
    return [row.cells["name"] for row in found.rows]


def fault(line: str) -> str:
    (row,) = table(HEAD + line).rows
    return row.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_in_every_encoding_with_every_delimiter_and_line_end(
    encoding: str, mark: str, end: str
) -> None:
    found = table(end.join((f"address{mark}name", f"ann@example.org{mark}Zoë", "")), encoding)
    assert names(found) == ["Zoë"]
    assert found.latin is (not encoding.startswith("utf"))


def test_a_cell_may_hold_the_delimiter_and_a_line_is_counted_from_where_it_begins() -> None:
    found = table('sep=;\naddress;name\na@example.org;"Example;\nAnn"\n\n;;\nb@example.org;Bo\n')
    assert [(row.line, row.cells["name"]) for row in found.rows] == [(3, "Example;\nAnn"), (7, "Bo")]


def test_columns_are_found_however_they_are_written() -> None:
    found = table(" Name ,ADDRESS,Meeting-Hours,\nAnn,ann@example.org,mon,\n")
    assert (found.columns, found.rows[0].cells["meeting_hours"]) == (("name", "address", "meeting_hours"), "mon")


def test_byte_0x81_which_windows_does_not_know_is_no_crash() -> None:
    assert read_table(b"address,name\na@example.org,x\x81y\n", COLUMNS).rows[0].fault.endswith("cannot be printed.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("adress,name\n", "Did you mean 'address'?"),
        ("address,name,shoe\n", "The columns are address, name, meeting_hours."),
        ("address,address,name\n", "stands there twice"),
        ("address\n", "lacks the column name"),
        ("", "lacks the columns address, name"),
        ('address,name\na@example.org,"open\n', "Line 2 is not written as CSV."),
    ],
)
def test_what_is_wrong_with_the_whole_is_said_with_a_mend(text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        table(text)
    assert said in str(caught.value)


def test_a_file_in_utf_16_and_a_spreadsheet_itself_are_no_csv() -> None:
    for raw in ("address,name\n".encode("utf-16"), b"PK\x03\x04\x00\x00"):
        with pytest.raises(BadInput, match="no CSV"):
            read_table(raw, COLUMNS)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_formula_is_refused_with_and_without_blanks_before_it(start: str) -> None:
    assert "looks like a formula" in fault(f"a@example.org,{start}1")
    assert "looks like a formula" in fault(f"a@example.org, {start}cmd")


def test_a_line_with_too_many_cells_or_too_few_is_refused_and_shows_nobody_s_words() -> None:
    assert fault("a@example.org,Ann,mon") == "It has more cells than the first line."
    assert fault("a@example.org") == "It has no name."
    assert "secret" not in fault("a@example.org,=secret")
