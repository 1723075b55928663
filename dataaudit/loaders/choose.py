"""Which loader reads a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dataaudit.errors import UsageError
from dataaudit.loaders.base import Loader, Source
from dataaudit.loaders.lines import LinesLoader
from dataaudit.loaders.memory import MemoryLoader


def loader_for(source: Source, *, max_row_bytes: int) -> Loader:
    """The loader of a source's kind. `max_row_bytes`: records over it are noted, not parsed (rule SCH025).

    Raises:
        UsageError: rows in memory have a loader already, made by `memory_source`.
    """
    if source.kind == "lines":
        return LinesLoader(max_row_bytes=max_row_bytes)
    if source.kind == "json":
        from dataaudit.loaders.document import DocumentLoader

        return DocumentLoader(max_row_bytes=max_row_bytes)
    if source.kind == "delimited":
        from dataaudit.loaders.delimited import DelimitedLoader

        return DelimitedLoader(max_row_bytes=max_row_bytes)
    if source.kind == "parquet":
        from dataaudit.loaders.parquet import ParquetLoader

        return ParquetLoader()
    raise UsageError("rows in memory are read by the loader that came with them", path=source.path)


def memory_source(
    rows: Any, name: str, *, split: str = "train", spool: Path | None = None
) -> tuple[Source, MemoryLoader]:
    """A source and its loader for a DataFrame or an iterable of dicts; a generator is read once, in blocks.

    spool: a folder where the rows of a generator are kept, so that they can be read again.
    """
    return Source(name, "", "rows", split), MemoryLoader(rows, spool)
