"""Whether what a sample taught about answers holds for all rows: how many of them agree, aspect by aspect."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dataaudit.text.intervals import wilson

if TYPE_CHECKING:
    from dataaudit.catalogue import Given
    from dataaudit.checks.output_format import Answers
    from dataaudit.formats import Formats

_FORMATS_SHOWN = 20
_UNKNOWN = "unknown "


class Agreement:
    """Counts over all rows of the group that an aspect was learned in.

    A few odd rows are a large part of a small group, so groups that took an aspect from a larger one are counted
    together with it.
    """

    def __init__(self, formats: Formats, state: Answers, given: Given) -> None:
        self._formats = formats
        self._given = given
        self._rows: Counter[tuple[str, int]] = Counter()
        self._off: Counter[tuple[str, int]] = Counter()
        self._repeated: Counter[tuple[str, str]] = Counter()
        aspects = {aspect for _, aspect in state.off if aspect not in ("", "*")}
        for number, rows in state.rows.items():
            for aspect in aspects:
                key = self._key(number, aspect)
                self._rows[key] += rows
                self._off[key] += state.off[number, aspect]
        for kind, seen in state.seen.items():
            self._repeated[kind.aspect, kind.detail] += seen.count

    def is_real(self, number: int, aspect: str, detail: str = "") -> bool:
        """Whether so many rows keep to an aspect of a format that the others deviate from it.

        A value that the sample did not hold and that many rows do is a value like the others.
        """
        key = self._key(number, aspect)
        rows, agreeing = self._rows[key], self._rows[key] - self._off[key]
        threshold = self._given.of("FMT001")
        if detail.startswith(_UNKNOWN) and self._repeated[aspect, detail] >= threshold("value_repeats"):
            return False
        return rows >= threshold("min_rows") and agreeing >= threshold("min_share") * rows

    def lower(self, number: int, aspect: str) -> float:
        """The lower end of the 95 % interval of the share of rows that agree."""
        key = self._key(number, aspect)
        return wilson(self._rows[key] - self._off[key], self._rows[key])[0]

    def _key(self, number: int, aspect: str) -> tuple[str, int]:
        """An aspect, and the group that it was learned in."""
        return aspect, self._formats.resolved[number].origin_of(aspect)


def figures(formats: Formats, state: Answers) -> list[dict[str, Any]]:
    """The learned formats in words, most rows first: JSON values."""
    found: list[dict[str, Any]] = []
    for number, rows in sorted(state.rows.items(), key=lambda item: (-item[1], item[0]))[:_FORMATS_SHOWN]:
        agreeing = rows - state.off[number, ""]
        sentence = formats.resolved[number].sentence(agreeing / rows, rows)
        common = bool(formats.resolved[number].aspects)
        found.append({"rows": rows, "agreeing": agreeing, "format": sentence, "common": common})
    return found
