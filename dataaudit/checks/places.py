"""Rows that a rule speaks of: all of them by their place, the first of them in words. Judges nothing."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROW = struct.Struct("<qI")
_WORDED = 1000


class Place(NamedTuple):
    """Where a row is, what is wrong as a number below 2**32, and in a sentence; "" for none, and beyond the first."""

    source: int
    line: int
    code: int
    sentence: str


@dataclass(slots=True)
class Places:
    """Of one rule, in a state.

    rows: of each source the lines and codes of all rows, 12 bytes each. worded: (source, line, sentence) of the first.
    """

    rows: dict[int, bytearray] = field(default_factory=dict)
    worded: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(map(len, self.rows.values())) // _ROW.size

    def add(self, place: Place) -> None:
        """Take in a row behind those of its source."""
        self.rows.setdefault(place.source, bytearray()).extend(_ROW.pack(place.line, place.code))
        if place.sentence and len(self.worded) < _WORDED:
            self.worded.append((place.source, place.line, place.sentence))

    def merge(self, other: Places, codes: Sequence[int] | None = None) -> None:
        """Take in the rows of another part. codes: by the code that a row has there, the one that it gets here."""
        for source, rows in other.rows.items():
            own = self.rows.setdefault(source, bytearray())
            if codes is None:
                own.extend(rows)
            else:
                own.extend(b"".join(_ROW.pack(line, codes[code]) for line, code in _ROW.iter_unpack(rows)))
        if other.worded:
            self.worded = sorted([*self.worded, *other.worded])[:_WORDED]

    def first(self, most: int) -> Iterator[Place]:
        """At most `most` rows, in the order of their places."""
        sentences = {(source, line): sentence for source, line, sentence in self.worded}
        return islice(
            (
                Place(source, line, code, sentences.get((source, line), ""))
                for source in sorted(self.rows)
                for line, code in sorted(_ROW.iter_unpack(self.rows[source]))
            ),
            most,
        )
