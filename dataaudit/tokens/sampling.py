"""Which rows are counted: all of them, or a sample drawn by their places, so that any number of workers draws the same.

Drawn by place and not by what rows hold: of rows that are copies of each other some are counted and some are not, as an
interval needs it. Strata are rows alike in length and script. Rows that are long against all the data are always drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from dataaudit.tokens.scripts import SCRIPTS
from dataaudit.tokens.tokenizers import limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Mode = Literal["off", "sample", "exact"]
_SIZES = 64


class Draw(NamedTuple):
    """How the rows of one split are drawn. rate: of short rows, 1.0 for all. whole: bytes from which every row is."""

    rate: float
    whole: float


@dataclass(frozen=True, slots=True)
class TokenPlan:
    """What is counted. splits: the split of each source. draws: by split. encodings: in this order."""

    mode: Mode = "off"
    encodings: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    draws: tuple[tuple[str, Draw], ...] = ()

    def draw(self, source: int) -> Draw:
        """How the rows of a source are drawn."""
        return dict(self.draws)[self.splits[source]]


def plan_tokens(mode: Mode, sources: Sequence[tuple[str, int | None]], encodings: Sequence[str]) -> TokenPlan:
    """What to count of sources given as (split, bytes or None where not known)."""
    if mode == "off":
        return TokenPlan()
    splits = tuple(split for split, _ in sources)
    sizes: dict[str, int] = dict.fromkeys(splits, 0)
    for split, size in sources:
        sizes[split] += size or 0
    draws = tuple((split, _draw(size) if mode == "sample" else Draw(1.0, 0.0)) for split, size in sizes.items())
    return TokenPlan(mode, tuple(encodings), splits, draws)


def _draw(size: int) -> Draw:
    wanted = limit("sample_bytes")
    if size <= max(wanted, limit("all_below")):
        return Draw(1.0, 0.0)
    return Draw(wanted / size, size / limit("long_rows"))


def strata_of(sizes: NDArray[np.int64], scripts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the stratum of each row, from its bytes and its class of scripts."""
    return scripts * _SIZES + np.frexp(sizes.astype(np.float64))[1]


def script_name(stratum: int) -> str:
    """The class of scripts of a stratum."""
    return SCRIPTS[stratum // _SIZES]


def rate_of(stratum: int, draw: Draw) -> float:
    """The share of the rows of a stratum that are counted."""
    if draw.rate >= 1.0:
        return 1.0
    least = 2.0 ** (stratum % _SIZES - 1)
    return min(1.0, max(draw.rate, least / draw.whole))


def chances(source: int, lines: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A number from 0 to 1 for each line of a source, as if by chance; always the same.

    Source: the finalizer of SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014).
    """
    mixed = (lines + (np.uint64(source) << np.uint64(40))) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    numbers: NDArray[np.float64] = (mixed ^ (mixed >> np.uint64(31))).astype(np.float64) / 2.0**64
    return numbers
