"""Texts as vectors: hashed words, pairs of words and runs of 2 to 4 characters inside words, of unit length.

Runs of characters serve any script: where no blanks set words apart (Chinese, Japanese, Thai), they run over the whole
sentence. Everything is arithmetic on one array of code points, in linear time and bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dataaudit.text.normalize import normalize_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint64]
    Found = tuple[NDArray[np.int64], Codes]

_LONGEST: Final = 4
# Two to the power of this many columns: on real sets no fewer errors are found than with four times as many.
_BITS: Final = 18
_AT_ONCE: Final = 250_000
_SHORT: Final = 1e-12
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_SPACE, _END = 32, 10


def text_vectors(texts: Sequence[str], most: int) -> Any:
    """A sparse matrix [len(texts), columns] of float32, each row of length 1 or empty.

    A value is 1 + log of how often the feature occurs, over the length of the row (Manning and others, Introduction to
    Information Retrieval, 2008, 6.4.1). What occurs in one text only tells nothing about others and is left out; of the
    rest the `most` columns that occur in most texts are kept.
    """
    from scipy.sparse import csr_matrix

    sizes, columns, values = (np.concatenate(parts) for parts in zip(*_counted(texts), strict=True))
    frequency = np.bincount(columns, minlength=1 << _BITS)
    order = np.argsort(-frequency, kind="stable")[:most]
    kept = np.sort(order[frequency[order] > 1])
    place = np.full(1 << _BITS, -1, dtype=np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    columns = place[columns]
    known = columns >= 0
    starts = np.append(0, np.cumsum(known))[np.append(0, np.cumsum(sizes))]
    columns, values = columns[known], values[known]
    squares = np.append(0, np.cumsum(values.astype(np.float64) ** 2))
    lengths = np.sqrt(np.maximum(squares[starts[1:]] - squares[starts[:-1]], _SHORT))
    values /= np.repeat(lengths, np.diff(starts)).astype(np.float32)
    return csr_matrix((values, columns, starts), shape=(len(texts), len(kept)))


def _counted(texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]]]:
    """(features of each row, their columns, their values) of as many texts as are worked on at once."""
    start = 0
    while start < len(texts) or start == 0:
        stop, size = start, 0
        while stop < len(texts) and (stop == start or size + len(texts[stop]) <= _AT_ONCE):
            size += len(texts[stop])
            stop += 1
        found = list(_features(_code_points(texts[start:stop])))
        rows, hashes = (np.concatenate(parts) for parts in zip(*found, strict=True))
        codes = np.sort((rows << _BITS) | (hashes >> np.uint64(64 - _BITS)).astype(np.int64))
        firsts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
        counts = np.diff(np.append(firsts, len(codes)))
        sizes = np.bincount(codes[firsts] >> _BITS, minlength=stop - start)
        yield sizes, (codes[firsts] & ((1 << _BITS) - 1)).astype(np.int32), (1 + np.log(counts)).astype(np.float32)
        start = max(stop, 1)


def _code_points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """The normal forms of the texts, a blank before and after each, each ended by a line feed."""
    forms = [form.decode("utf-8", "replace").replace("\n", " ") for form in normalize_column(texts)]
    joined = "".join(f" {form} \n" for form in forms)
    return np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)


def _features(points: NDArray[np.uint32]) -> Iterator[Found]:
    """(row, hash) of every word, pair of words, and run of characters."""
    row = np.cumsum(points == _END)
    edge = (points == _SPACE) | (points == _END)
    codes = points.astype(np.uint64)
    yield from _words(codes, row, edge)
    yield from _runs(codes, row, edge)


def _words(codes: Codes, row: NDArray[np.int64], edge: NDArray[np.bool_]) -> Iterator[Found]:
    starts = np.flatnonzero(edge[:-1] & ~edge[1:]) + 1
    if not len(starts):
        return
    places = np.arange(len(codes))
    inside = places - np.maximum.accumulate(np.where(edge, places, 0))
    letters = _mixed(codes + (inside.astype(np.uint64) << np.uint64(32)))
    letters[edge] = 0
    hashes, rows = np.add.reduceat(letters, starts), row[starts]
    yield rows, _mixed(hashes)
    same = rows[1:] == rows[:-1]
    yield rows[1:][same], _mixed(_mixed(hashes[:-1][same]) + hashes[1:][same])


def _runs(codes: Codes, row: NDArray[np.int64], edge: NDArray[np.bool_]) -> Iterator[Found]:
    """Runs that hold no blank but at their ends: a blank tells where a word begins or ends."""
    edges = np.cumsum(edge)
    hashes = _mixed(codes)
    for length in range(2, _LONGEST + 1):
        count = max(0, len(codes) - length + 1)
        last = slice(length - 1, length - 1 + count)
        hashes = _mixed(hashes[:count] + codes[last] + np.uint64(length))
        whole = (codes[:count] != _END) & (codes[last] != _END)
        whole &= edges[length - 2 : length - 2 + count] == edges[:count]
        if length == 2:
            whole &= ~(edge[:count] & edge[last])
        places = np.flatnonzero(whole)
        yield row[places], hashes[places]


def _mixed(hashes: Codes) -> Codes:
    spread = hashes * _FACTOR
    return spread ^ (spread >> np.uint64(29))
