"""A cheap look over a block of bytes: may a JSON number in it be out of range, or a NUL be in a string?

Yes may be wrong, no is right. Walking every parsed value would cost more than parsing; this costs a tenth of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dataaudit.loaders.json_value import SUSPECT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Below this, importing numpy would take longer than a plain search.
_SMALL: Final = 32 << 10
# A run of 19 digits has two neighbours among every ninth byte.
_STRIDE: Final = 9
_SLICE: Final = 9 << 12


def may_hold_odd(data: bytes) -> bool:
    """False only if no line of `data` needs `odd_notes`."""
    if len(data) < _SMALL:
        return SUSPECT.search(data) is not None
    if b"\\" in data and b"\\u0000" in data:
        return True
    import numpy as np

    codes = np.frombuffer(data, np.uint8)
    # In slices, with two bytes of overlap: small arrays stay in the cache and in memory already mapped.
    for start in range(0, len(codes), _SLICE):
        part = codes[start : start + _SLICE + 2]
        sampled = _digits(codes[start : start + _SLICE + 2 * _STRIDE : _STRIDE])
        if bool((sampled[1:] & sampled[:-1]).any()) or _may_have_exponent(part):
            return SUSPECT.search(data) is not None
    return False


def _digits(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return (codes - 48) < 10


def _may_have_exponent(codes: npt.NDArray[np.uint8]) -> bool:
    """Whether an e or E stands between two characters of numbers (43 to 57: digits, signs, point, and two others)."""
    numeric = (codes - 43) < 15
    pairs = numeric[:-2] & numeric[2:]
    pairs &= ((codes | 32) == 101)[1:-1]
    return bool(pairs.any())
