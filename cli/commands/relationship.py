"""`mentorsync relationship`: asks a mentor on behalf of a mentee, and shows how relationships stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands.charter_options import charter_options
from cli.commands.options import as_json, dry_run
from cli.commands.relationship_import import import_
from cli.opening import opened_house
from cli.output import document, local, pairs, say, table, talk, utc

if TYPE_CHECKING:
    from service.queries import RelationshipRow
    from service.queries_relationship import MeetingView, RelationshipView


@click.group(name="relationship")
def command() -> None:
    """Request, list and show relationships."""


command.add_command(import_)


@command.command()
@click.option("--mentor", required=True, metavar="P", help="The mentor: address, id or the beginning of the id.")
@click.option("--mentee", required=True, metavar="P", help="The mentee, named likewise.")
@click.option(
    "--goal",
    "goals",
    multiple=True,
    required=True,
    help="What the mentee wants to reach, in own words or behind its kind, such as 'next-level: lead the plant'; may "
    "be given again.",
)
@click.option("--why", required=True, help="Why this mentor; the mentor reads it in the first mail.")
@click.option("--bring", required=True, help="What the mentee brings along.")
@click.option(
    "--fallback", metavar="P", help="A second mentor, who is asked when the first says no or does not answer in time."
)
@click.option("--fallback-why", help="Why the second one; without it the reasons for the first are used.")
@click.option("--answer-days", type=int, help="How many days the mentor has to answer.")
@click.option(
    "--template",
    default="",
    metavar="NAME",
    help="Terms to begin with: monthly, intensive or light; other options take their place.",
)
@charter_options
@dry_run
@click.pass_context
def request(ctx: click.Context, /, mentor: str, mentee: str, template: str, dry_run: bool, **terms: Any) -> None:
    """Ask a mentor on behalf of a mentee.

    Prints the relationship's id. The mail to the mentor leaves with the daemon's next turn.
    """
    from domain.told_goals import in_numbers, told_goal
    from service.charter_templates import with_template
    from service.names import person_named
    from service.rehearsal import rehearsed
    from service.requests import Ask, request_relationship

    given = with_template(
        template, {name: value for name, value in terms.items() if value is not None and value is not False}
    )
    given["goals"], given["aims"] = in_numbers(map(told_goal, given["goals"]))
    with opened_house(ctx, create=not dry_run) as house:
        ask = Ask(str(person_named(house, mentor).id), str(person_named(house, mentee).id), **given)
        id = request_relationship(rehearsed(house) if dry_run else house, ask)
    if dry_run:
        talk("Nothing was recorded. Without --dry-run the mentor would be asked by mail, once the daemon is live.")
    else:
        say(id)


@command.command(name="list")
@as_json
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List all, the next meeting first."""
    from service.queries import relationships

    with opened_house(ctx) as house:
        rows = relationships(house)
    if as_json:
        document("relationship.list", {"relationships": rows})
    elif rows:
        relationship_table(rows)
    else:
        talk("There is no relationship yet. Begin one with: mentorsync relationship request")


def relationship_table(rows: tuple[RelationshipRow, ...]) -> None:
    """Print one row for each relationship; the status command shows the same."""
    headers = ("ID", "MENTOR", "MENTEE", "STATUS", "NEXT MEETING (UTC)", "HELD", "OPEN ACTIONS")
    table(
        headers,
        [(r.id, r.mentor, r.mentee, r.status, utc(r.next_meeting), r.meetings_held, r.open_actions) for r in rows],
    )


@command.command()
@click.argument("id")
@as_json
@click.pass_context
def show(ctx: click.Context, id: str, as_json: bool) -> None:
    """Show one relationship.

    ID may be the beginning of the id. Shows people, goals, charter, meetings, actions and the mails set aside; agenda
    items and learnings belong to the two and are only counted.
    """
    from service.queries_relationship import relationship_view

    with opened_house(ctx) as house:
        view = relationship_view(house, id)
    if as_json:
        document("relationship.show", view)
    else:
        show_view(view)


