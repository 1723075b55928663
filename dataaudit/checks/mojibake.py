"""TXT001: texts that were decoded with the wrong encoding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.places import Place, Places
from dataaudit.text.mojibake import first_change, mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence

_CODE = "TXT001"
FIELDS = ("system", "prompt", "completion", "label")
_CERTAIN = 1 << len(FIELDS)


class Garbled(NamedTuple):
    """A text, as it was likely meant, and whether some of that is certain."""

    text: str
    meant: str
    certain: bool


class MojibakeCheck(Check[Places]):
    """Every field of every row, by itself. The code of a place has a bit for each field, and one for certain."""

    codes = (_CODE,)

    def start(self) -> Places:
        return Places()

    def add(self, state: Places, batch: Batch) -> Places:
        rows: dict[int, dict[str, Garbled]] = {}
        for name, texts in text_fields(batch):
            for index, garbled in _garbled(texts):
                rows.setdefault(index, {})[name] = garbled
        for index in sorted(rows):
            state.add(Place(batch.source, batch.lines[index], _code(rows[index]), _sentence(rows[index])))
        return state

    def merge(self, first: Places, second: Places) -> Places:
        first.merge(second)
        return first

    def judge(self, state: Places, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity(_CODE)
        if severity is None or not state.rows:
            return
        hits = []
        for place in state.first(evidence.keep):
            names = [name for bit, name in enumerate(FIELDS) if place.code >> bit & 1]
            message = place.sentence or _says(names, bool(place.code & _CERTAIN), "")
            hits.append(Hit(message, severity, evidence.row_at(place.source, place.line), field=names[0]))
        yield Tally(_CODE, state.count, hits)


def _code(fields: dict[str, Garbled]) -> int:
    bits = sum(1 << FIELDS.index(name) for name in fields)
    return bits | _CERTAIN * any(garbled.certain for garbled in fields.values())


def _sentence(fields: dict[str, Garbled]) -> str:
    """What is wrong with a row, with the first words that are."""
    text, meant, certain = max(fields.values(), key=lambda garbled: garbled.certain)
    words, better = first_change(text, (mended(text) if certain else None) or meant)
    return _says(list(fields), certain, f': "{words}" {"should" if certain else "may"} be "{better}"')


def _says(names: Sequence[str], certain: bool, example: str) -> str:
    too = f"; so {'was' if certain else 'does'} the {' and the '.join(names[1:])}" if names[1:] else ""
    how = "was decoded with" if certain else "looks like text read in"
    return f"the {names[0]} {how} the wrong encoding{example}{too}"


def text_fields(batch: Batch) -> Iterator[tuple[str, Sequence[str | None]]]:
    """The texts of the rows by field, None for no text. Labels that are the answer once more are left out."""
    yield "system", batch.contexts
    yield "prompt", batch.questions
    yield "completion", batch.answers
    if any(batch.labels):
        rows = zip(batch.labels, batch.answers, strict=True)
        yield "label", [label if label != answer else None for label, answer in rows]


def _garbled(texts: Sequence[str | None]) -> Iterator[tuple[int, Garbled]]:
    """Those that are garbled, by their index; a text that many rows share is tried once."""
    tried: dict[str, Garbled | None] = {}
    for index, text in enumerate(texts):
        if text is None or text.isascii():
            continue
        if text not in tried:
            meant = mended(text, doubtful=True)
            tried[text] = None if meant is None else Garbled(text, meant, mended(text) is not None)
        if (garbled := tried[text]) is not None:
            yield index, garbled
