"""One row at a time finds what a run over all rows finds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dataaudit.similarity import kernels
from dataaudit.similarity.index import Forms, NearIndex
from dataaudit.similarity.measure import Measure
from tests.similarity.texts import MEASURE, made_texts

MEASURED = MEASURE


class _Rows:
    def __init__(self, texts: list[bytes]) -> None:
        self.texts = texts
        self.learned = 0

    def forms(self, rows: range) -> Forms:
        return [self.texts[row] for row in rows], [b"" for _ in rows]

    def learn(self, questions: list[bytes], answers: list[bytes]) -> np.typing.NDArray[np.uint64]:
        self.learned += 1
        return np.empty(0, np.uint64)


def _index(rows: _Rows, measure: Measure = MEASURE) -> NearIndex:
    return NearIndex(measure, rows.forms, rows.learn)  # type: ignore[arg-type]


@pytest.mark.parametrize("step", [1, 7, 1000], ids=["row by row", "in parts", "at once"])
def test_near_rows_are_candidates_however_they_were_added(step: int) -> None:
    random_ = random.Random(4)
    rows = _Rows(made_texts(1000, random_))
    index = _index(rows)
    for number in range(1000):
        index.add()
        if number % step == 0:
            index.candidates(rows.texts[number], b"")
    missed = 0
    for number in random_.sample(range(1000), 60):
        words = rows.texts[number].split(b" ")
        words[random_.randrange(len(words))] = b"other"
        text = b" ".join(words)
        score = kernels.scores([rows.texts[number]], [b""], [text], [b""], MEASURE, index.templates)[0, 0]
        missed += score >= 0.85 and number not in index.candidates(text, b"")
    assert missed <= 1
    assert len(index) == 1000


def test_templates_are_learned_again_when_the_rows_have_doubled() -> None:
    rows = _Rows(made_texts(300, random.Random(1)))
    index = _index(rows)
    for number in range(300):
        index.add()
        index.candidates(rows.texts[number], b"")
    assert 8 <= rows.learned <= 10


def test_an_empty_index_has_no_candidates() -> None:
    rows = _Rows([])
    assert _index(rows).candidates(b"where is my order", b"on its way") == []


def test_a_bucket_of_equal_rows_gives_the_first_ones() -> None:
    rows = _Rows([b"one and the same text of some length that is not short"] * 500)
    index = _index(rows)
    for _ in range(500):
        index.add()
    assert index.candidates(rows.texts[0], b"") == list(range(16))
