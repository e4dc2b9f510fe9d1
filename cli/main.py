"""The `mentorsync` command: finds the subcommand, runs it, turns whatever goes wrong into an exit code."""

import gc
import sys
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from cli.errors import ExitCode, exit_code, sentences
from domain.errors import MentorsyncError

# The short helps stand here so that `--help` imports no command: some of them cost a second to import.
COMMANDS = {
    "demo": "Live through weeks of mentoring against a sandbox of both clouds.",
    "init": "Write a first configuration and a master key.",
    "connect": "Connect a provider: say what it asks for, try it, write it down.",
    "daemon": "Run the service: read, plan, send, until it is told to stop.",
    "alive": "Ask the running daemon whether it is alive.",
    "sandbox": "Serve both clouds on this machine, to try mentorsync without either.",
    "doctor": "Check store, credentials and providers, and say how to mend what is wrong.",
    "status": "Show what is due, what waits and what needs a person.",
    "plan": "Show what will happen in a relationship, and when.",
    "slots": "Show the times at which two people could meet next, and why there are no others.",
    "health": "Show what strains a relationship, as facts of both.",
    "history": "Show everything that happened in a relationship.",
    "why": "Explain why something was sent, booked or left out.",
    "as-of": "Show a relationship as it was known on an earlier day.",
    "what-if": "Show what would have been under another charter.",
    "outbox": "Show what is about to leave the house, and settle what is in doubt.",
    "parked": "Show what was set aside, have it read once more, or let it go.",
    "preview": "Write a mail into files as it would leave now, and send nothing.",
    "inspect": "Say what the program makes of files, without store or configuration.",
    "people": "Import lists of people, or make them what is registered.",
    "person": "Add, change, list and show people.",
    "export": "Write everything that is a person's own into files.",
    "forget": "Forget a person for good, and certify what was destroyed.",
    "pause": "Stop everything for a person, a pair or the whole programme.",
    "resume": "Go on for a person, a pair or the whole programme.",
    "relationship": "Request, list and show relationships.",
    "tz": "Look after new rules of time zones.",
    "go-live": "Allow mail and calendar writes to leave this machine.",
    "kill-switch": "Stop all that leaves at once, or say whether it is stopped.",
    "backup": "Copy the store and its keys while the daemon works.",
    "restore": "Bring a backup back where there is no store; it is paused.",
    "keys": "Change the master key.",
    "verify": "Tell every stream again and compare it with what the store shows.",
    "db": "Migrate and check the store.",
}


class CommandTable(click.Group):
    """A group that imports a subcommand's module, `cli.commands.NAME`, only when that subcommand is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand, None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cli.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; a name that is almost one of the table is answered with that one."""
        near = get_close_matches(args[0], COMMANDS, 1) if args and args[0] not in COMMANDS else []
        if near and not args[0].startswith("-"):
            ctx.fail(f"There is no command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of subcommands from the short helps alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"mentorsync {version('mentorsync')}")
        ctx.exit()


@click.group(
    cls=CommandTable,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 a bug, 2 usage, 3 refused, 4 not found, 5 configuration or credentials, "
    "6 try later, 10 store missing, 11 store locked, 13 store of a newer program, 130 interrupted.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="The configuration file; else what MENTORSYNC_CONFIG names, else ./mentorsync.toml.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
@click.pass_context
def command(ctx: click.Context, config: Path | None) -> None:
    """Keep the promise of a mentoring relationship over the calendars and mailboxes people already have."""
    ctx.obj = config


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: the command's own when it returns a number, else 0.

    A bug of ours leaves as the exception that it is, so that Python prints the traceback and ends with 1.
    """
    # A command makes many small values that live to its end; looking for garbage among them so often finds none.
    gc.set_threshold(10_000, 20, 20)
    try:
        result = command.main(arguments, prog_name="mentorsync", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        print("Interrupted.\nRun the command again to go on.", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except MentorsyncError as error:
        print(sentences(error), file=sys.stderr)
        return exit_code(error)
    return result if isinstance(result, int) else ExitCode.DONE
