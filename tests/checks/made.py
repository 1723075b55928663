"""Made rows, and batches and evidence of them, for tests of checks."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any

from dataaudit.catalogue import load_catalogue
from dataaudit.checks.base import AnyCheck
from dataaudit.checks.batch import Batch, Outlines, RowTable, TableBuilder, make_batch
from dataaudit.checks.evidence import Evidence, LabelSource
from dataaudit.checks.label_balance import Labels
from dataaudit.checks.labels import read_labels
from dataaudit.loaders.base import Block, Source
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Note

LAYOUT = Layout("prompt-completion", Columns("prompt", "completion", label="category", id="id"))
LABELS = LabelSource("column", "category")
SOURCE = Source("train.jsonl", "train.jsonl", "lines", "train", 0)

Rows = Sequence[tuple[int, dict[str, Any]]]


def rows(count: int, seed: int) -> list[tuple[int, dict[str, Any]]]:
    """(line, record) of rows with repeats, conflicts, odd types, missing and misspelt labels."""
    random_ = random.Random(seed)
    made = []
    for line in range(1, count + 1):
        number = random_.randint(1, max(2, count // 2))
        record: dict[str, Any] = {
            "prompt": f"Question number {number}{random_.choice(['', '!', ' '])}",
            "completion": f"Answer {random_.choice([number, number, number + 1])}",
            "category": random_.choice(["billing", "billing", "refund", "Refund", "biling", "", "delivery"]),
            "id": random_.randint(1, count * 2),
        }
        if random_.random() < 0.05:
            record["completion"] = random_.choice([None, 5, "", ["x"]])
        if random_.random() < 0.05:
            record["extra"] = random_.choice([1, "one"])
        made.append((line, record))
    return made


def batches(data: Rows, outlines: Outlines, size: int = 7) -> Iterable[Batch]:
    """The rows in batches, as an engine would make them."""
    read = reader_for(LAYOUT)
    for start in range(0, len(data), size):
        block = Block()
        for line, record in data[start : start + size]:
            notes = (Note("duplicate-key", "id", "id", 3),) if line % 31 == 0 else ()
            block.add(line, line * 100, json.dumps(record).encode(), record, notes)
        yield make_batch(0, block, read, outlines)


def measured(check: AnyCheck, data: Rows, size: int = 7) -> Any:
    """The state of one check over the rows."""
    state = check.start()
    for batch in batches(data, Outlines(), size):
        state = check.add(state, batch)
    return state


def evidence(data: Rows, labels: Labels | None = None) -> Evidence:
    """Evidence over the rows, with no provider."""
    outlines, builder = Outlines(), TableBuilder()
    for batch in batches(data, outlines):
        builder.add(batch, read_labels(LABELS, batch.labels, batch.answers, 60))
    table = builder.table() if data else RowTable()
    names = labels.names() if labels is not None else {}
    return Evidence(
        sources=[SOURCE], layouts=[LAYOUT], label_sources=[LABELS], hashes=[None], table=table, outlines=outlines,
        facts=[], catalogue=load_catalogue(), providers={}, label_names=names,
    )  # fmt: skip
