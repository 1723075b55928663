"""`check --watch`: runs again whenever a file changes, until it is interrupted. Polls, asks no service."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dataaudit.config import FILE_NAMES
from dataaudit.errors import DataAuditError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dataaudit.config import Loaded

_PAUSE = 0.4
# A file that is still being written changes again within this time.
_SETTLED = 0.2
_NAMED = 3

Stamps = dict[str, tuple[int, int, int]]


def watched(run: Callable[[], object], files: Callable[[], Iterable[str]], *, pause: float = _PAUSE) -> NoReturn:
    """Run, and run again whenever one of the files changes, comes or goes. Ends by KeyboardInterrupt only.

    run: reads settings and data anew every time; what is wrong with them is told, and waited for. files: the paths to
    look at, asked for at every look; those that are not there may come. pause: seconds between two looks.
    """
    from dataaudit.cli.output import say

    while True:
        seen = _stamps(files)
        try:
            run()
        except DataAuditError as error:
            say(str(error))
        say(f"watching {len(seen):,} file{'s' * (len(seen) != 1)}, Ctrl-C ends")
        changed = _changes(seen, files, pause)
        say(f"--- {time.strftime('%H:%M:%S')} {_in_words(changed)} ---")


def dependencies(paths: Sequence[str], loaded: Loaded | None) -> Iterator[str]:
    """The files that an audit of some paths depends on: data, and settings that are there or may come.

    loaded: the settings of the last run; None where they could not be read.
    """
    from dataaudit.errors import SourceError
    from dataaudit.loaders.choice import FileChoice, choice_of
    from dataaudit.loaders.walk import expand

    choice = FileChoice() if loaded is None else choice_of(loaded.settings)
    for path in paths:
        if path == "-":
            continue
        try:
            yield from expand(path, choice).files
        except SourceError:
            yield path
        folder = Path(path) if Path(path).is_dir() else Path(path).parent
        yield from (str(place / name) for place in (folder, *folder.absolute().parents) for name in FILE_NAMES)
    if loaded is not None:
        settings = loaded.settings
        beside = (settings.format_contract, settings.ignore_file, settings.baseline)
        yield from map(str, (*loaded.files, *(file for file in beside if file is not None)))
        yield from (str(file) for folder in settings.rules for file in folder.rglob("*.toml"))


def _stamps(files: Callable[[], Iterable[str]]) -> Stamps:
    stamps: Stamps = {}
    for file in files():
        try:
            status = os.stat(file)  # noqa: PTH116  a path object for each file and look would cost more than the look
        except OSError:
            continue
        stamps[file] = status.st_mtime_ns, status.st_size, status.st_ino
    return stamps


def _changes(seen: Stamps, files: Callable[[], Iterable[str]], pause: float) -> list[str]:
    """Wait for a change, and until no other follows; the files that are not as they were seen."""
    now = seen
    while now == seen:
        time.sleep(pause)
        now = _stamps(files)
    while True:
        time.sleep(_SETTLED)
        later = _stamps(files)
        if later == now:
            break
        now = later
    return sorted(file for file in now.keys() | seen.keys() if now.get(file) != seen.get(file))


def _in_words(changed: Sequence[str]) -> str:
    if not changed:
        return "changed and changed back"
    more = f" and {len(changed) - _NAMED:,} more" if len(changed) > _NAMED else ""
    return f"changed: {', '.join(changed[:_NAMED])}{more}"
