"""The options that say what a charter says, shared by the commands that ask for one and that try another."""

from collections.abc import Callable
from typing import Any

import click

_OPTIONS: tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...] = (
    click.option("--cadence-days", type=int, help="Days from meeting to meeting."),
    click.option(
        "--rhythm",
        type=click.Choice(["days", "monthly-weekday", "monthly-date"]),
        help="Whether the cadence counts days, or months to the same weekday of the month or to the same date.",
    ),
    click.option("--slack-days", type=int, help="How far from its date a meeting may be; 0 is half the cadence."),
    click.option("--minutes", type=int, help="How long a meeting lasts."),
    click.option("--shortest-minutes", type=int, help="How short a meeting may become; 0 shortens none."),
    click.option("--venue", type=click.Choice(["online", "in-person"]), help="Where the two meet."),
    click.option("--place", help="Where that is in person."),
    click.option(
        "--organiser",
        type=click.Choice(["mentor", "mentee", "service"]),
        help="In whose calendar meetings are created.",
    ),
    click.option(
        "--pins", type=click.Choice(["mentor", "mentee"]), help="Whose wall clock holds when the clocks change."
    ),
    click.option("--notice-hours", type=int, help="How long before its start a meeting may last be arranged."),
    click.option("--buffer-minutes", type=int, help="How much time stays free before and after a meeting."),
    click.option("--mentor-preferred", metavar="HOURS", help="The mentor's preferred hours, written like the hours."),
    click.option("--mentee-preferred", metavar="HOURS", help="The mentee's preferred hours."),
    click.option(
        "--stretch-minutes", type=int, help="How far outside the hours a meeting may lie when nothing else is left."
    ),
    click.option("--tentative-yields", is_flag=True, help="Use tentative time when nothing else is left."),
    click.option(
        "--agenda-lead-hours", type=int, help="How long before the start the agenda is in the mentor's inbox."
    ),
    click.option(
        "--conflict",
        type=click.Choice(["move", "skip", "shorten", "ask"]),
        help="What happens to a meeting that one of the two cannot keep.",
    ),
    click.option(
        "--quiet", metavar="TIMES", help="Hours in which no mail arrives, such as 19:00-08:00; else there are none."
    ),
    click.option(
        "--until",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        callback=lambda _ctx, _option, day: day.date() if day is not None else None,
        help="The last day of the mentoring, unless both extend it; without one it has no end.",
    ),
    click.option("--weekly-mails", type=int, help="How many mails a person gets in seven days at most; 0 is no limit."),
    click.option(
        "--references", is_flag=True, help="Let the mentee be asked how it works, for others who consider it."
    ),
)


def charter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all of them, in the order in which they stand here; what is not given is None or false."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
