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
from dataaudit.suppression import set_aside

_PLACES: Final = 64
# Longer lines are passed over: they would cost more than they tell.
_LINE: Final = 1 << 20
_READ: Final = 8 << 20


def sample(source: Source, count: int, loader: Loader | None = None) -> list[Any]:
    """Values of up to `count` records, UNREAD for those that could not be read; none has the reserved key.

    From 64 evenly spaced places of a plain JSONL file; evenly spaced ones of everything else, as far as the first 8 MiB
    reach. `loader` is needed for rows in memory only.
    """
    return set_aside(_sample(source, count, loader))


def _sample(source: Source, count: int, loader: Loader | None) -> list[Any]:
    if isinstance(loader, MemoryLoader):
        return loader.sample(count)
    if seekable(source):
        return _spread(source, count)
    thinned = _Thinned(count)
    reader = loader or loader_for(source, max_row_bytes=_LINE)
    for unit in reader.units(source, 0):
        for block in reader.read(source, unit):
            thinned.add(block.values)
            if block.bytes_read > _READ:
                return thinned.values()
    return thinned.values()


class _Thinned:
    """Evenly spaced ones of values whose number is not known beforehand."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._step = 1
        self._passed = 0
        self._values: list[Any] = []

    def add(self, values: list[Any]) -> None:
        """Take every n-th of the values; n doubles whenever twice as many as wanted are held."""
        self._values += values[-self._passed % self._step :: self._step]
        self._passed += len(values)
        while len(self._values) >= 2 * self._count:
            self._values = self._values[::2]
            self._step *= 2

    def values(self) -> list[Any]:
        """Up to `count` values: all where there are no more."""
        if len(self._values) <= self._count:
            return self._values
        return [self._values[place * len(self._values) // self._count] for place in range(self._count)]


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
