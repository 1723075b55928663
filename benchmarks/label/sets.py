"""Labeled sets, and labels made wrong in them by a fixed seed."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED = 0


class Labeled(NamedTuple):
    """Texts with labels, some of them wrong. wrong: which are, as planted or as people judged."""

    name: str
    texts: list[str]
    labels: NDArray[np.intp]
    names: list[str]
    wrong: NDArray[np.bool_]

    def planted(self, share: float, seed: int = SEED) -> Labeled:
        """A copy in which a share of the labels is another one, each as likely as the others."""
        random = np.random.default_rng(seed)
        labels, wrong = self.labels.copy(), np.zeros(len(self.labels), dtype=np.bool_)
        chosen = random.choice(len(labels), round(share * len(labels)), replace=False)
        labels[chosen] = (labels[chosen] + random.integers(1, len(self.names), len(chosen))) % len(self.names)
        wrong[chosen] = True
        return self._replace(labels=labels, wrong=wrong)


def clean_sets(corpus: Path) -> list[Labeled]:
    """The sets that labels are planted in."""
    intents, errors = corpus / "intents", corpus / "label_errors"
    messages = [line.split("\t", 1) for line in _open(corpus / "sms_spam/SMSSpamCollection.tsv").read().splitlines()]
    return [
        _labeled("CLINC150", *_table(intents / "clinc150_full_train.csv.gz", "intent")),
        _labeled("BANKING77", *_table(intents / "banking77_train.csv", "category")),
        _labeled("AG News, clean test", *_table(errors / "ag_news_clean_test.csv.gz", "label")),
        _labeled("SMS spam", [text for _, text in messages], [label for label, _ in messages]),
    ]


def judged_sets(corpus: Path) -> list[Labeled]:
    """The sets whose labels people have judged: NoisyAG-News and Hausa headlines, all rows."""
    errors = corpus / "label_errors"
    return [
        _judged("NoisyAG-News", errors / "noisy_ag_news_10k.csv.gz", errors / "truth_noisy_ag_news_10k.jsonl"),
        _judged("Hausa headlines", errors / "hausa_news_noisy_train.csv", errors / "truth_hausa_news.jsonl"),
    ]


def imdb(corpus: Path) -> tuple[NDArray[np.float64], NDArray[np.intp], dict[int, bool]]:
    """(the authors' probabilities, labels, whether the label is wrong of the rows that people looked at)."""
    errors = corpus / "label_errors"
    with _open(errors / "imdb_test_25k.jsonl.gz") as file:
        labels = np.array([json.loads(line)["label"] in ("positive", "pos", 1) for line in file], dtype=np.intp)
    with _open(errors / "truth_imdb_mturk.jsonl") as file:
        votes = [json.loads(line) for line in file]
    probabilities = np.load(errors / "imdb_out_of_sample_probs.npy")
    return probabilities, labels, {vote["row"]: vote["verdict"] != "given" for vote in votes}


def _judged(name: str, data: Path, truth: Path) -> Labeled:
    made = _labeled(name, *_table(data, "label"))
    with _open(truth) as file:
        wrong = [json.loads(line)["wrong"] for line in file]
    return made._replace(wrong=np.array(wrong))


def _labeled(name: str, texts: list[str], labels: list[str]) -> Labeled:
    names = sorted(set(labels))
    codes = np.array([names.index(label) for label in labels], dtype=np.intp)
    return Labeled(name, texts, codes, names, np.zeros(len(texts), dtype=np.bool_))


def _table(path: Path, column: str) -> tuple[list[str], list[str]]:
    with _open(path) as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row[column] for row in rows]


def _open(path: Path) -> IO[str]:
    data = path.read_bytes()
    plain = gzip.decompress(data) if path.suffix == ".gz" else data
    return io.StringIO(plain.decode("utf-8"), newline="")
