"""Puts what single calendars answer together for people who have several, or who let nothing but busy times be read."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from domain.calendar import Ask, Busy, CalendarChanges, ParkedItem, blocking
from domain.errors import Broken, CursorExpired, MentorsyncError, NoAccess, NoMailbox
from domain.interval import Interval

T = TypeVar("T")
AHEAD = timedelta(days=180)
TIMES = "times"
"""The cursor of those whose times alone are read, who have none: every round is complete."""


@dataclass(frozen=True, slots=True)
class Place:
    """One calendar to be read: an account's own ("") or a further one by its id, from a cursor or as a whole (None)."""

    account: str
    calendar: str = ""
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """An account, its further calendars, and the window in which its busy times are wanted."""

    account: str
    calendars: tuple[str, ...]
    window: Interval


class Singles(Protocol):
    """What an adapter answers about single calendars; each question fails by itself."""

    def rounds(self, places: Sequence[Place], now: datetime) -> Sequence[CalendarChanges | MentorsyncError]:
        """Return the round of each place, in their order."""
        ...

    def times(self, spans: Sequence[Span]) -> Sequence[tuple[Busy, ...] | MentorsyncError]:
        """Return the blocking times of each span, in their order."""
        ...


def alone(found: Sequence[T | MentorsyncError]) -> T:
    """Return the one answer to a single question, or raise the trouble that it met."""
    (answer,) = found
    if isinstance(answer, MentorsyncError):
        raise answer
    return answer


def attempted(act: Callable[[], T]) -> T | MentorsyncError:
    """Return what it returns, or the trouble that it meets, so that the next one is asked all the same."""
    try:
        return act()
    except MentorsyncError as trouble:
        return trouble


def answered(singles: Singles, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
    """Return what each ask gets, in their order; all are asked together as far as the adapter can."""
    timed = [ask for ask in asks if ask.times_only]
    plain = [ask for ask in asks if not ask.times_only]
    times, rounds = iter(_times(singles, timed, now)), iter(_rounds(singles, plain, now))
    return tuple(next(times) if ask.times_only else next(rounds) for ask in asks)


def _times(singles: Singles, asks: Sequence[Ask], now: datetime) -> Iterator[CalendarChanges | MentorsyncError]:
    # The window begins at midnight, so that a stretch that is cut there is the same one at every poll of the day.
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    window = Interval(start, start + AHEAD)
    for found in singles.times([Span(ask.account, ask.calendars, window) for ask in asks]) if asks else ():
        if isinstance(found, MentorsyncError):
            yield found
        else:
            entries = {_named(busy): replace(blocking(_named(busy), busy.time), shows=busy.shows) for busy in found}
            yield CalendarChanges(tuple(entries.values()), (), TIMES, True, window, times_only=True)


def _named(busy: Busy) -> str:
    """A stretch of time has no identity but where it lies."""
    return f"{TIMES}-{busy.time.start:%Y%m%dT%H%M%S}-{busy.time.end:%Y%m%dT%H%M%S}-{busy.shows.value}"


def _rounds(singles: Singles, asks: Sequence[Ask], now: datetime) -> list[CalendarChanges | MentorsyncError]:
    answers = _gathered(singles, [_places(ask) for ask in asks], now)
    # What one calendar holds in all cannot be told beside mere news of another, so both are read as a whole.
    mixed = [place for place, found in enumerate(answers) if found is None]
    again = _gathered(singles, [_places(replace(asks[place], cursor=None)) for place in mixed], now)
    whole = dict(zip(mixed, again, strict=True))
    return [found or whole[place] or _never_whole() for place, found in enumerate(answers)]


def _gathered(
    singles: Singles, wanted: Sequence[Sequence[Place] | CursorExpired], now: datetime
) -> list[CalendarChanges | MentorsyncError | None]:
    """Return the answer to each list of places, None for one of which only some calendars came as a whole."""
    asked = [place for places in wanted if not isinstance(places, CursorExpired) for place in places]
    found = iter(singles.rounds(asked, now) if asked else ())
    return [
        places if isinstance(places, CursorExpired) else _together(places, [next(found) for _ in places])
        for places in wanted
    ]


def _places(ask: Ask) -> Sequence[Place] | CursorExpired:
    calendars = ("", *dict.fromkeys(ask.calendars))
    if len(calendars) == 1:
        return [Place(ask.account, "", ask.cursor)]
    cursors = {} if ask.cursor is None else _parsed(ask.cursor)
    if ask.cursor is not None and cursors.keys() != set(calendars):
        return CursorExpired("Other calendars were read before.", "Nothing to do: everything is read anew.")
    return [Place(ask.account, calendar, cursors.get(calendar)) for calendar in calendars]


def _parsed(cursor: str) -> Mapping[str, str]:
    try:
        found = json.loads(cursor)["calendars"]
        return {str(calendar): str(one) for calendar, one in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _together(
    places: Sequence[Place], found: Sequence[CalendarChanges | MentorsyncError]
) -> CalendarChanges | MentorsyncError | None:
    good = []
    for place, one in zip(places, found, strict=True):
        if isinstance(one, MentorsyncError):
            return _of_account(place, one)
        good.append((place.calendar, one))
    if len(good) == 1:
        return good[0][1]
    if len({one.complete for _, one in good}) > 1:
        return None
    cursors = {calendar: one.cursor for calendar, one in good}
    return CalendarChanges(
        tuple(replace(e, event_id=_inside(calendar, e.event_id)) for calendar, one in good for e in one.entries),
        tuple(_inside(calendar, id) for calendar, one in good for id in one.gone),
        json.dumps({"calendars": cursors}, sort_keys=True),
        good[0][1].complete,
        good[0][1].window,
        tuple(ParkedItem(_inside(calendar, i.event_id), i.reason) for calendar, one in good for i in one.parked),
    )


def _of_account(place: Place, trouble: MentorsyncError) -> MentorsyncError:
    """A further calendar that is closed or gone says nothing about the account itself."""
    if place.calendar and isinstance(trouble, NoAccess | NoMailbox):
        return Broken("A further calendar of an account cannot be read.", "Share it again, or take it off the person.")
    return trouble


def located(event_id: str) -> tuple[str, str]:
    """Return the further calendar that an event lies in, empty for the account's own, and its id there."""
    calendar, _, id = event_id.rpartition("/")
    return calendar, id


def _inside(calendar: str, event_id: str) -> str:
    return f"{calendar}/{event_id}" if calendar else event_id


def _never_whole() -> MentorsyncError:
    return CursorExpired("Some calendars did not come as a whole.", "Nothing to do: everything is read anew.")
