"""How sure a share is that was counted on so many cases."""

from __future__ import annotations

import math

_Z = 1.959964
"""Two-sided 95 % of the normal distribution."""


def wilson(successes: int, cases: int) -> tuple[float, float]:
    """The 95 % score interval of a share, both ends from 0 to 1; (0, 1) for no cases.

    Source: Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if cases == 0:
        return 0.0, 1.0
    share, square = successes / cases, _Z * _Z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = _Z * math.sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) / (1 + square / cases)
    return max(0.0, middle - half), min(1.0, middle + half)
