"""How the importing commands show their verdicts, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.errors import ExitCode
from cli.output import document, say, table, talk

if TYPE_CHECKING:
    from service.verdicts import Imported

REMEDY = "Mend those lines and import the file again."


def show_import(
    found: Imported, command: str, dry_run: bool, as_json: bool, missing: str = "not in the list"
) -> ExitCode:
    """Print the verdict on each line and what came of it; return 3 when a line is refused, else 0."""
    if as_json:
        document(
            command,
            {"lines": found.lines, "gone": found.gone, "counts": found.counts(), "recorded": done(found, dry_run)},
        )
    else:
        _as_text(found, missing)
    if found.latin:
        talk("The file is not UTF-8; it was read as Latin-1. Look at the names.")
    talk(_outcome(found, dry_run))
    return ExitCode.REFUSED if found.refused else ExitCode.DONE


def done(found: Imported, dry_run: bool) -> bool:
    """Say whether something was written."""
    return found.recorded and not dry_run


def _as_text(found: Imported, missing: str) -> None:
    table(("LINE", "VERDICT", "WHO", "WHY"), [(v.line, v.verdict.value, v.subject, v.says) for v in found.lines])
    for address in found.gone:
        say(f"{missing}: {address}")


def _outcome(found: Imported, dry_run: bool) -> str:
    counts = ", ".join(f"{number} {verdict}" for verdict, number in found.counts().items())
    if found.refused:
        return f"Nothing was recorded: {counts}.\n{REMEDY}"
    if dry_run:
        return f"Nothing was recorded. Without --dry-run: {counts}."
    return f"{'Recorded' if found.recorded else 'Nothing was to be recorded'}: {counts}."
