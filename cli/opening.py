"""Opens what a command needs; everything heavy is imported only then, so that `--help` stays light."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.house import House
    from service.settings import Settings


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings of the configuration file that the command line or the environment names."""
    from service.settings import load_settings

    return load_settings(ctx.obj, os.environ, {})


@contextmanager
def opened_house(ctx: click.Context, *, create: bool = False) -> Iterator[House]:
    """Open the house without providers, for a command that reads or records; `create` lets an absent store be made."""
    from service.wiring import open_house

    with open_house(settings_of(ctx), create=create, providers=False) as house:
        yield house
