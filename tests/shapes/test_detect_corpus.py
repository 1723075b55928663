"""Detection on real sets; needs the folder named by DATAAUDIT_CORPUS."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dataaudit.shapes import reader_for, shape_for
from dataaudit.shapes.base import Columns
from dataaudit.shapes.detect import detect

CORPUS = os.environ.get("DATAAUDIT_CORPUS")
pytestmark = pytest.mark.skipif(CORPUS is None, reason="DATAAUDIT_CORPUS names no folder of real sets")

SETS = {
    "intents/banking77_test.csv": ("labeled-text", Columns("text", label="category")),
    "intents/clinc150_small_train.csv.gz": ("labeled-text", Columns("text", label="intent")),
    "label_errors/mmlu_redux_half.jsonl.gz": ("prompt-completion", Columns("prompt", "completion", label="category")),
    "code/new_codealpaca.json.gz": ("alpaca", Columns("instruction", "output")),
    "near_duplicates/toolformer_7673.jsonl.gz": ("alpaca", Columns("instruction", "response")),
    "leakage/superbowl_train.jsonl.gz": ("prompt-completion", Columns("prompt", "completion")),
    "leakage/wikisql_mlx_train.jsonl": ("text", Columns("text")),
    "leakage/gsm8k_train.jsonl.gz": ("pairs", Columns("question", "answer")),
    "providers/mistral_northwind_queries.jsonl": ("pairs", Columns("question", "query")),
    "label_tools/doccano_setswana_ner.jsonl": ("doccano", Columns(id="id")),
    "label_tools/prodigy_annotated_reddit-PRODUCT-ner.jsonl.gz": ("prodigy", Columns()),
    "label_tools/label_studio_chat_data.json": ("label-studio", Columns(id="id")),
}


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a set, read with the standard library."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text, name = data.decode("utf-8"), path.name.removesuffix(".gz")
    if name.endswith(".csv"):
        return list(csv.DictReader(io.StringIO(text, newline="")))
    if name.endswith(".json"):
        found: list[dict[str, Any]] = json.loads(text)
        return found
    return [json.loads(line) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", SETS)
def test_real_sets(name: str) -> None:
    records = rows(Path(str(CORPUS)) / name)
    layout = detect(records, columns=Columns(), path=name)
    assert (layout.shape, layout.columns) == SETS[name]
    shape, read = shape_for(layout), reader_for(layout)
    for record in records[:2000]:
        assert shape.claims(record)
        assert shape.to_record(shape.to_example(record)) == record
        assert "other-shape" not in read(record).traits
