"""The bars of the benchmark of label errors, and what is planted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.label.page import missed
from benchmarks.label.sets import Labeled


def _line(share: float, ap: float, cleanlab: float, named: float = 0.05) -> dict[str, Any]:
    rankings = dict.fromkeys(("self_confidence", "normalized_margin", "confidence_weighted_entropy"), cleanlab)
    return {"set": "CLINC150", "share": share, "ours": {"ap": ap, "share": named}, **rankings}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        pytest.param(_line(0.05, 0.9, 0.9), 0, id="reached"),
        pytest.param(_line(0.05, 0.8, 0.7), 1, id="too-low"),
        pytest.param(_line(0.02, 0.8, 0.7), 0, id="low-where-no-bar-is"),
        pytest.param(_line(0.1, 0.9, 0.91), 1, id="behind-cleanlab"),
        pytest.param(_line(0.0, 0.0, 0.0, named=0.02), 1, id="too-many-named"),
        pytest.param(_line(0.0, 0.0, 0.0, named=0.005), 0, id="few-named"),
    ],
)
def test_bars(line: dict[str, Any], count: int) -> None:
    assert len(missed({"planted": [line]})) == count


def test_planted_labels_are_other_labels() -> None:
    labels = np.arange(200) % 3
    plain = Labeled("made", ["text"] * 200, labels, ["a", "b", "c"], np.zeros(200, dtype=np.bool_))
    made = plain.planted(0.1)
    assert made.wrong.sum() == 20
    assert ((made.labels != labels) == made.wrong).all()
    assert (made.planted(0.1).labels != plain.planted(0.1, seed=1).labels).any()
