"""What judging found out of rows by reading them again: a later run over the same rows need not read them.

Known by the content of rows and files, never by their place. The engine's cache keeps it between runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Set

    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Values = NDArray[np.float64]

# Odd numbers that spread: the first of SplitMix64 (Steele, Lea and Flood, 2014) and of MurmurHash3's finaliser.
_SPREAD: Final = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xFF51AFD7ED558CCD], dtype=np.uint64
)


class Place(NamedTuple):
    """What a finding points at in a file."""

    line: int
    column: int | None
    field: str | None


Shown = dict[Place, tuple[str, int | None]]
"""The piece of a row, and its caret, that stands for each place."""


class Facts(NamedTuple):
    """keys: [n, 4], the key and the label of the one row and of the other. values: [n, width], what is known."""

    keys: Keys
    values: Values


class Kept(NamedTuple):
    """What one run leaves to the next: facts by their name, pieces of rows by a key of their file."""

    pairs: dict[str, Facts]
    excerpts: dict[str, Shown]


class KnownPairs:
    """Answers from what an earlier run kept; `facts` is what this one asked for, to be kept for the next."""

    def __init__(self, width: int, kept: Facts | None = None) -> None:
        """width: numbers that are known of a pair."""
        if kept is None:
            kept = Facts(np.empty((0, len(_SPREAD)), np.uint64), np.empty((0, width)))
        codes = _codes(kept.keys)
        order = np.argsort(codes, kind="stable")
        self._codes, self._kept = codes[order], Facts(kept.keys[order], kept.values[order])
        self.asked: list[Facts] = []
        self.news = False

    def ask(self, keys: Keys, work_out: Callable[[NDArray[np.intp]], Values]) -> Values:
        """[n, width] for the pairs of `keys`; `work_out` is given the places of those that nobody knows."""
        values = np.empty((len(keys), self._kept.values.shape[1]))
        known: NDArray[np.bool_] = np.zeros(len(keys), dtype=np.bool_)
        if len(self._codes):
            place = np.minimum(np.searchsorted(self._codes, _codes(keys)), len(self._codes) - 1)
            known = (self._kept.keys[place] == keys).all(axis=1)
            values[known] = self._kept.values[place[known]]
        if not known.all():
            self.news = True
            missing = np.flatnonzero(~known)
            values[missing] = work_out(missing)
        self.asked.append(Facts(keys, values))
        return values

    @property
    def facts(self) -> Facts:
        """Of all pairs that were asked for."""
        return Facts(*(np.concatenate(column) for column in zip(*self.asked, strict=True)))


def _codes(keys: Keys) -> Keys:
    codes: Keys = (keys * _SPREAD).sum(axis=1, dtype=np.uint64)
    return codes


@dataclass
class Memory:
    """What an earlier run left, and what this one asked for. Without a cache there is nothing, and nobody keeps it.

    files: for each source a key of its content and of how it is read; None where nothing of it is kept.
    """

    before: Kept = field(default_factory=lambda: Kept({}, {}))
    files: Sequence[str | None] = ()
    _pairs: dict[str, KnownPairs] = field(default_factory=dict)
    _shown: dict[str, Shown] = field(default_factory=dict)

    def pairs(self, name: str, width: int) -> KnownPairs:
        """What is known of pairs under a name: `width` numbers of each."""
        if name not in self._pairs:
            self._pairs[name] = KnownPairs(width, self.before.pairs.get(name))
        return self._pairs[name]

    def shown(self, source: int, places: Set[Place]) -> Shown | None:
        """The pieces of the rows of a source, where they are known for these places and no others."""
        key = self.files[source] if source < len(self.files) else None
        known = None if key is None else self.before.excerpts.get(key)
        if key is None or known is None or known.keys() != places:
            return None
        self._shown[key] = known
        return known

    def show(self, source: int, shown: Shown) -> None:
        """Keep the pieces of the rows of a source."""
        key = self.files[source] if source < len(self.files) else None
        if key is not None:
            self._shown[key] = shown

    @property
    def news(self) -> Kept | None:
        """What the next run should know; None where that is what this one knew."""
        same = self._shown.keys() <= self.before.excerpts.keys() and not any(one.news for one in self._pairs.values())
        if same:
            return None
        facts = {name: one.facts for name, one in self._pairs.items() if one.asked}
        return Kept(facts, self._shown or self.before.excerpts)
