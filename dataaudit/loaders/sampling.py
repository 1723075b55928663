"""A few records of a source, spread over it, to guess its layout from. The same ones every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from dataaudit.loaders.base import Loader, Source
from dataaudit.loaders.choose import loader_for
from dataaudit.loaders.excerpts import seekable
from dataaudit.loaders.json_value import parse
from dataaudit.loaders.lines import BYTE_ORDER_MARK
from dataaudit.loaders.memory import MemoryLoader

_PLACES: Final = 64
# Longer lines are passed over: they would cost more than they tell.
_LINE: Final = 1 << 20


def sample(source: Source, count: int, loader: Loader | None = None) -> list[Any]:
    """Values of up to `count` records, UNREAD for those that could not be read.

    From 64 evenly spaced places of a plain JSONL file, from the head of everything else. `loader` is needed for rows in
    memory only.
    """
    if isinstance(loader, MemoryLoader):
        return loader.head(count)
    if seekable(source):
        return _spread(source, count)
    values: list[Any] = []
    reader = loader or loader_for(source, max_row_bytes=_LINE)
    for unit in reader.units(source, 0):
        for block in reader.read(source, unit):
            values.extend(block.values)
            if len(values) >= count:
                return values[:count]
    return values


def _spread(source: Source, count: int) -> list[Any]:
    rows = max(1, -(-count // _PLACES))
    size = source.size or 0
    values: list[Any] = []
    with Path(source.location).open("rb") as file:
        passed = 0
        for place in range(_PLACES):
            start = size * place // _PLACES
            if start > passed:
                file.seek(start - 1)
                file.readline(_LINE)
            elif place:
                file.seek(passed)
            for _ in range(rows):
                line = file.readline(_LINE)
                if not line or len(values) >= count:
                    return values
                if line.strip() and (line.endswith(b"\n") or len(line) < _LINE):
                    values.append(parse(line.removeprefix(BYTE_ORDER_MARK))[0])
            passed = file.tell()
    return values