def show_view(view: RelationshipView) -> None:
    """Print one relationship; as-of shows an earlier day likewise."""
    _head(view)
    _charter(view)
    _meetings(view)
    _rest(view)


def _head(view: RelationshipView) -> None:
    people = {"mentor": view.mentor, "mentee": view.mentee}
    say(f"relationship {view.id}")
    rows: list[tuple[str, object]] = [
        (role, f"{p.name} <{p.address}>, {p.provider}, {p.zone}{', paused' if p.paused else ''}")
        for role, p in people.items()
    ]
    pairs([*rows, ("status", f"{view.status} since {utc(view.since)} UTC"), *_asking(view)], indent="  ")
    say("\ngoals")
    for goal in view.goal_book:
        said = f", said anew {goal.wordings} times" if goal.wordings else ""
        about = f"{goal.kind.replace('_', ' ')}, {goal.state}, read by the {goal.readers}{said}"
        pairs([(str(goal.number), f"{goal.text} ({about})")], indent="  ")


def _asking(view: RelationshipView) -> list[tuple[str, object]]:
    """Say how the mentor was asked, where that is more than usual or still open."""
    asking, open_ = view.asking, view.status in ("requested", "accepted")
    second = f"{asking.second}{f' ({asking.second_came_to})' if asking.second_came_to else ''}"
    rows: list[tuple[str, object]] = [("second mentor", second)] if asking.second else []
    if open_:
        rows.append(("time to answer", f"{asking.answer_days} days, {asking.reminders} reminders sent"))
    return [*rows, ("references", asking.references)] if asking.references else rows


def _charter(view: RelationshipView) -> None:
    charter = view.charter
    agreed = " and ".join(charter.approved) or "nobody"
    stands = "it holds" if charter.holds else f"proposed; agreed so far: {agreed}"
    say(f"\ncharter, version {charter.version} ({stands})")
    pairs([(clause.name, clause.says) for clause in charter.clauses], indent="  ")


def _meetings(view: RelationshipView) -> None:
    say("\nmeetings")
    if not view.meetings:
        say("  none yet")
        return
    headers = ("MEETING", "START (UTC)", "FOR THE MENTOR", "FOR THE MENTEE", "STATE", "AGENDA", "ITEMS", "LEARNINGS")
    rows = [
        (
            f"{m.cycle}.{m.generation}",
            utc(m.start),
            local(m.start, view.mentor.zone),
            local(m.start, view.mentee.zone),
            _state(m),
            _agenda(m),
            m.agenda_items,
            m.learnings,
        )
        for m in view.meetings
    ]
    table(headers, rows, indent="  ")


def _state(meeting: MeetingView) -> str:
    moved = ", moved by hand" if meeting.moved_by_hand else ""
    reason = f": {meeting.reason}" if meeting.reason else ""
    return f"{meeting.state.replace('_', ' ')}{moved}{reason}"


def _agenda(meeting: MeetingView) -> str:
    if meeting.agenda_sent_at is not None:
        return f"sent {utc(meeting.agenda_sent_at)}"
    if meeting.agenda_lapsed is not None:
        return f"not sent: {meeting.agenda_lapsed}"
    return (
        f"due {utc(meeting.agenda_due_at)}" if meeting.agenda_due_at and meeting.state in ("planned", "booked") else ""
    )


def _rest(view: RelationshipView) -> None:
    say("\nactions")
    if view.actions:
        rows = [(a.id, a.owner, a.due, a.state, a.chased, a.text) for a in view.actions]
        table(("NUMBER", "OWNER", "DUE", "STATE", "REMINDERS", "WHAT"), rows, indent="  ")
    else:
        say("  none")
    say(f"\nmails set aside: {len(view.held_mails) or 'none'}")
    for held in view.held_mails:
        say(f"  {utc(held.at)} UTC  {held.message_id}  {held.reason}")
    for item in view.given_up:
        say(f"given up: {item.what}: {item.reason}")
