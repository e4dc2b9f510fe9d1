"""What the administrator decides: read once from file, environment and flags, checked, then frozen."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from domain.rails import Rails
from service.secret_files import check_secret_files, trusted_owners
from service.settings_checks import check_master_key, check_test_only_settings, is_loopback
from service.settings_sources import Given, SettingsError, Sources, gather, variable_for
from service.settings_values import CONVERTERS, sqlite_path

__all__ = [
    "Google",
    "Health",
    "Microsoft",
    "Provider",
    "Push",
    "RailSettings",
    "Service",
    "Settings",
    "SettingsError",
    "Store",
    "Transport",
    "load_settings",
    "sqlite_path",
]

Provider = Literal["microsoft", "google"]


@dataclass(frozen=True, slots=True)
class Store:
    """Where events and keys are kept. URLs are absolute; `sqlite_path` turns one into a path."""

    master_key_file: Path
    url: str
    keys_url: str


@dataclass(frozen=True, slots=True)
class Service:
    """Who the service is: its own mailbox, at which cloud, and how it keeps time.

    `clock` is "system" or the URL of a sandbox's clock; a mailbox or calendar is polled every `poll_minutes`. With
    `plus_addresses` each mail is answered at an address of its own ("mentoring+…@"), for which the provider must take
    such addresses; without it conversations are found by threads alone.
    """

    address: str
    provider: Provider
    clock: str = "system"
    poll_minutes: int = 5
    programme: str = "Mentoring programme"
    plus_addresses: bool = True


@dataclass(frozen=True, slots=True)
class Microsoft:
    """How Microsoft Graph is reached, and the one credential for it. Files are absolute and hold secrets.

    `outside_mailbox` is the address of one that must not be readable, with which the doctor tries.
    """

    base_url: str = "https://graph.microsoft.com/v1.0"
    authority: str = "https://login.microsoftonline.com"
    tenant_id: str | None = None
    client_id: str | None = None
    client_secret_file: Path | None = None
    certificate_file: Path | None = None
    token_file: Path | None = None
    outside_mailbox: str | None = None


@dataclass(frozen=True, slots=True)
class Google:
    """How Google is reached, and the one credential for it; no `root_url` means each API's public host.

    `outside_mailbox` as for Microsoft.
    """

    root_url: str | None = None
    service_account_file: Path | None = None
    oauth_client_file: Path | None = None
    token_file: Path | None = None
    outside_mailbox: str | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """How requests leave this machine: a proxy, a file of certificate authorities in PEM, and how long an answer may
    take.
    """

    proxy: str | None = None
    ca_file: Path | None = None
    answer_seconds: int = 60


@dataclass(frozen=True, slots=True)
class Push:
    """Where providers' hints reach the daemon: the public https address of a proxy, and where the proxy finds us.

    `listen` is an address of this machine and a port, loopback unless the proxy is elsewhere: it is plain HTTP.
    """

    public_url: str
    listen: str = "127.0.0.1:8765"


@dataclass(frozen=True, slots=True)
class Health:
    """Where the daemon says whether it is alive and ready, and its numbers: an address of loopback and a port."""

    listen: str = "127.0.0.1:9464"


@dataclass(frozen=True, slots=True)
class RailSettings(Rails):
    """See Rails; without a setting everybody may be reached, and these limits hold."""

    mails_per_person_per_day: int = 20
    mails_per_minute: int = 30
    mails_per_day: int = 2000


@dataclass(frozen=True, slots=True)
class Settings:
    """All of the configuration. It names secret files and never holds what is in them."""

    store: Store
    service: Service
    microsoft: Microsoft | None
    google: Google | None
    transport: Transport
    push: Push | None = None
    rails: Rails = RailSettings()
    health: Health | None = None

    @property
    def base_urls(self) -> tuple[str | None, ...]:
        """The base URL of each configured provider, None for a provider's public hosts."""
        microsoft = (self.microsoft.base_url,) if self.microsoft else ()
        return microsoft + ((self.google.root_url,) if self.google else ())

    @property
    def loopback(self) -> bool:
        """Whether every configured provider is on this machine, so that nothing can leave it."""
        return all(is_loopback(url) for url in self.base_urls)


_SECTIONS: dict[str, type] = {
    "store": Store,
    "service": Service,
    "microsoft": Microsoft,
    "google": Google,
    "transport": Transport,
    "push": Push,
    "rails": RailSettings,
    "health": Health,
}
_KNOWN = {name: tuple(field.name for field in fields(section)) for name, section in _SECTIONS.items()}
_STORE_DEFAULTS = {"store.url": "sqlite:///mentorsync.db", "store.keys_url": "sqlite:///mentorsync-keys.db"}
_CREDENTIALS = {
    "microsoft": ("client_secret_file", "certificate_file", "token_file"),
    "google": ("service_account_file", "oauth_client_file", "token_file"),
}


