"""Whether score and accuracy agree: rank correlations over the copies of a set, and over those of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from benchmarks.validity.spoil import KINDS
from dataaudit.model import Readiness


class Point(NamedTuple):
    """One copy, audited and learned from.

    retained: accuracy by that of the unspoiled copy. skill: the same of what lies above always giving the commonest
    label. recall: mean over the labels.
    """

    set: str
    name: str
    parts: tuple[tuple[str, float], ...]
    rows: int
    accuracy: float
    recall: float
    retained: float
    skill: float
    score: float
    grade: str

    @property
    def kind(self) -> str:
        """The way of spoiling, "unspoiled" or "combinations"."""
        if len(self.parts) > 1:
            return "combinations"
        return self.parts[0][0] if self.parts else "unspoiled"


def points(
    name: str, accuracies: Mapping[str, Mapping[str, Any]], grades: Mapping[str, Readiness], chance: float
) -> list[Point]:
    """The copies of a set that were both trained on and audited. chance: accuracy without learning."""
    full = accuracies["unspoiled"]["accuracy"]
    return [
        Point(
            set=name,
            name=copy,
            parts=tuple((kind, strength) for kind, strength in entry["parts"]),
            rows=entry["rows"],
            accuracy=entry["accuracy"],
            recall=entry["recall"],
            retained=entry["accuracy"] / full,
            skill=(entry["accuracy"] - chance) / (full - chance),
            score=grades[copy].score,
            grade=grades[copy].grade,
        )
        for copy, entry in accuracies.items()
        if copy in grades
    ]


def chance(labels: Iterable[str]) -> float:
    """The share of the commonest label."""
    counts = Counter(labels)
    return max(counts.values()) / counts.total()


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Rank correlation, ties by their average rank; not a number where one side does not vary."""
    one, other = ranks(first), ranks(second)
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def ranks(values: Sequence[float]) -> np.ndarray:
    """Rank from 0 of each value; equal ones have the average of theirs."""
    _, place, count = np.unique(np.asarray(values, float), return_inverse=True, return_counts=True)
    average: np.ndarray = (np.cumsum(count) - (count + 1) / 2)[place]
    return average


def agreement(found: Sequence[Point]) -> dict[str, float]:
    """Rank correlations of the score with each measure of accuracy, pooled, and the mean of the sets."""
    scores = [point.score for point in found]
    sets = sorted({point.set for point in found})
    apart = [[point for point in found if point.set == name] for name in sets]
    return {
        "retained": spearman(scores, [point.retained for point in found]),
        "accuracy": spearman(scores, [point.accuracy for point in found]),
        "skill": spearman(scores, [point.skill for point in found]),
        "mean of sets": float(np.mean([spearman(*_pair(points)) for points in apart])) if apart else float("nan"),
    }


def by_kind(found: Sequence[Point]) -> dict[str, dict[str, float]]:
    """Each way of spoiling, the unspoiled copies with it: correlation with retained accuracy, and falls in the score.

    falls: share of the steps from one strength to the next at which the score does not rise.
    """
    table = {}
    for kind in (*KINDS, "combinations"):
        chosen = [point for point in found if point.kind in (kind, "unspoiled")]
        table[kind] = {
            "spearman": spearman([point.score for point in chosen], [point.retained for point in chosen]),
            "falls": _falls(chosen) if kind in KINDS else float("nan"),
        }
    return table


def _falls(chosen: Sequence[Point]) -> float:
    """By the order of the copies, which is that of their strengths."""
    steps = [later.score <= earlier.score for earlier, later in pairwise(chosen) if earlier.set == later.set]
    return float(np.mean(steps)) if steps else float("nan")


def _pair(found: Sequence[Point]) -> tuple[list[float], list[float]]:
    return [point.score for point in found], [point.accuracy for point in found]
