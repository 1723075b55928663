"""Our findings and cleanlab's on the same probabilities, and our model beside models of scikit-learn."""

from __future__ import annotations

import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from benchmarks.label.sets import Labeled
from dataaudit import audit
from dataaudit.catalogue import load_catalogue
from dataaudit.learning.bayes import grouped_folds, out_of_fold_scores
from dataaudit.learning.features import text_vectors
from dataaudit.learning.noise import Doubts, doubts, prior_of
from dataaudit.text.normalize import normalize_column

RULE = load_catalogue().rules["LAB006"]
CELLS = 30_000_000
RANKINGS = ("self_confidence", "normalized_margin", "confidence_weighted_entropy")
FILTERS = ("prune_by_noise_rate", "confident_learning")
Figures = dict[str, Any]


def learned(data: Labeled) -> tuple[NDArray[np.float64], Doubts]:
    """(out-of-fold probabilities, what is said by them) of all rows; rows of one normal form are in one fold."""
    vectors = text_vectors(
        [text[: int(RULE.threshold("max_characters"))] for text in data.texts], CELLS // len(data.names)
    )
    scores = out_of_fold_scores(vectors, data.labels, folds_of(data), len(data.names))
    found = doubts(scores, data.labels, RULE.threshold("noise_evidence"))
    shares = np.bincount(data.labels, minlength=len(data.names)) / len(data.labels)
    prior = np.log(prior_of(shares, found.fit.share, len(data.labels)))
    return _softmax(scores.astype(np.float64) * found.fit.sharpness + prior), found


def folds_of(data: Labeled) -> NDArray[np.intp]:
    """The folds, of rows in the order of their normal forms."""
    forms = normalize_column(data.texts)
    number = {form: place for place, form in enumerate(sorted(set(forms)))}
    groups = np.array([number[form] for form in forms])
    order = np.argsort(groups, kind="stable")
    folds = np.empty(len(groups), dtype=np.intp)
    folds[order] = grouped_folds(data.labels[order], groups[order], int(RULE.threshold("folds")))
    return folds


def flagged(found: Doubts) -> NDArray[np.bool_]:
    """What LAB006 names."""
    sure = found.confident & (found.best - found.own >= RULE.threshold("margin"))
    result: NDArray[np.bool_] = ((found.wrong >= RULE.threshold("probability")) | sure) & (found.best > found.own)
    return result


def compared(data: Labeled, share: float | None) -> Figures:
    """Average precision of the ranking, and precision and recall of what is named, ours and cleanlab's."""
    probabilities, found = learned(data)
    figures: Figures = {"set": data.name, "share": share, "rows": len(data.texts), "wrong": float(data.wrong.mean())}
    told = found.gain >= RULE.threshold("min_gain") and found.learned >= RULE.threshold("min_learned")
    figures["estimate"] = found.random + found.gain * found.structured if told else None
    figures["ours"] = {"ap": _ap(data.wrong, 1 - found.own), **_counted(flagged(found), data.wrong)}
    return figures | _cleanlab(data.labels, probabilities, data.wrong)


