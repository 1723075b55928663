"""What near-duplicate search measures (all numbers come from rules/), and what a sketch of rows holds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint32]

SHARED_BANDS = 2
"""Bands that two rows share at least to become candidates: by chance, one is shared several times as often."""


class Measure(NamedTuple):
    """How texts are cut into shingles, and how sure the candidate filter is.

    threshold: Jaccard similarity from which texts are near. word_shingle, char_shingle: length of a shingle in tokens,
    in characters. min_words: tokens from which a text is compared by words. template_words: length of a template run in
    tokens. permutations: min-hash values of a text. max_bytes: a text is taken up to there. recall: share of the pairs
    at `threshold + margin` that must become candidates.
    """

    threshold: float
    word_shingle: int
    char_shingle: int
    min_words: int
    template_words: int
    permutations: int
    max_bytes: int
    margin: float
    recall: float

    @classmethod
    def by(cls, threshold: Callable[[str], float]) -> Measure:
        """The measure that a rule's thresholds, given by name, describe."""
        return cls(
            threshold=threshold("jaccard"),
            word_shingle=int(threshold("word_shingle")),
            char_shingle=int(threshold("char_shingle")),
            min_words=int(threshold("min_words")),
            template_words=int(threshold("template_words")),
            permutations=int(threshold("permutations")),
            max_bytes=int(threshold("max_text_bytes")),
            margin=threshold("recall_margin"),
            recall=threshold("recall"),
        )

    @property
    def rows_per_band(self) -> int:
        """Values a band: the most that keep the recall; 1 where nothing does."""
        return _rows_per_band(self)

    @property
    def bands(self) -> int:
        """Bands of a signature."""
        return self.permutations // self.rows_per_band

    @property
    def zone_words(self) -> int:
        """Tokens from which on a near-duplicate of a text cannot be shorter than `min_words`."""
        return math.ceil((self.min_words - 1) / self.threshold) + 1


@cache
def _rows_per_band(measure: Measure) -> int:
    """Source: Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4.2 (the banding technique)."""
    alike = min(measure.threshold + measure.margin, 1.0)
    for rows in range(measure.permutations // SHARED_BANDS, 1, -1):
        bands, equal = measure.permutations // rows, alike**rows
        chances = (math.comb(bands, n) * equal**n * (1 - equal) ** (bands - n) for n in range(SHARED_BANDS))
        if 1 - sum(chances) >= measure.recall:
            return rows
    return 1


class Sketch(NamedTuple):
    """Sketches of n rows, m of which have one entry more. Keys are arrays [entries, bands], 0 for none.

    prompt, both: keys of the prompt, of prompt and answer together. words: tokens of both fields; covered: those that
    are of a template; template: hash of the smallest template run found, 0 for none.
    extra_row: the rows whose prompt or answer is only just compared by words, ascending; extra_prompt, extra_both:
    their keys with such fields taken by characters.
    """

    prompt: Keys
    both: Keys
    words: Keys
    covered: Keys
    template: NDArray[np.uint64]
    extra_row: NDArray[np.int64]
    extra_prompt: Keys
    extra_both: Keys
