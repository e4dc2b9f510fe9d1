"""Where settings are written: a TOML file, the environment, flags; the later of these wins."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from domain.errors import Misconfigured

FILE_NAME = "mentorsync.toml"
PREFIX = "MENTORSYNC_"
CONFIG_VARIABLE = "MENTORSYNC_CONFIG"

Known = Mapping[str, tuple[str, ...]]


@dataclass(eq=False)
class SettingsError(Misconfigured):
    """The administrator's move: a setting or a secret file is missing or wrong. Values are never quoted."""


@dataclass(frozen=True, slots=True)
class Given:
    """One setting as it was written: its place in words, and the folder that a relative path starts from."""

    value: object
    origin: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is written, by dotted name.

    `sections` also holds the file's empty ones; `folder` is the file's, without a file the current one.
    """

    given: Mapping[str, Given]
    sections: frozenset[str]
    folder: Path


def gather(path: Path | None, environ: Mapping[str, str], overrides: Mapping[str, str], known: Known) -> Sources:
    """Merge file, environment and flags.

    The file is `path`, else what MENTORSYNC_CONFIG names, else `mentorsync.toml` in the current folder if it exists.
    SettingsError for a named file that is absent, text that is not TOML, all that is not in `known`.
    """
    here = Path.cwd()
    file = _file(path, environ, here)
    tables = _tables(file, known) if file else {}
    folder = file.parent if file else here
    given: dict[str, Given] = {}
    if file:
        given |= {
            name: Given(value, f"{_words(name)} in '{file}'", folder) for name, value in _flat(tables, file, known)
        }
    given |= {name: Given(value, variable, here) for variable, name, value in _environment(environ, known)}
    for name, value in overrides.items():
        _check(name, f"the flag for {name}", known)
        given[name] = Given(value, f"The flag for {_words(name)}", here)
    return Sources(given, frozenset(tables) | {name.partition(".")[0] for name in given}, folder)


def configuration_file(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the file that settings are read from, see `gather`; SettingsError when there is none."""
    file = _file(path, environ, Path.cwd())
    if file is None:
        raise SettingsError("There is no configuration file.", "Write one first with: mentorsync init")
    return file


def variable_for(name: str) -> str:
    """Return the environment variable of a dotted name: `store.url` is `MENTORSYNC_STORE_URL`."""
    return PREFIX + name.replace(".", "_").upper()


def _file(path: Path | None, environ: Mapping[str, str], here: Path) -> Path | None:
    named = path or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    file = (here / (named or FILE_NAME)).absolute()
    if file.is_file():
        return file
    if named is None:
        return None
    raise SettingsError(
        f"The configuration file '{file}' does not exist.",
        f"Name an existing file by --config or {CONFIG_VARIABLE}, or start from the example configuration.",
    )


def _tables(file: Path, known: Known) -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = {}
    for section, table in _toml(file).items():
        if not isinstance(table, dict):
            raise SettingsError(
                f"'{section}' stands outside of every section of '{file}'.",
                f"Put it below one of {_listed(known)}.",
            )
        _check_section(section, f"of '{file}'", known)
        tables[section] = table
    return tables


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        problem = f"The configuration file '{file}' cannot be read: {error.strerror}."
        raise SettingsError(problem, "Let the user who runs this read it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"The configuration file '{file}' is not TOML: {_place(error)}."
        raise SettingsError(problem, "Correct that place; text values stand in double quotes.") from None


def _place(error: Exception) -> str:
    """Tell the place and never the text that stands there."""
    return str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not UTF-8"


def _flat(tables: Mapping[str, dict[str, object]], file: Path, known: Known) -> Iterator[tuple[str, object]]:
    for section, table in tables.items():
        for key, value in table.items():
            name = f"{section}.{key}"
            _check(name, f"{_words(name)} in '{file}'", known)
            yield name, value


def _environment(environ: Mapping[str, str], known: Known) -> Iterator[tuple[str, str, str]]:
    for variable in sorted(environ):
        if variable.startswith(PREFIX) and variable != CONFIG_VARIABLE:
            section, _, key = variable.removeprefix(PREFIX).lower().partition("_")
            name = f"{section}.{key}"
            _check(name, f"the variable {variable}", known)
            yield variable, name, environ[variable]


def _check(name: str, place: str, known: Known) -> None:
    section, _, key = name.partition(".")
    _check_section(section, f"for {place}", known)
    if key not in known[section]:
        raise SettingsError(f"There is no setting {place}.", _suggestion(key, section, known))


def _check_section(section: str, place: str, known: Known) -> None:
    if section in known:
        return
    near = get_close_matches(section, known, 1)
    remedy = f"Did you mean [{near[0]}]?" if near else f"The sections are {_listed(known)}."
    raise SettingsError(f"There is no section [{section}] {place}.", remedy)


def _suggestion(key: str, section: str, known: Known) -> str:
    elsewhere = [other for other, keys in known.items() if key in keys]
    near = get_close_matches(key, known[section], 1)
    if near:
        return f"Did you mean {_words(f'{section}.{near[0]}')}?"
    if elsewhere:
        return f"Did you mean {_words(f'{elsewhere[0]}.{key}')}?"
    return f"[{section}] knows {', '.join(known[section])}."


def _words(name: str) -> str:
    section, _, key = name.partition(".")
    return f"[{section}] {key}"


def _listed(known: Known) -> str:
    return ", ".join(f"[{section}]" for section in known)
