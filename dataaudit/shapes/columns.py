"""Which column of a flat record plays which part, by its name: the names and ranks of rules/shapes/columns.toml.

Names only, and the few statistics that tell a label from a text. Which shape a file has is decided in `detect`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit._resources import rule_data
from dataaudit.errors import AmbiguousColumns, RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dataaudit.shapes.base import Record

FILE = "shapes/columns.toml"
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Part:
    """The names of one part: exact name in lower case -> tier (0 is best). `by_word`: a word of a name fits too."""

    name: str
    flag: str
    tiers: Mapping[str, int]
    by_word: bool


@dataclass(frozen=True, slots=True)
class Detection:
    """Thresholds of detection; see the comments of columns.toml."""

    sample: int
    majority: float
    present: float
    label_distinct: float
    label_most: int
    label_length: int
    label_text_ratio: float
    headerless: re.Pattern[str]
    answer_tiers: int
    id_word: str
    id_of_others: frozenset[str]


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """All that columns.toml says."""

    detection: Detection
    parts: Mapping[str, Part]
    aliases: Mapping[str, tuple[str, ...]]
    tool_fields: frozenset[str]


class Choice(NamedTuple):
    """A column chosen for a part, and why: in words for the user."""

    column: str
    because: str


@cache
def column_rules() -> ColumnRules:
    """The rules about columns.

    Raises:
        RuleError: columns.toml is missing, is no TOML or lacks an entry.
    """
    try:
        data = rule_data(FILE)
        seen = data["detection"]
        detection = Detection(
            seen["sample"],
            seen["majority"],
            seen["present"],
            seen["label_distinct"],
            seen["label_most"],
            seen["label_length"],
            seen["label_text_ratio"],
            re.compile(seen["headerless"]),
            seen["answer_tiers"],
            seen["id_word"],
            frozenset(seen["id_of_others"]),
        )
        parts = {name: _part(name, entry) for name, entry in data["parts"].items()}
        aliases = {name: tuple(others) for name, others in data["aliases"].items()}
        return ColumnRules(detection, parts, aliases, frozenset(data["annotation_tools"]["label_studio"]))
    except (OSError, KeyError, re.error) as error:
        raise RuleError(f"not usable: {error}", path=FILE) from error


def _part(name: str, entry: dict[str, Any]) -> Part:
    tiers = {alias: tier for tier, names in enumerate(entry["names"]) for alias in names}
    return Part(name, entry["flag"], tiers, entry["parts"])


def plain_name(column: str) -> str:
    """A column name as it is compared: lower case, no blanks at the ends, "-" and blanks as "_"."""
    return column.strip().lower().replace("-", "_").replace(" ", "_")


def names_rows(column: str) -> bool:
    """Whether a name ends in the word for an id (ticket_id, rowId) and is not that of a thing many rows share."""
    rules = column_rules().detection
    words = [word.lower() for word in _WORD.findall(column[:200])]
    return words[-1:] == [rules.id_word] and rules.id_of_others.isdisjoint(words)


@lru_cache(maxsize=4096)
def rank(part: str, column: str) -> tuple[int, int] | None:
    """How well a name fits a part: (0, tier) for the exact name, (1, tier) for a word of it, None for no fit."""
    rule = column_rules().parts[part]
    if (tier := rule.tiers.get(plain_name(column))) is not None:
        return 0, tier
    if not rule.by_word:
        return None
    tiers = [rule.tiers[word.lower()] for word in _WORD.findall(column[:200]) if word.lower() in rule.tiers]
    return (1, min(tiers)) if tiers else None


def pick(part: str, columns: Iterable[str], path: str, *, exact: bool = False) -> Choice | None:
    """The column whose name fits a part best.

    Raises:
        AmbiguousColumns: two columns fit equally well; the flag that decides is named.
    """
    ranked = sorted((found, column) for column in columns if (found := rank(part, column)) is not None)
    if exact:
        ranked = [entry for entry in ranked if entry[0][0] == 0]
    if not ranked:
        return None
    best, column = ranked[0]
    if len(ranked) > 1 and ranked[1][0] == best:
        equal = [name for found, name in ranked if found == best]
        raise ambiguous(part, equal, path)
    return Choice(column, "name" if best[0] == 0 else "part of the name")


def ambiguous(part: str, columns: Sequence[str], path: str) -> AmbiguousColumns:
    """The error for columns that fit a part equally well."""
    names = ", ".join(repr(column) for column in columns[:5]) + (" ..." if len(columns) > 5 else "")
    flag = column_rules().parts[part].flag
    return AmbiguousColumns(
        f"columns {names} could each be the {part}", path=path, hint=f"say which one it is with {flag} {columns[0]}"
    )


@lru_cache(maxsize=1024)
def label_name(columns: tuple[str, ...]) -> str | None:
    """The column that is a label by its exact name, best tier first and in the order given inside a tier."""
    ranked = [(found, index) for index, column in enumerate(columns) if (found := rank("label", column)) is not None]
    exact = [(found, index) for found, index in ranked if found[0] == 0]
    return columns[min(exact)[1]] if exact else None


class Values(NamedTuple):
    """What the values of one column in the sample are like: counts, and lengths in characters."""

    filled: int
    distinct: int
    mean_length: float
    longest: int
    nested: int

    def all_distinct(self, rows: int) -> bool:
        """Short values, one in every row, and no two alike."""
        short = not self.nested and self.longest <= column_rules().detection.label_length
        return short and 1 < rows == self.filled == self.distinct

    def like_label(self) -> bool:
        """Few distinct short values."""
        rules = column_rules().detection
        return (
            self.filled > 0
            and not self.nested
            and self.longest <= rules.label_length
            and self.distinct <= rules.label_most
            and self.distinct <= max(2, self.filled * rules.label_distinct)
        )


def values_of(records: Sequence[Record], column: str) -> Values:
    """Statistics of one column; numbers and booleans count as their text, lists and objects as nested."""
    texts: list[str] = []
    nested = 0
    for record in records:
        value = record.get(column)
        if isinstance(value, list | dict):
            nested += 1
        elif value is not None and value != "":
            texts.append(value if isinstance(value, str) else _number_text(value))
    lengths = [len(text) for text in texts]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    return Values(len(texts), len(set(texts)), mean, max(lengths, default=0), nested)


def _number_text(value: Any) -> str:
    # Python refuses to write integers of thousands of digits; such a column is no label in any case.
    return repr(value) if isinstance(value, bool | float) or abs(value) < 10**18 else "9" * 19


def hint_for(field: str, record: Any) -> str:
    """Words about a key of the record that is probably the missing field: another case, or a common other name."""
    for key in record:
        if isinstance(key, str) and key != field and plain_name(key) == plain_name(field):
            return f"there is {key[:60]!r}: names must be written exactly as {field!r}"
    for alias in column_rules().aliases.get(field, ()):
        if alias in record:
            return f"there is {alias!r}, which other formats use for {field!r}"
    return ""
