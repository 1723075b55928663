"""The words of the record shapes, read from rules/shapes/roles.toml. What is demanded of roles is not known here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from dataaudit._resources import rules_folder

INNER = ("system", "user", "assistant", "tool")
"""The inner names of roles."""


@dataclass(frozen=True, slots=True)
class Words:
    """roles: table name -> written role -> inner role. parts: content part type -> what it holds.

    not_graded: top-level keys that are no reference for a grader. containers, role_keys, content_keys: names that
    conversations and their messages have besides the usual ones, the usual one first.
    """

    roles: dict[str, dict[str, str]]
    parts: dict[str, str]
    not_graded: frozenset[str]
    containers: tuple[str, ...]
    role_keys: tuple[str, ...]
    content_keys: tuple[str, ...]


@cache
def words() -> Words:
    """The tables of roles.toml; read once a process."""
    data: dict[str, Any] = tomllib.loads((rules_folder() / "shapes" / "roles.toml").read_text(encoding="utf-8"))
    return Words(
        roles={table: _inverted(entry, INNER) for table, entry in data["roles"].items()},
        parts=_inverted(data["parts"], tuple(key for key, value in data["parts"].items() if isinstance(value, list))),
        not_graded=frozenset(data["reinforcement"]["not_graded"]),
        containers=tuple(data["containers"]["names"]),
        role_keys=tuple(data["containers"]["role"]),
        content_keys=tuple(data["containers"]["content"]),
    )


def _inverted(entry: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    return {word: key for key in keys for word in entry[key]}
