"""Exports of labeling tools (fixtures/shapes): what was annotated becomes question, answer and label."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dataaudit.shapes import reader_for, shape_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.detect import detect

SPANS = '[[0,3,"PER"],[13,18,"LOC"]]'
SAMPLES: dict[str, tuple[str, list[tuple[str, str | None, str | None, bool]]]] = {
    "prodigy-textcat.jsonl": (
        "prodigy",
        [
            ("Fix a typo in the manual\nDOCS", "accept", "DOCS", False),
            ("Crash when saving\nDOCS", "reject", "not DOCS", False),
            ("?\nDOCS", "ignore", None, True),
        ],
    ),
    "prodigy-spans.jsonl": ("prodigy", [("Ada lives in Paris", SPANS, None, False)]),
    "doccano-classes.jsonl": (
        "doccano",
        [
            ("Friendly staff.", "positive", "positive", False),
            ("Cold soup.", "negative", "negative", False),
            ("Fine.", None, None, False),
        ],
    ),
    "doccano-spans.jsonl": (
        "doccano",
        [
            ("Ada met Grace in Paris.", '[[0,3,"PER"],[8,13,"PER"],[17,22,"LOC"]]', None, False),
            ("Nothing happened.", "[]", None, False),
        ],
    ),
    "label-studio.json": (
        "label-studio",
        [
            ("Great shoes", "positive", "positive", False),
            ("Hm", None, None, True),
            ("Summarise: the sun rose, birds sang.", "A calm morning.", None, False),
            ("Hello", "Good day", None, False),
        ],
    ),
    "argilla-v1.jsonl": ("argilla", [("Good film", "positive", "positive", False), ("??", None, None, True)]),
    "argilla-v2.jsonl": ("argilla", [("Good film", "positive", "positive", False)]),
    "label-studio-min.json": (
        "label-studio-min",
        [
            ("Great shoes", '["brief","happy"]', '["brief","happy"]', False),
            ("Great shoes", "happy", "happy", False),
            ("Ada lives in Paris", '[{"end":3,"labels":["PER"],"start":0,"text":"Ada"}]', None, False),
            ("Rate this", "4", "4", False),
            ("Hello", "Good day", None, False),
            ("Not seen yet", None, None, False),
        ],
    ),
    "argilla-v1-hub.jsonl": ("argilla", [("Good film", "positive", "positive", False), ("??", None, None, False)]),
    "argilla-flat.jsonl": ("argilla", [("Good film", "positive", "positive", False), ("??", None, None, True)]),
}


def rows(repository: Path, name: str) -> list[dict[str, Any]]:
    """The records of a sample."""
    text = (repository / "fixtures" / "shapes" / name).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = (
        json.loads(text) if name.endswith(".json") else [json.loads(s) for s in text.splitlines()]
    )
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_annotated(repository: Path, name: str) -> None:
    shape, wanted = SAMPLES[name]
    records = rows(repository, name)
    layout = detect(records, columns=Columns(), path=name)
    assert layout.shape == shape
    readings = [reader_for(layout)(record) for record in records]
    found = [(r.question, r.answer, r.label, "not-for-training" in r.traits) for r in readings]
    assert found == wanted
    assert not [trait for reading in readings for trait in reading.traits if trait.startswith("field:")]


@pytest.mark.parametrize("name", SAMPLES)
def test_an_edited_text_is_written_back(repository: Path, name: str) -> None:
    records = rows(repository, name)
    shape = shape_for(detect(records, columns=Columns(), path=name))
    example = shape.to_example(records[0])
    example.turns[0].text = "Other words"
    written = shape.to_record(example)
    assert "Other words" in json.dumps(written)
    assert written.keys() == records[0].keys()


def test_label_studio_csv_holds_values_as_json_text(repository: Path) -> None:
    records = rows(repository, "label-studio-min.json")[:5]
    read = reader_for(Layout("label-studio-min", Columns(id="id")))
    flat = [{key: json.dumps(value) if isinstance(value, list | dict) else value for key, value in row.items()}
            for row in records]  # fmt: skip
    flat[4]["chat_transcript"] = "user: Hello\nassistant: Good day"
    for record, row in zip(records, flat, strict=True):
        one, other = read(record), read(row)
        assert (one.question, one.answer, one.label, one.id) == (other.question, other.answer, other.label, other.id)
        assert one.id == record["annotation_id"]
        assert not [trait for trait in other.traits if trait.startswith("field:chat")]


@pytest.mark.parametrize("name", ["alpaca.jsonl", "labeled-text.jsonl", "prompt-completion.jsonl", "prompt-only.jsonl"])
def test_plain_samples_are_clean(repository: Path, name: str) -> None:
    records = rows(repository, name)
    layout = detect(records, columns=Columns(), path=name)
    assert layout.shape == name.removesuffix(".jsonl")
    assert not [note for record in records for note in reader_for(layout)(record).notes]
