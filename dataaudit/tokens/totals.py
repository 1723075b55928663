"""From the rows that were counted to all rows: a ratio estimator for each stratum, with its 95 % interval.

Tokens of a stratum are its bytes times tokens per byte of its counted rows. Source: Cochran, Sampling Techniques (3rd
edition, 1977), chapters 5A (strata after sampling) and 6 (ratio estimates). A stratum that was counted whole adds its
own number and no error.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.tokens.sampling import script_name
from dataaudit.tokens.scripts import SCRIPTS
from dataaudit.tokens.tokenizers import limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_Z = 1.959964
"""Two-sided 95 % of the normal distribution."""
_QUANTILES = (0.5, 0.95, 0.99)
ROWS_OVER = tuple(2**power for power in range(11, 19))
"""Lengths that rows are counted beyond."""


class Part(NamedTuple):
    """One stratum of a split, or several that are estimated together.

    rows, size: all rows, and their bytes. n, x, xx: rows that were counted, their bytes, bytes squared. xt: bytes times
    tokens. a, aa, xa: tokens of answers, squared, bytes times them. lengths: tokens of a row to rows.
    """

    stratum: int
    rows: int
    size: int
    n: int
    x: int
    xx: int
    xt: int
    a: int
    aa: int
    xa: int
    lengths: Counter[int]

    @property
    def whole(self) -> bool:
        """Whether every row was counted."""
        return self.n == self.rows

    @property
    def tokens(self) -> int:
        """Tokens of the rows that were counted."""
        return sum(length * rows for length, rows in self.lengths.items())

    @property
    def tokens_squared(self) -> int:
        """The same, squared row by row."""
        return sum(length * length * rows for length, rows in self.lengths.items())


class Total(NamedTuple):
    """An estimate, and half of its 95 % interval."""

    value: float
    half: float


def figures_of(parts: Sequence[Part], longest: tuple[int, str, int] | None) -> dict[str, Any]:
    """The figures of one encoding of a split, JSON values. longest: tokens, path and line of the longest row seen."""
    groups = _groups(parts)
    tokens = _sum(_ratio(group, group.tokens, group.tokens_squared, group.xt) for group in groups)
    answer = _sum(_ratio(group, group.a, group.aa, group.xa) for group in groups)
    rows = sum(part.rows for part in parts)
    weighted = _lengths(groups)
    whole = all(part.whole for part in parts)
    seen = sum(group.tokens for group in groups)
    return {
        "rows": rows,
        "sampled_rows": sum(part.n for part in parts),
        "total": _plain(tokens.value, whole),
        "low": _plain(max(tokens.value - tokens.half, seen), whole),
        "high": _plain(tokens.value + tokens.half, whole),
        "prompt": _plain(tokens.value - answer.value, whole),
        "answer": _plain(answer.value, whole),
        "mean": round(tokens.value / rows, 2) if rows else 0.0,
        **{f"p{quantile * 100:.0f}": _quantile(weighted, quantile) for quantile in _QUANTILES},
        "max": longest[0] if longest else 0,
        "longest": {"path": longest[1], "line": longest[2]} if longest else None,
        "rows_over": {str(over): _plain(_beyond(weighted, over), whole) for over in ROWS_OVER},
        "scripts": _scripts(groups, whole),
    }


def _plain(value: float, whole: bool) -> float:
    return round(value) if whole else round(value, 1)


def _groups(parts: Sequence[Part]) -> list[Part]:
    """Strata with enough counted rows alone, others with their neighbours in length; those counted whole alone."""
    least = limit("rows_in_stratum")
    groups = [part for part in parts if part.whole]
    few: list[Part] = []
    for script in SCRIPTS:
        own = sorted(part for part in parts if not part.whole and script_name(part.stratum) == script)
        made: list[list[Part]] = []
        waiting: list[Part] = []
        for part in own:
            waiting.append(part)
            if sum(one.n for one in waiting) >= least:
                made.append(waiting)
                waiting = []
        if made:
            made[-1] += waiting
        else:
            few += waiting
        groups += map(_joined, made)
    return _with_few(groups, few)


def _with_few(groups: list[Part], few: list[Part]) -> list[Part]:
    """What has too few counted rows in its own script is estimated together, or with the largest group."""
    if not few:
        return groups
    alone = _joined(few)
    sampled = [group for group in groups if not group.whole]
    if alone.n >= 2 or not sampled:
        return [*groups, alone]
    largest = max(sampled, key=lambda group: group.n)
    return [group for group in groups if group is not largest] + [_joined([largest, alone])]


def _joined(parts: Sequence[Part]) -> Part:
    lengths: Counter[int] = Counter()
    for part in parts:
        lengths.update(part.lengths)
    return Part(
        stratum=parts[0].stratum,
        rows=sum(part.rows for part in parts),
        size=sum(part.size for part in parts),
        n=sum(part.n for part in parts),
        x=sum(part.x for part in parts),
        xx=sum(part.xx for part in parts),
        xt=sum(part.xt for part in parts),
        a=sum(part.a for part in parts),
        aa=sum(part.aa for part in parts),
        xa=sum(part.xa for part in parts),
        lengths=lengths,
    )


def _ratio(group: Part, value: int, squared: int, crossed: int) -> Total:
    """The total of a value over all rows of a group, by its ratio to bytes."""
    if group.n == group.rows:
        return Total(float(value), 0.0)
    if group.x == 0:
        return Total(value / group.n * group.rows if group.n else 0.0, 0.0)
    ratio = value / group.x
    total = ratio * group.size
    if group.n < 2:
        return Total(total, total)
    residuals = max(squared - 2 * ratio * crossed + ratio * ratio * group.xx, 0.0) / (group.n - 1)
    unseen = 1 - group.n / group.rows
    scale = (group.size / group.rows) / (group.x / group.n)
    # The first term of Student's quantile beside the normal one: few rows make a wider interval.
    z = _Z + (_Z**3 + _Z) / (4 * (group.n - 1))
    return Total(total, z * scale * group.rows * math.sqrt(unseen * residuals / group.n))


def _sum(totals: Iterable[Total]) -> Total:
    listed = list(totals)
    return Total(math.fsum(one.value for one in listed), math.sqrt(math.fsum(one.half**2 for one in listed)))


def _lengths(groups: Sequence[Part]) -> list[tuple[int, float]]:
    """(tokens of a row, rows of that length among all), in order."""
    weighted: dict[int, float] = {}
    for group in groups:
        weight = group.rows / group.n if group.n else 0.0
        for length, rows in group.lengths.items():
            weighted[length] = weighted.get(length, 0.0) + rows * weight
    return sorted(weighted.items())


def _quantile(weighted: Sequence[tuple[int, float]], quantile: float) -> int:
    """The least length that so many rows do not exceed."""
    wanted = quantile * math.fsum(rows for _, rows in weighted)
    reached = 0.0
    for length, rows in weighted:
        reached += rows
        if reached >= wanted:
            return length
    return weighted[-1][0] if weighted else 0


def _beyond(weighted: Sequence[tuple[int, float]], over: int) -> float:
    return math.fsum(rows for length, rows in weighted if length > over)


def _scripts(groups: Sequence[Part], whole: bool) -> dict[str, float]:
    found = dict.fromkeys(SCRIPTS, 0.0)
    for group in groups:
        found[script_name(group.stratum)] += _ratio(group, group.tokens, group.tokens_squared, group.xt).value
    return {script: _plain(value, whole) for script, value in found.items()}
