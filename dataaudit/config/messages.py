"""What is wrong with a settings file or an override, in words; and the line of the file that it stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataaudit.config.settings import Settings
from dataaudit.errors import close_match
from dataaudit.project import Project
from dataaudit.values import fields_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

_PLAIN = {
    "tuple_type": "should be a list",
    "dict_type": "should be a table",
    "dataclass_type": "should be a table",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "path_type": "should be a path",
    "string_type": "should be text",
    "string_too_short": "should not be empty",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
}

# What a wrong range of `figures` is told by; a range is the one list of a fixed length.
_RANGE = {"tuple_type", "missing", "too_long", "float_type"}
_RANGES = "figures"

_HEAD = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def words(error: ValidationError) -> tuple[str, str | None, tuple[str, ...]]:
    """What is wrong with the first bad value, a hint, and the keys that lead to it."""
    first = error.errors(include_url=False)[0]
    kind, place = first["type"], first["loc"]
    keys = tuple(str(part) for part in place if not isinstance(part, int))
    if kind == "unexpected_keyword_argument":
        return (*_unknown(keys[-1], inside_project=len(place) > 1), keys)
    key = ".".join(keys)
    if place[0] == _RANGES and len(place) > 1 and kind in _RANGE:
        return f"{key}: should be two numbers, for example [3, 5]", None, keys
    entry = f"entry {place[-1] + 1} " if isinstance(place[-1], int) else ""
    said = _PLAIN.get(kind) or first["msg"].replace("Input should", "should").removeprefix("Value error, ")
    return f"{key}: {entry}{said}", None, keys


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line, from 1, on which the longest part of a path of keys stands in a TOML text; None where it is not seen.

    Dashes count as underscores. Looks at heads of tables and at the starts of lines only: enough to point at a line.
    """
    best: tuple[int, int | None] = (0, None)
    table: list[str] = []
    wanted = [key.replace("-", "_") for key in keys]
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _HEAD.match(line):
            table = seen = _parts(head[1])
        elif key := _KEY.match(line):
            seen = [*table, *_parts(key[1])]
        else:
            continue
        shared = min(len(seen), len(wanted))
        shared = shared if seen[:shared] == wanted[:shared] else 0
        if shared > best[0]:
            best = (shared, number)
    return best[1]


def _parts(key: str) -> list[str]:
    return [part.strip("\"'").replace("-", "_") for part in _PART.findall(key)]


def _unknown(key: str, *, inside_project: bool) -> tuple[str, str]:
    if key == "tool" and not inside_project:
        said = "the table [tool.dataaudit] belongs in pyproject.toml only"
        return said, "here its keys stand at the top, and its tables as [severity]"
    known = [entry.name for entry in fields_of(Project if inside_project else Settings)]
    near = close_match(key.replace("-", "_"), known)
    hint = f"did you mean {near}?" if near else f"known keys: {', '.join(known)}"
    return f"unknown key {key!r}{' in [project]' if inside_project else ''}", hint
