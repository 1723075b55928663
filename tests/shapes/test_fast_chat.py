"""The fast path says exactly what reading in full says, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.shapes import anatomy, reader_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.chat import OpenAIChat
from dataaudit.shapes.fast_chat import read_chat_fast
from dataaudit.shapes.readers import Thorough

SHAPE = OpenAIChat(Layout("openai-chat"))
roles = st.sampled_from(["system", "user", "assistant", "tool", "function", "developer", "bot", "User", "Chatbot", ""])
texts = st.sampled_from(["", " \n", "\u3000", "a", "b"]) | st.text(max_size=5)
message = st.fixed_dictionaries({"role": roles, "content": texts})
odd = st.fixed_dictionaries(
    {"role": roles | st.just(1) | st.just(True), "content": texts | st.none() | st.just(["x"]) | st.just({})},
    optional={"name": st.just("n"), "weight": st.just(1)},
)
rows = st.fixed_dictionaries(
    {"messages": st.lists(message | odd | st.just(5), max_size=6) | st.none() | st.just("x") | st.just({"a": 1})},
    optional={
        "id": st.integers() | st.text() | st.none() | st.booleans() | st.just([1]),
        "tools": st.just([]),
        "source": st.text(),
    },
)


def in_full(record: dict[str, Any]) -> object:
    return anatomy.read(SHAPE.to_example(record), "openai-chat")


@given(st.lists(rows, max_size=5))
def test_equal_to_reading_in_full(records: list[dict[str, Any]]) -> None:
    for record in records + records:
        fast = read_chat_fast(record)
        if fast is not None:
            assert fast == in_full(record)


@pytest.mark.parametrize(
    "columns",
    [Columns(id="uuid"), Columns(label="intent"), Columns(label="label", id="id")],
    ids=["id", "label", "both"],
)
@given(
    st.lists(message, max_size=4),
    st.dictionaries(
        st.sampled_from(["uuid", "intent", "label", "id", "images", "weight", "answer", "kto_tag"]),
        texts | st.sampled_from([None, True, 3, 2.5, ["x"], {}]),
        max_size=4,
    ),
)
def test_equal_with_columns(columns: Columns, messages: list[dict[str, Any]], fields: dict[str, Any]) -> None:
    layout = Layout("openai-chat", columns)
    fast, thorough = reader_for(layout), Thorough(layout)
    record = {"messages": messages, **fields}
    assert fast(record) == fast(record) == thorough(record)


@given(st.lists(message, min_size=1, max_size=6))
def test_equal_for_ordinary_rows(messages: list[dict[str, Any]]) -> None:
    record = {"messages": messages}
    for _ in range(2):
        fast = read_chat_fast(record)
        assert fast == in_full(record) if SHAPE.claims(record) else fast is None


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"messages": []},
        {"messages": [{"role": "user", "content": None}]},
        {"messages": [{"role": "user", "content": "a", "name": "b"}]},
        {"messages": [{"role": "user", "content": "a"}], "tools": []},
        {"messages": [{"role": ["user"], "content": "a"}]},
    ],
    ids=["none", "empty", "null", "name", "tools", "role-list"],
)
def test_leaves_other_rows_alone(record: dict[str, Any]) -> None:
    assert read_chat_fast(record) is None


def test_takes_the_ordinary_row() -> None:
    record = {"messages": [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "4"}], "id": 9}
    reading = read_chat_fast(record)
    assert reading is not None
    assert (reading.context, reading.question, reading.answer, reading.id) == ("", "2+2?", "4", 9)