def through_the_door(data: Labeled) -> Figures:
    """What a user gets from `audit`: seconds with and without the rule, rows named, estimated share."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.csv"
        rows = zip(data.texts, (data.names[label] for label in data.labels), strict=True)
        path.write_text(
            "text,label\n" + "".join(f"{_quoted(text)},{_quoted(label)}\n" for text, label in rows), "utf-8"
        )
        seconds = []
        for ignored in ([], ["LAB006"]):
            started = time.process_time()
            report = audit(path, ignore=ignored)
            seconds.append(time.process_time() - started)
            if not ignored:
                full = report
    figures = full.statistics["label_errors"]
    return {
        "seconds": seconds[0],
        "without": seconds[1],
        "named": figures["flagged"] / figures["rows"],
        "estimate": figures["estimated_noise"],
    }


def models(data: Labeled) -> list[Figures]:
    """Average precision by 1 - probability of the given label, of three models on vectors of words and characters."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, SGDClassifier

    _, found = learned(data)
    started = time.process_time()
    learned(data)
    lines = [{"set": data.name, "model": "naive Bayes (ours)", "seconds": time.process_time() - started,
              "accuracy": found.accuracy, "ap": _ap(data.wrong, 1 - found.own)}]  # fmt: skip
    folds = folds_of(data)
    few = len(data.names) < 20
    makers = {
        "logistic loss, stochastic": lambda: SGDClassifier(
            loss="log_loss", alpha=1e-6, max_iter=5, tol=None, random_state=0
        )
    }
    if few:
        makers["logistic regression, L-BFGS"] = lambda: LogisticRegression(C=3, max_iter=50, tol=1e-3)
    for name, make in makers.items():
        started = time.process_time()
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
        runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
        vectors = hstack([words.fit_transform(data.texts), runs.fit_transform(data.texts)]).tocsr()
        chances = np.zeros((len(data.texts), len(data.names)))
        for fold in range(int(folds.max()) + 1):
            held = folds == fold
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = make().fit(vectors[~held], data.labels[~held])
            chances[np.ix_(held, model.classes_)] = model.predict_proba(vectors[held])
        own = chances[np.arange(len(data.labels)), data.labels]
        accuracy = float((chances.argmax(axis=1) == data.labels).mean())
        lines.append({"set": data.name, "model": name, "seconds": time.process_time() - started,
                      "accuracy": accuracy, "ap": _ap(data.wrong, 1 - own)})  # fmt: skip
    return lines


def imdb_figures(
    probabilities: NDArray[np.float64], labels: NDArray[np.intp], judged: dict[int, bool]
) -> list[Figures]:
    """What is named by the authors' probabilities, of the rows that people looked at: precision and recall."""
    from cleanlab.filter import find_label_issues

    probabilities = np.clip(probabilities, 0, 1)  # a few are above 1 by rounding
    prior = np.bincount(labels) / len(labels)
    scores = (np.log(np.maximum(probabilities, 1e-12)) - np.log(prior)).astype(np.float32)
    found = doubts(scores, labels, RULE.threshold("noise_evidence"))
    named = {"ours": flagged(found)}
    named |= {name: find_label_issues(labels, probabilities, filter_by=name) for name in FILTERS}
    rows = np.array(sorted(judged))
    wrong = np.array([judged[row] for row in rows.tolist()])
    ap = {
        "ours": _ap(wrong, 1 - found.own[rows]),
        **dict.fromkeys(FILTERS, _ap(wrong, 1 - _own(probabilities, labels)[rows])),
    }
    return [
        {
            "who": who,
            "named": int(mask.sum()),
            "looked_at": int(mask[rows].sum()),
            "ap": ap[who],
            **_counted(mask[rows], wrong),
        }
        for who, mask in named.items()
    ]


def _cleanlab(labels: NDArray[np.intp], probabilities: NDArray[np.float64], wrong: NDArray[np.bool_]) -> Figures:
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    figures: Figures = {}
    for name in RANKINGS:
        scores = get_label_quality_scores(labels, probabilities, method=name)
        figures[name] = _ap(wrong, 1 - scores)
    for name in FILTERS:
        figures[f"filter {name}"] = _counted(find_label_issues(labels, probabilities, filter_by=name), wrong)
    return figures


def _ap(wrong: NDArray[np.bool_], scores: NDArray[np.float64]) -> float | None:
    return float(average_precision_score(wrong, scores)) if wrong.any() else None


def _own(probabilities: NDArray[np.float64], labels: NDArray[np.intp]) -> NDArray[np.float64]:
    own: NDArray[np.float64] = probabilities[np.arange(len(labels)), labels]
    return own


def _counted(mask: NDArray[np.bool_], wrong: NDArray[np.bool_]) -> Figures:
    hits, named = int((mask & wrong).sum()), int(mask.sum())
    return {
        "share": named / len(mask),
        "precision": hits / named if named else None,
        "recall": hits / int(wrong.sum()) if wrong.any() else None,
    }


def _softmax(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    result: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return result


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
