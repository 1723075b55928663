"""Runs our search over a JSONL file in a process of its own: python -m benchmarks.similar.ours KIND FILE OUT [WORKERS].

KIND: `audit` is the whole audit with SIM001 alone, end to end, every finding kept; `timed` the same with as many kept
as by default; `search` the bare library: sketches, buckets, exact verification. OUT gets the pairs (rows from 0) and
the seconds without the start of Python.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np


def audited(path: str, workers: int, kept: int) -> list[tuple[int, int]]:
    """Pairs of a surplus row and its partner, and of that row and the first of its group."""
    import re

    import dataaudit

    report = dataaudit.audit(path, select=["SIM001"], workers=workers, max_findings=kept)
    pairs = []
    for finding in report.findings:
        assert finding.line is not None
        partner = finding.related[0].line
        assert partner is not None
        pairs.append((finding.line - 1, partner - 1))
        first = re.search(r"the first is line (\d+)", finding.message)
        if first and int(first[1]) != finding.line:
            pairs.append((finding.line - 1, int(first[1]) - 1))
    return pairs


def searched(path: str) -> list[tuple[int, int]]:
    """Verified pairs of the library calls alone."""
    from benchmarks.similar.truth import measure
    from dataaudit.similarity import kernels
    from dataaudit.similarity.groups import Buckets, verified
    from dataaudit.text.normalize import normalize_column

    by, none = measure(), np.empty(0, np.uint64)
    with Path(path).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    questions = normalize_column([row["prompt"] for row in rows])
    answers = normalize_column([row["completion"] for row in rows])
    sketch = kernels.sketch(questions, answers, by, none)
    found: list[tuple[int, int]] = []

    def verify(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        sides = [[column[row] for row in side.tolist()] for side in (first, second) for column in (questions, answers)]
        near = kernels.scores(*sides, by, none)[:, 2] >= by.threshold
        found.extend(zip(first[near].tolist(), second[near].tolist(), strict=True))
        return near

    entries = _Entries(np.concatenate([sketch.both, sketch.extra_both]), sketch.extra_row, len(rows))
    verified(Buckets(entries, np.arange(len(rows), dtype=np.uint64)), len(rows), verify)
    return found


class _Entries:
    """Prompt and answer together of all rows, and again of those that have a second entry."""

    def __init__(self, keys: np.ndarray, extra: np.ndarray, rows: int) -> None:
        self._keys = np.ascontiguousarray(keys.T)
        self._rows = np.concatenate([np.arange(rows), extra]).astype(np.intp)
        self.bands, self.size = self._keys.shape

    def column(self, band: int) -> np.ndarray:
        return self._keys[band]

    def rows(self, entries: np.ndarray) -> np.ndarray:
        return self._rows[entries]


def main() -> None:
    kind, path, out, *more = sys.argv[1:]
    start = time.perf_counter()
    workers, kept = int(more[0]) if more else 1, 1000 if kind == "timed" else 10**9
    pairs = searched(path) if kind == "search" else audited(path, workers, kept)
    Path(out).write_text(json.dumps({"seconds": time.perf_counter() - start, "pairs": pairs}), encoding="utf-8")


if __name__ == "__main__":
    main()
