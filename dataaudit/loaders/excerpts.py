"""The raw text of given rows, read again after the run, to show to people."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dataaudit.loaders.base import Source
from dataaudit.loaders.choose import loader_for
from dataaudit.loaders.line_ends import separator
from dataaudit.loaders.streams import head

# More than this of a row is never shown.
_LONGEST: Final = 1 << 20


def excerpt_rows(source: Source, wanted: list[tuple[int, int]]) -> dict[int, bytes]:
    """Line -> its bytes without line end, for (line, offset) pairs; of a table record its first line.

    Seeks where offsets are those of the file, else goes through the source once. Rows without text (Parquet, memory)
    and lines that are not there any more are left out. Long rows are cut.
    """
    if source.kind in ("parquet", "rows") or not wanted:
        return {}
    if _plain(source) and source.kind in ("lines", "delimited") and all(offset >= 0 for _, offset in wanted):
        return _sought(source, wanted)
    left = {line for line, _ in wanted}
    found: dict[int, bytes] = {}
    loader = loader_for(source, max_row_bytes=_LONGEST)
    for unit in loader.units(source, 0):
        for block in loader.read(source, unit):
            for line, raw in zip(block.lines, block.raws, strict=True):
                if line in left:
                    found[line] = raw
                    left.discard(line)
            if not left:
                return found
    return found


def seekable(source: Source) -> bool:
    """Whether the offset of a row is where its line starts in the file, and a line feed ends it."""
    return _plain(source) and source.kind == "lines" and separator(head(source, _LONGEST)) == b"\n"


def _plain(source: Source) -> bool:
    return not source.compression and source.encoding == "utf-8"


def _sought(source: Source, wanted: list[tuple[int, int]]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    end = separator(head(source, _LONGEST))
    with Path(source.location).open("rb") as file:
        for line, offset in sorted(wanted, key=lambda pair: pair[1]):
            file.seek(offset)
            raw = file.readline(_LONGEST)
            if raw:
                found[line] = raw.rstrip(b"\r\n").partition(end)[0]
    return found
