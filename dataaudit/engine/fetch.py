"""Reads the texts of given rows again, for checks that compare pairs of rows once they know which ones.

Few rows of a plain JSONL file are sought by their offsets; of any other source the unit is read through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dataaudit.checks.evidence import RowText
from dataaudit.loaders import UNREAD, parse, seekable
from dataaudit.shapes import reader_for
from dataaudit.suppression import KEY
from dataaudit.suppression.row_key import without

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dataaudit.checks.batch import RowTable
    from dataaudit.engine.plan import Plan
    from dataaudit.engine.pool import Pool
    from dataaudit.shapes.base import Reading

# Reading a unit through costs about as much as seeking an eighth of its rows.
_DENSE: Final = 8
# Rows from which the processes of the pool pay for their answers' way back.
_POOLED: Final = 5_000
_GONE: Final = RowText("", "", None)
# Characters of the texts that are kept for the next time they are asked for.
_KEPT: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows of one unit: their places among its rows, ascending, and their offsets; offsets only if they are sought."""

    unit: int
    places: Sequence[int]
    offsets: Sequence[int] = ()


class Fetcher:
    """Gives the texts of rows by their numbers in the table. `starts`: the first row of each unit."""

    def __init__(self, plan: Plan, table: RowTable, starts: Sequence[int], pool: Pool | None) -> None:
        self._plan = plan
        self._table = table
        self._starts = np.array([*starts, len(table)], dtype=np.intp)
        self._pool = pool
        self._kept: dict[int, RowText] = {}
        self._size = 0

    def __call__(self, rows: NDArray[np.intp]) -> list[RowText]:
        """The texts of the rows, in the order of `rows`; a row that is not there any more is empty."""
        numbers = rows.tolist()
        missing = sorted({row for row in numbers if row not in self._kept})
        if not missing:
            return [self._kept[row] for row in numbers]
        found = dict(zip(missing, self._read(np.array(missing, dtype=np.intp)), strict=True))
        texts = [found[row] if row in found else self._kept[row] for row in numbers]
        self._keep(found)
        return texts

    def _keep(self, found: dict[int, RowText]) -> None:
        size = sum(len(text.question) + len(text.answer or "") for text in found.values())
        if self._size + size > _KEPT:
            self._kept, self._size = {}, 0
        if size <= _KEPT:
            self._kept |= found
            self._size += size

    def _read(self, rows: NDArray[np.intp]) -> list[RowText]:
        """The texts of rows in ascending order."""
        parts = self._wanted(rows)
        if self._pool is not None and self._pool.running and len(rows) >= _POOLED:
            found = list(self._pool.fetch(self._plan, parts))
        else:
            found = [read_again(self._plan, part) for part in parts]
        return [text for part in found for text in part]

    def _wanted(self, rows: NDArray[np.intp]) -> list[Wanted]:
        units = np.searchsorted(self._starts, rows, side="right") - 1
        parts = []
        borders = np.flatnonzero(np.diff(units, prepend=-1, append=-1)).tolist()
        for first, last in pairwise(borders):
            unit, some = int(units[first]), rows[first:last]
            begin, end = self._starts[unit : unit + 2].tolist()
            source = self._plan.sources[self._plan.units[unit].source]
            sought = (last - first) * _DENSE < end - begin and seekable(source)
            offsets = self._table["offset"][some].tolist() if sought else ()
            parts.append(Wanted(unit, (some - begin).tolist(), offsets))
        return parts


def read_again(plan: Plan, wanted: Wanted) -> list[RowText]:
    """The texts of the wanted rows of one unit, in their order."""
    unit = plan.units[wanted.unit]
    read = reader_for(plan.layouts[unit.source])
    if wanted.offsets:
        with Path(plan.sources[unit.source].location).open("rb") as file:
            values = []
            for offset in wanted.offsets:
                file.seek(offset)
                values.append(parse(file.readline(plan.max_row_bytes).rstrip(b"\r\n"))[0])
        return [_text(read, value) for value in values]
    texts: list[RowText] = []
    passed = 0
    places = np.array(wanted.places, dtype=np.intp)
    for block in plan.loader(unit.source).read(plan.sources[unit.source], unit):
        first, last = np.searchsorted(places, [passed, passed + len(block.values)]).tolist()
        texts += [_text(read, block.values[place - passed]) for place in wanted.places[first:last]]
        passed += len(block.values)
        if last == len(places):
            break
    return texts + [_GONE] * (len(places) - len(texts))


def _text(read: Callable[[dict[str, Any]], Reading], value: Any) -> RowText:
    if value is UNREAD or not isinstance(value, dict):
        return _GONE
    reading = read(without(value) if KEY in value else value)
    return RowText(reading.context, reading.question, reading.answer)