def load_settings(path: Path | None, environ: Mapping[str, str], overrides: Mapping[str, str]) -> Settings:
    """Return the settings of file < environment < flags (`overrides`, by dotted name such as `store.url`).

    Relative paths in the file start from the file's folder, all others from the current one. SettingsError says the
    first thing that is wrong: an unknown name, a value of the wrong kind, a credential that is missing, double,
    readable by others or another user's, or a setting that only a sandbox may have.
    """
    sources = gather(path, environ, overrides, _KNOWN)
    settings = Settings(
        store=Store(**_section("store", sources)),
        service=Service(**_section("service", sources)),
        microsoft=Microsoft(**_section("microsoft", sources)) if "microsoft" in sources.sections else None,
        google=Google(**_section("google", sources)) if "google" in sources.sections else None,
        transport=Transport(**_section("transport", sources)),
        push=Push(**_section("push", sources)) if "push" in sources.sections else None,
        rails=RailSettings(**_section("rails", sources)),
        health=Health(**_section("health", sources)) if "health" in sources.sections else None,
    )
    _check_provider(settings)
    for name in sorted(_CREDENTIALS.keys() & sources.sections):
        _check_credentials(name, sources)
    check_test_only_settings(_test_only(settings), settings.base_urls)
    check_secret_files(_secret_files(settings), trusted_owners(os.geteuid(), _store_file(settings)))
    check_master_key(settings.store.master_key_file)
    return settings


def _section(name: str, sources: Sources) -> dict[str, Any]:
    """Convert what is given for one section; its dataclass knows the defaults of the rest."""
    given = {key: sources.given.get(f"{name}.{key}") for key in _KNOWN[name]}
    for field in fields(_SECTIONS[name]):
        dotted = f"{name}.{field.name}"
        if given[field.name] is None and dotted in _STORE_DEFAULTS:
            given[field.name] = Given(_STORE_DEFAULTS[dotted], "The default", sources.folder)
        if given[field.name] is None and field.default is MISSING:
            raise _missing(name, field.name)
    return {key: CONVERTERS[f"{name}.{key}"](item) for key, item in given.items() if item is not None}


def _missing(section: str, key: str) -> SettingsError:
    return SettingsError(
        f"The setting [{section}] {key} is missing.",
        f"Set it in the configuration file or as {variable_for(f'{section}.{key}')}.",
    )


def _check_provider(settings: Settings) -> None:
    provider = settings.service.provider
    if getattr(settings, provider) is None:
        problem = f"The service's mailbox is at {provider}, but there is no section [{provider}]."
        raise SettingsError(problem, f"Add [{provider}] with its credential to the configuration file.")


def _check_credentials(section: str, sources: Sources) -> None:
    choices = _CREDENTIALS[section]
    chosen = [key for key in choices if f"{section}.{key}" in sources.given]
    if len(chosen) != 1:
        found = " and ".join(chosen) or "none"
        problem = f"[{section}] needs exactly one credential, and {found} {'are' if chosen else 'is'} given."
        raise SettingsError(problem, f"Give one of {', '.join(choices)}.")
    if section == "microsoft" and chosen != ["token_file"]:
        for key in ("tenant_id", "client_id"):
            if f"{section}.{key}" not in sources.given:
                raise _missing(section, key)


def _test_only(settings: Settings) -> tuple[str, ...]:
    """Name the given settings that would be dangerous anywhere but in front of a sandbox."""
    microsoft, google = settings.microsoft, settings.google
    named = {
        "[microsoft] token_file": microsoft is not None and microsoft.token_file is not None,
        "[google] token_file": google is not None and google.token_file is not None,
        "[service] clock": settings.service.clock != "system",
        "[push] public_url": settings.push is not None and is_loopback(settings.push.public_url),
    }
    return tuple(name for name, given in named.items() if given)


def _store_file(settings: Settings) -> Path | None:
    return sqlite_path(settings.store.url) if settings.store.url.startswith("sqlite:") else None


def _secret_files(settings: Settings) -> dict[str, Path]:
    sections = {"microsoft": settings.microsoft, "google": settings.google}
    files = {
        f"[{name}] {key}": getattr(section, key)
        for name, section in sections.items()
        if section is not None
        for key in _CREDENTIALS[name]
    }
    given = {name: file for name, file in files.items() if file is not None}
    return {"[store] master_key_file": settings.store.master_key_file, **given}
