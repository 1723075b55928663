"""Finds what is near to one text at a time among many: the same candidates as a run, kept up to date row by row.

Memory: 300 bytes a row besides the texts. A look-up takes well under a millisecond whatever the number of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from dataaudit.similarity import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.measure import Measure

# A look-up takes at most so many rows of a bucket, the first ones, and so many candidates in all.
_OF_A_BUCKET: Final = 16
_CANDIDATES: Final = 32
# Rows added since the keys were sorted last: looked up one by one until they are more than this and a quarter of all.
_UNSORTED: Final = 4096

Forms = tuple[Sequence[bytes], Sequence[bytes]]
"""Columns of the normal forms of questions and answers."""
Learn = Callable[[Sequence[bytes], Sequence[bytes]], "NDArray[np.uint64]"]


class NearIndex:
    """Rows by the band keys of their sketches. Rows are numbered from 0 as they are added.

    forms: gives the normal forms of rows again. learn: gives the templates of a sample of them; it is asked whenever
    the number of rows has doubled, and the rows are sketched anew.
    """

    def __init__(self, measure: Measure, forms: Callable[[range], Forms], learn: Learn, sample: int = 2000) -> None:
        self._measure = measure
        self._forms = forms
        self._learn = learn
        self._sample = sample
        self._rows = 0
        self._learned_at = 0
        self.templates: NDArray[np.uint64] = np.empty(0, np.uint64)
        self._codes: NDArray[np.uint64] = np.empty(0, np.uint64)
        self._owners: NDArray[np.int64] = np.empty(0, np.int64)
        self._later: dict[int, list[int]] = {}
        self._sketched = 0

    def __len__(self) -> int:
        return self._rows

    def add(self) -> None:
        """One row more; its texts are asked for when they are needed."""
        self._rows += 1

    def candidates(self, question: bytes, answer: bytes) -> list[int]:
        """Numbers of rows that may be near, those with the most equal keys first."""
        self.refresh()
        codes, _ = self._codes_of(([question], [answer]))
        votes: Counter[int] = Counter()
        starts = np.searchsorted(self._codes, codes)
        for code, start in zip(codes.tolist(), starts.tolist(), strict=True):
            stop = min(start + _OF_A_BUCKET, len(self._codes))
            found = self._owners[start:stop][self._codes[start:stop] == code].tolist()
            votes.update((found + self._later.get(code, []))[:_OF_A_BUCKET])
        ranked = sorted(votes, key=lambda row: (-votes[row], row))
        return ranked[:_CANDIDATES]

    def refresh(self) -> None:
        """Take in the rows added since the last look-up."""
        if self._rows >= 2 * self._learned_at and self._rows > self._learned_at:
            step = max(1, -(-self._rows // self._sample))
            self.templates = self._learn(*self._forms(range(0, self._rows, step)))
            self._learned_at = self._rows
            self._codes, self._owners, self._later = self._codes[:0], self._owners[:0], {}
            self._sort(0)
        elif self._rows - self._sketched > max(_UNSORTED, len(self._codes) // 4):
            self._sort(self._sketched)
        elif self._rows > self._sketched:
            codes, owners = self._codes_of(self._forms(range(self._sketched, self._rows)))
            for code, owner in zip(codes.tolist(), (owners + self._sketched).tolist(), strict=True):
                bucket = self._later.setdefault(code, [])
                if len(bucket) < _OF_A_BUCKET:
                    bucket.append(owner)
            self._sketched = self._rows

    def _sort(self, start: int) -> None:
        parts = [(self._codes, self._owners)]
        for first in range(start, self._rows, 4096):
            rows = range(first, min(first + 4096, self._rows))
            codes, owners = self._codes_of(self._forms(rows))
            parts.append((codes, owners + first))
        late = [(code, row) for code, rows in self._later.items() for row in rows if row < start]
        parts.append((np.array([c for c, _ in late], np.uint64), np.array([r for _, r in late], np.int64)))
        codes, owners = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((owners, codes))
        self._codes, self._owners, self._later = codes[order], owners[order], {}
        self._sketched = self._rows

    def _codes_of(self, forms: Forms) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """(codes, row of each): a code is the number of a band, of prompts or of both, above its key."""
        sketch = kernels.sketch(*forms, self._measure, self.templates)
        codes, owners = [], []
        for kind, (base, extra) in enumerate(((sketch.prompt, sketch.extra_prompt), (sketch.both, sketch.extra_both))):
            bands = (np.arange(base.shape[1], dtype=np.uint64) * np.uint64(2) + np.uint64(kind)) << np.uint64(32)
            for keys, rows in ((base, np.arange(len(base))), (extra, sketch.extra_row)):
                held = keys != 0
                codes.append((keys.astype(np.uint64) | bands)[held])
                owners.append(np.broadcast_to(rows[:, None], keys.shape)[held])
        return np.concatenate(codes), np.concatenate(owners).astype(np.int64)
