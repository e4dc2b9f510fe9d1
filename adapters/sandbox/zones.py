"""Time zone names on the wire: Windows names as Outlook writes them, IANA names as Google does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import tz_win, win_tz


def zone_of(name: str) -> ZoneInfo:
    """The zone behind a Windows or IANA name; ValueError for any other."""
    try:
        return ZoneInfo("UTC" if name == "UTC" else win_tz.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone") from None


def iana_zone(name: str) -> ZoneInfo:
    """The zone behind an IANA name; Google takes no Windows names."""
    if name in win_tz and name != "UTC":
        raise ValueError(f"{name!r} is not an IANA time zone")
    return zone_of(name)


def windows_name(name: str) -> str:
    """The Windows name of an IANA zone, as a mailbox's settings show it."""
    return "UTC" if name == "UTC" else tz_win.get(name, "UTC")


def shown_name(name: str) -> str:
    """A Windows name for either kind of name; one that Windows has none for stays."""
    return name if name in win_tz else tz_win.get(name, name)


CUSTOM = "Customized Time Zone"
NO_RULE = {"time": "00:00:00.0000000", "dayOccurrence": 0, "dayOfWeek": "sunday", "month": 0, "year": 0}


def custom_zone(name: str, year: int) -> dict[str, object]:
    """The rules of a zone as Exchange writes one that has no Windows name: minutes west, and when the clocks change."""
    zone, days = zone_of(name), [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    usual = min(_offset(day, 0, zone) for day in days)
    rules: dict[str, object] = {"standardOffset": NO_RULE, "daylightOffset": NO_RULE | {"daylightBias": 0}}
    for day in days:
        after = _offset(day + timedelta(days=1), 0, zone)
        if after == _offset(day, 0, zone):
            continue
        if after == usual:
            rules["standardOffset"] = _rule(day, zone)
        else:
            rules["daylightOffset"] = _rule(day, zone) | {"daylightBias": int((usual - after).total_seconds() // 60)}
    kind = {"@odata.type": "#microsoft.graph.customTimeZone", "name": CUSTOM}
    return {**kind, "bias": -int(usual.total_seconds() // 60), **rules}


def _offset(day: date, hour: int, zone: ZoneInfo) -> timedelta:
    return datetime.combine(day, time(hour), zone).utcoffset() or timedelta()


def _rule(day: date, zone: ZoneInfo) -> dict[str, object]:
    """When the clocks change on a day, on the wall clock that holds before; occurrence 5 is the month's last."""
    before = _offset(day, 0, zone)
    hour = next(hour for hour in range(24) if _offset(day, hour, zone) != before)
    hour -= 1 if _offset(day, hour, zone) > before else 0
    last = (day + timedelta(days=7)).month != day.month
    return {
        "time": f"{hour:02d}:00:00.0000000",
        "dayOccurrence": 5 if last else (day.day - 1) // 7 + 1,
        "dayOfWeek": day.strftime("%A").lower(),
        "month": day.month,
        "year": 0,
    }


def from_wall(text: str, zone: str) -> datetime:
    """A wall clock time of up to seven decimals in a named zone, as an instant in UTC."""
    head, _, decimals = text.partition(".")
    zoned = decimals.endswith("Z") or head.endswith("Z")
    if zoned and zone != "UTC":
        raise ValueError(f"{text!r} carries an offset beside the zone {zone!r}")
    value = datetime.fromisoformat(head.removesuffix("Z"))
    if value.tzinfo is not None or decimals.removesuffix("Z").strip("0123456789"):
        raise ValueError(f"{text!r} is not a plain date and time")
    return value.replace(tzinfo=zone_of(zone)).astimezone(UTC)


def to_wall(value: datetime, zone: str) -> str:
    """An instant on a named zone's wall clock with Outlook's seven decimals."""
    return value.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M:%S.0000000")
