"""`mentorsync person set, travel, leave, special-hours, left`: what has changed in a person's life."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json, dry_run
from cli.opening import opened_house
from cli.output import document, talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.person import Person
    from service.house import House

DAY = click.DateTime(["%Y-%m-%d"])
first_day = click.option("--from", "first", required=True, type=DAY, help="The first day, such as 2027-03-01.")
last_day = click.option("--to", "last", required=True, type=DAY, help="The last day; it counts too.")


@click.command(name="set")
@click.argument("p")
@click.option("--name", help="The full name from now on; mails greet with its first name.")
@click.option("--language", metavar="TAG", help="The language of the mails from now on: en, de, fr or es.")
@click.option("--zone", help="The IANA time zone from now on.")
@click.option("--hours", help="When meetings may be from now on, such as 'mon-fri 09:00-17:00'.")
@click.option("--meetings-per-day", type=click.IntRange(min=0), help="At most so many meetings a day; 0 is no limit.")
@click.option("--capacity", default="", metavar="N", help="How many mentees she takes at once; none is no limit.")
@click.option("--free-busy-only/--full", default=None, help="Read only busy times of the calendar, or entries again.")
@click.option("--address", multiple=True, help="Another address of the person; may be given again.")
@click.option("--primary-address", metavar="ADDRESS", help="Which address of hers mail and calendar go by from now on.")
@click.option("--calendar", multiple=True, help="Another calendar of the account by its id; may be given again.")
@click.option("--delegate", multiple=True, help="Somebody's address who may answer for her; may be given again.")
@click.option(
    "--private-address",
    metavar="ADDRESS",
    help="Where she agrees to be written to once she has left; '' takes that back.",
)
@dry_run
@as_json
@click.pass_context
def set_(
    ctx: click.Context,
    p: str,
    zone: str | None,
    hours: str | None,
    meetings_per_day: int | None,
    free_busy_only: bool | None,
    address: tuple[str, ...],
    calendar: tuple[str, ...],
    delegate: tuple[str, ...],
    capacity: str,
    private_address: str | None,
    name: str | None,
    language: str | None,
    primary_address: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Change what is known of a person. P is an id or an address; what is not given stays."""
    from service.people import PersonChanges, change_person

    several = (address, calendar, delegate)
    called = (name, language, primary_address)
    changes = PersonChanges(zone, hours, meetings_per_day, free_busy_only, *several, capacity, private_address, *called)
    _change(ctx, p, "set", lambda house, person: change_person(house, person, changes), dry_run, as_json)
    remark_on(language or "")


@click.command()
@click.argument("p")
@first_day
@last_day
@click.option("--zone", required=True, help="The IANA time zone of these days.")
@dry_run
@as_json
@click.pass_context
def travel(
    ctx: click.Context, p: str, first: datetime, last: datetime, zone: str, dry_run: bool, as_json: bool
) -> None:
    """Say that a person spends some days in another time zone. P is an id or an address."""
    from service.people import plan_travel

    days = first.date(), last.date()
    _change(ctx, p, "travel", lambda house, person: plan_travel(house, person, *days, zone), dry_run, as_json)


@click.command()
@click.argument("p")
@first_day
@last_day
@dry_run
@as_json
@click.pass_context
def leave(ctx: click.Context, p: str, first: datetime, last: datetime, dry_run: bool, as_json: bool) -> None:
    """Say that a person is away: no meeting is planned and no mail goes to her. P is an id or an address."""
    from service.people import plan_leave

    days = first.date(), last.date()
    _change(ctx, p, "leave", lambda house, person: plan_leave(house, person, *days), dry_run, as_json)


@click.command(name="special-hours")
@click.argument("p")
@click.option("--on", "day", required=True, type=DAY, help="The day, such as 2027-03-01.")
@click.option("--hours", required=True, help="When meetings may be then, such as '09:00-12:00'; 'none' for not at all.")
@dry_run
@as_json
@click.pass_context
def special_hours(ctx: click.Context, p: str, day: datetime, hours: str, dry_run: bool, as_json: bool) -> None:
    """Say that other hours than usual count on one day. P is an id or an address."""
    from service.people import set_special_hours

    times = "" if hours.strip() == "none" else hours
    _change(ctx, p, "special-hours", lambda house, q: set_special_hours(house, q, day.date(), times), dry_run, as_json)


@click.command()
@click.argument("p")
@dry_run
@as_json
@click.pass_context
def left(ctx: click.Context, p: str, dry_run: bool, as_json: bool) -> None:
    """Say that a person has left the organisation: her relationships end. P is an id or an address."""
    from service.people import record_left

    _change(ctx, p, "left", record_left, dry_run, as_json)


CHANGES = (set_, travel, leave, special_hours, left)


def remark_on(language: str) -> None:
    """Say what becomes of the mails where we do not write the language."""
    from domain.languages import language_note

    note = language_note(language)
    if note:
        talk(note)


def _change(
    ctx: click.Context, p: str, name: str, act: Callable[[House, Person], bool], dry_run: bool, as_json: bool
) -> None:
    """Make one change, really or for show, and say what came of it."""
    from service.names import person_named
    from service.queries import view_of
    from service.rehearsal import rehearsed

    with opened_house(ctx) as house:
        person = person_named(house, p)
        new = act(rehearsed(house) if dry_run else house, person)
        view = view_of(house, person)
    if as_json:
        document(f"person.{name}", view)
    if not new:
        talk("That was so already.")
    else:
        talk("Nothing was recorded. Without --dry-run this would be." if dry_run else "Recorded.")
