"""Writes a file anew with the chosen fixes; what is not mended is copied byte by byte. Memory is bounded by a row."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

import numpy as np

from dataaudit.checks.evidence import BLANK
from dataaudit.fixes.registry import CHANGED, GO, LINE_ENDS, bit
from dataaudit.fixes.rows import CsvRow, JsonRow
from dataaudit.loaders.streams import ByteStream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence
    from dataaudit.fixes.choose import Choice
    from dataaudit.fixes.context import Context
    from dataaudit.fixes.rows import Row
    from dataaudit.loaders import Source

_MARK: Final = b"\xef\xbb\xbf"
_ENDS: Final = (b"\r\n", b"\n", b"\r")


class Spans(NamedTuple):
    """Where the rows of a source lie. first: number of its first row in the table. starts: offset of each row.

    blank: rows without content; the header of a table may follow one in its span.
    """

    first: int
    starts: NDArray[np.int64]
    lines: NDArray[np.uint32]
    blank: NDArray[np.bool_]

    @classmethod
    def of(cls, evidence: Evidence, source: int) -> Spans:
        """The spans of one source of an examination."""
        first, last = np.searchsorted(evidence.table["source"], [source, source + 1]).tolist()
        blank = evidence.rows_with(BLANK.__eq__)[first:last]
        return cls(first, evidence.table["offset"][first:last], evidence.table["line"][first:last], blank)


class Written(NamedTuple):
    """rows: how many each row has become. done: for each row the rules that changed it. mark: the mark was cut off.

    ends: lines whose end was mended.
    """

    rows: NDArray[np.int64]
    done: NDArray[np.uint64]
    mark: bool
    ends: int

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.done.any()) or self.mark or bool(self.ends)


class Content:
    """Reads the content of a source from front to back, decompressed."""

    def __init__(self, source: Source) -> None:
        self._pieces = iter(ByteStream(source))
        self._held = b""
        self._used = 0
        self.place = 0

    def until(self, stop: int | None) -> Iterator[bytes]:
        """The pieces up to an offset, or to the end."""
        while stop is None or self.place < stop:
            if self._used == len(self._held):
                self._held, self._used = next(self._pieces, b""), 0
                if not self._held:
                    return
            left = len(self._held) - self._used
            size = left if stop is None else min(left, stop - self.place)
            yield self._held[self._used : self._used + size]
            self._used += size
            self.place += size

    def bytes_until(self, stop: int | None) -> bytes:
        """The same as one text."""
        return b"".join(self.until(stop))


@contextmanager
def packed(stream: BinaryIO, compression: str | None) -> Iterator[BinaryIO]:
    """A stream that compresses into another as the source was compressed."""
    if compression == "gzip":
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packing:
            yield packing  # type: ignore[misc]  # a GzipFile writes as a BinaryIO does
    elif compression == "zstd":
        import zstandard

        with zstandard.ZstdCompressor().stream_writer(stream, closefd=False) as packing:
            yield packing
    else:
        yield stream


def rewrite(source: Source, number: int, evidence: Evidence, choice: Choice, out: BinaryIO) -> Written:
    """Write the content of a source with its fixes to `out`."""
    spans = Spans.of(evidence, number)
    size = len(spans.starts)
    bits = choice.bits[spans.first : spans.first + size]
    rows, done = np.ones(size, dtype=np.int64), np.zeros(size, dtype=np.uint64)
    content = Content(source)
    head = content.bytes_until(int(spans.starts[0]) if size else None)
    mark = number in choice.marks and head.startswith(_MARK)
    pen = _Pen(source, choice.contexts[number], out, _end_of(source, number, choice, spans))
    pen.header(head[len(_MARK) :] if mark else head)
    touched = range(size) if pen.end is not None else np.flatnonzero(bits).tolist()
    for row in touched:
        for piece in content.until(int(spans.starts[row])):
            out.write(piece)
        stop = int(spans.starts[row + 1]) if row + 1 < size else None
        raw = content.bytes_until(stop)
        if spans.blank[row] and source.kind == "delimited":
            raw, rest = first_line(raw)
        else:
            rest = b""
        rows[row], done[row] = pen.row(raw, int(bits[row]))
        pen.header(rest)
    for piece in content.until(None):
        out.write(piece)
    return Written(rows, done, mark, pen.ends)


def first_line(raw: bytes) -> tuple[bytes, bytes]:
    """The blank line that a piece begins with, and the rest: the header, where that follows."""
    feeds = [place for place in (raw.find(b"\n"), raw.find(b"\r")) if place >= 0]
    cut = min(feeds, default=len(raw))
    cut += 2 if raw.startswith(b"\r\n", cut) else 1
    return raw[:cut], raw[cut:]


def _end_of(source: Source, number: int, choice: Choice, spans: Spans) -> bytes | None:
    """What lines are to end in; None where they stay. Of a table with mixed ends the commonest is kept."""
    if number not in choice.ends:
        return None
    if source.kind == "lines":
        return b"\n"
    counts = dict.fromkeys(_ENDS, 0)
    content = Content(source)
    for start in spans.starts.tolist():
        if end := split_end(content.bytes_until(start))[1]:
            counts[end] += 1
    return max(_ENDS, key=lambda end: (counts[end], end == b"\n"))


def split_end(raw: bytes) -> tuple[bytes, bytes]:
    """A row and its line end."""
    for end in _ENDS:
        if raw.endswith(end):
            return raw[: -len(end)], end
    return raw, b""


def row_of(source: Source, body: bytes, *, ascii_only: bool = True) -> Row:
    """A row of a source, without its line end, as fixers see it."""
    if source.dialect is None or source.kind == "lines":
        return JsonRow(body, ascii_only=ascii_only)
    return CsvRow(body, source.dialect)


class _Pen:
    """Writes one row after another."""

    def __init__(self, source: Source, context: Context, out: BinaryIO, end: bytes | None) -> None:
        self._source = source
        self._context = context
        self._out = out
        self.end = end
        self.ends = 0

    def header(self, raw: bytes) -> None:
        """Write what is no row: the header of a table, or nothing."""
        body, end = split_end(raw)
        usual = end if self.end is None or not end else self.end
        self.ends += usual != end
        self._out.write(body + usual)

    def row(self, raw: bytes, mask: int) -> tuple[int, int]:
        """Write a row as it should be: (how many rows it became, the rules that changed it)."""
        if mask & GO:
            return 0, mask & GO
        body, end = split_end(raw)
        usual = end if self.end is None or not end else self.end
        done = 0
        if mask:
            row = row_of(self._source, body, ascii_only=self._ascii_only)
            for code, fixer in CHANGED.items():
                if mask & bit(code) and fixer(row, self._context):
                    done |= bit(code)
            body = row.raw
        pieces = self._parts(body) if self.end is not None and b"\r" in body else [body]
        if pieces != [body]:
            done |= bit(LINE_ENDS)
        if usual != end or pieces != [body]:
            self.ends += 1
        for piece in pieces[:-1]:
            self._out.write(piece + (usual or b"\n"))
        self._out.write(pieces[-1] + usual)
        return len(pieces), done

    @cached_property
    def _ascii_only(self) -> bool:
        """Whether the file has no character beyond ASCII that is not escaped: then what is put in is escaped too."""
        return all(piece.isascii() for piece in Content(self._source).until(None))

    def _parts(self, body: bytes) -> list[bytes]:
        """The rows of a line of JSON in which bare carriage returns stand: several, or one without them."""
        if self._source.kind != "lines":
            return [body]
        pieces = [piece for piece in body.split(b"\r") if piece.strip()]
        if pieces and all(JsonRow(piece).record is not None for piece in pieces):
            return pieces
        spaced = body.replace(b"\r", b" ")
        value = JsonRow(body).record
        return [spaced] if value is not None and JsonRow(spaced).record == value else [body]
