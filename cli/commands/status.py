"""`mentorsync status`: how the whole programme stands, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.commands.relationship import relationship_table
from cli.opening import opened_house
from cli.output import document, pairs, say, utc

if TYPE_CHECKING:
    from service.push_standing import PushReport
    from service.rails_standing import RailsReport
    from service.status import CalendarCounts, LedgerCounts, StatusReport


@click.command(name="status")
@as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show what is due, what waits and what needs a person."""
    from service.status import status

    with opened_house(ctx) as house:
        report = status(house)
    if as_json:
        document("status", report)
        return
    pairs(_counts(report))
    if report.relationships:
        say()
        relationship_table(report.relationships)


def _counts(report: StatusReport) -> list[tuple[str, object]]:
    by_status = ", ".join(f"{number} {name}" for name, number in report.by_status.items())
    parked = f"some, the oldest since {utc(report.parked_since)} UTC" if report.parked_since else "none"
    return [
        ("now", f"{utc(report.now)} UTC"),
        ("live", "yes" if report.live else _stopped(report)),
        ("people", f"{report.people}, {report.paused} paused, {report.bouncing} whose address takes no mail"),
        ("relationships", f"{len(report.relationships)}{f': {by_status}' if by_status else ''}"),
        ("open actions", report.open_actions),
        ("outbox", _ledger(report.ledger)),
        ("rails", _rails(report.rails)),
        ("mails set aside", f"{report.held_mails} in conversations; outside of any: {parked}"),
        ("inbox", f"could not be read at the last try: {report.inbox}" if report.inbox else "read"),
        ("calendars", _calendars(report)),
        ("push", _push(report.push)),
    ]


def _stopped(report: StatusReport) -> str:
    from service.rails_standing import STOPS

    stopped = report.rails.stopped
    return f"no: {stopped}. {STOPS[stopped]}" if stopped is not None else "no"


def _rails(rails: RailsReport) -> str:
    from service.rails_standing import delegates_words

    of_day = f"{rails.mails_of_day} mails within a day; " if rails.mails_of_day is not None else ""
    full = f"; {rails.full}, until {utc(rails.full_until)} UTC" if rails.full else ""
    outside = f"{rails.outside} people outside the list{delegates_words(rails)}"
    return f"{of_day}{outside}; {rails.held} effects held back{full}"


def _ledger(ledger: LedgerCounts) -> str:
    seconds = ledger.oldest_postponed_seconds
    oldest = f" (the oldest for {seconds // 60} minutes)" if seconds is not None else ""
    return (
        f"{ledger.due} due, {ledger.postponed} postponed{oldest}, {ledger.unknown} unknown, {ledger.given_up} given up"
    )


def _calendars(report: StatusReport) -> str:
    calendars: CalendarCounts = report.calendars
    due = calendars.next_poll_due
    if due is None:
        poll = "no poll is planned: the daemon has not run yet"
    elif due <= report.now:
        poll = f"a poll is overdue since {utc(due)} UTC: is the daemon running?"
    else:
        poll = f"next poll {utc(due)} UTC"
    failing = f"; {calendars.failing} cannot be read now" if calendars.failing else ""
    nonsense = f"; {calendars.nonsense} entries make no sense, see mentorsync doctor" if calendars.nonsense else ""
    reasons = ", ".join(f"{number} {reason}" for reason, number in calendars.lost.items())
    lost = f"; lost: {reasons}, see mentorsync doctor" if reasons else ""
    return f"{calendars.read} of {calendars.people} were read{failing}{lost}{nonsense}; {poll}"


def _push(push: PushReport) -> str:
    if not push.on:
        return "off: calendars are polled alone"
    until = f"; the first ends {utc(push.first_end)} UTC" if push.first_end else ""
    return f"on for {len(push.accounts) - len(push.missing)} of {len(push.accounts)} calendars{until}"
