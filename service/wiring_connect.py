"""The composition root of connecting: a provider without a store, tried out before anything is written down."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from adapters.new_files import replace_text, write_new
from adapters.transport import Transport
from domain.errors import Misconfigured
from domain.interval import Interval
from domain.rails import HOUR
from service.connecting import Look, Tried, tried, with_settings
from service.settings import Settings, load_settings
from service.wiring import clock_of, provider_ports


def connect(
    file: Path, provider: str, given: Mapping[str, str], account: str | None, environ: Mapping[str, str], write: bool
) -> Tried:
    """Try a provider with the settings of the file and those that are given, and with `write` keep them there.

    Nothing is written unless the provider lets the service in. What is read is a calendar (the service's own, or that
    of `account`), and the service's inbox where it is at that provider. Raises what settings and adapters raise.
    """
    text = file.read_text("utf-8")
    changed = with_settings(text, provider, given) if given else text
    trial = file.with_name(f".{file.name}.{os.getpid()}")
    write_new(trial, changed, 0o600)
    try:
        found = _try(load_settings(trial, environ, {}), provider, account)
    finally:
        trial.unlink()
    if write and changed != text:
        replace_text(file, changed)
    return found


def _try(settings: Settings, provider: str, account: str | None) -> Tried:
    own = settings.service.address if settings.service.provider == provider else None
    whose = account or own
    if whose is None:
        raise Misconfigured(
            f"The service's mailbox is not at {provider}, so it is not known whose calendar to try.",
            "Give somebody's address there with --account.",
        )
    with ExitStack() as stack:
        way = settings.transport
        # Never live: whatever happens here, nothing can be written.
        transport = stack.enter_context(Transport(way.proxy, way.ca_file, lambda: False, stopped=lambda: True))
        clock = clock_of(settings, stack)
        calendar, mailbox, _ = provider_ports(settings, provider, transport, clock, {whose, own}.__contains__)
        now = clock.now()
        whose_words = "the service's calendar" if whose == own else "the calendar of that account"
        looks: dict[str, Look] = {whose_words: lambda: calendar.busy(whose, Interval(now, now + HOUR))}
        if own is not None:
            looks["the service's inbox"] = lambda: mailbox.arrivals(own, None)
        return tried(looks)
