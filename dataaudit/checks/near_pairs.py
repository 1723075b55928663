"""Verifies pairs of rows on their texts: near-duplicates, near-conflicts, or neither."""

from __future__ import annotations

from collections.abc import Sequence
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


NEAR = "nearly the same as {where}: {scores}, edit ratio {ratio:.2f}"
# Of a longer text the ratio in the message is that of its beginning.
_COMPARED = 2000


class Side(NamedTuple):
    """One side of pairs: what the rows say, and their labels (None where they have none)."""

    texts: Sequence[RowText]
    labels: Sequence[str | None]


class Compared(NamedTuple):
    """scores: [n, 3], Jaccard of prompts, answers, both together. near, conflict: masks of the pairs."""

    scores: Scores
    near: Mask
    conflict: Mask


class Judge:
    """Tells near-duplicates from near-conflicts.

    A pair is near if prompt and answer together are and the answers do not differ; it conflicts if the prompts are near
    and the answers differ without a reason. Both only under system prompts that are equal or near.
    """

    def __init__(self, given: Given, templates: NDArray[np.uint64]) -> None:
        self.measure = Measure.by(given.of("SIM001"))
        self.templates = templates
        self._same_answer = given.threshold("SIM001", "same_answer")
        self._other_answer = given.threshold("SIM003", "same_answer")
        self._shortest = given.threshold("SIM001", "min_characters")
        self._conflict_from = given.threshold("SIM003", "jaccard")

    def compare(self, left: Side, right: Side) -> Compared:
        """Judge pairs by the sides' texts."""
        sides = [
            normal_forms([text.question for text in side.texts], [text.answer for text in side.texts])
            for side in (left, right)
        ]
        scores = kernels.scores(*sides[0], *sides[1], self.measure, self.templates)
        asked, said = ([np.array([len(form) for form in side[part]]) for side in sides] for part in (0, 1))
        other_label = _other_label(left, right)
        same = self._same_context(left.texts, right.texts)
        enough = np.minimum(asked[0] + said[0], asked[1] + said[1]) >= self._shortest
        # No comparison is true of nan: where there are no answers, they do not differ.
        near = same & ~other_label & ~(scores[:, 1] < self._same_answer) & enough
        near &= scores[:, 2] >= self.measure.threshold
        unequal = np.array([one != other for one, other in zip(sides[0][0], sides[1][0], strict=True)], dtype=np.bool_)
        differ = other_label | (scores[:, 1] < self._other_answer)
        conflict = same & ~near & differ & unequal & (np.minimum(*asked) >= self._shortest)
        conflict &= scores[:, 0] >= self._conflict_from
        for place in np.flatnonzero(conflict).tolist():
            questions = left.texts[place].question, right.texts[place].question
            conflict[place] = excused(*questions, closed=left.labels[place] is not None) is None
        return Compared(scores, near, conflict)

    def _same_context(self, left: Sequence[RowText], right: Sequence[RowText]) -> Mask:
        same = np.array([one.context == other.context for one, other in zip(left, right, strict=True)], dtype=np.bool_)
        others = np.flatnonzero(~same).tolist()
        if others:
            forms = [[normalize(side[place].context) for place in others] for side in (left, right)]
            none = [b""] * len(others)
            scores = kernels.scores(forms[0], none, forms[1], none, self.measure, self.templates)
            same[others] = scores[:, 0] >= self.measure.threshold
        return same


def _other_label(left: Side, right: Side) -> Mask:
    def differ(one: str | None, other: str | None) -> bool:
        return one is not None and other is not None and one != other and normalize(one) != normalize(other)

    return np.array([differ(*pair) for pair in zip(left.labels, right.labels, strict=True)], dtype=np.bool_)


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


class NearPairs:
    """What was found of the candidates of a run that were verified so far."""

    def __init__(self, evidence: Evidence, templates: NDArray[np.uint64]) -> None:
        self._evidence = evidence
        self._judge = Judge(evidence.given, templates)
        self._near: list[Found] = []
        self._conflicts: list[Found] = []

    def near(self) -> Found:
        """(first rows, second rows, scores [n, 3] of prompt, answer and both) of the near-duplicates."""
        return _joined(self._near)

    def conflicts(self) -> Found:
        """The same of the near-conflicts."""
        return _joined(self._conflicts)

    def verify(self, first: Rows, second: Rows) -> Mask:
        """Verify pairs; tells which are settled: found, or the same question, which is the concern of DUP003."""
        rows = np.sort(np.concatenate([first, second]))
        rows = rows[np.append(True, rows[1:] != rows[:-1])]
        texts = self._evidence.texts(rows)
        sides = [
            Side([texts[place] for place in np.searchsorted(rows, side).tolist()], self._labels(side))
            for side in (first, second)
        ]
        scores, near, conflict = self._judge.compare(*sides)
        for kept, mask in ((self._near, near), (self._conflicts, conflict)):
            kept.append((first[mask], second[mask], scores[mask]))
        questions = self._evidence.table["question"]
        settled: Mask = near | conflict | ((questions[first] == questions[second]) & (questions[first] != 0))
        return settled

    def _labels(self, rows: Rows) -> list[str | None]:
        names = self._evidence.label_names
        return [names.get(key) for key in self._evidence.table["label"][rows].tolist()]


def _joined(parts: list[Found]) -> Found:
    if not parts:
        none = np.empty(0, np.intp)
        return none, none, np.empty((0, 3))
    first, second, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((second, first))
    return first[order], second[order], scores[order]
