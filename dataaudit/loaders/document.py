"""JSON that is not one record a line: arrays, pretty-printed or concatenated values, a list wrapped in an object.

Cuts the text into its records without parsing the whole, so memory is bounded by the largest record, and one broken
record does not take the others with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dataaudit.loaders.base import UNREAD, Block, Source, Unit
from dataaudit.loaders.json_value import parse
from dataaudit.loaders.line_ends import LineEnds
from dataaudit.loaders.lines import BLOCK_SIZE, BYTE_ORDER_MARK
from dataaudit.loaders.splitter import Element, Splitter
from dataaudit.loaders.streams import ByteStream
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
        """Blocks of about half a MiB of elements; lines and offsets are those of the element's first byte."""
        stream = ByteStream(source)
        ends = LineEnds()
        splitter = Splitter(self._limit, wrapped=source.wrapper is not None)
        block, size = Block(), 0
        for element in _elements(splitter, ends.watch(stream)):
            value, notes = self._value(element)
            block.add(element.line, element.offset if stream.has_offsets else -1, element.raw, value, notes)
            size += len(element.raw)
            if size >= BLOCK_SIZE or len(block.lines) >= _ROWS:
                block.bytes_read = stream.consumed
                yield block
                block, size = Block(), 0
        block.bytes_read = stream.consumed
        block.file_notes = [*ends.notes(), *splitter.file_notes]
        if stream.fault:
            block.file_notes.append((splitter.line, stream.fault))
        yield block

    def _value(self, element: Element) -> tuple[Any, tuple[Note, ...]]:
        if element.size > self._limit:
            return UNREAD, (Note("row-too-large", detail=f"{element.size} bytes, more than {self._limit}"),)
        value, notes = parse(element.raw)
        return value, (*element.notes, *notes)


def _elements(splitter: Splitter, pieces: Iterator[bytes]) -> Iterator[Element]:
    first = True
    for piece in pieces:
        if first and piece.startswith(BYTE_ORDER_MARK):
            # Spaces of the same length keep the offsets.
            piece = b"   " + piece[3:]
        first = False
        yield from splitter.feed(piece)
    yield from splitter.finish()
