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
            ("Crash when saving\nDOCS", "reject", None, False),
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
    "argilla-v1-early.jsonl": ("argilla", [("Good film", "positive", "positive", False), ("??", None, None, True)]),
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


def judged(text: str, label: Any, answer: str) -> dict[str, Any]:
    """An item of Prodigy's binary form."""
    return {"text": text, "label": label, "answer": answer, "_input_hash": 1}


def read_all(records: list[dict[str, Any]]) -> list[Any]:
    """The readings of records as those of one file."""
    reader = reader_for(detect(records, columns=Columns(), path="items.jsonl"))
    return [reader(record) for record in records]


def test_where_all_is_accepted_the_label_is_the_answer() -> None:
    records = [judged("a", "A", "accept"), judged("b", "B", "accept"), judged("c", "C", "ignore")]
    readings = read_all(records)
    assert [(r.question, r.answer, r.label) for r in readings[:2]] == [("a", "A", "A"), ("b", "B", "B")]
    assert "not-for-training" in readings[2].traits
    assert "label-missing" not in readings[2].traits


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_an_item_without_the_label_that_others_have(verdict: str) -> None:
    records = [judged("a", "A", "accept"), judged("b", "B", verdict), judged("c", None, "accept"),
               judged("d", " ", "accept"), {"text": "e", "answer": "accept"}]  # fmt: skip
    readings = read_all(records)
    assert ["label-missing" in reading.traits for reading in readings] == [False, False, True, True, True]
    assert [reading.label for reading in readings] == ["A", "B" if verdict == "accept" else None, None, None, None]


SPAN = {"start": 0, "end": 3, "label": "PER"}


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Ada", "spans": [SPAN], "label": "PER", "answer": "accept", "_input_hash": 1},
        {"text": "Ada", "spans": [{**SPAN, "answer": "accept"}], "label": "PER", "answer": "accept"},
        {"text": "Ada", "label": [SPAN]},
        {"text": "Ada", "label": [[0, 3, "PER"]]},
        {"text": "Ada", "label": [{"start_offset": 0, "end_offset": 3, "label": "PER"}]},
    ],
    ids=["prodigy", "prodigy-judged", "doccano-named", "doccano", "doccano-offsets"],
)
def test_a_span_is_no_label_of_its_text(record: dict[str, Any]) -> None:
    (reading,) = read_all([record])
    assert reading.label is None
    assert "label-missing" not in reading.traits


@pytest.mark.parametrize(
    ("status", "responses", "left_out"),
    [
        ("pending", {}, True),
        ("pending", {"mood": [{"value": "good", "status": "draft"}]}, True),
        ("pending", {"mood": [{"value": "good", "status": "submitted"}]}, False),
        ("completed", {"mood": [{"value": "good", "status": "draft"}]}, True),
        ("discarded", {"mood": [{"value": "good", "status": "discarded"}]}, True),
    ],
)
def test_unfinished_items_are_left_out(status: str, responses: Any, left_out: bool) -> None:
    (reading,) = read_all([{"fields": {"text": "a"}, "responses": responses, "status": status}])
    assert ("not-for-training" in reading.traits) is left_out
    assert (reading.label == "good") is not left_out
    assert "label-missing" not in reading.traits
