"""Labeled sets whose labels are good, each with rows to train on and rows to test with."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

TRAIN_SHARE = 0.6
INTENTS = 75  # half of CLINC150: full categories matter here, and all 150 take four times as long
csv.field_size_limit(1 << 24)


class Row(NamedTuple):
    """What is asked and the answer; `whole`: the line of the file is not cut off."""

    prompt: str
    answer: str
    whole: bool = True


class LabeledSet(NamedTuple):
    """`train` is what gets spoiled, `test` is never touched."""

    name: str
    title: str
    train: list[Row]
    test: list[Row]


def clinc150(corpus: Path) -> LabeledSet:
    """Half of the intents, chosen by the hash of their names, with the train and test rows as published."""
    train, test = (_csv(corpus / f"intents/clinc150_{part}.csv.gz", "intent") for part in ("full_train", "test"))
    chosen = set(sorted({row.answer for row in train}, key=_hash)[:INTENTS])
    halves = [[row for row in rows if row.answer in chosen] for rows in (train, test)]
    return LabeledSet("clinc150", f"CLINC150, {INTENTS} intents", *halves)


def banking77(corpus: Path) -> LabeledSet:
    """Train and test rows as published."""
    train, test = (_csv(corpus / f"intents/banking77_{part}.csv", "category") for part in ("train", "test"))
    return LabeledSet("banking77", "BANKING77", train, test)


def agnews(corpus: Path) -> LabeledSet:
    """The verified test set of AG News, split by the hash of the text."""
    return LabeledSet("agnews", "AG News", *_split(_csv(corpus / "label_errors/ag_news_clean_test.csv.gz", "label")))


def sms(corpus: Path) -> LabeledSet:
    """SMS Spam Collection, each text once, split by the hash of the text."""
    lines = (corpus / "sms_spam/SMSSpamCollection.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return LabeledSet("sms", "SMS spam", *_split(Row(text, label) for label, _, text in pairs))


SETS: dict[str, Callable[[Path], LabeledSet]] = {
    "clinc150": clinc150,
    "sms": sms,
    "banking77": banking77,
    "agnews": agnews,
}


def _csv(path: Path, label: str) -> list[Row]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [Row(row["text"], row[label]) for row in csv.DictReader(io.StringIO(text, newline=""))]


def _split(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    once = {row.prompt.strip().casefold(): row for row in reversed(list(rows))}
    parts: tuple[list[Row], list[Row]] = [], []
    for key, row in reversed(once.items()):
        parts[_hash(key) >= TRAIN_SHARE * 2**64].append(row)
    return parts


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
