"""Counts what a pair costs the providers: the requests of one cycle by operation, and those of polls without news."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from structlog.testing import capture_logs

from tests.acceptance.scenarios.stage import JONAS, MARA, Pair, pair

POLLING = frozenset({"calendarView.delta", "messages.delta", "events.list", "history.list", "batch"})
LANES = 4
"""Three calendars (the service's among them) and the inbox are polled."""

QUIET_DAYS = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """Requests by operation, as "cloud operation": those of a cycle, polls apart; and how many polls found nothing, and
    what they asked.
    """

    cycle: dict[str, int]
    polls: int
    asked_by_polls: dict[str, int]

    def told(self) -> list[str]:
        """Return it in lines for a report."""
        each = sum(self.asked_by_polls.values()) / self.polls
        return [
            f"one fortnightly cycle of one pair, polls apart: {sum(self.cycle.values())} requests",
            *(f"  {name}: {number}" for name, number in sorted(self.cycle.items())),
            f"polls that found nothing: N = {self.polls}, {each:.2f} requests each",
            *(f"  {name}: {number}" for name, number in sorted(self.asked_by_polls.items())),
        ]


def report() -> Iterator[str]:
    """Yield what cycles cost in lines, the service and the mentor in either cloud, silent and talking."""
    for cloud in ("microsoft", "google"):
        for talking in (False, True):
            with capture_logs():
                found = counted(cloud, talking)
            said = "who answers two mails" if talking else "who answers nothing"
            yield f"service and mentor at {cloud}, and a mentee {said}:"
            yield from (f"  {line}" for line in found.told())


def counted(mara_in: str, talking: bool = False) -> Counted:
    """Live from one meeting's end to the next one's; both accept, nobody moves anything, all goes well.

    When `talking`, Jonas answers what he is asked; each of his two mails is read, and answered. The polls are those of
    two days in which nothing is due.
    """
    with pair(mara_in, cadence_days=14, organiser="service", slack_days=0) as two:
        first = two.live_to_booking()
        _accept(two)
        two.live_until(first.time.end)
        before = _requests(two)
        asked_by_polls = _live_a_cycle(two, two.replies if talking else lambda *_: None)
        cycle = {name: number for name, number in _since(two, before).items() if name.split()[1] not in POLLING}
        return Counted(cycle, QUIET_DAYS * LANES, asked_by_polls)


def _live_a_cycle(two: Pair, say: Callable[[str, str, str], None]) -> dict[str, int]:
    two.live(hours=3)
    say(JONAS, "held_question", "held")
    while (current := two.relationship.meetings.current) is None or current.cycle == 1:
        two.live(hours=6)
    two.live(minutes=5)
    _accept(two)
    two.live(days=1)
    before = _requests(two)
    two.live(days=QUIET_DAYS)
    polls = _since(two, before)
    two.live_until(two.meeting.time.start - timedelta(days=2))
    say(JONAS, "preparation", "Questions: What should I stop doing?")
    two.live_until(two.meeting.time.end)
    return polls


def _accept(two: Pair) -> None:
    for who in (MARA, JONAS):
        two.does(who, "accept")


def _requests(two: Pair) -> dict[str, int]:
    return {f"{cloud} {name}": number for cloud, names in two.requests().items() for name, number in names.items()}


def _since(two: Pair, before: dict[str, int]) -> dict[str, int]:
    now = _requests(two)
    return {name: number - before.get(name, 0) for name, number in now.items() if number > before.get(name, 0)}
