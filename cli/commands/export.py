"""`mentorsync export`: writes everything that is a person's own into two files, one for programs and one to read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json, made
from cli.opening import opened_house
from cli.output import document, jsonable, say, utc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.exporting import Export, OwnSide, OwnWords


@click.command(name="export")
@click.argument("p")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False, writable=True),
    default=Path("mentorsync-export"),
    show_default=True,
    callback=made,
    help="The folder for the files.",
)
@as_json
@click.pass_context
def command(ctx: click.Context, p: str, out: Path, as_json: bool) -> None:
    """Write everything that is the person P's own: words, meetings, actions, and which mails there were.

    Words of others are left out, also those about her. The files can be read by their owner alone.
    """
    from service.exporting import export_of
    from service.names import person_named

    with opened_house(ctx) as house:
        export = export_of(house, person_named(house, p))
    body = {"schema": "mentorsync.export/1", **jsonable(export)}
    name = f"export-{export.person.id}"
    paths = {"document": out / f"{name}.json", "text": out / f"{name}.txt"}
    _write(paths["document"], json.dumps(body, indent=2, ensure_ascii=False) + "\n")
    _write(paths["text"], "\n".join(readable(export)) + "\n")
    if as_json:
        document("export", {"person": export.person.id, **paths})
        return
    for path in paths.values():
        say(str(path))


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def readable(export: Export) -> Iterable[str]:
    """Give the lines that a person reads; all times are UTC."""
    person = export.person
    yield f"All that mentorsync holds of {person.name}, {utc(export.at)} UTC"
    yield f"addresses: {', '.join(person.addresses)}"
    yield f"zone {person.zone}, hours {person.hours}, language {person.language}"
    yield f"private notes: {export.private_notes}, which only she herself is shown, by mail"
    yield from _words(export.words)
    for side in export.relationships:
        yield ""
        yield f"As the {side.role} of relationship {side.id}: {side.status} since {utc(side.since)} UTC"
        yield from _side(side)
    for id in export.unread:
        yield ""
        yield f"Relationship {id} is damaged and missing here: mend it as mentorsync doctor says, then export once more"


def _side(side: OwnSide) -> Iterable[str]:
    yield from _words(side.words)
    yield from (f"  {utc(act.at)}  {act.what} ({act.channel})" for act in side.acts)
    for meeting in side.meetings:
        yield f"  meeting {meeting.cycle}.{meeting.generation}: {utc(meeting.start)} UTC, {meeting.state}"
    for action in side.actions:
        done = f"done {utc(action.done_at)} UTC" if action.done_at else "open"
        yield f"  action {action.number}: {action.text or 'in the words of the other'}, due {action.due or '-'}, {done}"
    yield from (f"  mail {utc(mail.at)} UTC  {mail.what}  {mail.message_id}" for mail in side.mails)


def _words(words: Iterable[OwnWords]) -> Iterable[str]:
    yield from (f"  {utc(one.at)}  {one.event} {one.place}: {one.text}" for one in words)
