"""JSON Lines: one record a line. Knows line ends, blocks and limits; not what a record means.

A plain UTF-8 file is cut into units of fixed size on line borders, so the same records come out whatever the number of
workers; compressed or transcoded input is one unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from jiter import from_json

from dataaudit.loaders.base import UNREAD, Block, Source, Unit, too_large
from dataaudit.loaders.json_value import SUSPECT, as_record, odd_notes, parse_refused
from dataaudit.loaders.line_ends import LineEnds, separator
from dataaudit.loaders.streams import PIECE, ByteStream
from dataaudit.loaders.suspects import may_hold_odd
from dataaudit.shapes.base import Note

UNIT_SIZE: Final = 16 << 20
# Measured over the whole path of a row: smaller blocks stay in the cache, larger ones save nothing any more.
BLOCK_SIZE: Final = 1 << 18
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

# What is kept of a row over the limit: enough to recognise it by.
_KEPT: Final = 4096


class LinesLoader:
    """Reads JSONL. Rows over `max_row_bytes` are not parsed and not kept whole (note `row-too-large`)."""

    def __init__(self, *, max_row_bytes: int, unit_size: int = UNIT_SIZE, piece: int = PIECE) -> None:
        self._limit = max_row_bytes
        self._unit_size = unit_size
        self._piece = piece

    def units(self, source: Source, index: int) -> list[Unit]:
        """Ranges of `unit_size` bytes, moved to the next line border. The first one carries the notes on line ends."""
        if source.compression or source.encoding != "utf-8":
            return [Unit(index)]
        ends = LineEnds()
        starts = [(0, 1)]
        size = 0
        with Path(source.location).open("rb") as file:
            while piece := file.read(min(self._piece, self._unit_size)):
                if size >= len(starts) * self._unit_size:
                    border = piece.find(b"\n") + 1
                    if border and size + border > starts[-1][0]:
                        starts.append((size + border, ends.count + piece.count(b"\n", 0, border) + 1))
                ends.add(piece)
                size += len(piece)
        if len(starts) > 1 and starts[-1][0] == size:
            starts.pop()
        stops = [start for start, _ in starts[1:]] + [size]
        notes = ends.notes()
        return [
            Unit(index, start, stop, line, notes if start == 0 else ())
            for (start, line), stop in zip(starts, stops, strict=True)
        ]

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """Blocks of about a quarter of a MiB of whole lines."""
        if unit.stop is not None:
            end = b"\r" if any(note.trait == "line-ends:cr" for _, note in unit.file_notes) else b"\n"
            assembler = _Assembler(end, unit.start, unit.first_line, self._limit)
            first = True
            for block in assembler.blocks(_range(source, unit, self._piece)):
                block.file_notes.extend(unit.file_notes if first else ())
                first = False
                yield block
            if first and unit.file_notes:
                yield Block(file_notes=list(unit.file_notes), bytes_read=unit.stop)
            return
        yield from self._read_stream(source)

    def _read_stream(self, source: Source) -> Iterator[Block]:
        stream = ByteStream(source)
        ends = LineEnds()
        pieces = ends.watch(stream)
        first = next(pieces, b"")
        # A stream cannot be looked through beforehand: its first piece decides whether CR alone ends a line.
        assembler = _Assembler(separator(first), 0, 1, self._limit)
        for block in assembler.blocks(_chain(first, pieces)):
            if not stream.has_offsets:
                block.offsets = [-1] * len(block.offsets)
            block.bytes_read = stream.consumed
            yield block
        notes = list(ends.notes())
        if stream.fault:
            notes.append((assembler.line, stream.fault))
        yield Block(file_notes=notes, bytes_read=stream.consumed)


def _range(source: Source, unit: Unit, piece: int) -> Iterator[bytes]:
    with Path(source.location).open("rb") as file:
        file.seek(unit.start)
        left = (unit.stop or 0) - unit.start
        while left > 0 and (data := file.read(min(piece, left))):
            left -= len(data)
            yield data


def _chain(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


class _Assembler:
    """Puts pieces together to whole lines and these to blocks. `line` is the line that comes next."""

    def __init__(self, separator: bytes, offset: int, line: int, limit: int) -> None:
        self._separator = separator
        self._offset = offset
        self.line = line
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._block = Block()
        self._block_start = offset

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[Block]:
        for piece in pieces:
            border = piece.rfind(self._separator) + 1
            if not border:
                self._hold(piece)
                continue
            first = 0
            if self._size > self._limit:
                first = piece.find(self._separator) + 1
                self._too_large(piece[:first])
            if self._parts:
                self._whole(b"".join((*self._parts, piece[:border])))
            else:
                self._whole(piece[first:border])
            self._parts, self._size = [], 0
            self._hold(piece[border:])
            if self._offset - self._block_start >= BLOCK_SIZE:
                yield self._take()
        if self._size > self._limit:
            self._too_large(b"")
        else:
            tail = b"".join(self._parts)
            self._whole(tail if self._separator == b"\n" else tail.removesuffix(b"\n"))
        if self._block.lines:
            yield self._take()

    def _take(self) -> Block:
        block, self._block = self._block, Block()
        block.bytes_read = self._block_start = self._offset
        return block

    def _hold(self, part: bytes) -> None:
        if part and self._size <= self._limit:
            self._parts.append(part)
        self._size += len(part)

    def _too_large(self, tail: bytes) -> None:
        size = self._size + len(tail.rstrip(b"\r\n"))
        kept = b"".join(self._parts)[:_KEPT]
        self._block.add(self.line, self._offset, kept, UNREAD, (_row_too_large(size, self._limit),))
        self._offset += self._size + len(tail)
        self.line += 1
        self._parts = []

    def _whole(self, data: bytes) -> None:
        if not data:
            return
        raws = data.split(self._separator)
        offsets = list(accumulate(map((1).__add__, map(len, raws)), initial=self._offset))
        if not raws[-1]:
            raws.pop()
        del offsets[len(raws) :]
        if b"\r" in data and self._separator == b"\n":
            raws = [raw[:-1] if raw.endswith(b"\r") else raw for raw in raws]
        if self.line == 1 and raws[0].startswith(BYTE_ORDER_MARK):
            raws[0] = raws[0][3:]
            offsets[0] = 3
        block = self._block
        values, notes = _parsed(raws)
        if may_hold_odd(data):
            _add_odd_notes(raws, values, notes)
        if len(data) > self._limit:
            _drop_too_large(raws, values, notes, self._limit)
        base = len(block.lines)
        block.notes.update((base + index, found) for index, found in notes.items())
        block.lines.extend(range(self.line, self.line + len(raws)))
        block.offsets.extend(offsets)
        block.raws.extend(raws)
        block.values.extend(values)
        self.line += len(raws)
        self._offset += len(data)


def _parsed(raws: list[bytes]) -> tuple[list[Any], dict[int, tuple[Note, ...]]]:
    """The hot loop: one value for each line."""
    notes: dict[int, tuple[Note, ...]] = {}
    try:
        values = [from_json(raw, catch_duplicate_keys=True, allow_inf_nan=False) for raw in raws]
    except ValueError:
        values = _parsed_singly(raws, notes)
    if set(map(type, values)) != {dict}:
        for index, value in enumerate(values):
            if type(value) is not dict:
                values[index], found = as_record(value, notes.get(index, ()))
                notes[index] = found
    return values, notes


def _parsed_singly(raws: list[bytes], notes: dict[int, tuple[Note, ...]]) -> list[Any]:
    values: list[Any] = []
    for raw in raws:
        try:
            values.append(from_json(raw, catch_duplicate_keys=True, allow_inf_nan=False))
        except ValueError as error:
            value, notes[len(values)] = parse_refused(raw, str(error))
            values.append(value)
    return values


def _add_odd_notes(raws: list[bytes], values: list[Any], notes: dict[int, tuple[Note, ...]]) -> None:
    """Notes on numbers too large and NUL in rows that parsed; the other rows were diagnosed already."""
    for index, raw in enumerate(raws):
        if index not in notes and SUSPECT.search(raw):
            found = odd_notes(raw, values[index])
            if found:
                notes[index] = found


def _drop_too_large(raws: list[bytes], values: list[Any], notes: dict[int, tuple[Note, ...]], limit: int) -> None:
    for index, raw in enumerate(raws):
        if len(raw) > limit:
            raws[index], values[index] = raw[:_KEPT], UNREAD
            notes[index] = (_row_too_large(len(raw), limit),)


def _row_too_large(size: int, limit: int) -> Note:
    return Note("row-too-large", detail=too_large(size, limit))
