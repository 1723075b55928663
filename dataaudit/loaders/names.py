"""The names of rules/files.toml: extensions, splits, header cells, keys that wrap a list of records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dataaudit._resources import rule_data
from dataaudit.errors import RuleError


@dataclass(frozen=True, slots=True)
class FileNames:
    """All names in lower case, extensions with their dot. splits: word -> split. plain_name: a harmless file name.

    skipped: folders that a walk does not enter. No data are: written, names of files that fixing wrote beside data;
    reports, how reports begin; report_names, those of empty ones.
    """

    lines: frozenset[str]
    delimited: frozenset[str]
    extensions: tuple[str, ...]
    skipped: frozenset[str]
    written: re.Pattern[str]
    reports: re.Pattern[bytes]
    report_names: re.Pattern[str]
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
    try:
        data = rule_data("files.toml")
        extensions = data["extensions"]
        splits = {split: words for split, words in data["splits"].items() if isinstance(words, list)}
        return FileNames(
            lines=frozenset(extensions["lines"]),
            delimited=frozenset(extensions["delimited"]),
            extensions=(*extensions["lines"], *extensions["delimited"], *extensions["tables"]),
            skipped=frozenset(data["skipped"]["folders"]),
            written=re.compile(data["skipped"]["files"]),
            reports=re.compile("|".join(data["skipped"]["reports"]).encode()),
            report_names=re.compile(data["skipped"]["report_names"]),
            compressions=tuple(extensions["compressions"]),
            plain_name=re.compile(data["name"]["plain"]),
            splits={word: split for split, words in splits.items() for word in words},
            wrappers=frozenset(data["wrappers"]["names"]),
            headers=frozenset(data["headers"]["names"]),
        )
    except (OSError, KeyError, re.error) as error:
        raise RuleError(f"not usable: {error}", path="files.toml") from error
