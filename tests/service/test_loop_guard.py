"""However much is due at one instant of a clock that stands, it is done; what comes back for ever is a loud failure."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.memory.world import MemoryWorld
from domain.by import ADMINISTRATOR, CLI, By
from domain.charter import Role
from domain.ledger import Claim
from service import loop_guard
from service.daemon import Daemon
from service.house import House
from service.loop_guard import CLAIMS_FOR_ONE_SUBJECT, LoopGuard
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from service.rows import calendar_poll
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import HOUR, SERVICE, START, house_over

FEW = 8
"""So often may a row come back for one subject here, that six pairs show what hundreds would: two reads for each."""
NAMES = tuple(f"{number}@example.org" for number in range(12))


def claim(owner: str) -> Claim:
    """Return a claim of the poll of a calendar."""
    return Claim(calendar_poll(owner, START), "token", 1, "")


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Six pairs have agreed that the service's calendar holds their meetings, and none is planned."""
    monkeypatch.setattr(loop_guard, "CLAIMS_FOR_ONE_SUBJECT", FEW)
    with capture_logs(), quick_folder() as folder, opened(folder) as store:
        found = house_over(MemoryWorld(START, [SERVICE, *NAMES]), store)
        programme(found)
        people = [
            add_person(found, one, "Some Body", "google", "Europe/Berlin", "mon-fri 09:00-17:00") for one in NAMES
        ]
        for mentor, mentee in zip(people[::2], people[1::2], strict=True):
            ask = Ask(mentor, mentee, ("Grow",), "You did.", "Time.", organiser="service")
            agree(found, request_relationship(found, ask))
        yield found


def agree(house: House, id: str) -> None:
    """Let both say yes to everything."""
    by, relationship = By(ADMINISTRATOR, CLI, None, house.now()), house.streams.relationship(id)
    relationship.accept(by)
    for role in Role:
        relationship.approve_charter(role, by)
    house.streams.save(relationship, now=house.now())


def lived(house: House) -> Daemon:
    """Let a daemon work for an hour in which everybody's invitations arrive at one instant, one after the other."""
    daemon = Daemon(house, lambda: False)
    daemon.start()
    while house.now() < START + HOUR:
        daemon.run_due()
        daemon.sleep(START + HOUR)
    return daemon


def test_many_bookings_at_one_instant_are_no_loop_though_one_calendar_is_read_for_each(house: House) -> None:
    assert lived(house).troubles == []
    standing = [house.streams.relationship(one.id).meetings.current for one in house.streams.summaries("relationship")]
    assert [bool(meeting and meeting.event_id) for meeting in standing] == [True] * (len(NAMES) // 2)


def test_a_row_that_the_daemon_never_gets_done_with_is_a_loud_failure(house: House) -> None:
    daemon, key = lived(house), calendar_poll("service", START).key
    with pytest.raises(RuntimeError, match=f"poll-calendar of service was claimed {FEW + 1} times"):
        poll_for_ever(house, daemon, key)


def poll_for_ever(house: House, daemon: Daemon, key: str) -> None:
    """Make the poll due again whenever it was done, more often than can be meant."""
    for _ in range(99 * FEW):
        house.ledger.hasten([key], house.now())
        daemon.run_due()


def test_a_row_may_come_back_for_each_subject_of_an_instant_and_not_once_more() -> None:
    guard = LoopGuard()
    for owner in ("mara", "jonas"):
        guard.passed(claim(owner), START)
    for _ in range(3 * CLAIMS_FOR_ONE_SUBJECT):
        guard.passed(claim("service"), START)
    with pytest.raises(RuntimeError, match=f"claimed {3 * CLAIMS_FOR_ONE_SUBJECT + 1} times"):
        guard.passed(claim("service"), START)
    guard.passed(claim("service"), START + timedelta(microseconds=1))
