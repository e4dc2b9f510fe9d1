"""The daemon is watched: each unit of work is a line and a number, and a daemon that does not turn is not alive."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.kill_switch import FileKillSwitch
from adapters.memory.world import Fault
from domain.errors import TryLater
from domain.rails import Rails
from service.daemon import Daemon
from service.doctor import examine
from service.inbox import park
from service.metrics import NAMES, Metrics
from service.status import status
from service.watching import STALLED_SECONDS, Station, gauges
from tests.quick_folder import quick_folder
from tests.service.test_queries_trouble import parts, premises
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, Theatre, theatre
from tests.unit.test_health import samples


class Listening:
    """A supervisor that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def ready(self) -> None:
        self.told.append("ready")

    def alive(self) -> None:
        self.told.append("alive")

    def stopping(self) -> None:
        self.told.append("stopping")


@pytest.fixture
def stage() -> Iterator[Theatre]:
    with quick_folder() as folder, theatre(folder) as found:
        yield found


def watched(stage: Theatre, **changes: object) -> Station:
    """Let a station watch the daemon of the theatre, whose house is changed so far."""
    station = Station(Metrics(), Listening())
    stage.house = replace(stage.house, **changes)  # type: ignore[arg-type]
    stage.daemon = Daemon(stage.house, lambda: False, watch=station)
    stage.daemon.start()
    return station


def numbers(station: Station) -> dict[str, float]:
    return samples(station.metrics.text())


def test_mails_bookings_and_failures_are_counted_by_kind_and_named_by_nothing_else(stage: Theatre) -> None:
    station = watched(stage)
    stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_AFTER)
    stage.live_to_booking()
    found = numbers(station)
    assert found['mentorsync_sends_total{kind="charter"}'] == 2
    assert found['mentorsync_calendar_writes_total{kind="book"}'] == 1
    assert found['mentorsync_work_total{kind="request",outcome="postponed"}'] == 1
    assert found['mentorsync_duplicates_suppressed_total{kind="request"}'] == 1
    assert found['mentorsync_work_total{kind="poll-calendar",outcome="done"}'] >= 3
    text = station.metrics.text()
    for word in (MENTOR, MENTEE, SERVICE, "Mara", "Jonas", stage.id, "@"):
        assert word not in text


def test_each_unit_of_work_is_one_line(stage: Theatre) -> None:
    station = watched(stage)
    with capture_logs() as lines:
        stage.live_to_booking()
    units = [line for line in lines if "took_seconds" in line]
    counted = sum(value for name, value in numbers(station).items() if name.startswith("mentorsync_work_total"))
    assert len(units) == counted
    done = [line for line in units if line["event"] == "effect.done"]
    assert {"book", "charter", "request", "echo"} <= {line["kind"] for line in done}
    assert {line["subject"] for line in done} == {stage.id}


def test_what_the_rails_hold_back_is_counted_and_shown(stage: Theatre) -> None:
    station = watched(stage, rails=Rails(allow=("example.net",)))
    stage.live_until(stage.world.now + HOUR)
    assert numbers(station)['mentorsync_held_total{kind="request"}'] == 1
    shown = gauges(stage.house)
    assert (shown["mentorsync_outbox_held"], shown["mentorsync_outbox_postponed_oldest_seconds"]) == (1, 0)


def test_gauges_tell_what_waits_and_for_how_long(stage: Theatre, tmp_path: Path) -> None:
    switch = FileKillSwitch(tmp_path / "stop")
    watched(stage, switch=switch)
    switch.throw()
    stage.live_until(stage.world.now + HOUR)
    shown = gauges(stage.house)
    assert (shown["mentorsync_outbox_due"], shown["mentorsync_outbox_oldest_seconds"]) == (1, 3600.0)
    assert shown["mentorsync_stopped"] == {"switch": 1.0, "restored": 0.0, "paused": 0.0, "not_live": 0.0}
    stage.world.now += 2 * DAY
    assert shown.keys() <= NAMES
    assert float(str(gauges(stage.house)["mentorsync_poll_lag_seconds"])) > 24 * 3600


def test_an_effect_that_is_put_off_again_and_again_is_as_old_as_it_was_first_wanted(stage: Theatre) -> None:
    watched(stage)
    for _ in range(100):
        stage.world.fail_next("mailbox.draft", Fault.TRY_LATER)
    stage.live_until(stage.world.now + DAY)
    shown = gauges(stage.house)
    assert (shown["mentorsync_outbox_due"], shown["mentorsync_outbox_postponed"]) == (0, 1)
    assert shown["mentorsync_outbox_postponed_oldest_seconds"] == DAY.total_seconds()
    assert status(stage.house).ledger.oldest_postponed_seconds == DAY.total_seconds()
    assert "the oldest is 1440 minutes late" in parts(examine(premises(stage.house)))["outbox"].says


def test_what_was_set_aside_is_counted_by_what_it_is(stage: Theatre) -> None:
    watched(stage)
    assert gauges(stage.house)["mentorsync_parked"] == {"mail": 0, "entry": 0, "stream": 0}
    park(stage.house, "m1", "no-conversation")
    park(stage.house, "m2", "no-conversation")
    assert gauges(stage.house)["mentorsync_parked"] == {"mail": 2, "entry": 0, "stream": 0}


def test_an_inbox_that_cannot_be_read_shows_until_it_was_read_again(stage: Theatre) -> None:
    watched(stage)
    stage.live_until(stage.world.now + HOUR)
    assert gauges(stage.house)["mentorsync_inbox_failing"] == 0
    stage.world.fail_next("mailbox.arrivals", Fault.BROKEN)
    stage.house.ledger.hasten(["service/poll-inbox//"], stage.house.now())
    stage.daemon.run_due()
    assert gauges(stage.house)["mentorsync_inbox_failing"] == 1
    stage.live_until(stage.world.now + HOUR)
    assert gauges(stage.house)["mentorsync_inbox_failing"] == 0


def test_it_is_ready_once_it_has_turned_and_not_alive_when_it_has_not_for_long(stage: Theatre) -> None:
    clock, supervisor = [100.0], Listening()
    station = Station(Metrics(), supervisor, lambda: clock[0])
    assert (station.alive(), station.ready()) == ("", "it has not begun to work yet")
    for _ in range(2):
        station.turned(stage.house)
    assert (station.alive(), station.ready(), supervisor.told) == ("", "", ["ready", "alive", "alive"])
    clock[0] += STALLED_SECONDS
    assert re.fullmatch(r"it has not turned for 300 seconds", station.alive())
    assert station.ready() == station.alive()


def test_a_store_that_cannot_be_written_makes_it_unready_and_not_dead(stage: Theatre) -> None:
    clock = [0.0]

    class Locked:
        def hasten(self, keys: object, now: object) -> None:
            raise TryLater("The store is in use by another process.", "Try again in a moment.")

    station = Station(Metrics(), Listening(), lambda: clock[0])
    station.turned(replace(stage.house, ledger=Locked()))  # type: ignore[arg-type]
    assert (station.alive(), station.ready()) == ("", "The store is in use by another process.")
    clock[0] += 60
    station.turned(stage.house)
    assert station.ready() == ""
