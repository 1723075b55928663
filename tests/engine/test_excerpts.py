"""Which piece of a row is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dataaudit
from dataaudit.engine.excerpts import offset_of

ROW = '{ "id": 7, "messages" : [{"role": "user"}, {"content":\t"hé\\n", "role": "bot"}], "a.b": {"x": [1, [2, 3]]} }'


@pytest.mark.parametrize(
    ("field", "rest"),
    [
        ("id", "7,"),
        ("messages", '[{"role"'),
        ("messages[0].role", '"user"'),
        ("messages[1].content", '"hé'),
        ("messages[1].role", '"bot"'),
        ("messages[2]", None),
        ("none", None),
        ("id.x", None),
        ("messages[0].role.x", None),
    ],
)
def test_a_field_is_found_in_the_text(field: str, rest: str | None) -> None:
    place = offset_of(ROW, field)
    assert (None if place is None else ROW[place : place + len(rest or "")]) == rest


JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part)
)


@given(st.dictionaries(st.text("abc", min_size=1), JSON, min_size=1), st.data())
def test_every_key_of_every_object_is_found(record: dict[str, object], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(record)))
    text = json.dumps(record)
    place = offset_of(text, name)
    assert place is not None
    assert json.JSONDecoder().raw_decode(text, place)[0] == record[name]


@given(st.text())
def test_broken_text_is_no_crash(text: str) -> None:
    assert offset_of("{" + text, "messages[0].content") is None or '"messages"' in text


def test_a_shared_system_prompt_does_not_hide_the_row(tmp_path: Path) -> None:
    system = {"role": "system", "content": "You are the support desk of a bicycle shop. " * 5}
    turns = [{"role": "user", "content": "Where is my order?"}, {"role": "assistant", "content": "Near."}]
    path = tmp_path / "train.jsonl"
    path.write_text((json.dumps({"messages": [system, *turns]}) + "\n") * 2)
    found = next(f for f in dataaudit.audit(path).findings if f.rule == "DUP001")
    assert found.excerpt is not None
    assert found.excerpt.text.startswith('..."Where is my order?"')


def test_the_caret_stands_at_the_field(tmp_path: Path) -> None:
    row = {"messages": [{"role": "customer", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps(row) + "\n")
    found = next(f for f in dataaudit.audit(path).findings if f.rule == "SCH013")
    assert found.excerpt is not None
    assert found.excerpt.caret is not None
    assert found.excerpt.text[found.excerpt.caret :].startswith('"customer"')
