"""Parquet: one record a row, read in batches. Lines are row numbers; there is no text to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dataaudit.loaders.base import Block, Source, Unit, without_rows
from dataaudit.loaders.json_value import as_record
from dataaudit.loaders.native import plain, text_notes
from dataaudit.shapes.base import Note

_ROWS: Final = 1024


class ParquetLoader:
    """Reads Parquet. A unit is a run of row groups."""

    def units(self, source: Source, index: int) -> list[Unit]:
        """One unit for each row group; the whole file where its footer cannot be read."""
        from pyarrow import ArrowException

        try:
            metadata = _open(source).metadata
            units: list[Unit] = []
            line = 1
            for group in range(metadata.num_row_groups):
                units.append(Unit(index, group, group + 1, line))
                line += metadata.row_group(group).num_rows
        except (OSError, ValueError, ArrowException):
            return [Unit(index)]
        return units or [Unit(index, file_notes=tuple(without_rows(source)))]

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """Blocks of up to 1,024 rows; a damaged part ends the unit with a note `truncated-file`."""
        from pyarrow import ArrowException

        line = unit.first_line
        try:
            file = _open(source)
            groups = None if unit.stop is None else list(range(unit.start, unit.stop))
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups):
                block = _block(batch.to_pylist(), line)
                line += len(block.lines)
                yield block
            if unit.file_notes:
                yield Block(file_notes=list(unit.file_notes))
        except (OSError, ValueError, ArrowException) as error:
            yield Block(file_notes=[(line, Note("truncated-file", detail=f"parquet: {_first_line(error)}"))])


def _open(source: Source) -> Any:
    import pyarrow.parquet as parquet

    return parquet.ParquetFile(source.location)


def _block(rows: list[Any], line: int) -> Block:
    block = Block()
    for number, row in enumerate(rows, line):
        value, notes = as_record(plain(row), ())
        block.add(number, -1, b"", value, notes or text_notes(value))
    return block


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
