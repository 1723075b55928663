"""Labels learned by multinomial naive Bayes, each row judged by a model that has seen neither it nor rows like it.

On labels of which some are wrong it tells wrong ones better than logistic regression on the same vectors, which learns
them by heart, and takes one pass (docs/label-errors.md has both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]

# What is added to the sum of a feature in a label, vectors being of length 1: little, for most features are rare.
_ADDED: Final = 0.01
_AT_ONCE: Final = 64
_BLOCK: Final = 2_000


def grouped_folds(labels: Rows, groups: Rows, folds: int) -> Rows:
    """The fold of each row: rows of a group together, labels spread evenly by the first row of each group.

    labels, groups: numbers [n]; rows are taken in their order, so it must not depend on where they stand in a file.
    """
    order = np.argsort(groups, kind="stable")
    first = np.append(True, groups[order][1:] != groups[order][:-1])[: len(order)]
    leaders = order[first]
    dealt = np.empty(len(leaders), dtype=np.intp)
    dealt[np.lexsort((leaders, labels[leaders]))] = np.arange(len(leaders)) % folds
    result = np.empty(len(labels), dtype=np.intp)
    result[order] = dealt[np.cumsum(first) - 1]
    return result


def out_of_fold_scores(vectors: Any, labels: Rows, folds: Rows, count: int) -> NDArray[np.float32]:
    """The log of p(text | label), [n, count], up to a constant a row, by models of the other folds.

    vectors: sparse [n, columns], not negative. count: number of labels.
    Source: Manning and others, Introduction to Information Retrieval (2008), 13.2.
    """
    from scipy.sparse import csr_matrix

    ones = np.ones(len(labels), dtype=np.float32)
    by_label = csr_matrix((ones, (np.arange(len(labels)), labels)), shape=(len(labels), count)).T.tocsr()
    everything = (by_label @ vectors).toarray()
    scores = np.zeros((len(labels), count), dtype=np.float32)
    for fold in range(int(folds.max(initial=-1)) + 1):
        held = np.flatnonzero(folds == fold)
        sums = everything - (by_label[:, held] @ vectors[held]).toarray()
        sums = np.maximum(sums, 0) + np.float32(_ADDED)
        sums /= sums.sum(axis=1, keepdims=True)
        scores[held] = vectors[held] @ np.ascontiguousarray(np.log(sums).T)
    return scores


def nearest(vectors: Any, rows: Rows, others: Rows) -> tuple[Rows, NDArray[np.float64]]:
    """For each of `rows` the nearest of `others` (the first of equals), and the cosine. Both are numbers of rows.

    Of many others only the first are looked at, so that a long list of rows stays a matter of seconds.
    """
    pool = vectors[others[:_BLOCK]]
    found, cosines = np.empty(len(rows), dtype=np.intp), np.zeros(len(rows))
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        products = (pool @ vectors[rows[part]].toarray().T).T
        best = products.argmax(axis=1)
        found[part] = others[best]
        cosines[part] = np.minimum(products[np.arange(len(best)), best], 1.0)
    return found, cosines
