"""A plain text classifier, trained on what a reader can read of a file, and held against rows it has not seen."""

from __future__ import annotations

import json
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from benchmarks.validity.sets import Row

CLASSIFIER = "TF-IDF of words 1-2 and characters 3, LinearSVC"


class Accuracy(NamedTuple):
    """Share of the test rows answered to the letter; `recall`: the mean of that over the labels."""

    accuracy: float
    recall: float


def measured(lines: str, test: list[Row]) -> Accuracy:
    """How well a classifier does that learned from the lines. Every distinct answer is a class of its own."""
    pairs = list(readable(lines))
    truth = np.array([row.answer for row in test])
    said = _answers(pairs, [row.prompt for row in test])
    right = said == truth
    return Accuracy(float(right.mean()), float(np.mean([right[truth == label].mean() for label in np.unique(truth)])))


def readable(lines: str) -> list[tuple[str, str]]:
    """(prompt, answer) of the lines that are JSON."""
    pairs = []
    for line in lines.split("\n"):
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        pairs.append((row["prompt"], row["completion"]))
    return pairs


def _answers(pairs: list[tuple[str, str]], prompts: list[str]) -> np.ndarray:
    answers = sorted({answer for _, answer in pairs})
    if len(answers) < 2:
        return np.array([*answers, ""][:1] * len(prompts))
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True),
        ),
        LinearSVC(random_state=0),
    )
    model.fit([prompt for prompt, _ in pairs], [answer for _, answer in pairs])
    said: np.ndarray = model.predict(prompts)
    return said
