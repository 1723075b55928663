"""Verifies pairs of rows on their texts: near-duplicates, near-conflicts, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks.evidence import RowText
from dataaudit.similarity import kernels
from dataaudit.similarity.guards import excused
from dataaudit.similarity.measure import Measure
from dataaudit.text.normalize import normal_forms, normalize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.catalogue import Given
    from dataaudit.checks.evidence import Evidence
    from dataaudit.text.columns import Rows

    Mask = NDArray[np.bool_]
    Scores = NDArray[np.float64]
    Found = tuple[Rows, Rows, Scores]
    Pairs = Sequence[tuple["Said", "Said"]]


NEAR = "nearly the same as {where}: {scores}, edit ratio {ratio:.2f}"
# Of a longer text the ratio in the message is that of its beginning.
_COMPARED = 2000
# Rows whose texts stay at hand for the pairs that come next.
_ROWS_KEPT = 50_000
_NUMBER = re.compile(rb"[0-9]+")


class Said(NamedTuple):
    """What a row says: its texts, the normal forms of question and answer, and its label (None: it has none)."""

    text: RowText
    question: bytes
    answer: bytes
    label: str | None


def said(texts: Sequence[RowText], labels: Sequence[str | None]) -> list[Said]:
    """What rows say, by their texts and labels."""
    forms = normal_forms([text.question for text in texts], [text.answer for text in texts])
    return [Said(*row) for row in zip(texts, *forms, labels, strict=True)]


class Compared(NamedTuple):
    """scores: [n, 3], Jaccard of prompts, answers, both together. near, conflict: masks of the pairs."""

    scores: Scores
    near: Mask
    conflict: Mask


class Judge:
    """Tells near-duplicates from near-conflicts.

    A pair is near if prompt and answer together are and the answers do not differ; short rows that differ in a number
    on both sides say different things. A pair conflicts if the prompts are near and the answers differ without a
    reason. Both only under system prompts that are equal or near.
    """

    def __init__(self, given: Given, templates: NDArray[np.uint64]) -> None:
        self.measure = Measure.by(given.of("SIM001"))
        self.templates = templates
        self._same_answer = given.threshold("SIM001", "same_answer")
        self._other_answer = given.threshold("SIM003", "same_answer")
        self._shortest = given.threshold("SIM001", "min_characters")
        self._conflict_from = given.threshold("SIM003", "jaccard")

    def compare(self, left: Sequence[Said], right: Sequence[Said]) -> Compared:
        """Judge the pairs of equal places in `left` and `right`."""
        sides = [([row.question for row in side], [row.answer for row in side]) for side in (left, right)]
        scores = kernels.scores(*sides[0], *sides[1], self.measure, self.templates)
        near, conflict = np.zeros(len(left), dtype=np.bool_), np.zeros(len(left), dtype=np.bool_)
        # Most candidates are alike in neither way: what else there is to know of them is not asked.
        alike = (scores[:, 2] >= self.measure.threshold) | (
            scores[:, 0] >= min(self.measure.threshold, self._conflict_from)
        )
        chosen = np.flatnonzero(alike)
        pairs = [(left[place], right[place]) for place in chosen.tolist()]
        near[chosen], conflict[chosen] = self._judged(pairs, scores[chosen])
        return Compared(scores, near, conflict)

    def _judged(self, pairs: Pairs, scores: Scores) -> tuple[Mask, Mask]:
        """(which pairs are near, which conflict)."""
        asked = np.array([min(len(one.question), len(other.question)) for one, other in pairs], dtype=np.intp)
        said = np.array([min(_size(one), _size(other)) for one, other in pairs], dtype=np.intp)
        other_label = _mask(pairs, _other_label)
        same = self._same_context(pairs)
        # An answer that is the label adds nothing to the likeness of two rows of one label.
        alike = np.where(_mask(pairs, _both_are_labels), scores[:, 0], scores[:, 2])
        # No comparison is true of nan: where there are no answers, they do not differ.
        near = same & (said >= self._shortest) & ~other_label & ~(scores[:, 1] < self._same_answer)
        near &= alike >= self.measure.threshold
        near &= ~_mask(pairs, self._count_differently, near)
        differ = other_label | (scores[:, 1] < self._other_answer)
        conflict = same & ~near & differ & (asked >= self._shortest) & (scores[:, 0] >= self._conflict_from)
        conflict &= _mask(pairs, _without_excuse, conflict)
        return near, conflict

    def _count_differently(self, one: Said, other: Said) -> bool:
        """Whether two short rows have other numbers in the prompt and in the answer too."""
        sides = (one.question, other.question), (one.answer, other.answer)
        if max(form.count(b" ") for side in sides for form in side) >= self.measure.min_words:
            return False
        return all(_NUMBER.findall(left) != _NUMBER.findall(right) for left, right in sides)

    def _same_context(self, pairs: Pairs) -> Mask:
        same = _mask(pairs, lambda one, other: one.text.context == other.text.context)
        others = np.flatnonzero(~same).tolist()
        if others:
            forms = [[normalize(pairs[place][side].text.context) for place in others] for side in (0, 1)]
            none = [b""] * len(others)
            scores = kernels.scores(forms[0], none, forms[1], none, self.measure, self.templates)
            same[others] = scores[:, 0] >= self.measure.threshold
        return same


def _mask(pairs: Pairs, test: Callable[[Said, Said], bool], of: Mask | None = None) -> Mask:
    """The pairs that pass a test; of those in the mask `of` only, where it is given."""
    mask: Mask = np.zeros(len(pairs), dtype=np.bool_)
    for place in range(len(pairs)) if of is None else np.flatnonzero(of).tolist():
        mask[place] = test(*pairs[place])
    return mask


def _size(row: Said) -> int:
    return len(row.question) + len(row.answer)


def _other_label(one: Said, other: Said) -> bool:
    if one.label is None or other.label is None or one.label == other.label:
        return False
    return normalize(one.label) != normalize(other.label)


def _both_are_labels(one: Said, other: Said) -> bool:
    return all(row.label is not None and row.text.answer == row.label for row in (one, other))


def _without_excuse(one: Said, other: Said) -> bool:
    """Whether nothing in two near prompts, which are not the same, tells why their answers differ."""
    if one.question == other.question:
        return False
    if one.label is None and _NUMBER.findall(one.question) != _NUMBER.findall(other.question):
        return False  # what `excused` would say too, for a hundredth of the time
    return excused(one.text.question, other.text.question, closed=one.label is not None) is None


def scores_in_words(score: NDArray[np.float64]) -> str:
    """The three scores of a near-duplicate."""
    both = f"similarity {score[2]:.2f}"
    return both if np.isnan(score[1]) else f"{both} (prompt {score[0]:.2f}, answer {score[1]:.2f})"


def conflict_in_words(where: str, score: NDArray[np.float64], there: str | None, here: str | None) -> str:
    """The message of a near-conflict; `there` and `here` are the labels."""
    message = f"nearly the prompt of {where} (similarity {score[0]:.2f}), another answer"
    if there is not None and here is not None and there != here:
        return f"{message}: {there!r} there, {here!r} here"
    return message if np.isnan(score[1]) else f"{message} ({score[1]:.2f} alike)"


def edit_ratio(one: RowText, other: RowText) -> float:
    """The normalised edit similarity (insertions and deletions) of prompt and answer together, from 0 to 1."""
    from rapidfuzz.fuzz import ratio

    said = [f"{text.question}\n{text.answer or ''}"[:_COMPARED] for text in (one, other)]
    return ratio(*said) / 100


def best_partners(first: Rows, second: Rows, scores: NDArray[np.float64]) -> dict[int, tuple[int, int]]:
    """For each row of a pair the most similar earlier one, else later one, and the number of the pair."""
    best: dict[int, tuple[int, int]] = {}
    for pair, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        for row, partner in ((one, other), (other, one)):
            known = best.get(row)
            rank = partner < row, scores[pair], -partner
            if known is None or rank > (known[0] < row, scores[known[1]], -known[0]):
                best[row] = partner, pair
    return best


def line_of(evidence: Evidence, row: int, seen_from: int) -> str:
    """The line of a row, with its file where the reader is in another one."""
    path, line = evidence.place(row)
    return f"line {line}" if path == evidence.place(seen_from)[0] else f"line {line} of {path}"


class NearPairs:
    """What was found of the candidates of a run that were verified so far."""

    def __init__(self, evidence: Evidence, templates: NDArray[np.uint64]) -> None:
        self._evidence = evidence
        self._judge = Judge(evidence.given, templates)
        self._near: list[Found] = []
        self._conflicts: list[Found] = []
        self._said_by: dict[int, Said] = {}
        self._known = evidence.memory.pairs("near", 5)

    def near(self) -> Found:
        """(first rows, second rows, scores [n, 3] of prompt, answer and both) of the near-duplicates."""
        return _joined(self._near)

    def conflicts(self) -> Found:
        """The same of the near-conflicts."""
        return _joined(self._conflicts)

    def verify(self, first: Rows, second: Rows) -> Mask:
        """Verify pairs; tells which are settled: found, or the same question, which is the concern of DUP003."""
        found = self._known.ask(pair_keys(self._evidence, first, second), lambda at: self._read(first[at], second[at]))
        scores, near, conflict = found[:, :3], found[:, 3] > 0, found[:, 4] > 0
        for kept, mask in ((self._near, near), (self._conflicts, conflict)):
            kept.append((first[mask], second[mask], scores[mask]))
        questions = self._evidence.table["question"]
        settled: Mask = near | conflict | ((questions[first] == questions[second]) & (questions[first] != 0))
        return settled

    def _read(self, first: Rows, second: Rows) -> Scores:
        """The scores of pairs, whether they are near, whether they conflict."""
        known = self._said(np.concatenate([first, second]))
        found = self._judge.compare(*([known[row] for row in side.tolist()] for side in (first, second)))
        return np.column_stack(found)

    def _said(self, rows: Rows) -> dict[int, Said]:
        """What rows say; rows that were asked for before are mostly at hand."""
        if len(self._said_by) > _ROWS_KEPT:
            self._said_by = {}
        missing = np.array(sorted(set(rows.tolist()).difference(self._said_by)), dtype=np.intp)
        names = self._evidence.label_names
        labels = [names.get(key) for key in self._evidence.table["label"][missing].tolist()]
        self._said_by.update(zip(missing.tolist(), said(self._evidence.texts(missing), labels), strict=True))
        return self._said_by


def pair_keys(evidence: Evidence, first: Rows, second: Rows) -> NDArray[np.uint64]:
    """[n, 4]: what the rows of each pair say, and their labels, as `Memory` knows them."""
    named = evidence.label_names
    columns = []
    for rows in (first, second):
        columns.append(evidence.table["exact"][rows])
        labels = [key if key in named else 0 for key in evidence.table["label"][rows].tolist()]
        columns.append(np.array(labels, dtype=np.uint64))
    return np.stack(columns, axis=1)


def _joined(parts: list[Found]) -> Found:
    if not parts:
        none = np.empty(0, np.intp)
        return none, none, np.empty((0, 3))
    first, second, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((second, first))
    return first[order], second[order], scores[order]
