"""How lengths and sizes of groups are spread: the numbers behind plots. What is put into one bar: rules/html.toml."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit._resources import rule_data
from dataaudit.engine.groups import members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence

_NICE = (1, 2, 2.5, 5, 10)
# Round numbers that divide a decade into ten, five or three steps of about one ratio (Renard series, ISO 3).
_SERIES = ((1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8), (1, 1.6, 2.5, 4, 6), (1, 2, 5))


def lengths(evidence: Evidence) -> dict[str, Any] | None:
    """{"scale", "from", "rows"}: by split, how many rows have at least so many characters, and fewer than the next bar.

    Characters of system prompt, prompt and answer together, of the readable rows; None where there are none.
    """
    by_split = {name: evidence.table["length"][rows[evidence.readable[rows]]] for name, rows in evidence.splits.items()}
    by_split = {name: values for name, values in by_split.items() if len(values)}
    if not by_split:
        return None
    scale, edges = _edges(np.concatenate(list(by_split.values())))
    return {"scale": scale, "from": edges, "rows": _in_bars(edges, by_split)}


def group_sizes(evidence: Evidence) -> dict[str, Any] | None:
    """{"from", "groups"}: by rule, how many groups of duplicates have so many rows, and fewer than the next."""
    found = {rule: together.sizes() for rule, together in members(evidence).items()}
    if not found:
        return None
    edges = [int(size) for size in rule_data("html.toml")["sizes"]["from"]]
    return {"from": edges, "groups": _in_bars(edges, found)}


def _in_bars(edges: list[int], values: Mapping[str, NDArray[Any]]) -> dict[str, list[int]]:
    bars = {name: np.searchsorted(edges, found, side="right") - 1 for name, found in values.items()}
    return {name: np.bincount(places, minlength=len(edges)).tolist() for name, places in bars.items()}


def _edges(values: NDArray[Any]) -> tuple[str, list[int]]:
    """The scale, and from where each bar goes: on a linear scale in round numbers."""
    bins, ratio = _limits()
    least, low, high, most = np.quantile(values, (0.0, 0.05, 0.99, 1.0), method="nearest").tolist()
    if high <= ratio * max(low, 1) and most <= ratio * max(low, 1):
        step = _round_up((most - least + 1) / bins)
        first = int(least // step * step)
        return "linear", list(range(first, int(most) + 1, step))
    first, last = math.floor(math.log10(max(least, 1))), math.ceil(math.log10(most + 1))
    series = next((some for some in _SERIES if len(some) * (last - first) <= 2 * bins), _SERIES[-1])
    marks = sorted({0, *(int(step * 10**power) for power in range(first, last) for step in series)})
    low_mark = max(mark for mark in marks if mark <= least)
    return "logarithmic", [mark for mark in marks if low_mark <= mark <= most]


def _round_up(step: float) -> int:
    unit: int = 10 ** math.floor(math.log10(max(step, 1)))
    return max(1, math.ceil(next(unit * nice for nice in _NICE if unit * nice >= step)))


@cache
def _limits() -> tuple[int, float]:
    data = rule_data("html.toml")["limits"]
    return int(data["length_bins"]["value"]), float(data["length_ratio"]["value"])
