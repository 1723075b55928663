"""Which labels are likely wrong, by probabilities that come from other rows: a mixture model and the confident joint.

A label is either what the text asks for, with the probability that the (sharpened) model gives, or was drawn from the
other labels at random. How sharp the model is and how many labels were drawn is what makes the labels seen most
likely; so a set whose labels merely overlap is not taken for one that is full of errors. Errors that follow the words
are not random; they are what lies off the diagonal of the confident joint.

Sources: Northcutt and others, Confident Learning (JAIR 70, 2021); Angluin and Laird, Learning from Noisy Examples
(1988); Guo and others, On Calibration of Modern Neural Networks (2017), for the sharpness (a temperature's inverse).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Floats = NDArray[np.float64]
    Scores = NDArray[np.float32]

# Logarithms of the sharpness between which it is sought; steps of a search, first over all, then around the best.
_SHARPNESS: Final = (-4.0, 3.0)
_STEPS: Final = 15
_REFINED: Final = 14
# How near the share of random labels comes to where a label says nothing about the text.
_NEAREST: Final = 0.02
# Cells [rows, labels] that two numbers are fitted on, and that are worked on at once.
_FITTED: Final = 600_000
_AT_ONCE: Final = 1_000_000
_TINY: Final = 1e-300
_GOLDEN: Final = (5**0.5 - 1) / 2


class Fit(NamedTuple):
    """What a model of the labels seen is made of.

    sharpness: what the scores are multiplied by to be true logarithms. share: of labels drawn at random. likelihood:
    the mean of its logarithm over the rows.
    """

    sharpness: float
    share: float
    likelihood: float


class Doubts(NamedTuple):
    """What is to be said of each of n rows. All arrays are [n].

    own: probability of the given label. likely, best: the most probable other label, and its probability. wrong:
    probability that the label was drawn at random. confident: whether the row lies off the diagonal of the confident
    joint. random, structured: shares of wrong labels, drawn at random and by the confident joint of the other rows.
    gain: share of the uncertainty about a label (its entropy) that the text takes away; learned: the same of all rows
    together, in nats. accuracy: share of rows whose given label is the most probable one.
    """

    own: Floats
    likely: Rows
    best: Floats
    wrong: Floats
    confident: NDArray[np.bool_]
    random: float
    structured: float
    gain: float
    learned: float
    accuracy: float
    fit: Fit


def doubts(scores: Scores, labels: Rows, evidence: float) -> Doubts:
    """Judge the labels of rows by log p(text | label), [n, labels], from models that have not seen the row.

    evidence: by how much labels drawn at random must raise the log-likelihood (in nats) to be believed in.
    """
    shares = np.bincount(labels, minlength=scores.shape[1]) / len(labels)
    fit = _fitted(scores, labels, shares, evidence)
    prior = np.log(prior_of(shares, fit.share, len(labels))).astype(np.float32)
    own, likely, best = _own_and_best(scores, prior, labels, fit.sharpness)
    wrong = _wrong(own, fit.share, scores.shape[1])
    confident, structured = _confident_joint(scores, prior, labels, fit.sharpness, own, 1 - wrong)
    entropy = -float(np.mean(np.log(shares[labels])))
    return Doubts(
        own=own,
        likely=likely,
        best=best,
        wrong=wrong,
        confident=confident,
        random=float(wrong.mean()),
        structured=structured,
        gain=1 + fit.likelihood / entropy if entropy > 0 else 0.0,
        learned=(entropy + fit.likelihood) * len(labels),
        accuracy=float((own >= best).mean()),
        fit=fit,
    )


def prior_of(shares: Floats, wrong: float, rows: int) -> Floats:
    """How frequent the labels are that the texts ask for, if `wrong` of those seen were drawn from the others."""
    others = len(shares) - 1
    asked = (shares - wrong / others) / (1 - wrong * (1 + 1 / others))
    # A label that seems to be all noise is still met once in a while.
    prior: Floats = np.maximum(asked, 0.25 / rows)
    prior /= prior.sum()
    return prior


def _fitted(scores: Scores, labels: Rows, shares: Floats, evidence: float) -> Fit:
    """What makes the labels most likely; no label counts as drawn at random unless that is much more likely."""
    rows, others = len(labels), len(shares) - 1
    some = slice(None, None, -(-scores.size // _FITTED))
    scores, labels = scores[some], labels[some]

    def at(logarithm: float, most: float) -> Fit:
        powers = scores * np.float32(np.exp(logarithm))
        powers = np.exp(powers - powers.max(axis=1, keepdims=True))
        of_own = powers[np.arange(len(labels)), labels].astype(np.float64)

        def likelihood(share: float) -> float:
            prior = prior_of(shares, share, rows)
            # Not `@`: a linear algebra library would keep all cores spinning for these small products.
            own = of_own * prior[labels] / np.einsum("ij,j->i", powers, prior.astype(np.float32))
            return float(np.mean(np.log((1 - share) * own + share * (1 - own) / others + _TINY)))

        share = _highest(likelihood, 0.0, most) if most else 0.0
        return Fit(float(np.exp(logarithm)), share, likelihood(share))

    def best(most: float) -> Fit:
        return at(_highest(lambda logarithm: at(logarithm, most).likelihood, *_SHARPNESS), most)

    plain, mixed = best(0.0), best(others / (others + 1) - _NEAREST)
    return mixed if (mixed.likelihood - plain.likelihood) * len(labels) >= evidence else plain


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function is highest: the best of equal steps, then golden section around it."""
    steps = np.linspace(low, high, _STEPS).tolist()
    best = int(np.argmax([function(step) for step in steps]))
    low, high = steps[max(0, best - 1)], steps[min(len(steps) - 1, best + 1)]
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(_REFINED):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = function(right)
    return (low + high) / 2


