"""CSV and TSV: records of cells under a header. Cells stay text; an empty cell is the empty string.

The csv module reads; this module gives it lines, keeps account of where records start, and steps in where a lost quote
would swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dataaudit.loaders.base import UNREAD, Block, Dialect, Source, Unit, too_large, without_rows
from dataaudit.loaders.line_ends import LineEnds
from dataaudit.loaders.lines import BLOCK_SIZE, BYTE_ORDER_MARK
from dataaudit.loaders.physical import physical_lines
from dataaudit.loaders.streams import ByteStream
from dataaudit.shapes.base import Note

_ROWS: Final = 4096
# After so many lost quotes, or so many bytes read again for them, quotes no longer reach over line ends.
_RESTARTS: Final = 200
_REREAD: Final = 64 << 20
_KEPT: Final = 4096


class DelimitedLoader:
    """Reads CSV and TSV. A record over `max_row_bytes` is not kept (note `row-too-large` or `unclosed-quote`)."""

    def __init__(self, *, max_row_bytes: int) -> None:
        self._limit = max_row_bytes

    def units(self, source: Source, index: int) -> list[Unit]:
        """One unit: whether a line end is inside quotes is known only to who read everything before it."""
        return [Unit(index)]

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """Blocks of about a quarter of a MiB of records; values are dicts from column name to cell."""
        stream = ByteStream(source)
        dialect = source.dialect or Dialect(",", '"', (), header=False)
        # The module's own limit is for the whole process; records are bounded below instead.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit * 2))
        records = _Records(physical_lines(stream, self._limit), dialect, self._limit)
        block, size, rows = Block(), 0, 0
        for line, offset, raw, cells, notes in records:
            value = UNREAD if cells is None else dict(zip(dialect.names, cells, strict=False))
            block.add(line, offset if stream.has_offsets else -1, raw, value, notes)
            size += len(raw)
            rows += bool(raw.strip())
            if size >= BLOCK_SIZE or len(block.lines) >= _ROWS:
                block.bytes_read = stream.consumed
                yield block
                block, size = Block(), 0
        block.bytes_read = stream.consumed
        # RFC 4180 asks for CRLF, and cells may hold LF: only records that end differently are odd.
        block.file_notes = [found for found in records.ends.notes() if found[1].trait == "line-ends:mixed"]
        if stream.fault:
            block.file_notes.append((records.line, stream.fault))
        elif not rows:
            block.file_notes += without_rows(source)
        yield block


_Record = tuple[int, int, bytes, list[str] | None, tuple[Note, ...]]


class _Records:
    """Iterates over (line, offset, raw, cells or None, notes). `line` is the next line; `ends` counts line ends."""

    def __init__(self, lines: Iterator[tuple[int, bytes]], dialect: Dialect, limit: int) -> None:
        self.line = 1
        self.ends = LineEnds()
        self._lines = lines
        self._again: deque[tuple[int, bytes]] = deque()
        self._header = dialect.header
        self._names = dialect.names
        self._limit = limit
        self._restarts = _RESTARTS
        self._reread = _REREAD
        self._taken: list[tuple[int, bytes]] = []
        self._size = 0
        self._starved = False
        self._format: dict[str, Any] = {"delimiter": dialect.delimiter}
        if dialect.quote is None:
            self._format["quoting"] = csv.QUOTE_NONE
        else:
            self._format["quotechar"] = dialect.quote

    def __iter__(self) -> Iterator[_Record]:
        reader = self._reader()
        while True:
            self._taken, self._size, self._starved = [], 0, False
            try:
                cells = next(reader)
            except StopIteration:
                if not self._taken:
                    return
                cells = None
            except csv.Error:
                cells = None
            if not self._taken:
                return
            if cells is None or self._starved or (len(self._taken) > 1 and not self._proper()):
                yield from self._one_line()
                reader = self._reader()
                continue
            yield from self._whole(cells)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), **self._format)

    def _feed(self) -> Iterator[str]:
        """Lines as text; ends early (`_starved`) inside a record that is too large or may not go on."""
        while True:
            if self._taken and (self._size > self._limit or not self._may_span()):
                self._starved = True
                return
            if self._again:
                item = self._again.popleft()
            else:
                found = next(self._lines, None)
                if found is None:
                    self._starved = bool(self._taken)
                    return
                item = found
            self._taken.append(item)
            self._size += len(item[1])
            yield item[1].decode("utf-8", "replace")

    def _may_span(self) -> bool:
        return self._restarts > 0 and self._reread > 0

    def _proper(self) -> bool:
        """Whether a record over several lines is quoted as it should be (a lost quote seldom leaves it so)."""
        text = (raw.decode("utf-8", "replace") for _, raw in self._taken)
        try:
            return sum(1 for _ in csv.reader(text, strict=True, **self._format)) == 1
        except csv.Error:
            return False

    def _one_line(self) -> Iterator[_Record]:
        """Read the first line taken by itself and give the others back."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self._taken = [first]
        if others:
            self._restarts -= 1
            self._reread -= self._size - len(first[1])
        text = first[1].decode("utf-8", "replace")
        try:
            rows = list(csv.reader([text], **self._format))
        except csv.Error:
            # A bare CR outside quotes, which the module takes for a line end it cannot read.
            rows = list(csv.reader([text.replace("\r", " ")], **self._format))
        quote = self._format.get("quotechar", "")
        unclosed = bool(quote) and text.count(quote) % 2 == 1
        notes = (Note("unclosed-quote", column=text.rfind(quote) + 1),) if unclosed else ()
        yield from self._whole(rows[0] if rows else [], notes)

    def _whole(self, cells: list[str], notes: tuple[Note, ...] = ()) -> Iterator[_Record]:
        line, offset = self.line, self._taken[0][0]
        raw = b"".join(part for _, part in self._taken)
        self.line += len(self._taken)
        self.ends.add_end(raw)
        bare = raw.removesuffix(b"\n").removesuffix(b"\r")
        if line == 1 and bare.startswith(BYTE_ORDER_MARK):
            bare, offset = bare[3:], offset + 3
            if cells:
                cells[0] = cells[0].removeprefix("\ufeff").strip('"')
        if self._header and bare.strip():
            self._header = False
        elif len(raw) > self._limit:
            yield line, offset, bare[:_KEPT], None, (*notes, Note("row-too-large", detail=too_large(0, self._limit)))
        elif not bare.strip():
            yield line, offset, bare, None, (Note("blank-line"),)
        else:
            yield line, offset, bare, cells, (*notes, *_byte_notes(bare, cells, self._names), *self._ragged(cells))

    def _ragged(self, cells: list[str]) -> tuple[Note, ...]:
        if len(cells) == len(self._names):
            return ()
        return (Note("ragged-row", detail=f"{_number(cells, 'cell')}, {_number(self._names, 'column')}"),)


