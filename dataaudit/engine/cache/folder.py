"""Where the cache lies: a folder of the user's own, never one that a data repository could name or fill."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME: Final = "dataaudit"
ENTRIES: Final = "entries"
PRUNED: Final = "pruned"
STAMPS: Final = "stamps"
_ENTRY: Final = re.compile(r"(?:[0-9a-f]+-[0-9a-f]{32}\.(?:looked|measured|judged)|stamps)(?:\.[a-z0-9_]+\.tmp)?")
_TAG: Final = "CACHEDIR.TAG"
# The signature is the one that tools for backups look for: bford.info/cachedir
_TAGGED: Final = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of dataaudit; `dataaudit clean` removes it.\n"
)


class Cleaned(NamedTuple):
    """What was removed: entries, and their bytes."""

    folder: Path
    entries: int
    bytes: int


def cache_folder(
    given: Path | None = None, *, off: bool = False, environ: Mapping[str, str] | None = None
) -> Path | None:
    """The folder of the cache, as asked for or by the system's custom; None where there is to be none.

    given: the flag `--cache-dir`. off: the flag `--no-cache`. A place by custom that cannot be used (no home, a
    read-only one, another user's) is as none; one that was asked for is an error when it is used. Nothing is made yet.
    """
    if off:
        return None
    if given is not None:
        return given.absolute()
    usual = usual_folder(os.environ if environ is None else environ)
    return usual if usual is not None and _can_be_used(usual) else None


def _can_be_used(folder: Path) -> bool:
    if not folder.exists():
        above = next((place for place in folder.parents if place.exists()), folder)
        return above.is_dir() and os.access(above, os.W_OK | os.X_OK)
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and all(map(_ours, _places(folder)))


def _places(folder: Path) -> list[Path]:
    return [place for place in (folder, folder / ENTRIES) if place.exists()]


def usual_folder(environ: Mapping[str, str]) -> Path | None:
    """Where caches of a user are by custom; None where the environment names no such place.

    Source: the XDG base directory specification; the known folders of Windows, the file system basics of macOS.
    """
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
        return Path(base) / _NAME / "cache" if base else None
    own = environ.get("XDG_CACHE_HOME", "")
    if own and Path(own).is_absolute():
        return Path(own) / _NAME
    home = environ.get("HOME", "")
    if not Path(home).is_absolute():
        return None
    return Path(home).joinpath(*(("Library", "Caches") if sys.platform == "darwin" else (".cache",)), _NAME)


def prepared(folder: Path) -> Path:
    """The folder, made where it is missing, for its owner alone.

    Raises:
        UsageError: it cannot be made or written, or other users could put entries into it.
    """
    entries = folder / ENTRIES
    try:
        entries.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / _TAG).exists():
            # The folders above are the system's affair, these two are ours.
            folder.chmod(0o700)
            (folder / _TAG).write_text(_TAGGED, encoding="ascii")
    except OSError as error:
        hint = "give another with --cache-dir, or --no-cache"
        raise UsageError(f"the cache cannot be kept there: {error.strerror}", path=str(folder), hint=hint) from error
    for place in _places(folder):
        if not _ours(place):
            raise UsageError("the cache folder can be written by others", path=str(place), hint="chmod go-w it")
    return folder


def _ours(folder: Path) -> bool:
    if os.name != "posix":
        return True
    status = folder.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def entries_of(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The entries of a cache, and what interrupted writes left of some. Nothing else in the folder is touched."""
    try:
        with os.scandir(folder / ENTRIES) as found:
            yield from (entry for entry in found if _ENTRY.fullmatch(entry.name))
    except FileNotFoundError:
        return


def clean(folder: Path) -> Cleaned:
    """Remove all entries.

    Raises:
        UsageError: an entry cannot be removed.
    """
    removed = size = 0
    try:
        for entry in list(entries_of(folder)):
            size += entry.stat().st_size
            Path(entry.path).unlink(missing_ok=True)
            removed += 1
        (folder / ENTRIES / PRUNED).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be removed: {error.strerror}", path=str(folder)) from error
    return Cleaned(folder, removed, size)
