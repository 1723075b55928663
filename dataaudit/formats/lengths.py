"""The usual length of answers, in characters, so that it holds for scripts without blanks too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dataaudit.formats.limits import Limits


class Band(NamedTuple):
    """Characters: answers shorter than `low` or longer than `high` are outliers; `usual` is the median."""

    low: float
    usual: float
    high: float


def learn_band(lengths: Sequence[int], limits: Limits) -> Band:
    """The band around the median of log length, in robust standard deviations (1.4826 times the MAD).

    Lengths have long tails: the band also keeps a distance of some times from the edge quantiles of the sample.
    """
    ordered = sorted(lengths)
    logs = [math.log(max(length, 1)) for length in ordered]
    middle = logs[len(logs) // 2]
    spread = 1.4826 * sorted(abs(value - middle) for value in logs)[len(logs) // 2]
    reach = limits.spreads * max(spread, limits.least_spread)
    edge = int(limits.edge_quantile * len(ordered))
    return Band(
        min(math.exp(middle - reach), ordered[edge] / limits.times_beyond, math.exp(middle) / limits.times_usual),
        math.exp(middle),
        max(math.exp(middle + reach), ordered[-1 - edge] * limits.times_beyond, math.exp(middle) * limits.times_usual),
    )
