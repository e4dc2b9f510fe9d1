"""The fault matrix: every fault of either cloud times every call that writes, each in a small life of its own.

The rows follow from the sandbox's table of operations, so that a call that is new there is missed here; the columns
from its table of faults.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from typing import Any

from structlog.testing import capture_logs

from adapters.sandbox.faults import AFTER, BEFORE, GOOGLE_ONLY, NO_ANSWER
from adapters.sandbox.operations import OPERATIONS
from domain.ledger import WorkState
from domain.relationship_events import MailSent
from service.people import record_left
from tests.acceptance.naive_sender import naive_performers
from tests.acceptance.scenarios.stage import JONAS, MARA, SERVICES, Json, Pair, busy, pair

READING = frozenset({"getSchedule", "freebusy.query"})
"""Asked with POST, and yet nothing is changed by them."""
UNUSED = frozenset({"subscriptions.reauthorize"})
"""A renewal does the same and is done anyway, so the service never asks for it."""
FAULTS: dict[str, Json] = {
    **{name: {"fault": name} for name in sorted((BEFORE | AFTER) - {"expired_cursor"})},
    "429 for ten minutes": {"fault": "429", "retry_after": "600"},
    "429 until a date": {"fault": "429", "retry_after": "date:600"},
    "503 for ten minutes": {"fault": "503", "retry_after": "600"},
    "a success that asks for patience": {"fault": "late_success", "retry_after": "600"},
}
NOES = frozenset({"401", "403", "404", "409", "412"})
"""After these the service may have given up or chosen otherwise, and has to say so; all else passes."""
BELIEVED = "404"
"""What a provider says is not there needs no taking away: an event that stands all the same is not our doing."""
PATIENCE = 2
"""How many real seconds an answer may take where none comes; long for one on loopback."""
MOST_CALLS = {"renew": 16}
"""How often the call is made at most, tries after the fault included; four times where nothing is said."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that writes, the cloud that it goes to, and the little life in which the service makes it."""

    cloud: str
    operation: str
    life: str

    def __str__(self) -> str:
        return f"{self.cloud}: {self.operation} ({self.life})"


@dataclass(frozen=True, slots=True)
class Cell:
    """A call and what befalls it."""

    call: Call
    fault: str

    def __str__(self) -> str:
        return f"{self.call} meets {self.fault}"


CALLS = (
    Call("microsoft", "events.create", "book"),
    Call("microsoft", "events.move", "move"),
    Call("microsoft", "events.cancel", "cancel"),
    Call("microsoft", "events.delete", "remove"),
    Call("microsoft", "messages.createDraft", "mail"),
    Call("microsoft", "messages.send", "mail"),
    Call("microsoft", "subscriptions.create", "watch"),
    Call("microsoft", "subscriptions.renew", "renew"),
    Call("microsoft", "subscriptions.delete", "unwatch"),
    Call("google", "events.insert", "book"),
    Call("google", "events.patch", "move"),
    Call("google", "events.delete", "cancel"),
    Call("google", "events.delete", "remove"),
    Call("google", "drafts.create", "mail"),
    Call("google", "drafts.send", "mail"),
    Call("google", "events.watch", "watch"),
    Call("google", "channels.stop", "unwatch"),
)


def writes() -> set[tuple[str, str]]:
    """Return all calls of both clouds that change something there."""
    calls = {(one.provider, one.name) for one in OPERATIONS if one.verb != "GET"}
    return {(cloud, name) for cloud, name in calls if name not in READING | UNUSED}


def cells() -> list[Cell]:
    """Return the whole matrix."""
    return [
        Cell(call, fault)
        for call in CALLS
        for fault, order in FAULTS.items()
        if call.cloud == "google" or order["fault"] not in GOOGLE_ONLY
    ]


