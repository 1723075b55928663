"""From a path, folder or glob to the names of files. Opens none of them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from dataaudit.errors import SourceError, close_match
from dataaudit.loaders.choice import FileChoice, Filter, all_left_out
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff import extension_of

# File names share their extension, so that most are alike by half.
_ALIKE: Final = 0.75


class Expanded(NamedTuple):
    """The files of a path. named: it is one file itself, not a folder or glob. left_out: places by reason."""

    path: str
    files: list[str]
    named: bool
    left_out: dict[str, list[str]]


def expand(path: str, choice: FileChoice) -> Expanded:
    """The files that a path stands for and that are wanted.

    Raises:
        SourceError: there is no such file, folder or match.
    """
    place = Path(path)
    if path == "-" or place.is_file():
        return _named(path, choice)
    if place.is_dir():
        within = choice.within(path)
        return Expanded(path, sorted(_data_files(path, within)), False, within.left_out)
    if glob.has_magic(path):
        above = _above(path)
        within = choice.within(above)
        found = glob.glob(path, recursive=True)  # noqa: PTH207  Path.glob takes no absolute patterns
        files = [file for file in sorted(found) if Path(file).is_file() and not _is_skipped(file, path)]
        kept = [file for file in files if not within.drops_file(file, above)]
        return Expanded(path, kept, False, within.left_out)
    if place.exists():
        # A pipe, such as the shell gives for <(command).
        return _named(path, choice)
    if place.is_symlink():
        raise SourceError("a link to a file that is not there", path=path, hint=f"it leads to {place.readlink()}")
    raise SourceError("no such file", path=path, hint=_suggestion(place))


def nothing_in(path: str, left_out: dict[str, list[str]]) -> SourceError:
    """The error for a folder or glob without data, or of which the settings leave nothing."""
    if (error := all_left_out(path, left_out)) is not None:
        return error
    if Path(path).is_dir():
        looked_for = ", ".join(file_names().extensions)
        hint = f"looked for {looked_for} (.json only with a list of records)"
        return SourceError("no data files in this folder", path=path, hint=hint)
    return SourceError("no file matches", path=path)


def _named(path: str, choice: FileChoice) -> Expanded:
    dropped = choice.drops_named(path)
    return Expanded(path, [] if dropped else [path], True, {"exclude": [path] if dropped else []})


def _above(pattern: str) -> str:
    """The folder that a glob starts from."""
    fixed = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return str(Path(*fixed))


def _data_files(folder: str, within: Filter) -> Iterator[str]:
    """Data files in the folder and below, and folders below that cannot be read, so that opening them says why."""
    names = file_names()
    unreadable: list[str] = []

    def failed(error: OSError) -> None:
        if Path(error.filename) == Path(folder):
            raise SourceError(f"the folder cannot be read: {error.strerror}", path=folder)
        unreadable.append(str(error.filename))

    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in names.skipped
            and not within.drops(str(Path(place, name)), folder=True)
        )
        for name in files:
            file = Path(place, name)
            # A link that leads nowhere is kept, so that opening it says so; pipes would wait for ever.
            if (
                not name.startswith(".")
                and extension_of(name) in names.extensions
                and not names.written.search(name)
                and (file.is_file() or file.is_symlink())
                and not within.drops(str(file))
            ):
                yield str(file)
    yield from unreadable


def _is_skipped(file: str, pattern: str) -> bool:
    """Whether a match of a glob is a record of fixes, or in a folder of packages or caches that it does not name."""
    if file_names().written.search(Path(file).name):
        return True
    return any(part in file_names().skipped and part not in Path(pattern).parts for part in Path(file).parts[:-1])


def _suggestion(place: Path) -> str | None:
    try:
        names = sorted(entry.name for entry in place.parent.iterdir())
    except OSError:
        return f"the folder {place.parent} is not there"
    match = close_match(place.name, names, _ALIKE)
    return f"did you mean {place.parent / match}?" if match else None
