"""Rows that a program already holds: a DataFrame, a list of dicts, a generator."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from dataaudit.errors import UsageError
from dataaudit.loaders.base import UNREAD, Block, Source, Unit
from dataaudit.loaders.json_value import type_name
from dataaudit.loaders.native import plain, text_notes
from dataaudit.shapes.base import Note

_ROWS: Final = 1024


class MemoryLoader:
    """Reads rows in blocks of 1,024. `sample` does not use up a generator.

    spool: a folder where the rows of a generator are kept as they are read; without it they can be read once.
    """

    def __init__(self, rows: Any, spool: Path | None = None) -> None:
        self._rows = rows
        self._once = isinstance(rows, Iterator)
        self._used = False
        self._kept = spool / "rows" if spool is not None and self._once else None
        self._peeked: list[Any] = []

    def sample(self, count: int) -> list[Any]:
        """Up to `count` values, UNREAD for rows that are no objects: evenly spaced, of a generator the first."""
        if self._once:
            self._peeked.extend(islice(self._rows, max(count - len(self._peeked), 0)))
            rows: Iterable[Any] = self._peeked[:count]
        elif hasattr(self._rows, "iloc"):
            rows = _rows_of(self._rows.iloc[_places(len(self._rows), count)])
        elif isinstance(self._rows, Sequence):
            rows = [self._rows[place] for place in _places(len(self._rows), count)]
        else:
            rows = islice(self._rows, count)
        return [read_row(row)[0] for row in rows]

    def units(self, source: Source, index: int) -> list[Unit]:
        """One unit: the rows lie in this process."""
        return [Unit(index)]

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """The rows in order; lines are their numbers.

        Raises:
            UsageError: a generator is read a second time.
        """
        if self._once and self._used:
            if self._kept is None:
                raise UsageError(
                    "the rows were read already", path=source.path, hint="pass a list instead of a generator"
                )
            yield from _read_kept(self._kept)
            return
        self._used = True
        rows = chain(self._peeked, self._rows) if self._once else _rows_of(self._rows)
        self._peeked = []
        line = 1
        with self._kept.open("wb") if self._kept is not None else nullcontext() as kept:
            while some := list(islice(rows, _ROWS)):
                block = Block()
                for number, row in enumerate(some, line):
                    value, notes = read_row(row)
                    block.add(number, -1, b"", value, notes)
                line += len(some)
                if kept is not None:
                    pickle.dump(block, kept)
                yield block


def _read_kept(path: Path) -> Iterator[Block]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


def _places(rows: int, count: int) -> list[int]:
    return list(range(rows)) if rows <= count else [place * rows // count for place in range(count)]


def _rows_of(rows: Any) -> Iterator[Any]:
    if not hasattr(rows, "itertuples"):
        yield from rows
        return
    names = [str(name) for name in rows.columns]
    for row in rows.itertuples(index=False, name=None):
        yield dict(zip(names, row, strict=True))


def read_row(row: Any) -> tuple[Any, tuple[Note, ...]]:
    """A row as plain JSON values with what is odd about it; UNREAD where it is no object."""
    if not isinstance(row, dict):
        return UNREAD, (Note(f"not-an-object:{type_name(row)}"),)
    value = plain(row)
    return value, text_notes(value)
