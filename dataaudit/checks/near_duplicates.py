"""SIM001, 003, 004: rows that are nearly equal, prompts that are nearly equal and answered differently, templates.

Measuring leaves a sketch of each row; judging looks for candidates among the sketches and verifies every pair on the
texts. All inside one split. What is compared and how is said in `similarity/kernels`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.near_pairs import (
    NEAR,
    NearPairs,
    best_partners,
    conflict_in_words,
    edit_ratio,
    line_of,
    pair_keys,
    scores_in_words,
)
from dataaudit.checks.sketches import Entries, Sketches
from dataaudit.checks.template_flood import template_flood
from dataaudit.shapes.media import has_media
from dataaudit.similarity import kernels
from dataaudit.similarity.groups import Buckets, components, verified
from dataaudit.similarity.measure import Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence
    from dataaudit.text.columns import Rows


class NearDuplicateCheck(Check[Sketches]):
    """The family SIM without paraphrases."""

    codes = ("SIM001", "SIM003", "SIM004")

    def __init__(self, measure: Measure, templates: NDArray[np.uint64]) -> None:
        self._measure = measure
        self._templates = templates

    def start(self) -> Sketches:
        return Sketches()

    def add(self, state: Sketches, batch: Batch) -> Sketches:
        state.append(batch.source, batch.lines, kernels.sketch(*batch.forms, self._measure, self._templates))
        return state

    def merge(self, first: Sketches, second: Sketches) -> Sketches:
        first.extend(second)
        return first

    def judge(self, state: Sketches, evidence: Evidence) -> Iterator[Tally]:
        if not len(evidence.table):
            return
        # Of rows that show files the texts alone say nothing: one question is asked about many pictures.
        once = evidence.readable & ~evidence.rows_with(lambda trait: has_media((trait,)))
        once[evidence.exact_surplus[0]] = False
        once[evidence.normal_surplus[0]] = False
        pairs = NearPairs(evidence, self._templates)
        for rows in evidence.splits.values():
            _search(state, evidence, rows[once[rows]], pairs)
        first, second = (np.concatenate(parts) for parts in zip(pairs.near()[:2], pairs.conflicts()[:2], strict=True))
        evidence.near = first, second
        yield from _near_duplicates(evidence, pairs)
        yield from _near_conflicts(evidence, pairs)
        yield from template_flood(state, evidence, once, self._measure)


def _search(state: Sketches, evidence: Evidence, rows: Rows, pairs: NearPairs) -> None:
    """Verify the candidates among the rows of one split."""
    content = evidence.table["normal"]
    both: NDArray[np.bool_] = np.zeros(len(evidence.table), dtype=np.bool_)
    both[rows] = True
    prompt = both.copy()
    prompt[rows[~_one_of_each(evidence.table["question"][rows], content[rows])]] = False
    verified(Buckets(Entries(state, both, prompt), content), len(evidence.table), pairs.verify)


def _one_of_each(keys: NDArray[np.uint64], content: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """One of equal keys, the same wherever they stand; every 0 (nothing is answered) counts."""
    chosen = np.ones(len(keys), dtype=np.bool_)
    more = np.flatnonzero(kernels.repeated(keys.astype(np.uint32)) & (keys != 0))
    more = more[np.lexsort((content[more], keys[more]))]
    chosen[more[1:][keys[more][1:] == keys[more][:-1]]] = False
    return chosen


def _near_duplicates(evidence: Evidence, pairs: NearPairs) -> Iterator[Tally]:
    first, second, scores = pairs.near()
    lowest = components(first, second, len(evidence.table))
    rows = np.flatnonzero(lowest != np.arange(len(lowest)))
    evidence.flagged["SIM001"], evidence.groups["SIM001"] = rows, lowest
    severity = evidence.severity("SIM001")
    if severity is None or not len(rows):
        return
    partners = best_partners(first, second, scores[:, 2])
    sizes = np.bincount(lowest[rows], minlength=len(lowest)) + 1
    kept = rows[: evidence.keep].tolist()
    ratios = _ratios(evidence, [(row, partners[row][0]) for row in kept])
    hits = []
    for row, ratio in zip(kept, ratios, strict=True):
        partner, pair = partners[row]
        score = scores[pair]
        message = NEAR.format(where=line_of(evidence, partner, row), scores=scores_in_words(score), ratio=ratio)
        kept_row = int(lowest[row])
        if sizes[kept_row] > 2:
            message += f"; one of {sizes[kept_row]:,} such rows, the first is {line_of(evidence, kept_row, row)}"
        hits.append(Hit(message, severity, row, related=((partner, round(float(score[2]), 4)),)))
    yield Tally("SIM001", len(rows), hits)


def _near_conflicts(evidence: Evidence, pairs: NearPairs) -> Iterator[Tally]:
    first, second, scores = pairs.conflicts()
    lowest = components(first, second, len(evidence.table))
    rows = np.flatnonzero(lowest != np.arange(len(lowest)))
    partners = best_partners(first, second, scores[:, 0])
    evidence.flagged["SIM003"], evidence.groups["SIM003"] = rows, lowest
    severity = evidence.severity("SIM003")
    if severity is None or not len(rows):
        return
    hits = []
    for row in rows[: evidence.keep].tolist():
        partner, pair = partners[row]
        score = scores[pair]
        there, here = (evidence.label_names.get(int(evidence.table["label"][one])) for one in (partner, row))
        message = conflict_in_words(line_of(evidence, partner, row), score, there, here)
        hits.append(Hit(message, severity, row, related=((partner, round(float(score[0]), 4)),)))
    yield Tally("SIM003", len(rows), hits)


def _ratios(evidence: Evidence, pairs: list[tuple[int, int]]) -> list[float]:
    sides = np.array(pairs, dtype=np.intp)

    def read(at: Rows) -> NDArray[np.float64]:
        rows = np.array(sorted(set(sides[at].ravel().tolist())), dtype=np.intp)
        texts = dict(zip(rows.tolist(), evidence.texts(rows), strict=True))
        return np.array([[edit_ratio(texts[one], texts[other])] for one, other in sides[at].tolist()])

    found: list[float] = evidence.memory.pairs("ratio", 1).ask(pair_keys(evidence, *sides.T), read)[:, 0].tolist()
    return found
