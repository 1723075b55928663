"""Made rows, and batches and evidence of them, for tests of checks."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from dataaudit.catalogue import Given, load_catalogue
from dataaudit.checks.base import AnyCheck
from dataaudit.checks.batch import Batch, Outlines, RowTable, TableBuilder, make_batch
from dataaudit.checks.evidence import Evidence, LabelSource, RowText
from dataaudit.checks.label_balance import Labels
from dataaudit.checks.labels import read_labels
from dataaudit.checks.learned import Learned, Sample, learn
from dataaudit.loaders.base import Block, Source
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Note

LAYOUT = Layout("prompt-completion", Columns("prompt", "completion", label="category", id="id"))
LABELS = LabelSource("column", "category")
GIVEN = Given(load_catalogue())
SOURCE = Source("train.jsonl", "train.jsonl", "lines", "train", 0)

Rows = Sequence[tuple[int, dict[str, Any]]]


def rows(count: int, seed: int) -> list[tuple[int, dict[str, Any]]]:
    """(line, record) of rows with repeats, near repeats, conflicts, odd types and answers, bad labels, a template."""
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
        if random_.random() < 0.1:
            order = f"order {number} of {random_.randint(1, 9)} May"
            record["prompt"] = f"Dear all of you at the shop, where is my {order} that I paid for weeks ago already?"
        elif random_.random() < 0.1:
            word = random_.choice(["please", "now", "then"])
            record["prompt"] = f"Tell me {word} how I reset the password of the account that I opened in spring"
            record["completion"] = f"Answer {random_.choice([1, 'that you write to us'])}"
        if random_.random() < 0.05:
            record["completion"] = f"Answer {{{{name}}}} {number}"
        if random_.random() < 0.05:
            record["completion"] = random_.choice([None, 5, "", ["x"]])
        if random_.random() < 0.05:
            record["extra"] = random_.choice([1, "one"])
        if line % 29 == 0:
            record["prompt"] += " at the cafÃ© of jane.roe@acme-shop.com"
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
    read = reader_for(LAYOUT)
    order = sorted(data, key=lambda row: row[0])

    def texts(wanted: np.typing.NDArray[np.intp]) -> list[RowText]:
        return [RowText(*read(order[row][1])[:3]) for row in wanted.tolist()]

    return Evidence(
        sources=[SOURCE], layouts=[LAYOUT], label_sources=[LABELS], hashes=[None], table=table, outlines=outlines,
        facts=[], given=GIVEN, providers={}, label_names=names, texts=texts,
    )  # fmt: skip


def learned(data: Rows) -> Learned:
    """What the rows teach."""
    read = reader_for(LAYOUT)
    readings = [read(record) for _, record in data]
    return learn([Sample(readings, LABELS, whole=True)], GIVEN, frozenset(GIVEN.catalogue.rules))
