"""A programme that comes back from a backup sends nothing by itself, and nothing twice once it goes live again."""

from collections import Counter
from pathlib import Path

from adapters.memory.world import MemoryWorld
from adapters.sqlite.backup import Places, take_backup
from adapters.sqlite.restoring import restore
from adapters.sqlite.store import SqliteStore
from service.daemon import Daemon
from service.people import go_live
from service.safekeeping import pause_after_restore
from tests.contract.stores import MASTER_KEY, opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, MENTEE, MENTOR, SERVICE, Theatre, house_over, kind_of


def sent(world: MemoryWorld) -> Counter[tuple[str, str]]:
    """Return which kinds of mail were delivered to whom, and how often."""
    mails = ((account, letter) for account in (MENTOR, MENTEE) for letter in world.accounts[account].letters.values())
    return Counter((account, kind_of(letter)) for account, letter in mails if letter.folder == "inbox")


def bookings(world: MemoryWorld) -> int:
    """Return how many events stand in the calendar of the organiser."""
    return len([record for record in world.accounts[SERVICE].records.values() if not record.gone])


def brought_back(folder: Path, places: Places, theatre: Theatre) -> Path:
    def settle(store: SqliteStore) -> None:
        pause_after_restore(store, theatre.house.ids, "Example", theatre.world.now)

    back = folder / "back"
    restore(places, back / "store.sqlite", back / "keys.sqlite", MASTER_KEY, settle)
    return back


def test_what_left_after_the_backup_does_not_leave_again() -> None:
    with quick_folder() as folder:
        places = Places(folder / "backup", folder / "backup")
        with opened(folder) as store:
            theatre = Theatre(store, organiser="service", loopback=False)
            go_live(theatre.house)
            theatre.live_to("charter")
            take_backup(folder / "store.sqlite", folder / "keys.sqlite", places, theatre.world.now)
            theatre.live_to("preparation")
            before, events = sent(theatre.world), bookings(theatre.world)
        assert before[(MENTEE, "preparation")] == 1
        assert events == 1
        with opened(brought_back(folder, places, theatre)) as store:
            house = house_over(theatre.world, store, loopback=False)
            daemon = Daemon(house, lambda: False)
            daemon.start()
            daemon.run_due()
            assert (sent(theatre.world), bookings(theatre.world)) == (before, events)
            go_live(house)
            end = theatre.world.now + 2 * DAY
            while theatre.world.now < end:
                daemon.run_due()
                daemon.sleep(end)
            after = sent(theatre.world)
            assert {kind: after[kind] for kind in before} == before
            assert after[(MENTOR, "agenda")] == 1
            assert bookings(theatre.world) == events
