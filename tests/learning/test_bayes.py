"""Folds that keep groups together, and scores by models that have not seen the row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import MultinomialNB

from dataaudit.learning.bayes import grouped_folds, nearest, out_of_fold_scores


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12)), min_size=1, max_size=60))
def test_a_group_is_in_one_fold_and_labels_are_spread(rows: list[tuple[int, int]]) -> None:
    labels, groups = (np.array(column) for column in zip(*rows, strict=True))
    folds = grouped_folds(labels, groups, 5)
    assert all(len(set(folds[groups == group])) == 1 for group in set(groups.tolist()))
    first = {group: place for place, group in reversed(list(enumerate(groups.tolist())))}
    for label in range(4):
        leaders = [folds[place] for place in first.values() if labels[place] == label]
        assert max(np.bincount(leaders, minlength=5)) - min(np.bincount(leaders, minlength=5)) <= 1


def test_the_numbers_of_groups_do_not_matter() -> None:
    labels = np.array([0, 1] * 20)
    groups = np.arange(40) // 2
    assert (grouped_folds(labels, groups, 5) == grouped_folds(labels, (groups * 7919) % 1009, 5)).all()


def test_scores_are_those_of_naive_bayes_fitted_on_the_other_folds() -> None:
    random = np.random.default_rng(1)
    dense = random.random((60, 20)).astype(np.float32) * (random.random((60, 20)) < 0.4)
    labels = np.append([0, 1, 2] * 10, random.integers(0, 3, 30))
    folds = grouped_folds(labels, np.arange(60), 4)
    scores = out_of_fold_scores(csr_matrix(dense), labels, folds, 3)
    for fold in range(4):
        rest, held = folds != fold, folds == fold
        model = MultinomialNB(alpha=0.01, fit_prior=False).fit(dense[rest], labels[rest])
        assert scores[held] == pytest.approx(dense[held] @ model.feature_log_prob_.T, abs=1e-3)


def test_a_row_of_no_known_feature_says_nothing() -> None:
    vectors = csr_matrix(np.array([[1.0, 0], [1, 0], [0, 0], [0, 0]], dtype=np.float32))
    scores = out_of_fold_scores(vectors, np.array([0, 1, 0, 1]), np.array([0, 1, 0, 1]), 2)
    assert (scores[2:] == 0).all()


def test_the_nearest_is_the_first_of_equals() -> None:
    vectors = csr_matrix(np.array([[1, 0], [0, 1], [0.6, 0.8], [0.6, 0.8]], dtype=np.float32))
    found, cosines = nearest(vectors, np.array([0, 1]), np.array([3, 2]))
    assert found.tolist() == [3, 3]
    assert cosines == pytest.approx([0.6, 0.8])
