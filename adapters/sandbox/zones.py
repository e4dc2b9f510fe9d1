"""Time zone names on the wire: Windows names as Outlook writes them, IANA names as Google does."""

from datetime import UTC, datetime
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
