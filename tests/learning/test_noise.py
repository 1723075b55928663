"""Which labels are likely wrong: the share of random ones, the confident joint, and data that tells nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from dataaudit.learning.noise import Doubts, doubts

EVIDENCE = 1.0


def _made(
    rows: int, count: int, share: float, sharpness: float = 3.0, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.bool_]]:
    """(scores, labels, which are wrong): labels follow the scores, then a share is drawn from the other labels."""
    random = np.random.default_rng(seed)
    logs = random.normal(0, sharpness, (rows, count))
    chances = np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)
    labels = (random.random((rows, 1)) > chances.cumsum(axis=1)).sum(axis=1)
    wrong = random.random(rows) < share
    labels[wrong] = (labels[wrong] + random.integers(1, count, wrong.sum())) % count
    return logs.astype(np.float32), labels, wrong


def _doubts(rows: int, count: int, share: float, sharpness: float = 3.0) -> tuple[Doubts, NDArray[np.bool_]]:
    scores, labels, wrong = _made(rows, count, share, sharpness)
    return doubts(scores, labels, EVIDENCE), wrong


@pytest.mark.parametrize("share", [0.0, 0.02, 0.1, 0.3, 0.5])
@pytest.mark.parametrize("count", [3, 20])
def test_the_share_drawn_at_random_is_found(count: int, share: float) -> None:
    found, _ = _doubts(5000, count, share)
    assert found.random == pytest.approx(share, abs=0.02)


def test_the_scale_of_the_scores_does_not_matter() -> None:
    scores, labels, _ = _made(3000, 5, 0.1)
    one, other = (doubts(scores * np.float32(factor), labels, EVIDENCE) for factor in (1, 4))
    assert one.random == pytest.approx(other.random, abs=0.005)
    assert one.own == pytest.approx(other.own, abs=0.02)


def test_the_probability_of_being_wrong_is_true() -> None:
    found, wrong = _doubts(20_000, 10, 0.2, sharpness=2.0)
    for low in (0.2, 0.4, 0.6, 0.8):
        some = (found.wrong >= low) & (found.wrong < low + 0.2)
        assert wrong[some].mean() == pytest.approx(found.wrong[some].mean(), abs=0.06)


def test_overlapping_labels_are_not_taken_for_wrong_ones() -> None:
    found, _ = _doubts(5000, 4, 0.0, sharpness=1.0)
    assert found.accuracy < 0.7
    assert not (found.wrong >= 0.8).any()
    assert not (found.confident & (found.best - found.own >= 0.98)).any()


def test_labels_that_have_nothing_to_do_with_the_scores() -> None:
    random = np.random.default_rng(4)
    scores = random.normal(0, 3, (2000, 4)).astype(np.float32)
    found = doubts(scores, random.integers(0, 4, 2000), EVIDENCE)
    assert found.gain < 0.01
    assert found.learned < 10


def test_a_handful_of_rows_proves_no_random_labels() -> None:
    scores, labels, _ = _made(12, 2, 0.0, sharpness=4.0, seed=5)
    assert doubts(scores, labels, EVIDENCE).random == 0


def test_what_follows_the_words_lies_off_the_diagonal() -> None:
    """A rule that calls every third text of label 0 a text of label 1: no noise of chance, yet seen."""
    random = np.random.default_rng(2)
    labels = random.integers(0, 3, 6000)
    scores = np.full((6000, 3), -6.0, dtype=np.float32)
    scores[np.arange(6000), labels] = 0
    scores += random.normal(0, 0.5, scores.shape).astype(np.float32)
    wrong = (labels == 0) & (np.arange(6000) % 3 == 0)
    given_labels = np.where(wrong, 1, labels)
    found = doubts(scores, given_labels, EVIDENCE)
    assert 0.5 * wrong.mean() < found.random + found.structured < 1.1 * wrong.mean()
    assert found.confident[wrong].mean() > 0.5
    assert not found.confident[~wrong].any()


@settings(max_examples=60, deadline=None)
@given(
    arrays(np.float32, (12, 3), elements=st.floats(-1e4, 1e4, width=32)),
    st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
def test_any_scores_give_finite_figures(scores: NDArray[np.float32], labels: list[int]) -> None:
    found = doubts(scores, np.array(labels), EVIDENCE)
    for values in (*found[:-1], *found.fit):
        assert np.isfinite(values).all()
    assert 0 <= found.random <= 1
    assert 0 <= found.structured <= 1
    assert ((found.own >= 0) & (found.own <= 1)).all()
