"""Reads and writes Graph's times: wall clocks with seven decimals beside the name of a zone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import win_tz

from domain.errors import Broken
from domain.interval import Interval

# The zones of the earth lie within these of UTC, so a day of unknown zone lies within the widened day in UTC.
_EARLIEST = timedelta(hours=14)
_LATEST = timedelta(hours=12)
_ZONE = "timeZone"


def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone of a Windows or IANA name, or None when the name is neither (custom zones have no
    real name).
    """
    try:
        return ZoneInfo(win_tz.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class UnknownZone(Broken):
    """A time was given in a zone that nobody knows: unknown is never free."""


def instant(stamp: Mapping[str, Any]) -> datetime:
    """Return the instant (UTC) of a dateTimeTimeZone; raises UnknownZone."""
    zone = zone_of(str(stamp[_ZONE]))
    if zone is None:
        raise UnknownZone("Outlook named an unknown time zone.", "Report this; the calendar cannot be read safely.")
    return wall_clock(stamp).replace(tzinfo=zone).astimezone(UTC)


def wall_clock(stamp: Mapping[str, Any]) -> datetime:
    """Return the naive reading of a dateTimeTimeZone; decimals beyond the microsecond are cut."""
    whole, _, decimals = str(stamp["dateTime"]).rstrip("Z").partition(".")
    # No offset is there to be read: it stands in the zone beside it.
    naive = datetime.fromisoformat(whole)
    return naive.replace(microsecond=int(f"{decimals:0<6}"[:6]))


def day_span(start: Mapping[str, Any], end: Mapping[str, Any], original_zone: str | None) -> Interval:
    """Return the stretch of an all-day event, which Graph shows as midnights whatever zone was asked for.

    It lasts from midnight to midnight in the zone it was made in; where that is not known it is widened to
    cover every zone.
    """
    first, last = wall_clock(start), wall_clock(end)
    if first.time() != last.time() or first.time() != datetime.min.time():
        return Interval(instant(start), instant(end))
    zone = zone_of(original_zone) if original_zone else None
    if zone is None:
        return anywhere(first, last)
    return Interval(first.replace(tzinfo=zone).astimezone(UTC), last.replace(tzinfo=zone).astimezone(UTC))


def anywhere(first: datetime, last: datetime) -> Interval:
    """Return the stretch that holds these two naive readings in whatever zone of the earth they are meant."""
    return Interval(first.replace(tzinfo=UTC) - _EARLIEST, last.replace(tzinfo=UTC) + _LATEST)


def stamp(moment: datetime, zone: str) -> tuple[str, str]:
    """Return (dateTime, timeZone) to write: the wall clock in the IANA zone, or in UTC where that clock
    shows it twice.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if local.replace(fold=0).astimezone(UTC) != moment:
        local, zone = moment.astimezone(UTC), "UTC"
    return local.replace(tzinfo=None, fold=0).isoformat(timespec="seconds"), zone


def utc_text(moment: datetime) -> str:
    """Return the instant as Graph's query parameters and filters want it: UTC with Z, whole seconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
