"""The usual length of answers, in characters, so that it holds for scripts without blanks too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dataaudit.formats.limits import Limits


class Band(NamedTuple):
    """Characters: answers shorter than `low` or longer than `high` are outliers; `usual` is the median.

    tight: whether the answers have about one length, so that a short whole sentence is an outlier too.
    """

    low: float
    usual: float
    high: float
    tight: bool = True


def learn_band(lengths: Sequence[int], limits: Limits) -> Band:
    """The band around the median of log length, in standard deviations of each side.

    Their size is that of the edge quantile or, where that is less, of the median absolute deviation (times 1.4826).
    Lengths have long tails, and reports no upper one: so both sides are measured apart. The band also keeps a distance
    of some times from the edge quantiles and the median of the sample.
    """
    ordered = sorted(lengths)
    middle = math.log(max(ordered[len(ordered) // 2], 1))
    edge = int(limits.edge_quantile * len(ordered))
    low, high = max(ordered[edge], 1), max(ordered[-1 - edge], 1)
    logs = [math.log(max(length, 1)) for length in ordered]
    spread = 1.4826 * sorted(abs(value - middle) for value in logs)[len(logs) // 2]
    below, above = (middle - math.log(low)) / limits.edge_deviates, (math.log(high) - middle) / limits.edge_deviates
    tight = below <= limits.tight_spread
    below, above = (max(min(side, spread), limits.least_spread) for side in (below, above))
    usual = math.exp(middle)
    return Band(
        min(
            usual / math.exp(limits.spreads * below),
            low / limits.times_beyond,
            usual / limits.times_usual,
        ),
        usual,
        max(
            usual * math.exp(limits.spreads * above),
            high * limits.times_beyond,
            usual * limits.times_usual,
        ),
        tight,
    )
