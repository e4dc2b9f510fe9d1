"""Draws searches around the moments at which clocks change, with everything that a person may have said of herself."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from domain.hours import Leave, SpecialHours, Travel
from domain.interval import Interval
from domain.slots import Availability, Search

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/Havana",
    "Africa/Cairo",
    "UTC",
    "Pacific/Kiritimati",
)
# A day of each zone's clock change, and one without any.
MOMENTS = (
    datetime(2027, 3, 14, tzinfo=UTC),
    datetime(2027, 3, 28, tzinfo=UTC),
    datetime(2027, 10, 2, tzinfo=UTC),
    datetime(2027, 10, 31, tzinfo=UTC),
    datetime(2027, 11, 7, tzinfo=UTC),
    datetime(2027, 2, 7, tzinfo=UTC),
    datetime(2027, 4, 29, 20, tzinfo=UTC),
    datetime(2027, 6, 16, tzinfo=UTC),
)
QUIET = datetime(2027, 6, 16, tzinfo=UTC)


def clock(minutes: int) -> str:
    """Return a time of day as people write it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def times(draw: st.DrawFn) -> str:
    """Draw the times of one window, also over midnight and up to 24:00."""
    start = draw(st.integers(0, 23 * 60 + 59))
    end = draw(st.integers(0, 24 * 60))
    return f"{clock(start)}-{clock(end + (end == start))}"


@st.composite
def hours(draw: st.DrawFn) -> str:
    """Draw weekly hours."""
    days = st.sampled_from(("mon-sun", "fri-mon", "sat,sun", "mon-fri", "wed-sun"))
    return "; ".join(f"{draw(days)} {draw(times())}" for _ in range(draw(st.integers(1, 2))))


@st.composite
def intervals(draw: st.DrawFn, near: datetime) -> Interval:
    """Draw a stretch near a moment, to the minute."""
    start = near + draw(st.integers(-12 * 60, 40 * 60)) * MINUTE
    return Interval(start, start + draw(st.integers(0, 300)) * MINUTE)


def several(near: datetime, most: int) -> st.SearchStrategy[tuple[Interval, ...]]:
    """Draw some stretches near a moment."""
    return st.lists(intervals(near), max_size=most).map(tuple)


@st.composite
def plain_searches(draw: st.DrawFn, moments: tuple[datetime, ...] = MOMENTS) -> Search:
    """Draw what is looked for around a moment at which some clock changes."""
    near = draw(st.sampled_from(moments))
    start = near + draw(st.integers(-10 * 60, 6 * 60)) * MINUTE
    window = Interval(start, start + draw(st.integers(0, 24 * 60)) * MINUTE)
    return Search(
        window,
        draw(st.sampled_from((5, 7, 30, 45, 90))) * MINUTE,
        draw(st.sampled_from((5, 7, 15, 20, 30, 60))) * MINUTE,
        draw(st.sampled_from((0, 0, 5, 8, 10))) * MINUTE,
        draw(st.one_of(st.just(()), several(near, 2))),
    )


@st.composite
def searches(
    draw: st.DrawFn, moments: tuple[datetime, ...] = MOMENTS
) -> tuple[Search, tuple[Availability, Availability]]:
    """Draw a search of two people who said nothing but their hours."""
    search = draw(plain_searches(moments))
    near, zones = search.window.start, st.sampled_from(ZONES)
    one, two = (Availability(name, draw(zones), draw(hours()), draw(several(near, 4))) for name in ("one", "two"))
    return search, (one, two)


@st.composite
def lives(draw: st.DrawFn, near: datetime, name: str) -> Availability:
    """Draw a person who travels, is on leave, has special days, meetings and doubts."""
    days = st.integers(-3, 3).map(lambda n: near.date() + n * DAY)
    zones = st.sampled_from(ZONES)
    return Availability(
        name,
        draw(zones),
        draw(st.one_of(st.sampled_from(("mon-sun 00:00-24:00", "mon-sun 06:00-03:00")), hours())),
        draw(several(near, 3)),
        soft=draw(several(near, 2)),
        travels=draw(st.lists(_travels(days), max_size=2).map(tuple)),
        leaves=draw(st.one_of(st.just(()), st.just(()), _leaves(days).map(lambda leave: (leave,)))),
        special=tuple(SpecialHours(draw(days), draw(_special())) for _ in range(draw(st.integers(0, 2)))),
        meetings=draw(several(near, 2)),
        per_day=draw(st.sampled_from((0, 0, 1, 2))),
        stretch=draw(st.sampled_from((0, 0, 30, 47))),
    )


def _leaves(days: st.SearchStrategy[date]) -> st.SearchStrategy[Leave]:
    return st.tuples(days, days).map(lambda pair: Leave(min(pair), max(pair)))


def _travels(days: st.SearchStrategy[date]) -> st.SearchStrategy[Travel]:
    drawn = st.tuples(days, days, st.sampled_from(ZONES))
    return drawn.map(lambda three: Travel(min(three[:2]), max(three[:2]), three[2]))


def _special() -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), times(), st.tuples(times(), times()).map("; ".join))


@st.composite
def full_searches(draw: st.DrawFn) -> tuple[Search, tuple[Availability, Availability]]:
    """Draw a search in which everything may be said."""
    plain = draw(plain_searches())
    near = plain.window.start
    search = Search(
        plain.window,
        plain.duration,
        plain.grid,
        plain.buffer,
        plain.refused,
        earliest=draw(st.one_of(st.none(), st.integers(-60, 900).map(lambda n: near + n * MINUTE))),
        tentative=draw(st.booleans()),
    )
    return search, (draw(lives(near, "one")), draw(lives(near, "two")))
