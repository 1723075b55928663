"""Paths as suppressions write them: from the folder of the file that holds them, with forward slashes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_FILES = frozenset(("", "-", "<rows>"))
"""Paths of findings that name no file: the whole set, standard input, rows in memory."""


def written(path: str | None, folder: Path) -> str:
    """A path of a finding as seen from `folder`; the whole set is ""."""
    if path is None or path in NOT_FILES:
        return path or ""
    absolute = os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."
    try:
        return Path(os.path.relpath(absolute, folder.absolute())).as_posix()
    except ValueError:
        # Another drive of Windows.
        return Path(absolute).as_posix()


def real(path: str) -> str:
    """The absolute path with links of folders resolved; of a file itself they are not."""
    folder, name = os.path.split(path)
    return os.path.normpath(os.path.join(os.path.realpath(folder), name))  # noqa: PTH118  ".." may be the name


def unseen(paths: Iterable[str], folder: Path, audited: Iterable[str]) -> str | None:
    """One of the written paths whose file is still there and was not audited; None where there is none."""
    seen = {written(path, folder) for path in audited}
    for path in sorted(set(paths) - seen - NOT_FILES):
        if (folder / path).exists():
            return path
    return None


def root_of(folder: Path) -> Path | None:
    """The root of the repository that a folder lies in; None outside of one."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100  as above
    return next((place for place in (here, *here.parents) if (place / ".git").exists()), None)


def stable(path: str) -> str:
    """A path for fingerprints: the same from whatever folder the run was started, where the file is in a repository."""
    if path in NOT_FILES:
        return path
    return written(path, root_of(Path(path).parent) or Path.cwd())


def near(file: Path) -> str:
    """A path for people: from the working folder where it lies in there, else as it is."""
    whole = file.absolute()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(file)
