"""The sketches of rows that near-duplicates are looked for in: some 150 bytes a row, in the order of their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.kernels import Sketch
    from dataaudit.text.columns import Rows

    Keys = NDArray[np.uint32]
    Mask = NDArray[np.bool_]

_PER_ROW = ("source", "line", "words", "covered", "template")
_KEYS = ("prompt", "both")


class _Part(NamedTuple):
    """Columns of consecutive rows. Keys are [bands, rows], so that a band lies together."""

    rows: int
    columns: dict[str, NDArray[Any]]


@dataclass(slots=True)
class Sketches:
    """What `similarity.kernels.sketch` gives, of all rows added."""

    _added: list[_Part] = field(default_factory=list)
    _parts: list[_Part] = field(default_factory=list)

    def append(self, source: int, lines: Sequence[int], sketch: Sketch) -> None:
        """Add the rows of a batch."""
        columns: dict[str, NDArray[Any]] = {name: getattr(sketch, name) for name in (*_PER_ROW[2:], "extra_row")}
        for name in _KEYS:
            columns |= {name: getattr(sketch, name).T, f"extra_{name}": getattr(sketch, f"extra_{name}").T}
        columns["source"] = np.full(len(lines), source, np.int32)
        columns["line"] = np.array(lines, np.uint32)
        self._added.append(_Part(len(lines), columns))

    def extend(self, other: Sketches) -> None:
        """Add the rows of another state."""
        self._parts = [*self._compacted(), *other._compacted()]

    def _compacted(self) -> list[_Part]:
        if self._added:
            self._parts.append(_joined(self._added))
            self._added = []
        return self._parts

    def parts(self) -> list[_Part]:
        """All rows in the order of source and line, in large pieces."""
        parts = self._compacted()
        ends = [(part.columns["source"][at], part.columns["line"][at]) for part in parts if part.rows for at in (0, -1)]
        places = [(int(source), int(line)) for source, line in ends]
        if places != sorted(places) or not all(_in_order(part.columns) for part in parts):
            self._parts = parts = [_sorted(_joined(parts))]
        return parts

    def column(self, name: str) -> NDArray[Any]:
        """A column of all rows: words, covered or template."""
        return _concatenated([part.columns[name] for part in self.parts()])

    def move(self, source: int) -> None:
        """Say of which source the rows are, all of one."""
        for part in self._compacted():
            part.columns["source"] = np.full(part.rows, source, np.int32)

    def __getstate__(self) -> list[_Part]:
        return self._compacted()

    def __setstate__(self, state: list[_Part]) -> None:
        self._added, self._parts = [], state

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sketches):
            return NotImplemented
        one, two = ([_joined(state.parts())] if state.parts() else [] for state in (self, other))
        return len(one) == len(two) and all(
            np.array_equal(a.columns[name], b.columns[name])
            for a, b in zip(one, two, strict=True)
            for name in a.columns
        )

    __hash__ = None  # type: ignore[assignment]


class Entries:
    """The band keys of chosen rows of a state, as `similarity.groups.Buckets` takes them.

    Entries are numbered: the rows by prompt and answer together, those that have a second entry again, and the same by
    prompt alone.
    """

    def __init__(self, state: Sketches, both: Mask, prompt: Mask) -> None:
        self._parts = state.parts()
        starts = np.cumsum([0, *(part.rows for part in self._parts)])
        extra = [part.columns["extra_row"] + start for part, start in zip(self._parts, starts, strict=False)]
        self._extra = _concatenated(extra)
        self._size = len(both) + len(self._extra)
        chosen = np.concatenate([both, both[self._extra], prompt, prompt[self._extra]])
        self._bits = np.where(chosen, np.uint32(0xFFFFFFFF), np.uint32(0))
        self.bands = self._parts[0].columns["both"].shape[0]
        self.size = 2 * self._size

    def column(self, band: int) -> Keys:
        """The keys of one band of all entries, 0 for rows that are not chosen."""
        names = ("both", "extra_both", "prompt", "extra_prompt")
        keys: Keys = np.concatenate([part.columns[name][band] for name in names for part in self._parts])
        keys &= self._bits
        return keys

    def rows(self, entries: Rows) -> Rows:
        """The row of each entry."""
        place = entries % self._size
        own = place < self._size - len(self._extra)
        rows = place.copy()
        rows[~own] = self._extra[place[~own] - (self._size - len(self._extra))]
        return rows


def _concatenated(columns: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(columns) if columns else np.empty(0, np.int64)


def _in_order(columns: dict[str, NDArray[Any]]) -> bool:
    source, line = columns["source"], columns["line"]
    later = (source[1:] > source[:-1]) | ((source[1:] == source[:-1]) & (line[1:] >= line[:-1]))
    return bool(later.all())


def _joined(parts: list[_Part]) -> _Part:
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in _PER_ROW}
    for name in (*_KEYS, *(f"extra_{name}" for name in _KEYS)):
        columns[name] = np.ascontiguousarray(np.concatenate([part.columns[name] for part in parts], axis=1))
    starts = np.cumsum([0, *(part.rows for part in parts)])
    extra = [part.columns["extra_row"] + start for part, start in zip(parts, starts, strict=False)]
    columns["extra_row"] = np.concatenate(extra)
    return _Part(int(starts[-1]), columns)


def _sorted(part: _Part) -> _Part:
    columns = part.columns
    order = np.lexsort((columns["line"], columns["source"]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    moved = place[columns["extra_row"]]
    by_row = np.argsort(moved, kind="stable")
    sorted_columns = {name: columns[name][order] for name in _PER_ROW}
    for name in _KEYS:
        sorted_columns[name] = columns[name][:, order]
        sorted_columns[f"extra_{name}"] = columns[f"extra_{name}"][:, by_row]
    sorted_columns["extra_row"] = moved[by_row]
    return _Part(part.rows, sorted_columns)
