"""Arithmetic on columns of keys: which repeat, how often each occurs. Linearithmic, in compiled code.

numpy.unique would do some of it, at the price of importing numpy.ma when a run starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]

_NONE = np.empty(0, np.intp)


def counted(keys: NDArray[Any]) -> tuple[NDArray[Any], Rows]:
    """The different keys, ascending, and how often each occurs."""
    values = np.sort(keys)
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else _NONE
    return values[starts], np.diff(np.append(starts, len(values)))


def repeats(keys: NDArray[np.uint64]) -> tuple[Rows, Rows]:
    """Positions of keys that occurred before, ascending, and for each the position where its key occurred first."""
    values, counts = counted(keys)
    twice = values[counts > 1]
    if not len(twice):
        return _NONE, _NONE
    where = np.searchsorted(twice, keys)
    where[where == len(twice)] = 0
    members = np.flatnonzero(twice[where] == keys)
    first = np.full(len(twice), len(keys), dtype=np.intp)
    group = where[members]
    first[group[::-1]] = members[::-1]  # of several assignments to one place the last one stays
    surplus = members != first[group]
    return members[surplus], first[group[surplus]]
