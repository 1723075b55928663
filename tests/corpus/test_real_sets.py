"""Public data sets with known truth: every figure is found, or the difference is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import real_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "part",
    [
        real_sets.facts_lines,
        real_sets.label_lines,
        real_sets.sample_lines,
        real_sets.clean_lines,
        real_sets.edge_lines,
    ],
    ids=["duplicates and conflicts", "labels", "samples accepted", "no false alarm", "odd files"],
)
def test_truth_is_found(part: Callable[[Path], Iterator[real_sets.Line]], corpus: Path) -> None:
    table = list(part(corpus))
    assert table
    assert [line for line in table if not line.equal and not line.why] == []


def test_no_explanation_is_needless(corpus: Path) -> None:
    needed = {(line.file, line.what) for line in real_sets.facts_lines(corpus) if not line.equal}
    assert set(real_sets.EXPLAINED) == needed
