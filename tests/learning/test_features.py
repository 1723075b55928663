"""Vectors of texts: what makes two alike, in any script, and texts that are hostile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.learning import features
from dataaudit.learning.features import text_vectors

MOST = 100_000


def _cosines(texts: list[str]) -> np.ndarray:
    vectors = text_vectors(texts, MOST)
    return np.asarray((vectors @ vectors.T).toarray())


@pytest.mark.parametrize(
    ("text", "alike", "unlike"),
    [
        pytest.param("Where is my refund?", "I want my refund now", "The weather is nice", id="english"),
        pytest.param("我想退货退款", "请给我退货退款", "今天天气很好", id="chinese"),
        pytest.param("荷物が届きません", "荷物はいつ届きますか", "請求書をください", id="japanese"),
        pytest.param("ฉันต้องการคืนเงิน", "ขอคืนเงินได้ไหม", "อากาศวันนี้ดีมาก", id="thai"),
        pytest.param("أين طلبي الآن", "متى يصل طلبي", "الفاتورة خاطئة", id="arabic"),
    ],
)
def test_what_shares_words_or_runs_is_more_alike(text: str, alike: str, unlike: str) -> None:
    # Twice, for what stands in one text only is left out.
    cosines = _cosines([text, alike, unlike] * 2)
    assert cosines[0, 1] > cosines[0, 2] + 0.1


def test_case_and_punctuation_do_not_matter() -> None:
    cosines = _cosines(["Hello, World!", "hello world", "something else", "something else"])
    assert cosines[0, 1] == pytest.approx(1)


def test_order_of_words_matters_a_little() -> None:
    cosines = _cosines(["dog bites man", "man bites dog", "dog bites man"])
    assert 0.5 < cosines[0, 1] < cosines[0, 2]


def test_the_columns_kept_are_those_of_most_texts() -> None:
    texts = ["common rare"] * 2 + ["common"] * 5
    vectors = text_vectors(texts, 3)
    assert vectors.shape == (7, 3)
    assert (np.diff(vectors.indptr) == 3).all()


def test_the_number_of_texts_worked_on_at_once_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"text number {n % 7} of {n % 3}" for n in range(50)]
    whole = text_vectors(texts, MOST)
    monkeypatch.setattr(features, "_AT_ONCE", 10)
    parts = text_vectors(texts, MOST)
    assert (whole != parts).nnz == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30) | st.sampled_from(["\ud800", "\x00", "\n", " ", "a\nb"]), max_size=12))
def test_any_texts_have_vectors_of_length_one_or_none(texts: list[str]) -> None:
    vectors = text_vectors(texts, MOST)
    assert vectors.shape[0] == len(texts)
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1))).ravel()
    assert all(length == 0 or length == pytest.approx(1, abs=1e-3) for length in lengths)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="ab é中", max_size=10), min_size=1, max_size=8), st.integers(0, 99))
def test_a_text_has_the_same_vector_wherever_it_stands(texts: list[str], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(texts))
    straight, turned = text_vectors(texts, MOST), text_vectors([texts[place] for place in order], MOST)
    assert np.allclose(straight[order].toarray(), turned.toarray(), atol=1e-6)
