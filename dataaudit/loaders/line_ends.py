"""Line ends: which one separates the rows of a file, and how many there are of each, to name them once for the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dataaudit.shapes.base import Note

# Below this, importing numpy would take longer than a plain count.
_SMALL: Final = 32 << 10


def separator(beginning: bytes) -> bytes:
    """What ends a line, by the beginning of a text: LF, or CR where there is no LF except as the last byte."""
    inner = beginning[:-1]
    return b"\r" if b"\n" not in inner and b"\r" in inner.removesuffix(b"\r") else b"\n"


def feeds(piece: bytes) -> int:
    """How many LF a piece holds; vectorised, twice as fast as `bytes.count` where lines are short."""
    if len(piece) < _SMALL:
        return piece.count(b"\n")
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord("\n")))


class LineEnds:
    """Fed with the bytes of a file in any pieces; the counts do not depend on where the pieces end."""

    def __init__(self) -> None:
        self.count = 0
        self._pairs = 0
        self._returns = 0
        self._last = b""

    def add(self, piece: bytes) -> None:
        """Count the ends in the next piece."""
        if not piece:
            return
        self.count += feeds(piece)
        if b"\r" in piece:
            self._pairs += piece.count(b"\r\n")
            self._returns += piece.count(b"\r")
        if self._last == b"\r":
            self._pairs += piece.startswith(b"\n")
        self._last = piece[-1:]

    def add_end(self, line: bytes) -> None:
        """Count the end of one whole line or record, and none of the line ends inside it."""
        end = line[-2:]
        if end.endswith(b"\n"):
            self.count += 1
            self._pairs += end == b"\r\n"
            self._returns += end == b"\r\n"
        elif end.endswith(b"\r"):
            self._returns += 1
        self._last = end[-1:]

    def watch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pass pieces on, counting."""
        for piece in pieces:
            self.add(piece)
            yield piece

    def notes(self) -> tuple[tuple[int | None, Note], ...]:
        """`line-ends:crlf`, `line-ends:mixed` or `line-ends:cr`; nothing for plain line feeds."""
        bare = self._returns - self._pairs
        plain = self.count - self._pairs
        if self._separated_by_returns(bare):
            return ((None, Note("line-ends:cr", detail=f"{bare} CR")),)
        if self._pairs and not plain and not bare:
            return ((None, Note("line-ends:crlf", detail=f"{self._pairs} CRLF")),)
        kinds = [f"{number} {name}" for number, name in ((self._pairs, "CRLF"), (plain, "LF"), (bare, "CR")) if number]
        if len(kinds) < 2:
            return ()
        return ((None, Note("line-ends:mixed", detail=", ".join(kinds))),)

    def _separated_by_returns(self, bare: int) -> bool:
        """The same answer as `separator` gives for the whole text."""
        if self.count:
            return bool(bare) and self.count == 1 and self._last == b"\n"
        return bare > (self._last == b"\r")
