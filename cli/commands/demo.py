"""`mentorsync demo`: weeks of mentoring, lived through in seconds."""

import logging
from pathlib import Path

import click

from cli.commands.options import made
from cli.errors import ExitCode
from cli.logs import log_to_stderr
from cli.output import document, say, talk


@click.command(name="demo")
@click.option(
    "--service",
    type=click.Choice(["microsoft", "google"]),
    default="microsoft",
    show_default=True,
    help="At which cloud the service's own mailbox is; the story is the same.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed tells the same story.")
@click.option(
    "--weeks", type=click.IntRange(1, 104), default=12, show_default=True, help="How many weeks to live through."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("mentorsync-demo"),
    metavar="DIR",
    callback=made,
    help="Where the mails and the page are written.  [default: ./mentorsync-demo]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document instead of the story.")
def command(service: str, seed: int, weeks: int, out: Path, as_json: bool) -> int:
    """Live through weeks of mentoring against a sandbox of both clouds.

    Reads no configuration. Ends with 1 when something was done twice or a request broke the vendors' rules.
    """
    from service.demo import DemoOptions
    from service.wiring import run_demo

    log_to_stderr(logging.ERROR)
    span = "1 week" if weeks == 1 else f"{weeks} weeks"
    talk(f"Living through {span} of five pairs, against both clouds on this machine ...")
    report = run_demo(DemoOptions(service, seed, weeks, out), talk)
    if as_json:
        document("demo", report.document)
    else:
        _tell(report.story(), out)
    if not report.ok:
        talk("The demo is not what it should be: something was done twice, or a request broke the vendors' rules.")
        talk("See duplicates and violations with: mentorsync demo --json")
    return ExitCode.DONE if report.ok else ExitCode.OUR_BUG


def _tell(story: str, out: Path) -> None:
    say(story)
    say(f"\nEvery mail is in {out / 'mails'}, and a page of them all is {out / 'index.html'}.")
    say("What next: open that page, or run the service yourself; README.md walks you through it, beginning with:")
    say("  .venv/bin/mentorsync sandbox serve --port 8700 --until 2027-04-01T00:00Z --out sandbox")
