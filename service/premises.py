"""Where the doctor looks: the parts that the configuration names, as functions to look at them."""

import fcntl
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from service.doctor import Premises
from service.settings import Google, Microsoft, Settings
from service.wiring import check_store, open_house, store_path


def premises_of(settings: Settings) -> Premises:
    """Return the premises of one configuration."""
    sections = {"microsoft": settings.microsoft, "google": settings.google}
    return Premises(
        tuple(name for name, section in sections.items() if section is not None),
        (settings.store.master_key_file, *_secret_files(sections.values())),
        lambda: check_store(settings),
        lambda: lock_holder(settings),
        lambda providers: open_house(settings, create=False, providers=providers),
        {name: section.outside_mailbox for name, section in sections.items() if section and section.outside_mailbox},
    )


def lock_holder(settings: Settings) -> str | None:
    """Return who holds the daemon's lock, or None when it is free; a store that does not exist is held by nobody."""
    path = store_path(settings)
    try:
        file = path.with_name(f"{path.name}.lock").open(encoding="utf-8", errors="replace")
    except OSError:
        return None
    with file:
        try:
            # Shared and let go at once; a daemon that begins in this very instant is refused and may be started again.
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return file.read(400).strip() or "a daemon that has just begun"
    return None


def _secret_files(sections: Iterable[Microsoft | Google | None]) -> Iterable[Path]:
    for section in sections:
        for field in fields(section) if section is not None else ():
            value = getattr(section, field.name)
            if field.name.endswith("_file") and value is not None:
                yield value
