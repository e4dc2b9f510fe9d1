"""Days of the calendar that people mean without naming their number."""

from datetime import date, timedelta

# A date without a year that lies this far ahead was most likely meant for a day that has just passed.
YEARLESS = timedelta(days=300)


def next_weekday(today: date, weekday: int) -> date:
    """Return the next day of that weekday (Monday is 0), never today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def of_next_week(today: date, weekday: int) -> date:
    """Return that weekday of the next calendar week."""
    return today + timedelta(days=7 - today.weekday() + weekday)


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month; month 13 is the January after."""
    years, index = divmod(month, 12)
    return date(year + years, index + 1, 1) - timedelta(days=1)


def in_months(today: date, count: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    last = end_of_month(today.year, today.month + count)
    return last.replace(day=min(today.day, last.day))


def soonest(today: date, day: int, month: int, year: int | None) -> date | None:
    """Return the named day; without a year the next one, unless it lies so far ahead that it has just passed."""
    try:
        if year is not None:
            return date(year, month, day)
        found = date(today.year, month, day)
        found = found if found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
    return found if found - today <= YEARLESS else None
