"""DUP: rows that say the same again, and rows that answer the same question differently. All inside one split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dataaudit.checks.base import Hit, KeyCheck, Tally
from dataaudit.checks.evidence import Evidence

if TYPE_CHECKING:
    from dataaudit.text.columns import Rows

SAYS = {
    "DUP001": "the same prompt and answer as line {line}{where}",
    "DUP002": "the same as line {line}{where} but for case, white space, punctuation or Unicode form",
    "DUP003": "the same prompt as line {line}{where}, another answer",
}
OTHER_LABEL = "another label than line {line}{where}, the same prompt and answer"


class DuplicateCheck(KeyCheck):
    """DUP001-003, from the sorted keys of the table."""

    codes = ("DUP001", "DUP002", "DUP003")

    def judge(self, state: None, evidence: Evidence) -> Iterator[Tally]:
        yield from _tally(evidence, "DUP001", *evidence.exact_surplus)
        yield from _tally(evidence, "DUP002", *evidence.normal_surplus)
        yield from _tally(evidence, "DUP003", *evidence.conflicts)


def _tally(evidence: Evidence, code: str, rows: Rows, firsts: Rows) -> Iterator[Tally]:
    severity = evidence.severity(code)
    if severity is None or not len(rows):
        return
    hits = []
    labels = evidence.table["label"]
    for row, first in zip(rows[: evidence.keep].tolist(), firsts[: evidence.keep].tolist(), strict=True):
        path, line = evidence.place(first)
        where = "" if path == evidence.place(row)[0] else f" of {path}"
        says = OTHER_LABEL if code == "DUP001" and labels[row] != labels[first] else SAYS[code]
        message = says.format(line=line, where=where)
        related = ((first, 1.0 if code == "DUP001" else None),)
        hits.append(Hit(message, severity, row, related=related))
    yield Tally(code, len(rows), hits)
