"""JSON that is not one record a line: arrays, pretty-printed or concatenated values, a list wrapped in an object.

Cuts the text into its records without parsing the whole, so memory is bounded by the largest record, and one broken
record does not take the others with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dataaudit.loaders.base import UNREAD, Block, Source, Unit, too_large, without_rows
from dataaudit.loaders.json_value import parse
from dataaudit.loaders.line_ends import LineEnds
from dataaudit.loaders.lines import BLOCK_SIZE, BYTE_ORDER_MARK
from dataaudit.loaders.splitter import Element, Splitter
from dataaudit.loaders.streams import ByteStream
from dataaudit.loaders.suspects import may_hold_odd
from dataaudit.shapes.base import Note

_ROWS: Final = 4096


class DocumentLoader:
    """Reads kind `json`, one record for each element. Records over `max_row_bytes` are not kept (`row-too-large`)."""

    def __init__(self, *, max_row_bytes: int) -> None:
        self._limit = max_row_bytes

    def units(self, source: Source, index: int) -> list[Unit]:
        """One unit: where an element starts is known only to who read everything before it."""
        return [Unit(index)]

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """Blocks of about a quarter of a MiB of elements; lines and offsets are those of the element's first byte."""
        stream = ByteStream(source)
        ends = LineEnds()
        splitter = Splitter(self._limit, wrapped=source.wrapper is not None)
        block, size, rows = Block(), 0, 0
        for element, plain in _elements(splitter, ends.watch(stream)):
            value, notes = self._value(element, plain)
            block.add(element.line, element.offset if stream.has_offsets else -1, element.raw, value, notes)
            size += len(element.raw)
            rows += 1
            if size >= BLOCK_SIZE or len(block.lines) >= _ROWS:
                block.bytes_read = stream.consumed
                yield block
                block, size = Block(), 0
        block.bytes_read = stream.consumed
        block.file_notes = [*ends.notes(), *splitter.file_notes]
        if stream.fault:
            block.file_notes.append((splitter.line, stream.fault))
        elif not rows:
            block.file_notes += without_rows(source)
        yield block

    def _value(self, element: Element, plain: bool) -> tuple[Any, tuple[Note, ...]]:
        if element.size > self._limit:
            return UNREAD, (Note("row-too-large", detail=too_large(element.size, self._limit)),)
        value, notes = parse(element.raw, plain=plain)
        return value, (*element.notes, *notes)


def _elements(splitter: Splitter, pieces: Iterator[bytes]) -> Iterator[tuple[Element, bool]]:
    """Each element, and whether a look over its piece was enough to see that nothing in it is odd."""
    start = 0
    for piece in pieces:
        if not start and piece.startswith(BYTE_ORDER_MARK):
            # Spaces of the same length keep the offsets.
            piece = b"   " + piece[3:]
        plain = not may_hold_odd(piece)
        for element in splitter.feed(piece):
            yield element, plain and element.offset >= start
        start += len(piece)
    for element in splitter.finish():
        yield element, False
