"""The laws of the shapes made of named fields: nothing raises, and what was read can be written back."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.shapes import SHAPE_NAMES, shape_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import label_text, put
from dataaudit.shapes.registry import classes, default_shape
from tests.shapes.rows import JSON, ROWS, odd_rows

LAYOUTS = [Layout(name) for name in ROWS] + [
    Layout("pairs", Columns(prompt="text", completion="label")),
    Layout("labeled-text", Columns(prompt="text", label="category", id="id", system="prompt")),
    Layout("prompt-completion", Columns(system="text", label="category", id="id")),
    Layout("alpaca", Columns(completion="response", label="category")),
    Layout("doccano", Columns(prompt="prompt", label="labels")),
    Layout("label-studio-min", Columns(prompt="text", label="label")),
]


def test_every_name_has_one_class() -> None:
    assert set(classes()) == set(SHAPE_NAMES)
    assert len(set(SHAPE_NAMES)) == len(SHAPE_NAMES)


@pytest.mark.parametrize("name", ROWS)
def test_own_row_is_claimed_and_comes_back(name: str) -> None:
    shape, row = default_shape(name), ROWS[name]
    assert shape.claims(row)
    example = shape.to_example(row)
    assert example.notes == [] or name == "label-studio"
    written = shape.to_record(example)
    assert json.dumps(written) == json.dumps(row)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.shape}-{bool(layout.columns.label)}")
@given(row=odd_rows())
def test_claimed_rows_come_back(layout: Layout, row: dict[str, Any]) -> None:
    shape = shape_for(layout)
    before = copy.deepcopy(row)
    example = shape.to_example(row)
    if shape.claims(row):
        assert shape.to_record(example) == before
    assert row == before


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.shape}-{bool(layout.columns.label)}")
@given(value=JSON)
def test_any_value_gives_an_example(layout: Layout, value: Any) -> None:
    example = shape_for(layout).to_example(value)
    assert all(turn.text is None or isinstance(turn.text, str) for turn in example.turns)


@pytest.mark.parametrize("name", ROWS)
def test_an_edited_prompt_is_written(name: str) -> None:
    shape = default_shape(name)
    example = shape.to_example(ROWS[name])
    users = [turn for turn in example.turns if turn.role == "user"]
    if name == "tokenized":
        pytest.skip("text cannot be turned into tokens")
    old, new = users[-1].text, "A wholly new text"
    users[-1].text = new
    record = shape.to_record(example)
    assert new in json.dumps(record)
    assert record.keys() == ROWS[name].keys()
    assert old != new


def test_an_edited_alpaca_input_goes_back_to_its_field() -> None:
    shape = default_shape("alpaca")
    example = shape.to_example(ROWS["alpaca"])
    example.turns[-2].text = "Translate\nthe horse"
    example.turns[1].text = "Translate the dog"
    record = shape.to_record(example)
    assert (record["instruction"], record["input"]) == ("Translate", "the horse")
    assert record["history"] == [["Translate the dog", "le chat"]]


@pytest.mark.parametrize(
    ("name", "path"),
    [("labeled-text", ("label",)), ("doccano", ("label", 0)), ("label-studio-min", ("sentiment",))],
)
def test_an_edited_label_is_written(name: str, path: tuple[str | int, ...]) -> None:
    shape = default_shape(name)
    example = shape.to_example(ROWS[name])
    example.label = "other"
    record: Any = shape.to_record(example)
    for step in path:
        record = record[step]
    assert record == "other"


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("source", ["prompt-completion", "labeled-text", "alpaca"])
def test_rows_of_another_shape_are_written(name: str, source: str) -> None:
    record = default_shape(name).to_record(default_shape(source).to_example(ROWS[source]))
    assert default_shape(name).claims(record) or name in {"label-studio-min"}


def test_fields_taken_out_or_added_are_written() -> None:
    shape = default_shape("prompt-completion")
    example = shape.to_example({"prompt": "a", "note": "x", "completion": "b"})
    del example.extra["note"]
    example.extra["more"] = 1
    assert shape.to_record(example) == {"prompt": "a", "completion": "b", "more": 1}


@given(JSON)
def test_canonical_never_raises(value: Any) -> None:
    assert isinstance(canonical(value), str)


def test_canonical_of_hostile_values() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert canonical(deep) == "(nested too deep)"
    assert canonical({"b": 1, "a": 2}) == '{"a":2,"b":1}'
    assert isinstance(canonical(10**5000), str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (" ", None),
        (None, None),
        ([], None),
        (["a"], "a"),
        (["b", "a"], '["a","b"]'),
        ([""], None),
        (3, "3"),
        (True, "true"),
        ({}, None),
    ],
)
def test_label_text(value: Any, text: str | None) -> None:
    assert label_text(value) == text


@given(st.lists(st.integers(), min_size=1, max_size=4))
def test_put_copies_only_what_it_changes(values: list[int]) -> None:
    record = {"a": {"b": values}, "c": values}
    changed = put(record, ("a", "b", 0), "new")
    assert changed["a"]["b"][0] == "new"
    assert record["a"]["b"] is values  # type: ignore[index]
    assert changed["c"] is values
