"""Counts the line ends of a file, so that they can be named once for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dataaudit.shapes.base import Note


class LineEnds:
    """Fed with the bytes of a file in any pieces; the counts do not depend on where the pieces end."""

    def __init__(self) -> None:
        self.count = 0
        self._pairs = 0
        self._returns = 0
        self._pending = False

    def add(self, piece: bytes) -> None:
        """Count the ends in the next piece."""
        self.count += piece.count(b"\n")
        if self._pending:
            self._pairs += piece.startswith(b"\n")
            self._pending = False
        if b"\r" in piece:
            self._pairs += piece.count(b"\r\n")
            self._returns += piece.count(b"\r")
            self._pending = piece.endswith(b"\r")

    def add_end(self, line: bytes) -> None:
        """Count the end of one whole line or record, and none of the line ends inside it."""
        self.add(line[-2:] if line.endswith((b"\n", b"\r")) else b"")

    def watch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pass pieces on, counting."""
        for piece in pieces:
            self.add(piece)
            yield piece

    def notes(self) -> tuple[tuple[int | None, Note], ...]:
        """`line-ends:crlf`, `line-ends:mixed` or `line-ends:cr`; nothing for plain line feeds."""
        if self._returns and not self.count:
            return ((None, Note("line-ends:cr", detail=f"{self._returns} CR")),) if self._inner_return() else ()
        if not self._pairs:
            return ()
        if self._pairs == self.count:
            return ((None, Note("line-ends:crlf", detail=f"{self._pairs} CRLF")),)
        return ((None, Note("line-ends:mixed", detail=f"{self._pairs} CRLF, {self.count - self._pairs} LF")),)

    def _inner_return(self) -> bool:
        return self._returns > 1 or not self._pending
