"""The names of rules/files.toml: extensions, splits, header cells, keys that wrap a list of records."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from dataaudit._resources import rules_folder
from dataaudit.errors import RuleError


@dataclass(frozen=True, slots=True)
class FileNames:
    """All names in lower case, extensions with their dot. splits: word -> split. plain_name: a harmless file name."""

    lines: frozenset[str]
    delimited: frozenset[str]
    extensions: tuple[str, ...]
    compressions: tuple[str, ...]
    plain_name: re.Pattern[str]
    splits: dict[str, str]
    wrappers: frozenset[str]
    headers: frozenset[str]


@cache
def file_names() -> FileNames:
    """The names, read once.

    Raises:
        RuleError: files.toml is missing, is no TOML or lacks an entry.
    """
    file = rules_folder() / "files.toml"
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        extensions = data["extensions"]
        splits = {split: words for split, words in data["splits"].items() if isinstance(words, list)}
        return FileNames(
            lines=frozenset(extensions["lines"]),
            delimited=frozenset(extensions["delimited"]),
            extensions=(*extensions["lines"], *extensions["delimited"], *extensions["tables"]),
            compressions=tuple(extensions["compressions"]),
            plain_name=re.compile(data["name"]["plain"]),
            splits={word: split for split, words in splits.items() for word in words},
            wrappers=frozenset(data["wrappers"]["names"]),
            headers=frozenset(data["headers"]["names"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, re.error) as error:
        raise RuleError(f"not usable: {error}", path=str(file)) from error
