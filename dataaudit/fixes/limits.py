"""The numbers and names of rules/fixes.toml. Imports nothing heavy: walks of folders ask for the names too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dataaudit._resources import rule_data


@dataclass(frozen=True, slots=True)
class Limits:
    """passes: at most. rows: findings of a rule in one pass. context: lines around a change in a patch.

    removed, review: what is put behind the name of a data file. torn: traits of tables that are not rewritten.
    """

    passes: int
    rows: int
    context: int
    removed: str
    review: str
    torn: frozenset[str]


@cache
def limits() -> Limits:
    """The limits, read once."""
    data = rule_data("fixes.toml")
    passes, rows, context = (int(data[name]["value"]) for name in ("passes", "rows", "context"))
    names, torn = data["names"], frozenset(data["torn"]["traits"])
    return Limits(passes, rows, context, names["removed"], names["review"], torn)
