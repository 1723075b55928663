"""How a glob of the settings (`exclude`, `per_file_ignores`) is held against a path."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def glob_matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern fits the path, or a folder above it.

    A pattern with a slash is matched with the absolute path, seen from the working folder (those of a settings file are
    absolute); one without a slash with each part of the path as given. `**/` stands for no folder too.
    """
    place = Path(absolute(path))
    return any(_fits(path, place, pattern.rstrip("/")) for pattern in patterns)


def absolute(path: str) -> str:
    """The path seen from the root, without `.` and `..`; links are not followed."""
    return os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."


def _fits(path: str, place: Path, pattern: str) -> bool:
    if "/" not in pattern:
        return any(fnmatch(part, pattern) for part in Path(path).parts)
    forms = {absolute(form) for form in (pattern, pattern.replace("**/", ""))}
    return any(fnmatch(str(part), form) for form in forms for part in (place, *place.parents))
