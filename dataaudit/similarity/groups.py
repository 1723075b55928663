"""From the band keys of rows to verified pairs and groups: candidates, verification, connected components.

A bucket (rows that share a band key) is never expanded into all its pairs: its members are held against one of them,
those that are like none of the first few against the next, and a row that fails too often is left alone. So the work
grows with the number of rows, whatever they hold.

Source of the method: Broder, On the resemblance and containment of documents (1997); Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3 (banding).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dataaudit.similarity import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]

# A row is held against at most so many others that it is not like.
_FAILURES: Final = 48
# Pairs verified at once: their texts are in memory together.
_AT_ONCE: Final = 20_000
_EMPTY: Final = np.empty(0, np.intp)

Verify = Callable[["Rows", "Rows"], "Mask"]
"""Takes the two sides of pairs of rows (first < second) and keeps what it learns; tells which pairs are settled."""


class Buckets:
    """The members of all buckets of two or more rows: `bucket` and `row`, the first member being the bucket's star.

    Members are in the order of what they say, not of where they stand, so that moved rows change nothing.
    """

    def __init__(self, keys: Sequence[NDArray[np.uint32]], rows: Sequence[Rows], content: NDArray[np.uint64]) -> None:
        """Put equal keys together.

        Args:
            keys: arrays [entries, bands], 0 for none.
            rows: the row of each entry of each array.
            content: a key of what each row of the table says.
        """
        buckets, members = [_EMPTY], [_EMPTY]
        made = 0
        for columns, of_entry in zip(keys, rows, strict=True):
            for band in range(columns.shape[1]):
                column = np.ascontiguousarray(columns[:, band])
                chosen = np.flatnonzero(kernels.repeated(column))
                order = np.argsort(column[chosen], kind="stable")
                chosen = chosen[order]
                values = column[chosen]
                number = np.cumsum(np.append(False, values[1:] != values[:-1])) if len(values) else _EMPTY
                buckets.append(number + made)
                members.append(of_entry[chosen])
                made += int(number[-1]) + 1 if len(number) else 0
        bucket, row = np.concatenate(buckets), np.concatenate(members)
        order = np.lexsort((row, content[row], bucket))
        self.bucket, self.row = bucket[order], row[order]
        self.keep(np.append(True, (self.bucket[1:] != self.bucket[:-1]) | (self.row[1:] != self.row[:-1])))

    def keep(self, mask: Mask) -> None:
        """Drop entries, and with them the buckets that have one row left."""
        self.bucket, self.row = self.bucket[mask[: len(self.bucket)]], self.row[mask[: len(self.row)]]
        if len(self.bucket):
            same = self.bucket[1:] == self.bucket[:-1]
            more = np.append(same, False) | np.append(False, same)
            self.bucket, self.row = self.bucket[more], self.row[more]

    def stars(self) -> Rows:
        """For each entry the first row of its bucket."""
        first = np.append(True, self.bucket[1:] != self.bucket[:-1])[: len(self.bucket)]
        return self.row[first][np.cumsum(first) - 1]


def verified(buckets: Buckets, rows: int, verify: Verify) -> None:
    """Hold the rows of each bucket against its first one, the others against the next, until no bucket is left.

    rows: number of rows of the table.
    """
    failures = np.zeros(rows, dtype=np.uint32)
    known: dict[int, bool] = {}
    while len(buckets.row):
        stars = buckets.stars()
        is_star = stars == buckets.row
        alike = np.zeros(len(stars), dtype=np.bool_)
        codes = np.minimum(stars, buckets.row).astype(np.int64) * rows + np.maximum(stars, buckets.row)
        others, places = buckets.row, np.flatnonzero(~is_star)
        wanted = np.array([code for code in dict.fromkeys(codes[places].tolist()) if code not in known], dtype=np.int64)
        for part in _parts(np.sort(wanted)):
            first, second = part // rows, part % rows
            found = verify(first, second)
            known.update(zip(part.tolist(), found.tolist(), strict=True))
        alike[places] = [known[code] for code in codes[places].tolist()]
        failed = others[~is_star & ~alike]
        np.add.at(failures, failed, 1)
        buckets.keep(~is_star & ~alike & (failures[others] < _FAILURES))


def _parts(codes: NDArray[Any]) -> Iterator[NDArray[Any]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]


def components(first: Rows, second: Rows, rows: int) -> Rows:
    """For each of `rows` rows the lowest row that it is connected to by the pairs, itself where there is none."""
    lowest = np.arange(rows)
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = _root(lowest, one), _root(lowest, other)
        lowest[max(a, b)] = min(a, b)
    linked = np.concatenate([first, second])
    for row in np.sort(linked).tolist():
        lowest[row] = lowest[lowest[row]]
    return lowest


def _root(lowest: NDArray[Any], row: int) -> int:
    while (above := int(lowest[row])) != row:
        lowest[row] = lowest[above]
        row = above
    return row
