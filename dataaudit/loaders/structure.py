"""Finds brackets and commas of JSON text that stand outside strings, with their depth. Vectorised; parses nothing.

Method: a quote that an even number of backslashes precedes toggles "inside a string"; depth is the running sum of
brackets outside. A line end also leaves the string: JSON strings cannot hold one, so a lost quote harms one line only.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

QUOTE, NEWLINE, OPEN, CLOSE, COMMA = 1, 2, 3, 4, 5

_BACKSLASH: Final = 92
_KINDS: Final = np.zeros(256, np.uint8)
for _characters, _kind in ((b'"', QUOTE), (b"\n", NEWLINE), (b"[{", OPEN), (b"]}", CLOSE), (b",", COMMA)):
    _KINDS[list(_characters)] = _kind

Positions = npt.NDArray[np.intp]


class Events(NamedTuple):
    """Structural characters in order: position in the piece, kind, depth after it. newlines: positions of all."""

    positions: Positions
    kinds: npt.NDArray[np.uint8]
    depths: npt.NDArray[np.int64]
    newlines: Positions

    def boundaries(self, level: int, marks: list[int]) -> list[tuple[int, int, int, int]]:
        """(index, position, kind, depth) of commas and closers at `level` or above, what opens there, and `marks`."""
        limits = np.where(self.kinds == OPEN, level + 1, level)
        wanted = self.depths <= limits
        if marks:
            wanted |= np.isin(self.positions, marks)
        found = np.flatnonzero(wanted)
        columns = (found, self.positions[found], self.kinds[found], self.depths[found])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def rest(self, start: int, shift: int, stop: int | None = None) -> Events:
        """The events from `start` up to `stop`, `shift` levels deeper."""
        part = slice(start, stop)
        return Events(self.positions[part], self.kinds[part], self.depths[part] + shift, self.newlines)


class Scanner:
    """Carries the state from piece to piece; `depth` may be corrected after broken structure."""

    def __init__(self) -> None:
        self.depth = 0
        self._inside = 0
        self._backslashes = 0

    def scan(self, piece: bytes) -> Events:
        """The events of the next piece (not empty)."""
        codes = np.frombuffer(piece, np.uint8)
        kinds = _KINDS[codes]
        positions = np.flatnonzero(kinds)
        kinds = kinds[positions]
        newlines = positions[kinds == NEWLINE]
        if self._backslashes or b"\\" in piece:
            kinds[self._escaped(codes, positions, kinds)] = 0
        self._backslashes = _trailing(piece, self._backslashes)
        quotes = np.cumsum(kinds == QUOTE) + self._inside
        left = np.maximum.accumulate(np.where(kinds == NEWLINE, quotes, 0))
        inside = (quotes - left) & 1
        if inside.size:
            self._inside = int(inside[-1])
        outside = (kinds >= OPEN) & (inside == 0)
        positions, kinds = positions[outside], kinds[outside]
        steps = (kinds == OPEN).astype(np.int64) - (kinds == CLOSE)
        depths = np.cumsum(steps) + self.depth
        if depths.size:
            self.depth = int(depths[-1])
        return Events(positions, kinds, depths, newlines)

    def _escaped(self, codes: npt.NDArray[np.uint8], positions: Positions, kinds: npt.NDArray[np.uint8]) -> Positions:
        """Indices into `positions` of the quotes that an odd run of backslashes precedes."""
        quotes = np.flatnonzero(kinds == QUOTE)
        places = positions[quotes]
        behind = quotes[(places > 0) & (codes[places - 1] == _BACKSLASH)]
        first = quotes[:1] if places.size and places[0] == 0 and self._backslashes & 1 else quotes[:0]
        if not behind.size:
            return first
        slashes = np.flatnonzero(codes == _BACKSLASH)
        starts = np.concatenate(([0], np.flatnonzero(np.diff(slashes) != 1) + 1))
        last = np.searchsorted(slashes, positions[behind] - 1)
        begin = starts[np.searchsorted(starts, last, side="right") - 1]
        length = last - begin + 1 + np.where(slashes[begin] == 0, self._backslashes, 0)
        return np.concatenate((first, behind[(length & 1) == 1]))


def _trailing(piece: bytes, before: int) -> int:
    length = len(piece) - len(piece.rstrip(b"\\"))
    return length + before if length == len(piece) else length
