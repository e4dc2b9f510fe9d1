"""Opens what a command needs; everything heavy is imported only then, so that `--help` stays light."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from domain.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.house import House
    from service.settings import Settings


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings of the configuration file that the command line or the environment names."""
    from service.settings import load_settings

    try:
        return load_settings(ctx.obj, os.environ, {})
    except Misconfigured:
        if ctx.obj is None and _nothing_is_written():
            raise Misconfigured(
                "There is no configuration: the current folder has no mentorsync.toml, and no other file is named.",
                "Name one by --config or MENTORSYNC_CONFIG, or write one with: mentorsync init",
            ) from None
        raise


def _nothing_is_written() -> bool:
    return not Path("mentorsync.toml").exists() and not any(name.startswith("MENTORSYNC_") for name in os.environ)


@contextmanager
def opened_house(ctx: click.Context, *, create: bool = False, providers: bool = False) -> Iterator[House]:
    """Open the house for a command that reads or records; `create` lets an absent store be made, and with `providers`
    the clouds can be asked.
    """
    from service.wiring import open_house

    with open_house(settings_of(ctx), create=create, providers=providers) as house:
        yield house
