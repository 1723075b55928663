"""From the band keys of rows to verified pairs and groups: candidates, verification, connected components.

A bucket (rows that share a band key) is never expanded into all its pairs: its members are held against one of them,
those that are like none of the first few against the next, and a row that fails too often is left alone. So the work
grows with the number of rows, whatever they hold.

Source of the method: Broder, On the resemblance and containment of documents (1997); Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3 (banding).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from dataaudit.similarity import kernels
from dataaudit.similarity.measure import SHARED_BANDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]

# A row is held against at most so many others that it is not like.
_FAILURES: Final = 24
# Pairs verified at once, whose texts are in memory together: so many, or this part of all, since a file that cannot be
# sought is read once a time.
_AT_ONCE: Final = 20_000
_PARTS: Final = 8
# Pairs whose keys are compared at once.
_COMPARED: Final = 2**18
# Entries from which a second thread pays.
_THREADED: Final = 200_000
_EMPTY: Final = np.empty(0, np.intp)
# Odd, so that different keys stay different; the constant of Marsaglia's 32-bit congruential generator.
_SPREAD: Final = np.uint32(69069)

Verify = Callable[["Rows", "Rows"], "Mask"]
"""Takes the two sides of pairs of rows (first < second) and keeps what it learns; tells which pairs are settled."""


class Entries(Protocol):
    """Rows by their band keys; a row may have several entries, numbered from 0."""

    bands: int
    size: int

    def column(self, band: int) -> NDArray[np.uint32]:
        """The key of every entry in one band, 0 for none."""
        ...

    def rows(self, entries: Rows) -> Rows:
        """The row of each of the entries."""
        ...


class Buckets:
    """The members of all buckets of two or more rows: arrays `bucket`, `row`, `entry`, a bucket's star first.

    Members are in the order of what they say, not of where they stand, so that moved rows change nothing.
    """

    def __init__(self, entries: Entries, content: NDArray[np.uint64]) -> None:
        """Put equal keys together. `content`: a key of what each row of the table says."""
        parts = [(_EMPTY, _EMPTY)]
        made = 0
        for chosen, values in _of_bands(entries):
            number = np.cumsum(np.append(False, values[1:] != values[:-1]))[: len(values)] + made
            parts.append((number, chosen))
            made = int(number[-1]) + 1 if len(number) else made
        self.bucket, self.entry = (np.concatenate(column) for column in zip(*parts, strict=True))
        self.row = entries.rows(self.entry)
        rows = _marked(self.row, len(content))
        rank = np.empty(len(content), dtype=np.int64)
        rank[rows[np.lexsort((rows, content[rows]))]] = np.arange(len(rows))
        self._take(np.argsort(self.bucket * len(rows) + rank[self.row], kind="stable"))
        self.keep(np.append(True, (self.bucket[1:] != self.bucket[:-1]) | (self.row[1:] != self.row[:-1])))
        members = _marked(self.entry, entries.size)
        self._number = np.empty(entries.size, dtype=np.int64)
        self._number[members] = np.arange(len(members))
        self._keys = np.stack([entries.column(band)[members] for band in range(entries.bands)], axis=1)

    def _take(self, chosen: Rows | Mask) -> None:
        self.bucket, self.row, self.entry = self.bucket[chosen], self.row[chosen], self.entry[chosen]

    def keep(self, mask: Mask) -> None:
        """Drop members, and with them the buckets that have one row left."""
        self._take(mask[: len(self.bucket)])
        if len(self.bucket):
            same = self.bucket[1:] == self.bucket[:-1]
            self._take(np.append(same, False) | np.append(False, same))

    def stars(self) -> Rows:
        """For each member the place of the first one of its bucket."""
        first = np.append(True, self.bucket[1:] != self.bucket[:-1])[: len(self.bucket)]
        stars: Rows = np.flatnonzero(first)[np.cumsum(first) - 1]
        return stars

    def shared(self, stars: Rows) -> NDArray[np.intp]:
        """How many bands each member shares with the one at the place in `stars`."""
        own = self._number[self.entry]
        pairs = own * len(self._keys) + own[stars]
        # The same two meet in most of the bands.
        different = _different(pairs)
        shared: NDArray[np.intp] = np.zeros(len(different), dtype=np.intp)
        for start in range(0, len(different), _COMPARED):
            part = slice(start, start + _COMPARED)
            one, other = (self._keys[side] for side in np.divmod(different[part], len(self._keys)))
            shared[part] = ((one == other) & (one != 0)).sum(axis=1)
        found: NDArray[np.intp] = shared[np.searchsorted(different, pairs)]
        return found


def _of_bands(entries: Entries) -> list[tuple[Rows, NDArray[np.uint32]]]:
    """For each band the entries whose key others have too, by key, and their keys."""

    def of_band(band: int) -> tuple[Rows, NDArray[np.uint32]]:
        column = entries.column(band)
        chosen = np.flatnonzero(kernels.repeated(column))
        # The filter lets some through that are alone: so few are left that a second pass finds nearly all of them, if
        # it spreads them otherwise than the first.
        chosen = chosen[kernels.repeated(column[chosen] * _SPREAD)]
        chosen = chosen[np.argsort(column[chosen], kind="stable")]
        values = column[chosen]
        same = values[1:] == values[:-1]
        more = (np.append(same, False) | np.append(False, same))[: len(chosen)]
        return chosen[more], values[more]

    if entries.size < _THREADED:
        return [of_band(band) for band in range(entries.bands)]
    from concurrent.futures import ThreadPoolExecutor

    # The kernels and the sorting let other threads run.
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(of_band, range(entries.bands)))


def verified(buckets: Buckets, rows: int, verify: Verify) -> None:
    """Hold the rows of each bucket against its first one, the others against the next, until no bucket is left.

    rows: number of rows of the table. Pairs that share fewer bands than `SHARED_BANDS` are not verified.
    """
    failures = np.zeros(rows, dtype=np.uint32)
    known, settled = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
    while len(buckets.row):
        places = buckets.stars()
        members, stars = buckets.row, buckets.row[places]
        is_star = stars == members
        alike = np.zeros(len(stars), dtype=np.bool_)
        codes = np.minimum(stars, members).astype(np.int64) * rows + np.maximum(stars, members)
        held = np.flatnonzero(~is_star & (buckets.shared(places) >= SHARED_BANDS))
        wanted = _different(codes[held])
        wanted = wanted[~_among(known, wanted)]
        found = [verify(part // rows, part % rows) for part in _parts(wanted)]
        known, settled = np.concatenate([known, wanted]), np.concatenate([settled, *found])
        order = np.argsort(known)
        known, settled = known[order], settled[order]
        alike[held] = settled[np.searchsorted(known, codes[held])]
        np.add.at(failures, members[~is_star & ~alike], 1)
        buckets.keep(~is_star & ~alike & (failures[members] < _FAILURES))


def _marked(numbers: Rows, end: int) -> Rows:
    """The different numbers, ascending, of many below `end`: no sorting."""
    marks = np.zeros(end, dtype=np.bool_)
    marks[numbers] = True
    different: Rows = np.flatnonzero(marks)
    return different


def _different(numbers: Rows) -> Rows:
    ordered = np.sort(numbers)
    different: Rows = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return different


def _among(known: NDArray[np.int64], wanted: NDArray[np.int64]) -> Mask:
    """Which of the wanted are among the known, which are in ascending order."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.bool_)
    mask: Mask = known[np.minimum(np.searchsorted(known, wanted), len(known) - 1)] == wanted
    return mask


def _parts(codes: NDArray[Any]) -> Iterator[NDArray[Any]]:
    size = max(_AT_ONCE, -(-len(codes) // _PARTS))
    for start in range(0, len(codes), size):
        yield codes[start : start + size]


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
