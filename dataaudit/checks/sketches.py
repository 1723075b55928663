"""The sketches of rows that near-duplicates are looked for in: some 120 bytes a row, in the order of their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.kernels import Sketch
    from dataaudit.text.columns import Rows

_PER_ROW = ("source", "line", "prompt", "both", "words", "covered", "template")
_PER_EXTRA = ("extra_prompt", "extra_both")


class _Part(NamedTuple):
    rows: int
    columns: dict[str, NDArray[Any]]


@dataclass(slots=True)
class Sketches:
    """Columns by name, of all rows added; see `similarity.kernels.sketch` for what they hold."""

    _parts: list[_Part] = field(default_factory=list)

    def append(self, source: int, lines: Sequence[int], sketch: Sketch) -> None:
        """Add the rows of a batch."""
        columns = {name: getattr(sketch, name) for name in (*_PER_ROW[2:], "extra_row", *_PER_EXTRA)}
        columns["source"] = np.full(len(lines), source, np.int32)
        columns["line"] = np.array(lines, np.uint32)
        self._parts.append(_Part(len(lines), columns))

    def extend(self, other: Sketches) -> None:
        """Add the rows of another state."""
        self._parts += other._parts

    def columns(self) -> dict[str, NDArray[Any]]:
        """All rows as one, in the order of source and line."""
        if len(self._parts) != 1 or not _in_order(self._parts[0].columns):
            self._parts = [_joined(self._parts)] if self._parts else []
        return self._parts[0].columns if self._parts else {}

    def both_keys(self, rows: Rows) -> tuple[NDArray[np.uint32], Rows]:
        """(band keys of prompt and answer together, row of each entry); a row may have two entries."""
        return self._keys(rows, "both")

    def prompt_keys(self, rows: Rows) -> tuple[NDArray[np.uint32], Rows]:
        """The same of the prompts."""
        return self._keys(rows, "prompt")

    def _keys(self, rows: Rows, name: str) -> tuple[NDArray[np.uint32], Rows]:
        columns = self.columns()
        chosen = np.zeros(len(columns["line"]), dtype=np.bool_)
        chosen[rows] = True
        extra = chosen[columns["extra_row"]]
        keys = np.concatenate([columns[name][rows], columns[f"extra_{name}"][extra]])
        return keys, np.concatenate([rows, columns["extra_row"][extra]]).astype(np.intp)

    def __getstate__(self) -> list[_Part]:
        return [_joined(self._parts)] if len(self._parts) > 1 else self._parts

    def __setstate__(self, state: list[_Part]) -> None:
        self._parts = state

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sketches):
            return NotImplemented
        one, two = self.columns(), other.columns()
        return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)

    __hash__ = None  # type: ignore[assignment]


def _in_order(columns: dict[str, NDArray[Any]]) -> bool:
    source, line = columns["source"], columns["line"]
    later = (source[1:] > source[:-1]) | ((source[1:] == source[:-1]) & (line[1:] >= line[:-1]))
    return bool(later.all())


def _joined(parts: list[_Part]) -> _Part:
    starts = np.cumsum([0, *(part.rows for part in parts)])
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in (*_PER_ROW, *_PER_EXTRA)}
    extra = np.concatenate([part.columns["extra_row"] + start for part, start in zip(parts, starts, strict=False)])
    if not _in_order(columns):
        order = np.lexsort((columns["line"], columns["source"]))
        for name in _PER_ROW:
            columns[name] = columns[name][order]
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        extra = place[extra]
        by_row = np.argsort(extra, kind="stable")
        extra = extra[by_row]
        for name in _PER_EXTRA:
            columns[name] = columns[name][by_row]
    columns["extra_row"] = extra
    return _Part(int(starts[-1]), columns)
