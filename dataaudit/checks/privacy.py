"""The family PII: personal data and secrets in the texts of rows. Runs only where a rule of it is selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.mojibake import FIELDS, text_fields
from dataaudit.checks.places import Place, Places
from dataaudit.text.personal import found, names

if TYPE_CHECKING:
    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence

_SHOWN = 2
"""Characters of a value that a message shows, at most: enough to find it in the row, too few to use it."""

Seen = list[tuple[str, str, str, int]]
"""Of one text, by rule: (code, what it is, its first characters, how many more there are)."""


@dataclass(slots=True)
class Personal:
    """By rule: the rows that hold something. The code of a place says what it is and in which field."""

    places: dict[str, Places] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    """Of one rule: the first field of a row with it, what it is, its first characters, how many more there are."""

    field: str
    what: str
    start: str
    more: int


class PrivacyCheck(Check[Personal]):
    """Every field of every row, by itself. `wanted`: only their codes are looked for."""

    codes = tuple(f"PII{number:03}" for number in range(1, 12))

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = frozenset(self.codes) & wanted

    def start(self) -> Personal:
        return Personal()

    def add(self, state: Personal, batch: Batch) -> Personal:
        rows: dict[tuple[int, str], _Row] = {}
        for name, texts in text_fields(batch):
            for index, seen in self._seen(texts):
                for code, what, start, more in seen:
                    if (first := rows.get((index, code))) is not None:
                        first.more += 1 + more
                    else:
                        rows[index, code] = _Row(name, what, start, more)
        for (index, code), row in sorted(rows.items(), key=lambda entry: entry[0]):
            number = names().index(row.what) * len(FIELDS) + FIELDS.index(row.field)
            place = Place(batch.source, batch.lines[index], number, _says(row.field, row.what, row.start, row.more))
            state.places.setdefault(code, Places()).add(place)
        return state

    def _seen(self, texts: Sequence[str | None]) -> Iterator[tuple[int, Seen]]:
        tried: dict[str, Seen] = {}
        for index, text in enumerate(texts):
            if not text:
                continue
            seen = tried[text] if text in tried else tried.setdefault(text, _by_rule(text, self._wanted))
            if seen:
                yield index, seen

    def merge(self, first: Personal, second: Personal) -> Personal:
        for code, places in second.places.items():
            first.places.setdefault(code, Places()).merge(places)
        return first

    def judge(self, state: Personal, evidence: Evidence) -> Iterator[Tally]:
        for code, places in sorted(state.places.items()):
            severity = evidence.severity(code)
            if severity is None:
                continue
            hits = []
            for place in places.first(evidence.keep):
                what, where = divmod(place.code, len(FIELDS))
                message = place.sentence or _says(FIELDS[where], names()[what])
                row = evidence.row_at(place.source, place.line)
                hits.append(Hit(message, severity, row, field=FIELDS[where]))
            yield Tally(code, places.count, hits)


def _says(where: str, what: str, start: str = "", more: int = 0) -> str:
    """What is found, in one sentence without the value."""
    beginning = f": {start}***" if start else ""
    return f"the {where} holds {what}{beginning}{f', and {more} more' if more else ''}"


def _by_rule(text: str, rules: frozenset[str]) -> Seen:
    first: dict[str, tuple[str, str]] = {}
    counts: dict[str, int] = {}
    for kind, start, end in found(text, rules):
        first.setdefault(kind.rule, (kind.name, text[start : min(end, start + _SHOWN)]))
        counts[kind.rule] = counts.get(kind.rule, 0) + 1
    return [(code, *first[code], count - 1) for code, count in sorted(counts.items())]
