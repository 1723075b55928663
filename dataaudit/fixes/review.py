"""Rows that contradict one another, put together for a person: which of them is right is not for a program to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.fixes.apply import Content, Spans, split_end
from dataaudit.fixes.registry import REVIEWED

if TYPE_CHECKING:
    from dataaudit.api import Examination
    from dataaudit.checks.evidence import Evidence
    from dataaudit.text.columns import Rows


def reviewed(examination: Examination) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """(path of a file, its rows to decide on): line, rule, number of the group in the whole set, the row as it is."""
    evidence = examination.evidence
    found = {tally.rule for tally in examination.tallies if tally.total}
    groups = _groups(evidence, found)
    sources = evidence.table["source"]
    for number, source in enumerate(evidence.sources):
        own = {row: places for row, places in groups.items() if sources[row] == number}
        if own and source.kind in ("lines", "delimited") and source.encoding == "utf-8":
            yield source.path, _rows(evidence, number, own)


def _groups(evidence: Evidence, found: set[str]) -> dict[int, list[tuple[str, int]]]:
    """For each row (rule, number of the group)."""
    result: dict[int, list[tuple[str, int]]] = {}
    count = 0
    for code in REVIEWED:
        if code not in found:
            continue
        rows, firsts = _conflicts(evidence, code)
        numbers: dict[int, int] = {}
        for row, first in zip(rows.tolist(), firsts.tolist(), strict=True):
            if first not in numbers:
                count += 1
                numbers[first] = count
                result.setdefault(first, []).append((code, count))
            result.setdefault(row, []).append((code, numbers[first]))
    return dict(sorted(result.items()))


def _conflicts(evidence: Evidence, code: str) -> tuple[Rows, Rows]:
    if code == "DUP003":
        return evidence.conflicts
    rows = evidence.flagged.get(code, np.empty(0, np.intp))
    return rows, evidence.groups[code][rows] if len(rows) else rows


def _rows(evidence: Evidence, number: int, own: dict[int, list[tuple[str, int]]]) -> Iterator[dict[str, Any]]:
    spans = Spans.of(evidence, number)
    content = Content(evidence.sources[number])
    for row, places in own.items():
        place = row - spans.first
        for _ in content.until(int(spans.starts[place])):
            pass
        stop = int(spans.starts[place + 1]) if place + 1 < len(spans.starts) else None
        raw = split_end(content.bytes_until(stop))[0].decode("utf-8", "surrogateescape")
        for code, group in places:
            yield {"line": int(spans.lines[place]), "rule": code, "group": group, "row": raw}
