"""The machine's clock is set wrong and right again, forward and back: nothing comes twice and nothing stands still."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.memory.world import MemoryWorld
from domain.errors import MentorsyncError
from service.daemon import Daemon
from tests.service.theatre import DAY, HOUR, MENTOR, SERVICE, Theatre, kind_of, theatre
from tests.simulation.instruments import PlainComposer

ZERO = timedelta(0)
JUMPS = {
    "an hour forward": (HOUR, ZERO),
    "an hour back": (-HOUR, ZERO),
    "a day back for a day": (-DAY, ZERO),
    "three days of sleep": (3 * DAY, 3 * DAY),
    "a week ahead and right again": (7 * DAY, ZERO),
}


@dataclass
class WrongClock:
    """A clock that is wrong by `off`; the world goes its own way."""

    world: MemoryWorld
    off: timedelta = ZERO

    def now(self) -> datetime:
        """Return what it shows."""
        return self.world.now + self.off

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until it shows `due`, or the next change."""
        return self.world.advance_to(due - self.off)


@pytest.mark.parametrize(("jump", "moment"), [("an hour back", "agenda"), ("three days of sleep", "preparation")])
def test_a_clock_that_jumps_doubles_nothing_and_life_goes_on(tmp_path: Path, jump: str, moment: str) -> None:
    """The other jumps are among the proofs."""
    with theatre(tmp_path) as stage:
        clock = WrongClock(stage.world)
        stage.house = replace(stage.house, clock=clock, composer=PlainComposer())
        stage.daemon = Daemon(stage.house, lambda: False)
        stage.live_to(moment)
        for off in JUMPS[jump]:
            clock.off = off
            live(stage, clock, DAY)
        live(stage, clock, 20 * DAY)
        assert doubled(stage) == []
        assert [trouble for trouble in stage.daemon.troubles if not isinstance(trouble, MentorsyncError)] == []
        assert any(meeting.took_place for meeting in stage.relationship.meetings.items), "they never met"


def live(stage: Theatre, clock: WrongClock, span: timedelta) -> None:
    """Let so much time pass, by the world's own count."""
    end = stage.world.now + span
    while stage.world.now < end:
        stage.daemon.run_due()
        stage._answer()
        stage.daemon.sleep(end + clock.off)


def doubled(stage: Theatre) -> list[str]:
    """Return which mails left twice and which keys made two events."""
    sent = [x for x in stage.world.accounts[SERVICE].letters.values() if x.folder == "sent"]
    ids = Counter(letter.message_id for letter in sent)
    tags = Counter(r.entry.tag for a in stage.world.accounts.values() for r in a.records.values() if r.entry.tag)
    agendas = Counter(kind_of(letter) for letter in stage.inbox(MENTOR, "request"))
    return [name for counted in (ids, tags, agendas) for name, count in counted.items() if name and count > 1]
