"""The output-format rules on public sets with known truth and on made sets with planted deviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.formats import page, real
from benchmarks.formats.scores import scores
from benchmarks.formats.sets import FAMILIES, LANGUAGES, Order, make, orders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_known_faults_are_found(corpus: Path) -> None:
    assert [line for line in real.known_lines(corpus) if not line.good] == []


@pytest.mark.slow
def test_other_public_sets_stay_silent(corpus: Path) -> None:
    lines = [*real.storm_lines(corpus), *real.clean_lines(corpus)]
    assert [line for line in lines if not line.good] == []


@pytest.mark.slow
def test_planted_deviations_are_found_without_false_alarms() -> None:
    wanted = [order for order in orders(0, (300,), 1) if order.share in (0.0, 0.05)]
    assert page.reached(scores(wanted, workers=1)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_set_is_made_as_ordered(family: str, language: str) -> None:
    order = Order(family, language, size=60, share=0.1, design=0, kind=None)
    made = make(order)
    assert len(made.rows) == len(made.records()) == 60
    assert len(made.planted) == (0 if family == "all kinds" else 6)
    assert [row.answer for row in make(order).rows] == [row.answer for row in made.rows]


def test_every_kind_can_be_planted() -> None:
    of_one_kind = [order for order in orders(0, (300,), 1) if order.share == 0.02 and order.kind is not None]
    assert [order for order in of_one_kind if not 1 <= len(make(order).planted) <= 6] == []
