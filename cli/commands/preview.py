"""`mentorsync preview`: writes a mail into files, as it would leave now, and sends nothing."""

from __future__ import annotations

from pathlib import Path

import click

from cli.commands.options import as_json, made
from cli.opening import opened_house
from cli.output import document, say, talk, utc


@click.command(name="preview")
@click.argument("kind")
@click.option("--relationship", required=True, metavar="ID", help="Whose mail; the beginning of the id is enough.")
@click.option("--to", type=click.Choice(["mentor", "mentee"]), help="Who reads it, where both may.")
@click.option("--language", metavar="TAG", help="Another language than the reader's own.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False, writable=True),
    default=Path("mentorsync-preview"),
    show_default=True,
    callback=made,
    help="The folder for the files.",
)
@click.option("--open", "open_it", is_flag=True, help="Show the HTML in the browser, too.")
@as_json
@click.pass_context
def command(
    ctx: click.Context,
    kind: str,
    relationship: str,
    to: str | None,
    language: str | None,
    out: Path,
    open_it: bool,
    as_json: bool,
) -> None:
    """Write the mail KIND as it would leave now, as .eml, .html and .txt; nothing is sent.

    KIND is request, charter, preparation, agenda, no-agenda, changed-agenda, held-question, follow-up, chase, or the
    topic of a notice such as moved or skipped; another word is answered with all of them. Where none of its kind is to
    come, words and times are invented.
    """
    from domain.charter import Role
    from service.preview import Wanted, preview, write_preview

    with opened_house(ctx) as house:
        shown = preview(house, Wanted(kind, relationship, Role(to) if to else None, language))
    mail, page, text = write_preview(shown, out)
    if open_it:
        click.launch(page.absolute().as_uri())
    if as_json:
        facts = {name: getattr(shown, name) for name in ("kind", "to", "language", "invented", "due", "subject")}
        document("preview", {**facts, "mail": mail, "html": page, "text": text})
        return
    talk(
        "None of its kind is to come: words and times are invented." if shown.invented else f"Due {utc(shown.due)} UTC."
    )
    for path in (mail, page, text):
        say(str(path))