def _number(things: Sequence[str], word: str) -> str:
    return f"{len(things)} {word}" if len(things) == 1 else f"{len(things)} {word}s"


def _byte_notes(raw: bytes, cells: list[str], names: tuple[str, ...]) -> tuple[Note, ...]:
    """Undecodable bytes (they stand as U+FFFD in the cells) and NUL, with their field, and column of the first line."""
    if raw.isascii() and b"\x00" not in raw:
        return ()
    notes: list[Note] = []
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        notes.append(_byte_note("invalid-utf8", raw, error.start, _field_with("\ufffd", cells, names)))
    if b"\x00" in raw:
        notes.append(_byte_note("nul-character", raw, raw.index(b"\x00"), _field_with("\x00", cells, names)))
    return tuple(notes)


def _byte_note(trait: str, raw: bytes, place: int, field: str | None) -> Note:
    below = raw.count(b"\n", 0, place)
    detail = f"byte 0x{raw[place]:02x}"
    if below:
        # A column alone would point into the first line of the record.
        return Note(trait, field, f"{detail}, {below} line{'s' if below > 1 else ''} below the start of the record")
    return Note(trait, field, detail, len(raw[:place].decode("utf-8", "replace")) + 1)


def _field_with(char: str, cells: list[str], names: tuple[str, ...]) -> str | None:
    return next((name for name, cell in zip(names, cells, strict=False) if char in cell), None)
