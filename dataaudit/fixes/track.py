"""Follows the rows of one file through all passes: which of the first rows each one is now, and why it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.errors import SourceError
from dataaudit.fixes.apply import Content, Spans, Written
from dataaudit.fixes.registry import BYTE_ORDER_MARK, CODES, LINE_ENDS, bit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.loaders import Source


class Stamp(NamedTuple):
    """What is other once a file was written, or another file took its place."""

    device: int
    inode: int
    size: int
    time: int
    links: int


class Change(NamedTuple):
    """A piece of a file before and after. row: its place among the first rows; -1 for what stands before them.

    line: 1-based, of the piece. mask: the rules that changed it. became: how many rows it is now.
    """

    row: int
    line: int
    mask: int
    old: bytes
    new: bytes
    became: int = 1


@dataclass
class Track:
    """One file. first: its rows before any fix. origin: for each row of now, its place among the first ones.

    done: rules that changed each of the first rows. silent: rules of which each had a silent finding in some pass: what
    other rules change in it must not bring it out. twin: (source, line before any fix) of the row that stayed for one
    that went, -1 for none.
    """

    source: Source
    first: Spans
    stamp: Stamp
    origin: NDArray[np.int64]
    done: NDArray[np.uint64]
    silent: NDArray[np.uint64]
    twin: NDArray[np.int64]
    mark: bool = False
    ends: int = 0
    content: Path | None = None
    now: Spans | None = field(default=None)

    @classmethod
    def of(cls, source: Source, spans: Spans) -> Track:
        """A file that nothing was done to."""
        size = len(spans.starts)
        nothing = np.full((size, 2), -1, dtype=np.int64)
        done, silent = np.zeros((2, size), np.uint64)
        return cls(source, spans, stamp_of(source), np.arange(size), done, silent, nothing)

    @property
    def links(self) -> int:
        """How many names the file had before."""
        return self.stamp.links

    @property
    def changed(self) -> bool:
        """Whether the file is other than it was."""
        return self.content is not None

    def take(self, written: Written, twins: NDArray[np.int64], content: Path) -> None:
        """Note what a pass did. twins: for each row of before the pass, [n, 2], see the class."""
        np.bitwise_or.at(self.done, self.origin, written.done)
        gone = np.flatnonzero(written.rows == 0)
        self.twin[self.origin[gone]] = twins[gone]
        self.origin = np.repeat(self.origin, written.rows)
        self.mark |= written.mark
        self.ends += written.ends
        self.content = content

    def line_of(self, row: int) -> int:
        """The line, before any fix, of a row of now."""
        return int(self.first.lines[self.origin[row]])

    def counts(self) -> Counter[str]:
        """How often each rule changed something: rows, and the file once for what it is as a whole."""
        found = Counter({code: int(np.count_nonzero(self.done & np.uint64(bit(code)))) for code in CODES})
        found[BYTE_ORDER_MARK] += self.mark
        found[LINE_ENDS] = int(bool(self.ends))
        return +found

    def sums(self) -> tuple[int, int]:
        """(rows that went, rows that changed)."""
        gone = self.gone
        return int(gone.sum()), int(((self.done != 0) & ~gone).sum())

    @property
    def gone(self) -> NDArray[np.bool_]:
        """Which of the first rows are no more."""
        mask: NDArray[np.bool_] = np.bincount(self.origin, minlength=len(self.done)) == 0
        return mask

    def check_unchanged(self) -> None:
        """Raise SourceError where somebody wrote the file in the meantime."""
        now = stamp_of(self.source)
        if now != self.stamp or self.source.size not in (None, now.size):
            raise SourceError(
                "changed while it was being fixed", path=self.source.path, hint="nothing was written to it"
            )

    def pieces(self, around: int) -> Iterator[Change | int]:
        """What changed and so many rows around it, in order; for rows between them how many lines they are."""
        if self.content is None or self.now is None:
            return
        before, after = Content(self.source), Content(_at(self.source, self.content))
        olds, news = self.first.starts, self.now.starts
        head = before.bytes_until(_start(olds, 0))
        yield Change(-1, 1, 0, head, after.bytes_until(_start(news, 0)))
        rows = self._near(around)
        firsts = np.searchsorted(self.origin, rows, side="left").tolist()
        untils = np.searchsorted(self.origin, rows, side="right").tolist()
        passed = 0
        for row, first, until in zip(rows.tolist(), firsts, untils, strict=True):
            if row > passed:
                yield sum(piece.count(b"\n") for piece in before.until(_start(olds, row)))
                for _ in after.until(_start(news, first)):
                    pass
            old = before.bytes_until(_start(olds, row + 1))
            new = after.bytes_until(_start(news, until)) if until > first else b""
            yield Change(row, int(self.first.lines[row]), int(self.done[row]), old, new, until - first)
            passed = row + 1

    def _near(self, around: int) -> NDArray[np.intp]:
        """The rows that changed, and those around them."""
        touched = self.done != 0
        touched[: int(self.mark)] = True  # the mark stands in the line of the first row
        touched |= bool(self.ends and around)
        near = touched.copy()
        for distance in range(1, min(around, len(near)) + 1):
            near[distance:] |= touched[:-distance]
            near[:-distance] |= touched[distance:]
        return np.flatnonzero(near)


def resolve_twins(tracks: Mapping[int, Track]) -> None:
    """Let each row that went name the row that stays, not one that went after it."""
    gone = {number: track.gone for number, track in tracks.items()}

    def next_of(source: int, line: int) -> tuple[int, int] | None:
        track = tracks[source]
        row = int(np.searchsorted(track.first.lines, line))
        further, after = track.twin[row].tolist() if gone[source][row] else (-1, -1)
        return (further, after) if further >= 0 else None

    for number, track in tracks.items():
        for row in np.flatnonzero(gone[number] & (track.twin[:, 0] >= 0)).tolist():
            place = tuple(track.twin[row].tolist())
            while (further := next_of(*place)) is not None:
                place = further
            track.twin[row] = place


def stamp_of(source: Source) -> Stamp:
    """The stamp of a file."""
    known = Path(source.location).stat()
    return Stamp(known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_nlink)


def _start(starts: NDArray[np.int64], row: int) -> int | None:
    """Where a row starts; None behind the last one."""
    return int(starts[row]) if row < len(starts) else None


def _at(source: Source, content: Path) -> Source:
    from dataclasses import replace

    return replace(source, location=str(content))
