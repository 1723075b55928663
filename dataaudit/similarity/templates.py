"""Learns which runs of words many rows share: instructions, letter heads, forms with a few slots.

What rows of one template share says nothing about whether they are near-duplicates, so similarity leaves it out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from dataaudit.similarity import kernels
from dataaudit.text.columns import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.measure import Measure

# A run that so few rows of a sample share may be chance, however small the share of the whole.
_FEWEST: Final = 8


def learn_templates(
    questions: Sequence[bytes], answers: Sequence[bytes], measure: Measure, *, rows: float, share: float, whole: bool
) -> NDArray[np.uint64]:
    """Keys (uint64, ascending) of the runs of `measure.template_words` words that many rows share.

    A run counts once a row, and equal rows count as one. It is of a template from `share` of the rows on; if these are
    the `whole` set, not a sample, it needs `rows` of them too.
    """
    pairs = list(dict.fromkeys(zip(questions, answers, strict=True)))
    sides = [q for q, _ in pairs], [a for _, a in pairs]
    runs = [kernels.runs(side, measure.template_words, measure.max_bytes) for side in sides]
    keys = np.concatenate([found for found, _ in runs])
    of_row = np.concatenate([np.repeat(np.arange(len(pairs)), counts) for _, counts in runs])
    least = max(math.ceil(share * len(pairs)), rows if whole else _FEWEST)
    frequent, counts = counted(keys)
    frequent = frequent[counts >= least]
    if not len(frequent):
        return frequent
    # Only what occurs often enough at all is worth telling apart by rows.
    place = np.searchsorted(frequent, keys)
    place[place == len(frequent)] = 0
    often = frequent[place] == keys
    once_a_row, _ = counted(place[often] * len(pairs) + of_row[often])
    number, counts = counted(once_a_row // len(pairs))
    learned: NDArray[np.uint64] = frequent[number[counts >= least]]
    return learned