def doubling() -> list[Cell]:
    """Return the cells in which a sender that does not look doubles something that a person sees.

    A booking in doubt is looked for by Graph's adapter itself, and its answer to a sending is empty: nothing to cut.
    """
    lost = {
        "events.insert": sorted(AFTER),
        "drafts.send": sorted(AFTER),
        "messages.send": sorted(AFTER - {"truncated", "truncated_json"}),
    }
    return [Cell(call, fault) for call in CALLS for fault in lost.get(call.operation, [])]


def tried(cell: Cell, naive: bool = False) -> list[str]:
    """Live through one cell and return a sentence for all that is wrong in the end."""
    live = LIVES[cell.call.life]
    with capture_logs(), naive_performers(naive):
        return [f"{cell}: {problem}" for problem in live(cell)]


def tried_all(chosen: Iterable[Cell], naive: bool = False) -> Iterator[list[str]]:
    """Try many cells on all processors, in order."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(tried, naive=naive), chosen, chunksize=4)


def _strike(two: Pair, cell: Cell) -> None:
    order = {"operation": cell.call.operation, "provider": cell.call.cloud, **FAULTS[cell.fault]}
    two.remote.faults([order])


def _pair(cell: Cell, mara_in: str, organiser: str, pushed: bool = False) -> AbstractContextManager[Pair]:
    """Open the pair's world; whoever is never answered waits in real time, so that client is an impatient one."""
    silent = FAULTS[cell.fault]["fault"] in NO_ANSWER
    return pair(mara_in, answer_seconds=PATIENCE if silent else 60, organiser=organiser, pushed=pushed)


def _book(cell: Cell) -> list[str]:
    with _pair(cell, cell.call.cloud, organiser="mentor") as two:
        _strike(two, cell)
        two.live(hours=30)
        current = two.relationship.meetings.current
        own = current is not None and not current.adopted
        return [*_wrong(two, cell), *_unless(own, "nothing is booked, or its own event met it as a stranger's")]


def _move(cell: Cell) -> list[str]:
    with _pair(cell, cell.call.cloud, organiser="mentor") as two:
        meeting = two.live_to_booking()
        _strike(two, cell)
        two.remote.hand([busy(JONAS, meeting.time.start, meeting.time.end)])
        two.live(hours=30)
        stays = (current := two.relationship.meetings.current) is not None and current.time == meeting.time
        return [*_wrong(two, cell), *_unless(not stays or cell.fault in NOES, "it stays where he is busy")]


def _cancel(cell: Cell) -> list[str]:
    with _pair(cell, cell.call.cloud, organiser="mentor") as two:
        meeting = two.live_to_booking()
        _strike(two, cell)
        two.does(JONAS, "decline")
        two.live(hours=30)
        left = [who for who in (MARA, JONAS) for one in two.shown(who) if one.uid == meeting.ical_uid]
        said = cell.fault == BELIEVED or (cell.fault in NOES and bool(two.relationship.given_up))
        return [*_wrong(two, cell, but=meeting.ical_uid), *_unless(not left or said, f"{left} still show it")]


