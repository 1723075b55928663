"""Lists of whole numbers as text: one character for a small one, where JSON needs two or more and a slow parser.

The variable-length quantities of source maps (ECMA-426): groups of five bits, the lowest first, a sixth bit says that
more follow, and the lowest bit of the number is its sign. `unpacked` in assets/data.js reads it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS = 5
_MORE = 1 << _BITS
_SMALL = 1 << 14


def packed(numbers: Iterable[int]) -> str:
    """The text of numbers from -2**30 to 2**30."""
    small = _small()
    return "".join([small[number] if 0 <= number < _SMALL else _written(number) for number in numbers])


@cache
def _small() -> list[str]:
    return [_written(number) for number in range(_SMALL)]


def _written(number: int) -> str:
    # Minus zero is free, so negative numbers begin there.
    left = number << 1 if number >= 0 else (-number << 1) - 1
    text = ""
    while left >= _MORE:
        text += ALPHABET[left & (_MORE - 1) | _MORE]
        left >>= _BITS
    return text + ALPHABET[left]
