"""`mentorsync person`: registers people, changes what is known of them and shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json, dry_run
from cli.commands.person_change import CHANGES, remark_on
from cli.opening import opened_house
from cli.output import document, pairs, say, stamp, table, talk

if TYPE_CHECKING:
    from service.queries import PersonView


@click.group(name="person")
def command() -> None:
    """Add, change, list and show people."""


for change in CHANGES:
    command.add_command(change)


@command.command()
@click.argument("address")
@click.option("--name", required=True, help="The full name, 'First Last' or 'Last, First'.")
@click.option("--provider", required=True, help="Where the calendar is: microsoft or google.")
@click.option("--zone", required=True, help="The IANA time zone, such as Europe/Berlin.")
@click.option("--hours", required=True, help="When meetings may be, such as 'mon-fri 09:00-17:00; sat 10:00-12:00'.")
@click.option("--language", default="en", show_default=True, help="The language of the mails.")
@click.option("--capacity", default="none", show_default=True, help="How many mentees she takes at once.")
@dry_run
@click.pass_context
def add(ctx: click.Context, /, address: str, dry_run: bool, **facts: str) -> None:
    """Register a person.

    Prints the id of the person whose calendar and mail are at ADDRESS. Creates the store when there is none.
    """
    from service.people import add_person
    from service.rehearsal import check_person, rehearsed

    check_person(address, **facts)
    with opened_house(ctx, create=not dry_run) as house:
        id = add_person(rehearsed(house) if dry_run else house, address, **facts)
    if dry_run:
        talk("Nothing was recorded. Without --dry-run this person would be registered; nothing would be sent.")
    else:
        say(id)
    remark_on(facts["language"])


@command.command(name="list")
@as_json
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List everybody, by name."""
    from service.queries import people

    with opened_house(ctx) as house:
        found = people(house)
    if as_json:
        document("person.list", {"people": found})
        return
    if not found:
        talk("Nobody is registered yet. Register somebody with: mentorsync person add")
        return
    headers = ("ID", "NAME", "ADDRESS", "PROVIDER", "CALENDAR", "ZONE", "HOURS", "PAUSED")
    rows = [(p.id, p.name, p.address, p.provider, p.calendar, p.zone, p.hours, p.paused) for p in found]
    table(headers, [(*row, "yes" if paused else "") for *row, paused in rows])


@command.command()
@click.argument("person")
@as_json
@click.pass_context
def show(ctx: click.Context, person: str, as_json: bool) -> None:
    """Show one person.

    PERSON is an address, an id or the beginning of one.
    """
    from service.queries import person_view

    with opened_house(ctx) as house:
        view = person_view(house, person)
    if as_json:
        document("person.show", view)
        return
    pairs([*_who(view), *_reach(view), *_when(view)])


def _who(view: PersonView) -> list[tuple[str, object]]:
    return [
        ("id", view.id),
        ("name", view.name),
        ("addresses", ", ".join(view.addresses)),
        ("delegates", ", ".join(view.delegates)),
        *_unreached(view),
        ("language", view.language),
        ("relationships", ", ".join(view.relationships)),
        ("paused", "yes: nothing is sent, booked or planned" if view.paused else "no"),
        ("left", stamp(view.left_at) if view.left_at else "no"),
        ("forgotten", stamp(view.forgotten_at) if view.forgotten_at else "no"),
    ]


def _unreached(view: PersonView) -> list[tuple[str, object]]:
    outside = ", ".join(view.delegates_outside)
    says = f"{outside}: mail may not go there; what they write for her counts, and she gets the answers"
    return [("delegates outside", says)] if outside else []


def _reach(view: PersonView) -> list[tuple[str, object]]:
    lost = view.connection
    return [
        ("provider", view.provider),
        ("calendar", "was read" if view.calendar_read else "was never read"),
        ("connection", f"lost since {stamp(lost.since)}: {lost.reason.value}" if lost else "not lost"),
        ("further calendars", view.further_calendars),
        ("calendar shows", "busy times only" if view.free_busy_only else "entries"),
    ]


def _when(view: PersonView) -> list[tuple[str, object]]:
    return [
        ("zone", view.zone),
        ("hours", view.hours),
        ("travels", "; ".join(f"{t.first} to {t.last}: {t.zone}" for t in view.travels)),
        ("away", "; ".join(f"{leave.first} to {leave.last}" for leave in view.leaves)),
        ("special hours", "; ".join(f"{s.day}: {s.hours or 'none'}" for s in view.special_hours)),
        ("meetings a day", view.meetings_per_day or "no limit"),
        ("mentees", f"{view.places_taken} of {'any number' if view.capacity is None else view.capacity}"),
    ]
