"""The family PII: personal data and secrets in the texts of rows. Runs only where a rule of it is selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.mojibake import text_fields
from dataaudit.text.personal import found

if TYPE_CHECKING:
    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence

_PLACES_KEPT = 1000
_SHOWN = 2
"""Characters of a value that a message shows, at most: enough to find it in the row, too few to use it."""

Seen = list[tuple[str, str, str, int]]
"""Of one text, by rule: (code, what it is, its first characters, how many more there are)."""


class Place(NamedTuple):
    """A row, its first field with a finding, what was found there, the first characters, how many more in the row."""

    source: int
    line: int
    field: str
    what: str
    start: str
    more: int

    @property
    def says(self) -> str:
        """What is found, in one sentence without the value."""
        more = f", and {self.more} more" if self.more else ""
        return f"the {self.field} holds {self.what}: {self.start}***{more}"


@dataclass(slots=True)
class Personal:
    """By rule: how many rows hold something, and the first of them."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)


class PrivacyCheck(Check[Personal]):
    """Every field of every row, by itself. `wanted`: only their codes are looked for."""

    codes = tuple(f"PII{number:03}" for number in range(1, 12))

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = frozenset(self.codes) & wanted

    def start(self) -> Personal:
        return Personal()

    def add(self, state: Personal, batch: Batch) -> Personal:
        rows: dict[tuple[str, int], Place] = {}
        for name, texts in text_fields(batch):
            for index, seen in self._seen(texts):
                for code, what, start, more in seen:
                    first = rows.get((code, index))
                    rows[code, index] = (
                        first._replace(more=first.more + 1 + more)
                        if first is not None
                        else Place(batch.source, batch.lines[index], name, what, start, more)
                    )
        here = Personal()
        for (code, _), place in rows.items():
            here.counts[code] = here.counts.get(code, 0) + 1
            here.places.setdefault(code, []).append(place)
        return self.merge(state, here)

    def _seen(self, texts: Sequence[str | None]) -> Iterator[tuple[int, Seen]]:
        tried: dict[str, Seen] = {}
        for index, text in enumerate(texts):
            if not text:
                continue
            seen = tried[text] if text in tried else tried.setdefault(text, _by_rule(text, self._wanted))
            if seen:
                yield index, seen

    def merge(self, first: Personal, second: Personal) -> Personal:
        for code, count in second.counts.items():
            first.counts[code] = first.counts.get(code, 0) + count
            first.places[code] = sorted([*first.places.get(code, []), *second.places[code]])[:_PLACES_KEPT]
        return first

    def judge(self, state: Personal, evidence: Evidence) -> Iterator[Tally]:
        for code, count in sorted(state.counts.items()):
            severity = evidence.severity(code)
            if severity is None:
                continue
            hits = [
                Hit(place.says, severity, evidence.row_at(place.source, place.line), field=place.field)
                for place in state.places[code][: evidence.keep]
            ]
            yield Tally(code, count, hits)


def _by_rule(text: str, rules: frozenset[str]) -> Seen:
    first: dict[str, tuple[str, str]] = {}
    counts: dict[str, int] = {}
    for kind, start, end in found(text, rules):
        first.setdefault(kind.rule, (kind.name, text[start : min(end, start + _SHOWN)]))
        counts[kind.rule] = counts.get(kind.rule, 0) + 1
    return [(code, *first[code], count - 1) for code, count in sorted(counts.items())]
