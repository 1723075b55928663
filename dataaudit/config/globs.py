"""How a glob of the settings (`exclude`, `per_file_ignores`) is held against a path."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT = "!"
# Far more than anyone writes; groups beside each other multiply.
_MOST_FORMS = 1000


def glob_matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern fits the path, or a folder above it.

    A pattern with a slash is matched with the absolute path, seen from the working folder (those of a settings file are
    absolute); one without a slash with each part of the path as given. `**/` stands for no folder too, and `{csv,tsv}`
    for one of the words.

    Raises:
        UsageError: the braces of a pattern stand for too many.
    """
    place = Path(absolute(path))
    return any(_fits(path, place, form.rstrip("/")) for pattern in patterns for form in unbraced(pattern))


def is_silent_in(path: str, pattern: str) -> bool:
    """Whether a pattern of `per_file_ignores` is about a file; one that begins with `!` is about all others."""
    inverted = pattern.startswith(NOT)
    return glob_matches(path, (pattern.removeprefix(NOT),)) != inverted


@lru_cache(maxsize=1024)
def unbraced(pattern: str) -> tuple[str, ...]:
    """The patterns that one with braces stands for; braces that hold no comma or are never closed stay as they are.

    Raises:
        UsageError: they are too many.
    """
    done, waiting = [], [pattern]
    while waiting:
        form = waiting.pop()
        group = _group(form)
        if group is None:
            done.append(form)
        else:
            start, end = group
            waiting += [form[:start] + word + form[end + 1 :] for word in parts_of(form[start + 1 : end])[::-1]]
        if len(done) + len(waiting) > _MOST_FORMS:
            raise UsageError(f"the braces of {pattern!r} stand for too many globs", hint="use more globs, or a *")
    return tuple(dict.fromkeys(done))


def parts_of(text: str) -> list[str]:
    """The parts between commas; those inside braces do not part."""
    parts, depth, start = [], 0, 0
    closings = text.count("}")
    for place, char in enumerate(text):
        if char == "{" and closings:
            depth += 1
        elif char == "}":
            closings -= 1
            depth = max(0, depth - 1)
        elif char == "," and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _group(form: str) -> tuple[int, int] | None:
    """The first outermost pair of braces with a comma in it."""
    depth, start = 0, 0
    for place, char in enumerate(form):
        if char == "{":
            depth, start = depth + 1, start if depth else place
        elif char == "}" and depth:
            depth -= 1
            if not depth and len(parts_of(form[start + 1 : place])) > 1:
                return start, place
    return None


def absolute(path: str) -> str:
    """The path seen from the root, without `.` and `..`; links are not followed."""
    return os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."


def _fits(path: str, place: Path, pattern: str) -> bool:
    if "/" not in pattern:
        return any(fnmatch(part, pattern) for part in Path(path).parts)
    forms = {absolute(form) for form in (pattern, pattern.replace("**/", ""))}
    return any(fnmatch(str(part), form) for form in forms for part in (place, *place.parents))
