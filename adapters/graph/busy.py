"""Asks Outlook when people are busy: by getSchedule, which shows no titles, or by looking through a calendar."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from adapters.graph import bodies, translate
from adapters.graph.batch import answers
from adapters.graph.client import GraphClient
from adapters.graph.malformed import taken
from adapters.graph.pages import whole_list
from adapters.graph.rounds import bounds
from adapters.several import Span
from domain.calendar import Busy, CalendarEntry, Response
from domain.errors import Broken, MentorsyncError
from domain.interval import Interval

# getSchedule refuses 62 days and more.
_MOST_DAYS = timedelta(days=60)


def busy_times(client: GraphClient, spans: Sequence[Span]) -> list[tuple[Busy, ...] | MentorsyncError]:
    """Return the blocking times of each span, in order; unknown is never free, so one piece that fails fails its span.

    A further calendar counts when its id is an address, for only a mailbox has a schedule.
    """
    pieces = [(place, name, window) for place, span in enumerate(spans) for name, window in _pieces(span)]
    asked = [_question(client, spans[place].account, name, window) for place, name, window in pieces]
    found: list[list[Busy] | MentorsyncError] = [_objection(span) or [] for span in spans]
    for (place, _, window), answer in zip(pieces, answers(client, asked), strict=True):
        found[place] = _with(found[place], answer, window)
    return [one if isinstance(one, MentorsyncError) else _in_order(one) for one in found]


def looked_through(client: GraphClient, account: str, calendar: str, window: Interval) -> list[Busy]:
    """Return the blocking times of a further calendar, from its entries."""
    builder = client.user(account).calendars.by_calendar_id(calendar).calendar_view
    items = whole_list(client, builder, client.asking(builder, **bounds(window)))
    entries = (taken(item)[0] for item in items)
    times = ((entry.time, entry.shows) for entry in entries if entry is not None and _blocks(entry))
    return [Busy(translate.cut(time, window), shows) for time, shows in times if time.overlaps(window)]


def _pieces(span: Span) -> Iterator[tuple[str, Interval]]:
    for name in (span.account, *span.calendars) if _objection(span) is None else ():
        start = span.window.start
        while start < span.window.end:
            end = min(span.window.end, start + _MOST_DAYS)
            yield name, Interval(start, end)
            start = end


def _objection(span: Span) -> MentorsyncError | None:
    if all("@" in calendar for calendar in span.calendars):
        return None
    return Broken(
        "The busy times of a further calendar in Outlook are shown by its entries alone.",
        "Let the entries be read, or take that calendar off the person.",
    )


def _question(client: GraphClient, account: str, name: str, window: Interval) -> object:
    builder = client.user(account).calendar.get_schedule
    return builder.to_post_request_information(bodies.schedule_question(name, window))


def _with(
    known: list[Busy] | MentorsyncError, answer: translate.Item | MentorsyncError, window: Interval
) -> list[Busy] | MentorsyncError:
    if isinstance(known, MentorsyncError):
        return known
    if isinstance(answer, MentorsyncError):
        return answer
    try:
        return [*known, *translate.busy(answer, window)]
    except MentorsyncError as trouble:
        return trouble


def _blocks(entry: CalendarEntry) -> bool:
    return entry.shows.blocks and not entry.cancelled and entry.own_response is not Response.DECLINED


def _in_order(found: Sequence[Busy]) -> tuple[Busy, ...]:
    return tuple(sorted(found, key=lambda one: (one.time, one.shows)))
