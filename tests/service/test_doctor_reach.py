"""The doctor proves that a mailbox outside the allowance cannot be read, and calls well what it proved alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import Closed
from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import SandboxServer
from adapters.sandbox.world import World
from domain.mail import Arrivals
from service.doctor_lines import Health, Line
from service.doctor_reach import reach
from service.people import add_person
from service.settings import load_settings
from service.wiring import open_house
from tests.quick_folder import quick_folder
from tests.service.theatre import MENTOR, SERVICE, Theatre, theatre

OUTSIDE = "chief@example.org"
START = datetime(2027, 2, 22, 8, tzinfo=UTC)


@pytest.fixture
def stage() -> Iterator[Theatre]:
    with quick_folder() as folder, theatre(folder) as found:
        found.world.add(OUTSIDE)
        yield found


class Inboxes(MemoryMailbox):
    """Mailboxes that are closed as the calendars of their accounts are."""

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        self._world.opened(account)
        return super().arrivals(account, cursor)


def looked(stage: Theatre, outside: str | None = OUTSIDE, loopback: bool = False) -> Line:
    house = replace(stage.house, loopback=loopback, mailboxes={"microsoft": Inboxes(stage.world)})
    return reach(house, "microsoft", outside)


def test_a_mailbox_that_is_refused_proves_it(stage: Theatre) -> None:
    stage.world.account(OUTSIDE).closed = Closed.CONSENT
    assert looked(stage).health is Health.GOOD


def test_a_mailbox_that_can_be_read_is_bad_and_says_what_to_do(stage: Theatre) -> None:
    line = looked(stage)
    assert line.health is Health.BAD
    assert "its calendar and its inbox" in line.says
    assert "RBAC for Applications" in line.mend
    stage.world.account(OUTSIDE).closed = Closed.ENTRIES
    assert looked(stage).health is Health.BAD


@pytest.mark.parametrize("closed", [Closed.GONE, Closed.SIGNED_OUT])
def test_what_proves_nothing_is_unknown(stage: Theatre, closed: Closed) -> None:
    stage.world.account(OUTSIDE).closed = closed
    assert looked(stage).health is Health.UNKNOWN


def test_where_what_is_ours_is_refused_too_a_refusal_proves_nothing(stage: Theatre) -> None:
    for address in (OUTSIDE, SERVICE):
        stage.world.account(address).closed = Closed.CONSENT
    assert looked(stage).health is Health.UNKNOWN


def test_a_mailbox_of_ours_is_none_outside(stage: Theatre) -> None:
    assert [looked(stage, address).health for address in (MENTOR, SERVICE)] == [Health.BAD, Health.BAD]


def test_without_a_mailbox_outside_it_is_unknown_except_where_everything_is_on_this_machine(stage: Theatre) -> None:
    line = looked(stage, None)
    assert (line.health, "outside_mailbox" in line.mend) == (Health.UNKNOWN, True)
    assert looked(stage, None, loopback=True).health is Health.GOOD


def test_no_line_names_the_mailbox(stage: Theatre) -> None:
    for closed in (None, *Closed):
        stage.world.account(OUTSIDE).closed = closed
        assert OUTSIDE not in repr(looked(stage))


@pytest.mark.parametrize(
    ("provider", "outside", "ours"),
    [
        ("microsoft", "theo.hartley@contoso.example", "mara.lindqvist@contoso.example"),
        ("google", "isla.waratah@gmail.example", "jonas.albrecht@gmail.example"),
    ],
)
def test_both_clouds_are_tried_over_http(tmp_path: Path, provider: str, outside: str, ours: str) -> None:
    world = World(START, datetime(2027, 3, 1, tzinfo=UTC), 1)
    settle(world, "demo")
    with SandboxServer(world) as server:
        named = {f"MENTORSYNC_{provider.upper()}_OUTSIDE_MAILBOX": outside}
        settings = load_settings(write_client_files(server.base_url, world, tmp_path), named, {})
        with open_house(settings, create=True, providers=True) as house:
            add_person(house, ours, "Ann Example", provider, "Europe/Berlin", "mon-fri 09:00-17:00")
            assert reach(house, provider, outside).health is Health.BAD
            world.accounts[outside].consent = "none"
            assert reach(house, provider, outside).health is Health.GOOD
            assert reach(house, provider, "nobody.there@contoso.example").health is Health.UNKNOWN
