"""The small parts of the embedded store: stamps, names of values, and writing before reading."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from eventsourcing.persistence import TranscodingNotRegisteredError
from hypothesis import given
from hypothesis import strategies as some

from adapters.keys import Keyring
from adapters.sqlite.recorder import SavedRows, StreamRows, write_rows
from adapters.sqlite.stamps import instant_of, stamp
from adapters.sqlite.transcoding import StoreTranscoder
from domain.ledger import LedgerWrite, Reference, Settlement, WorkState
from domain.personal import Personal
from tests.contract.stores import NOW, work

ZONES = some.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=9))])
FIRST, LAST = (datetime.fromisoformat(day) for day in ("1970-01-02", "9999-12-30"))
INSTANTS = some.datetimes(FIRST, LAST, timezones=ZONES)


@given(INSTANTS)
def test_a_stamp_means_its_instant_to_the_microsecond(instant: datetime) -> None:
    text = stamp(instant)
    assert (instant_of(text), len(text)) == (instant, 27)


@given(INSTANTS, INSTANTS)
def test_stamps_sort_as_their_instants_do(one: datetime, two: datetime) -> None:
    assert (stamp(one) < stamp(two)) == (one < two)


def test_an_instant_without_a_zone_has_no_stamp() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stamp(NOW.replace(tzinfo=None))


@pytest.fixture
def transcoder(tmp_path: Path) -> Iterator[StoreTranscoder]:
    with closing(Keyring.open(tmp_path / "keys.sqlite", bytes(32), create=True)) as keyring:
        keyring.ensure("ann")
        yield StoreTranscoder(keyring)


@pytest.mark.parametrize(
    "value",
    [
        {"a": (1, (2.5, None), [True, "x"]), "b": {}},
        (),
        [[]],
        date(2027, 2, 22),
        (("window", 3), ("free", 0)),
        "\u2028 \x00 \U0001f600",
    ],
)
def test_plain_values_come_back_exactly(transcoder: StoreTranscoder, value: Any) -> None:
    assert repr(transcoder.decode(transcoder.encode(value))) == repr(value)


def test_an_instant_comes_back_as_the_same_instant_in_utc(transcoder: StoreTranscoder) -> None:
    local = NOW.astimezone(ZoneInfo("America/Chicago"))
    back = transcoder.decode(transcoder.encode(local))
    assert (back, back.tzinfo) == (local, UTC)


class Unnamed(StrEnum):
    """A choice that has no name in the store."""

    SECRET = "yellow-canary"


@pytest.mark.parametrize("value", [Unnamed.SECRET, {"x": object()}, {1: "a"}, {Unnamed.SECRET: 1}, {"_type_": 1}, {1}])
def test_what_would_not_come_back_is_refused_without_showing_it(transcoder: StoreTranscoder, value: Any) -> None:
    with pytest.raises((TranscodingNotRegisteredError, TypeError)) as refusal:
        transcoder.encode(value)
    assert "canary" not in str(refusal.value)


def test_an_instant_without_a_zone_is_not_stored(transcoder: StoreTranscoder) -> None:
    with pytest.raises(ValueError, match="time zone"):
        transcoder.encode([NOW.replace(tzinfo=None)])


def test_a_personal_value_is_stored_as_its_owner_and_nothing_readable(transcoder: StoreTranscoder) -> None:
    stored = transcoder.encode({"why": Personal("ann", "yellow-canary")})
    assert (b"canary" in stored, b'"ann"' in stored) == (False, True)


class Statements:
    """Takes the place of a cursor and keeps the first words of what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def execute(self, statement: str, values: Any = ()) -> None:
        """Keep the statement's verb."""
        self.asked.append(statement.split()[0])

    def executemany(self, statement: str, values: Any) -> None:
        """Keep the statement's verb when it is carried out at all."""
        if values:
            self.execute(statement)

    def fetchall(self) -> list[dict[str, str]]:
        """Return one row that suits every question."""
        return [{"key": "k", "relationship": "r", "person": "p"}]

    def fetchone(self) -> dict[str, str]:
        """Return one row that suits every question."""
        return self.fetchall()[0]


@pytest.mark.parametrize(
    "write",
    [
        LedgerWrite(settle=Settlement("k", "t", WorkState.DONE), wake=("r",)),
        LedgerWrite(open=(work(),)),
        LedgerWrite(wake=("r1",), open=(work(),)),
        LedgerWrite(references=(Reference("mail:m", "r", "k"),)),
        LedgerWrite(cursors=(("service", "mail", "c"),)),
    ],
)
@pytest.mark.parametrize("streams", [(), (StreamRows("p", "person", b"{}", (), ("f",), "p"),)])
def test_every_save_writes_before_it_reads(write: LedgerWrite, streams: tuple[StreamRows, ...]) -> None:
    cursor = Statements()
    write_rows(cast("Any", cursor), SavedRows(NOW, write, streams))
    assert cursor.asked[0] in ("UPDATE", "INSERT")
