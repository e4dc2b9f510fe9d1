"""What the hand writes into its own calendar: appointments, absences, Google's special events and series."""

from datetime import date

from adapters.sandbox import invitations, series
from adapters.sandbox.act import Act, Outcome, deed, done, is_day, moment, span, undone
from adapters.sandbox.hand_meetings import guest_of
from adapters.sandbox.records import Absence, Account, Entry, Json
from adapters.sandbox.world import World
from adapters.sandbox.zones import zone_of

STATUSES = ("free", "tentative", "busy", "oof", "workingElsewhere")
AUTO_DECLINE = {True: "declineAllConflictingInvitations", False: "declineNone"}
KINDS = ("outOfOffice", "focusTime", "workingLocation")


def _kind_fields(kind: str, decline: bool) -> Json:
    """The fields that Google shows with its special events."""
    rules: Json = {"autoDeclineMode": AUTO_DECLINE[decline], "declineMessage": "Declined automatically"}
    if kind == "focusTime":
        return {"eventType": kind, "focusTimeProperties": rules | {"chatStatus": "doNotDisturb"}}
    if kind == "workingLocation":
        home = {"type": "homeOffice", "homeOffice": {}}
        return {"eventType": kind, "workingLocationProperties": home, "visibility": "public"}
    return {"eventType": kind, "outOfOfficeProperties": rules}


def _appointment(act: Act, subject: str, show_as: str) -> Entry:
    return Entry(
        subject=act.text("subject", subject),
        start=moment(act.account, act.text("start")),
        end=moment(act.account, act.text("end")),
        organiser=act.account.address,
        zone=act.account.zone,
        location=act.text("location"),
        show_as=show_as,
        all_day=is_day(act.text("start")),
    )


def _calendar(_: World, act: Act) -> Outcome:
    """Open one more calendar beside the primary one."""
    act.account.add_calendar(act.text("name"), act.text("zone"))
    return Outcome()


def _busy(world: World, act: Act) -> Outcome:
    entry = _appointment(act, "Busy", act.text("status", "busy"))
    kind = act.text("kind")
    if kind:
        if act.account.provider != "google" or kind not in KINDS:
            return undone(f"only Google has kinds of events: {', '.join(KINDS)}")
        _make_special(act, entry, kind)
    return _written(world, act, entry)


def _written(world: World, act: Act, entry: Entry) -> Outcome:
    calendar = act.account.calendar_named(act.text("calendar"))
    if calendar is None:
        return undone("no such calendar")
    invitations.book(world, act.account, entry, quiet=True, calendar=calendar)
    if entry.rule:
        series.repeat(world, act.account, calendar, entry)
    return done(act)


def _make_special(act: Act, entry: Entry, kind: str) -> None:
    entry.extra = _kind_fields(kind, bool(act.fields.get("auto_decline")))
    entry.show_as = {"outOfOffice": "oof", "workingLocation": "free"}.get(kind, "busy")
    # Google keeps absences and focus time as timed events, from midnight to midnight when they last whole days.
    entry.all_day = entry.all_day and kind == "workingLocation"


def _leave(world: World, act: Act) -> Outcome:
    """Be away: an absence in the calendar, and with `auto_reply` an answer to every mail that arrives meanwhile."""
    entry = _appointment(act, "Out of office", "oof")
    if act.account.provider == "google":
        _make_special(act, entry, "outOfOffice")
    invitations.book(world, act.account, entry, quiet=True)
    if act.text("auto_reply"):
        act.account.absences.append(Absence(entry.start, entry.end, act.text("auto_reply")))
    return done(act)


def _series(world: World, act: Act) -> Outcome:
    entry = _appointment(act, "Series", act.text("status", "busy"))
    interval, count = int(act.text("interval", "1")), int(act.text("count"))
    if act.text("freq") not in series.FREQUENCIES or not 1 <= count <= series.LONGEST or interval < 1:
        return undone(f"a series is {' or '.join(series.FREQUENCIES)} and has up to {series.LONGEST} occurrences")
    entry.guests = [guest_of(world, address) for address in act.people("attendees")]
    entry.rule = {"freq": act.text("freq"), "interval": interval, "count": count}
    return _written(world, act, entry)


def _exception(world: World, act: Act) -> Outcome:
    """Move or cancel one occurrence: that of a day, or the next one to come."""
    occurrence = _occurrence(world, act)
    if occurrence is None:
        return undone("no such occurrence")
    if act.fields.get("cancel"):
        invitations.remove(world, act.account, occurrence)
        return done(act)
    start, end = span(act, occurrence)
    occurrence.exception = True
    invitations.change(world, act.account, occurrence, {"start": start, "end": end})
    return done(act)


def _occurrence(world: World, act: Act) -> Entry | None:
    words, day = str(act.fields.get("event", {}).get("subject_has", "")).lower(), act.text("occurrence")
    found = [e for e in act.account.entries() if e.master and e.live and words in e.subject.lower()]
    fits = [e for e in found if (_day(act.account, e) == date.fromisoformat(day) if day else e.end > world.now)]
    return min(fits, key=lambda entry: (entry.start, entry.number), default=None)


def _day(account: Account, occurrence: Entry) -> date:
    """The day of an occurrence by the series, wherever it has been moved to."""
    return (occurrence.original or occurrence.start).astimezone(zone_of(account.zone)).date()


DEEDS = {
    "calendar": deed(_calendar, "name", "zone"),
    "busy": deed(_busy, "start end", "status subject location kind auto_decline calendar"),
    "leave": deed(_leave, "start end", "subject location auto_reply auto_decline"),
    "series": deed(_series, "subject start end freq count", "interval status location calendar attendees"),
    "exception": deed(_exception, may="event occurrence start end shift_minutes cancel"),
}
