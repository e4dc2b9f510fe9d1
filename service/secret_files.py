"""Whose the secret files are: root's or the service's user's, readable by their owner alone, and not to be exchanged.

Whoever may write to a folder can put another file in the place of the one that stands there, so the folders count too.
"""

import grp
import os
import pwd
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.settings_sources import SettingsError

ROOT = 0
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def trusted_owners(runs_as: int, store: Path | None) -> frozenset[int]:
    """Return the users (uid) whose secret files are believed: root, and who runs this.

    Root runs commands for the service's user too, which is then known by its store.
    """
    beside = next((path for path in (store, store.parent) if path.exists()), None) if store else None
    service = {beside.stat().st_uid} if beside is not None and runs_as == ROOT else set()
    return frozenset({ROOT, runs_as, *service})


def check_secret_files(files: Mapping[str, Path], owners: frozenset[int]) -> None:
    """Refuse a secret file that is absent, somebody else's or readable by others, or that others could exchange.

    `files` by the name of their setting. SettingsError says the first thing that is wrong.
    """
    for name, file in files.items():
        _check_file(name, file, owners)
        _check_folders(name, file, owners)


def _check_file(name: str, file: Path, owners: frozenset[int]) -> None:
    try:
        found = file.stat()
    except OSError:
        problem = f"The file '{file}' of {name} does not exist or cannot be reached."
        raise SettingsError(problem, f"Put the secret there or correct {name}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise SettingsError(f"'{file}' of {name} is not a file.", f"Correct {name}.")
    if found.st_uid not in owners:
        problem = (
            f"The secret file '{file}' of {name} belongs to {_user(found.st_uid)}, not to root or the service's user."
        )
        raise SettingsError(problem, f"If it is the right one, run: chown {_user(max(owners))} '{file}'")
    if found.st_mode & OTHERS:
        problem = f"The secret file '{file}' of {name} can be read by others than its owner."
        raise SettingsError(problem, f"Run: chmod 600 '{file}'")


def _check_folders(name: str, file: Path, owners: frozenset[int]) -> None:
    """Look at the folders that hold the file, and its link if it is one, and at all above them.

    Of those above only what they allow counts: in a container or a namespace they may seem to be nobody's.
    """
    for holder in dict.fromkeys((file.absolute().parent, file.resolve().parent)):
        uid = holder.stat().st_uid
        if uid not in owners:
            problem = (
                f"The folder '{holder}' of the secret file of {name} belongs to {_user(uid)}, who can exchange it."
            )
            raise SettingsError(problem, f"Move the file, or run: chown {_user(max(owners))} '{holder}'")
    for folder in _above(file):
        if open_to_others(folder.stat()):
            problem = f"Others can write to the folder '{folder}', so the secret file of {name} can be exchanged."
            raise SettingsError(problem, f"Run: chmod go-w '{folder}'")


def _above(file: Path) -> Iterator[Path]:
    return iter(dict.fromkeys((*file.absolute().parents, *file.resolve().parents)))


def open_to_others(found: os.stat_result) -> bool:
    """Say whether somebody else may exchange what lies in a folder.

    In a folder with the sticky bit only owners may remove (unlink(2), EPERM), and a group that is its owner alone, as
    many systems make one for each user, is nobody else.
    """
    if found.st_mode & stat.S_ISVTX:
        return False
    by_group = found.st_mode & stat.S_IWGRP and not _alone(found.st_gid, found.st_uid)
    return bool(found.st_mode & stat.S_IWOTH or by_group)


def _alone(group: int, user: int) -> bool:
    try:
        entry, owner = grp.getgrgid(group), pwd.getpwuid(user)
    except KeyError:
        return False
    return owner.pw_gid == group and entry.gr_name == owner.pw_name and set(entry.gr_mem) <= {owner.pw_name}


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
