"""Votes: how many rows of a group have which variant of a property, and when a majority is real."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb
from typing import Any, NamedTuple


class Aspect(NamedTuple):
    """One learned property of the answers of a group.

    value: what most rows have. share: of the `rows` rows of the sample in which the property can be seen.
    """

    name: str
    value: Any
    share: float
    rows: int


def leading(name: str, variants: Iterable[Any]) -> Aspect | None:
    """The most frequent variant; of equally frequent ones the first by its text. None where there are none."""
    counts: dict[Any, int] = {}
    for variant in variants:
        counts[variant] = counts.get(variant, 0) + 1
    if not counts:
        return None
    total = sum(counts.values())
    best = min(counts, key=lambda variant: (-counts[variant], str(variant)))
    return Aspect(name, best, counts[best] / total, total)


def by_chance(rows: int, others: int, share: float) -> float:
    """The chance of at most `others` deviating rows among `rows`, each deviating with the chance `share`.

    The lower tail of the binomial distribution: small where a group is more uniform than the set it is a part of.
    """
    others = min(others, 50)
    return sum(comb(rows, k) * share**k * (1 - share) ** (rows - k) for k in range(others + 1))
