"""The kinds of value that a setting can have: each checks what was written or says what is wrong."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from service.settings_checks import is_loopback
from service.settings_sources import Given, SettingsError

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"
PROVIDERS = ("microsoft", "google")
LONGEST_POLL_MINUTES = 24 * 60
HIGHEST_LIMIT = 1_000_000
LONGEST_ANSWER = 120
LAST_PORT = 65535
# One mailbox, not the grammar of RFC 5322: the provider knows whether it exists.
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_DOMAIN = re.compile(r"(?!-)[^@\s<>,;*/.]+(\.[^@\s<>,;*/.]+)+")


def sqlite_path(url: str) -> Path:
    """Return the path that an SQLite URL names: `sqlite:///a.db` is relative, `sqlite:////a.db` absolute.

    SettingsError for any other kind of URL.
    """
    if not url.startswith(SQLITE) or url == SQLITE:
        raise SettingsError(
            "The store's URL does not name an SQLite file.", f"Write {SQLITE}mentorsync.db or another file."
        )
    return Path(url.removeprefix(SQLITE))


def _text(given: Given) -> str:
    if not isinstance(given.value, str):
        raise SettingsError(f"{given.origin} must be text.", "Put its value into double quotes.")
    if not given.value.strip():
        raise SettingsError(f"{given.origin} is empty.", "Give it a value or leave it out.")
    return given.value.strip()


def _path(given: Given) -> Path:
    return (given.folder / Path(_text(given)).expanduser()).absolute()


def _store_url(given: Given) -> str:
    text = _text(given)
    if text.startswith(SQLITE) and text != SQLITE:
        return f"{SQLITE}{(given.folder / sqlite_path(text)).absolute()}"
    if not text.startswith(POSTGRESQL):
        raise SettingsError(
            f"{given.origin} must be an sqlite or postgresql URL.",
            f"Write for example {SQLITE}mentorsync.db.",
        )
    _refuse_password(_split(given, text), given, "PostgreSQL's own password file")
    return text


def _url(given: Given) -> str:
    text = _text(given)
    parts = _split(given, text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"{given.origin} must be a web address.", "Write one that begins with https://.")
    _refuse_password(parts, given, "a secret file")
    if parts.scheme == "http" and not is_loopback(text):
        problem = f"{given.origin} would send credentials unencrypted to another machine."
        raise SettingsError(problem, "Write it with https://; plain http is for loopback alone.")
    return text


def _public_url(given: Given) -> str:
    text = _text(given)
    parts = _split(given, text)
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(text))):
        problem = f"{given.origin} must be a web address that begins with https://."
        raise SettingsError(problem, "Write the address under which a TLS proxy reaches this daemon.")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise SettingsError(f"{given.origin} must be a host with at most a path.", "Take everything else out of it.")
    return text.rstrip("/")


def _listen(given: Given) -> str:
    text = _text(given)
    host, _, port = text.rpartition(":")
    if not _is_own_address(host) or not re.fullmatch(r"[1-9][0-9]{0,4}", port) or int(port) > LAST_PORT:
        problem = f"{given.origin} must be an address of this machine and a port."
        raise SettingsError(problem, "Write 127.0.0.1:8765 if you have no reason for another.")
    return text


def _listen_on_loopback(given: Given) -> str:
    text = _listen(given)
    if not is_loopback(f"http://{text}"):
        problem = f"{given.origin} must be an address of loopback: whoever reaches it sees the numbers."
        raise SettingsError(problem, "Write 127.0.0.1:9464 and let a collector on this machine read it.")
    return text


def _is_own_address(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.removeprefix("[").removesuffix("]")) is not None
    except ValueError:
        return False


def _proxy(given: Given) -> str:
    text = _text(given)
    parts = _split(given, text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            f"{given.origin} must be the address of a proxy.",
            "Write for example http://proxy.example.org:3128.",
        )
    _refuse_password(parts, given, "a proxy that knows this machine by its address")
    return text


def _split(given: Given, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise SettingsError(f"{given.origin} is not a valid address.", "Correct its host and port.") from None
    return parts


def _refuse_password(parts: SplitResult, given: Given, instead: str) -> None:
    if parts.password is not None:
        raise SettingsError(
            f"{given.origin} holds a password.",
            f"Take it out and use {instead}; secrets stand in files only.",
        )


def _clock(given: Given) -> str:
    text = _text(given)
    if text == "system" or (text.startswith("http://") and is_loopback(text)):
        return text
    remedy = 'Write "system", or the URL that a sandbox printed for its clock.'
    raise SettingsError(f"{given.origin} must be the system's clock or one on this machine.", remedy)


def _provider(given: Given) -> str:
    text = _text(given)
    if text not in PROVIDERS:
        raise SettingsError(f"{given.origin} must be a provider that is known here.", "Write microsoft or google.")
    return text


def _address(given: Given) -> str:
    text = _text(given)
    if not _ADDRESS.fullmatch(text):
        raise SettingsError(f"{given.origin} must be one mail address.", "Write for example mentoring@example.org.")
    return text


def _lower_address(given: Given) -> str:
    return _address(given).lower()


def _poll_minutes(given: Given) -> int:
    value = _whole(given)
    if value is None or not 1 <= value <= LONGEST_POLL_MINUTES:
        problem = f"{given.origin} must be a whole number of minutes from 1 to {LONGEST_POLL_MINUTES}."
        raise SettingsError(problem, "Write 5 if you have no reason for another.")
    return value


def _limit(given: Given) -> int:
    value = _whole(given)
    if value is None or not 0 <= value <= HIGHEST_LIMIT:
        problem = f"{given.origin} must be a whole number from 0 to {HIGHEST_LIMIT}."
        raise SettingsError(problem, "Write 0 for no limit.")
    return value


def _answer_seconds(given: Given) -> int:
    value = _whole(given)
    if value is None or not 1 <= value <= LONGEST_ANSWER:
        problem = f"{given.origin} must be a whole number from 1 to {LONGEST_ANSWER}."
        raise SettingsError(problem, "Write 60; what takes longer is given up and looked up.")
    return value


def _whole(given: Given) -> int | None:
    """Return a whole number; the environment can only say it in digits."""
    value = given.value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value.strip()):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _allow(given: Given) -> tuple[str, ...]:
    """Return addresses and domains in lower case; the environment separates them by commas."""
    value = given.value
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        problem = f"{given.origin} must be a list of addresses and domains."
        raise SettingsError(problem, 'Write for example ["example.org", "ann@example.net"].')
    items = tuple(item.strip().lower().removeprefix("@") for item in listed)
    for place, item in enumerate(items, 1):
        if not _ADDRESS.fullmatch(item) and not _DOMAIN.fullmatch(item):
            problem = f"{given.origin} holds, in place {place}, neither an address nor a domain."
            raise SettingsError(problem, 'Write for example ["example.org", "ann@example.net"].')
    if not items:
        # An empty list could mean nobody or everybody, and one of the two would be a surprise.
        raise SettingsError(
            f"{given.origin} is empty.", "Name whom mail may reach, or leave it out to reach everybody."
        )
    return items


def _switch(given: Given) -> bool:
    """Return true or false; the environment can only say it in a word."""
    value = {"true": True, "false": False}.get(str(given.value).strip().lower())
    if value is None:
        raise SettingsError(f"{given.origin} must be true or false.", "Write true or false without quotes.")
    return value


CONVERTERS: Mapping[str, Callable[[Given], object]] = {
    "store.url": _store_url,
    "store.keys_url": _store_url,
    "store.master_key_file": _path,
    "service.address": _address,
    "service.provider": _provider,
    "service.clock": _clock,
    "service.poll_minutes": _poll_minutes,
    "service.programme": _text,
    "service.plus_addresses": _switch,
    "microsoft.base_url": _url,
    "microsoft.authority": _url,
    "microsoft.tenant_id": _text,
    "microsoft.client_id": _text,
    "microsoft.client_secret_file": _path,
    "microsoft.certificate_file": _path,
    "microsoft.token_file": _path,
    "microsoft.outside_mailbox": _lower_address,
    "google.outside_mailbox": _lower_address,
    "google.root_url": _url,
    "google.service_account_file": _path,
    "google.oauth_client_file": _path,
    "google.token_file": _path,
    "transport.proxy": _proxy,
    "transport.ca_file": _path,
    "transport.answer_seconds": _answer_seconds,
    "push.public_url": _public_url,
    "push.listen": _listen,
    "health.listen": _listen_on_loopback,
    "rails.allow": _allow,
    "rails.mails_per_person_per_day": _limit,
    "rails.mails_per_person_per_week": _limit,
    "rails.mails_per_minute": _limit,
    "rails.mails_per_day": _limit,
    "rails.new_pairs_per_day": _limit,
}
