"""The words of the record shapes, read from rules/shapes/roles.toml. What is demanded of roles is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dataaudit._resources import rule_data

INNER = ("system", "user", "assistant", "tool")
"""The inner names of roles."""


class Listed(NamedTuple):
    """What a field beside the messages lists: the kind of its files, and the mark of one of them in the text."""

    medium: str
    mark: str


@dataclass(frozen=True, slots=True)
class MediaWords:
    """How media is written; see the comments of roles.toml. listed: fields beside the messages that list files."""

    self_named: frozenset[str]
    address: frozenset[str]
    inline: frozenset[str]
    type: frozenset[str]
    schemes: dict[str, str]
    endings: frozenset[str]
    listed: dict[str, Listed]


@dataclass(frozen=True, slots=True)
class Words:
    """roles: table name -> written role -> inner role. parts: content part type -> what it holds.

    not_graded: top-level keys that are no reference for a grader; answers: keys that are always one. containers,
    role_keys, content_keys: names that conversations and their messages have besides the usual ones, the usual first.
    """

    roles: dict[str, dict[str, str]]
    parts: dict[str, str]
    media: MediaWords
    not_graded: frozenset[str]
    answers: frozenset[str]
    containers: tuple[str, ...]
    role_keys: tuple[str, ...]
    content_keys: tuple[str, ...]


@cache
def words() -> Words:
    """The tables of roles.toml; read once a process."""
    data: dict[str, Any] = rule_data("shapes/roles.toml")
    return Words(
        roles={table: _inverted(entry, INNER) for table, entry in data["roles"].items()},
        parts=_inverted(data["parts"], tuple(key for key, value in data["parts"].items() if isinstance(value, list))),
        media=_media(data["media"]),
        not_graded=frozenset(data["reinforcement"]["not_graded"]),
        answers=frozenset(data["reinforcement"]["answers"]),
        containers=tuple(data["containers"]["names"]),
        role_keys=tuple(data["containers"]["role"]),
        content_keys=tuple(data["containers"]["content"]),
    )


def _media(entry: dict[str, Any]) -> MediaWords:
    return MediaWords(
        self_named=frozenset(entry["self_named"]),
        address=frozenset(entry["address"]),
        inline=frozenset(entry["inline"]),
        type=frozenset(entry["type"]),
        schemes=entry["schemes"],
        endings=frozenset(entry["endings"]),
        listed={name: Listed(*value) for name, value in entry["listed"].items() if isinstance(value, list)},
    )


def _inverted(entry: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    return {word: key for key in keys for word in entry[key]}