def _wrong(own: Floats, share: float, count: int) -> Floats:
    """The probability of each row that its label was drawn at random, by Bayes' rule."""
    drawn = share * (1 - own) / (count - 1)
    wrong: Floats = drawn / (drawn + (1 - share) * own + _TINY)
    return wrong


def _probabilities(scores: Scores, prior: Scores, sharpness: float) -> Iterator[tuple[slice, Scores]]:
    """The probabilities of the labels, for as many rows as are worked on at once; in the logarithm's safe range."""
    size = max(1, _AT_ONCE // scores.shape[1])
    for start in range(0, len(scores), size):
        part = slice(start, start + size)
        logs = scores[part] * np.float32(sharpness) + prior
        logs -= logs.max(axis=1, keepdims=True)
        np.exp(logs, out=logs)
        logs /= logs.sum(axis=1, keepdims=True)
        yield part, logs


def _own_and_best(scores: Scores, prior: Scores, labels: Rows, sharpness: float) -> tuple[Floats, Rows, Floats]:
    own, best = np.empty(len(labels)), np.empty(len(labels))
    likely = np.empty(len(labels), dtype=np.intp)
    for part, chances in _probabilities(scores, prior, sharpness):
        places = np.arange(len(chances))
        own[part] = chances[places, labels[part]]
        chances[places, labels[part]] = -1
        likely[part] = chances.argmax(axis=1)
        best[part] = chances[places, likely[part]]
    return own, likely, best


def _confident_joint(
    scores: Scores, prior: Scores, labels: Rows, sharpness: float, own: Floats, weight: Floats
) -> tuple[NDArray[np.bool_], float]:
    """(rows off the diagonal, share of the rows that is off it), rows counting by `weight`.

    A row is confidently of a label if its probability is at least the mean of those of the rows given that label.
    """
    count = scores.shape[1]
    of_label = np.bincount(labels, weights=weight, minlength=count)
    sums = np.bincount(labels, weights=weight * own, minlength=count)
    least = np.divide(sums, of_label, out=np.ones(count), where=of_label > 0)
    said = np.full(len(labels), -1, dtype=np.intp)
    for part, chances in _probabilities(scores, prior, sharpness):
        chances[chances < least] = -1
        best = chances.argmax(axis=1)
        said[part] = np.where(chances[np.arange(len(best)), best] >= 0, best, -1)
    sure, off = said >= 0, (said >= 0) & (said != labels)
    counted = np.bincount(labels, weights=weight * sure, minlength=count)
    wrong = np.bincount(labels, weights=weight * off, minlength=count)
    shares = np.divide(wrong, counted, out=np.zeros(count), where=counted > 0)
    return off, float(np.sum(shares * of_label) / len(labels))
