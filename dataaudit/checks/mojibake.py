"""TXT001: texts that were decoded with the wrong encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.text.mojibake import first_change, mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence

_PLACES_KEPT = 1000
_CODE = "TXT001"


class Place(NamedTuple):
    """A row, its first field that was decoded wrongly, the first words of it as they are and as meant, other fields."""

    source: int
    line: int
    field: str
    text: str
    meant: str
    others: tuple[str, ...]

    @property
    def says(self) -> str:
        """What is wrong, in one sentence."""
        too = f"; so was the {' and the '.join(self.others)}" if self.others else ""
        return f'the {self.field} was decoded with the wrong encoding: "{self.text}" should be "{self.meant}"{too}'


@dataclass(slots=True)
class Garbled:
    """How many rows, and the first of them."""

    count: int = 0
    places: list[Place] = field(default_factory=list)


class MojibakeCheck(Check[Garbled]):
    """Every field of every row, by itself."""

    codes = (_CODE,)

    def start(self) -> Garbled:
        return Garbled()

    def add(self, state: Garbled, batch: Batch) -> Garbled:
        rows: dict[int, Place] = {}
        for name, texts in text_fields(batch):
            for index, text, meant in _garbled(texts):
                if index in rows:
                    rows[index] = rows[index]._replace(others=(*rows[index].others, name))
                else:
                    words = first_change(text, meant)
                    rows[index] = Place(batch.source, batch.lines[index], name, *words, ())
        return self.merge(state, Garbled(len(rows), list(rows.values()))) if rows else state

    def merge(self, first: Garbled, second: Garbled) -> Garbled:
        first.count += second.count
        if second.places:
            first.places = sorted([*first.places, *second.places])[:_PLACES_KEPT]
        return first

    def judge(self, state: Garbled, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity(_CODE)
        if severity is None or not state.count:
            return
        hits = [
            Hit(place.says, severity, evidence.row_at(place.source, place.line), field=place.field)
            for place in state.places[: evidence.keep]
        ]
        yield Tally(_CODE, state.count, hits)


def text_fields(batch: Batch) -> Iterator[tuple[str, Sequence[str | None]]]:
    """The texts of the rows by field, None for no text. Labels that are the answer once more are left out."""
    yield "system", batch.contexts
    yield "prompt", batch.questions
    yield "completion", batch.answers
    if any(batch.labels):
        rows = zip(batch.labels, batch.answers, strict=True)
        yield "label", [label if label != answer else None for label, answer in rows]


def _garbled(texts: Sequence[str | None]) -> Iterator[tuple[int, str, str]]:
    """(index, text, text as it was meant); a text that many rows share is tried once."""
    tried: dict[str, str | None] = {}
    for index, text in enumerate(texts):
        if text is None or text.isascii():
            continue
        meant = tried[text] if text in tried else tried.setdefault(text, mended(text))
        if meant is not None:
            yield index, text, meant