def _remove(cell: Cell) -> list[str]:
    """What an organiser who has left leaves behind is taken out of the other's calendar."""
    with _pair(cell, "google" if cell.call.cloud == "microsoft" else "microsoft", organiser="mentor") as two:
        two.live_to_booking()
        _strike(two, cell)
        two.does(MARA, "gone")
        record_left(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(hours=30)
        said = cell.fault == BELIEVED or (cell.fault in NOES and bool(two.relationship.given_up))
        told = [kind for who, kind in two.mails() if who == "Jonas"].count("notice")
        return [
            *_unless(two.shown(JONAS) == [] or said, "he still shows it"),
            *_unless(told == 1, f"he was told {told} times"),
            *_calls(two, cell),
            *_rows(two, cell),
        ]


def _mail(cell: Cell) -> list[str]:
    with _pair(cell, cell.call.cloud, organiser="mentor") as two:
        _strike(two, cell)
        two.live(hours=30)
        asked = len(two.mails_of(JONAS, "preparation"))
        said = cell.fault in NOES and bool(two.relationship.given_up)
        return [*_wrong(two, cell), *_unless(asked == 1 or (asked == 0 and said), f"he was asked {asked} times")]


def _watch(cell: Cell) -> list[str]:
    return _watched(cell, timedelta(hours=3))


def _renew(cell: Cell) -> list[str]:
    return _watched(cell, timedelta(days=8))


def _watched(cell: Cell, span: timedelta) -> list[str]:
    """With hints or without, what a hand does is seen."""
    with _pair(cell, cell.call.cloud, organiser="mentor", pushed=True) as two:
        _strike(two, cell)
        two.live_until(two.now + span)
        meeting = two.relationship.meetings.current or two.live_to_booking()
        later = meeting.time.start + timedelta(days=1)
        two.moves(MARA, later)
        two.live(hours=12)
        current = two.relationship.meetings.current
        seen = current is not None and current.time.start == later
        return [*_wrong(two, cell), *_unless(seen, "her move was not seen")]


def _unwatch(cell: Cell) -> list[str]:
    """Whoever leaves is no longer watched; what cannot be given back runs out by itself."""
    with _pair(cell, cell.call.cloud, organiser="service", pushed=True) as two:
        two.live_to_booking()
        _strike(two, cell)
        record_left(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(hours=30)
        return [*_unless(two.shown(JONAS) == [], "he still shows the meeting"), *_calls(two, cell), *_rows(two, cell)]


LIVES: dict[str, Callable[[Cell], list[str]]] = {
    "book": _book,
    "move": _move,
    "cancel": _cancel,
    "remove": _remove,
    "mail": _mail,
    "watch": _watch,
    "renew": _renew,
    "unwatch": _unwatch,
}


def _wrong(two: Pair, cell: Cell, but: str = "") -> list[str]:
    """Nothing is doubled and nothing lost: calendars and mails are as the stream has them, and no row is stuck."""
    current = two.relationship.meetings.current
    stands = [(current.ical_uid, current.time.start)] if current is not None and current.ical_uid else []
    shown = {who: [(one.uid, one.start) for one in two.shown(who) if one.uid != but] for who in (MARA, JONAS)}
    wrong = [f"{who} shows {len(seen)} meetings, the stream has {len(stands)}" for who, seen in shown.items()]
    return [
        *(problem for problem, seen in zip(wrong, shown.values(), strict=True) if seen != stands),
        *_doubled(two, cell),
        *_calls(two, cell),
        *_rows(two, cell),
    ]


def _doubled(two: Pair, cell: Cell) -> list[str]:
    service = SERVICES[cell.call.cloud]
    sent = [m for m in two.remote.world()["mails"] if m["account"] == service and m["folder"] == "sentitems"]
    recorded = two.events(MailSent)
    twice = [key for key, count in Counter(_said(mail) for mail in two.mails_of(JONAS)).items() if count > 1]
    return [
        *_unless(len(sent) == len(recorded), f"{len(sent)} mails left and {len(recorded)} are on record"),
        *(f"he was sent {key} twice" for key in twice),
    ]


def _said(mail: Any) -> tuple[str, str]:
    return mail["kind"], mail["subject"]


def _calls(two: Pair, cell: Cell) -> list[str]:
    calls = two.requests()[cell.call.cloud].get(cell.call.operation, 0)
    return [] if 0 < calls <= MOST_CALLS.get(cell.call.life, 4) else [f"it was called {calls} times"]


def _rows(two: Pair, cell: Cell) -> list[str]:
    """Whatever passes leaves nothing given up, nothing unknown and nothing overdue."""
    rows = two.house.ledger.rows((WorkState.OPEN, WorkState.UNKNOWN, WorkState.GIVEN_UP), two.id)
    left = [row for row in rows if row.state is WorkState.OPEN or cell.fault not in NOES]
    late = [row for row in left if row.state is not WorkState.OPEN or row.work.due < two.now - timedelta(hours=6)]
    return [f"{row.work.key} is {row.state}: {row.reason}" for row in late]


def _unless(well: bool, problem: str) -> list[str]:
    return [] if well else [problem]
