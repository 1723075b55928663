"""What near-duplicate search finds in public sets of near-duplicates, paraphrases, rewritten problems and templates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import dataaudit
from benchmarks.similar.sets import read
from benchmarks.similar.truth import measure
from dataaudit.catalogue import load_catalogue
from dataaudit.similarity import kernels
from dataaudit.similarity.guards import same_facts
from dataaudit.similarity.meaning import Encoder, installed_encoder
from dataaudit.text.normalize import normalize

TIERS = (0.9, 0.8, 0.7, 0.6)
Line = dict[str, Any]


def tiers(corpus: Path, folder: Path) -> list[Line]:
    """Toolformer: rows that SIM001 calls surplus, by threshold, beside those that its authors dropped."""
    rows = read(corpus / "near_duplicates/toolformer_7673.jsonl.gz")
    kept = read(corpus / "near_duplicates/truth_toolformer_kept.jsonl")
    path = _written(folder / "toolformer.jsonl", rows)
    lines = []
    for tier in TIERS:
        theirs = sum(tier not in row["kept_at"] for row in kept) / len(kept)
        counts = dataaudit.audit(path, select=["SIM001"], thresholds={"SIM001": {"jaccard": tier}}).counts
        lines.append({"tier": tier, "theirs": theirs, "ours": counts.get("SIM001", 0) / len(rows)})
    return lines


def paraphrase_figures(corpus: Path) -> list[Line]:
    """MRPC: ROC AUC of words and of meaning, and what is left above the cosine of SIM002."""
    encoder = installed_encoder()
    lines = []
    for name in ("train", "test"):
        rows = read(corpus / f"near_duplicates/mrpc_{name}.jsonl.gz")
        truth = np.array([bool(row["paraphrase"]) for row in rows])
        first, second = [row["text1"] for row in rows], [row["text2"] for row in rows]
        line: Line = {"set": f"MRPC {name}", "pairs": len(rows), "lexical": auc(_lexical(first, second), truth)}
        if encoder is not None:
            cosines = _cosines(encoder, first, second)
            same = np.array([same_facts(*pair) for pair in zip(first, second, strict=True)])
            near = cosines >= _cosine()
            line |= {"semantic": auc(cosines, truth), **_found("above", near, truth)}
            line |= _found("told", near & same, truth)
        lines.append(line)
    return lines


def rewritten_figures(corpus: Path) -> list[Line]:
    """Problems and their rewritten forms: how many are found by words, and by meaning."""
    human = read(corpus / "near_duplicates/humaneval_rephrased.jsonl.gz")
    asked = [row["question"] for row in read(corpus / "leakage/gsm8k_test.jsonl.gz")]
    again = [
        row["text"].partition("Question:")[2].partition("\nAnswer:")[0].strip()
        for row in read(corpus / "leakage/gsm8k_test_rephrased.jsonl.gz")
    ]
    original = [row["original"] for row in human]
    sets = {
        "HumanEval, rewritten in Python": (original, [row["python"] for row in human]),
        "HumanEval, rewritten in JavaScript": (original, [row["javascript"] for row in human]),
        "GSM8K test, questions rewritten": (asked, again),
    }
    encoder = installed_encoder()
    lines = []
    for name, (first, second) in sets.items():
        line: Line = {"set": name, "pairs": len(first)}
        line["lexical"] = int((_lexical(first, second) >= measure().threshold).sum())
        if encoder is not None:
            near = _cosines(encoder, first, second) >= _cosine()
            same = np.array([same_facts(*pair) for pair in zip(first, second, strict=True)])
            line |= {"semantic": int(near.sum()), "told": int((near & same).sum())}
        lines.append(line)
    return lines


def template_figures(corpus: Path, folder: Path) -> list[Line]:
    """Questions made from templates: what the rules of the family say about them."""
    lines = []
    for name in ("text2sql_advising", "text2sql_geography"):
        rows = read(corpus / f"leakage/{name}.jsonl.gz")
        path = _written(folder / f"{name}.jsonl", rows)
        counts = dataaudit.audit(path, select=["DUP001", "DUP002", "SIM001", "SIM003", "SIM004"]).counts
        codes = ("DUP001", "DUP002", "SIM001", "SIM003", "SIM004")
        lines.append({"set": name, "rows": len(rows), **{code: counts.get(code, 0) for code in codes}})
    return lines


def auc(scores: Sequence[float] | np.ndarray, truth: np.ndarray) -> float:
    """Area under the ROC curve: how often a true pair scores above a false one, ties by half."""
    values, place = np.unique(scores, return_inverse=True)
    true = np.bincount(place[truth], minlength=len(values))
    false = np.bincount(place[~truth], minlength=len(values))
    below = np.cumsum(false) - false
    return float((true * (below + false / 2)).sum() / (true.sum() * false.sum()))


def _lexical(first: Sequence[str], second: Sequence[str]) -> np.ndarray:
    none = [b""] * len(first)
    left, right = ([normalize(text) for text in side] for side in (first, second))
    return kernels.scores(left, none, right, none, measure(), np.empty(0, np.uint64))[:, 0]


def _cosines(encoder: Encoder, first: Sequence[str], second: Sequence[str]) -> np.ndarray:
    longest = int(load_catalogue().rules["SIM002"].threshold("max_characters"))
    one, other = (encoder.encode([text[:longest] for text in side]) for side in (first, second))
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    cosines: np.ndarray = (one * other).sum(axis=1) / lengths
    return cosines


def _cosine() -> float:
    return load_catalogue().rules["SIM002"].threshold("cosine")


def _found(name: str, chosen: np.ndarray, truth: np.ndarray) -> Line:
    return {f"{name} found": float(chosen[truth].mean()), f"{name} true": float(truth[chosen].mean())}


def _written(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)
