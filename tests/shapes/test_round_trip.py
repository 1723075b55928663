"""Reading and writing gives the record back, whatever it holds; an edit changes what was edited and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.shapes import anatomy
from dataaudit.shapes.recognise import kind
from tests.shapes.test_recognise import ROWS, SHAPES

KEYS = [
    "messages",
    "contents",
    "conversations",
    "dialog",
    "turns",
    "system",
    "systemInstruction",
    "system_instruction",
    "tools",
    "functions",
    "toolConfig",
    "schemaVersion",
    "prompt",
    "completion",
    "completions",
    "chosen",
    "rejected",
    "chosen_messages",
    "text",
    "rejected_text",
    "label",
    "kto_tag",
    "context",
    "response1",
    "response2",
    "overall_preference",
    "input",
    "preferred_output",
    "non_preferred_output",
    "references",
    "user",
    "assistant",
    "question",
    "id",
    "weight",
    "images",
    "reference_answer",
]
INNER = [
    "role",
    "content",
    "from",
    "value",
    "speaker",
    "text",
    "type",
    "tool_calls",
    "function_call",
    "function",
    "name",
    "arguments",
    "id",
    "tool_call_id",
    "weight",
    "refusal",
    "parts",
    "functionCall",
    "functionResponse",
    "functionDeclarations",
    "args",
    "fileData",
    "inlineData",
    "mimeType",
    "thought",
    "toolUse",
    "toolResult",
    "toolUseId",
    "toolSpec",
    "inputSchema",
    "json",
    "reasoningContent",
    "image",
    "score",
    "completion",
    "rank",
    "messages",
    "tools",
    "tool_use",
    "parameters",
    "properties",
    "description",
    "required",
]
WORDS = [
    "user",
    "assistant",
    "system",
    "tool",
    "function",
    "model",
    "human",
    "gpt",
    "Chatbot",
    "User",
    "function_call",
    "observation",
    "text",
    "image_url",
    "tool_call",
    "object",
    "dict",
    "{}",
    "[]",
    '{"name":"f","arguments":{}}',
    "image/png",
    "abc123XYZ",
]

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.just(10**30)
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
) | st.text(max_size=6)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(INNER), inner, max_size=5),
    max_leaves=25,
)
records = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), values, min_size=1, max_size=6)


def check(record: dict[str, Any]) -> None:
    name = kind(record)
    if name is None:
        return
    before = copy.deepcopy(record)
    example = SHAPES[name].to_example(record)
    reading = anatomy.read(example, name)
    written = SHAPES[name].to_record(example)
    assert record == before, "reading changed the record"
    assert written == before
    assert list(written) == list(before)
    assert list(reading.traits) == sorted(set(reading.traits))
    assert f"shape:{name}" in reading.traits
    assert {note.trait for note in reading.notes} <= set(reading.traits)
    assert isinstance(reading.question, str)
    assert isinstance(reading.context, str)


@given(records)
def test_any_record(record: dict[str, Any]) -> None:
    check(record)


@pytest.mark.parametrize(("name", "base"), ROWS, ids=[f"{name}-{index}" for index, (name, _) in enumerate(ROWS)])
@given(key=st.sampled_from(KEYS), value=values, inner=st.sampled_from(INNER))
def test_a_good_row_with_one_thing_changed(name: str, base: dict[str, Any], key: str, value: Any, inner: str) -> None:
    check(base)
    check({**base, key: value})
    for field, held in base.items():
        check({**base, field: value})
        if isinstance(held, list):
            check({**base, field: [*held, value]})
            check({**base, field: [{**item, inner: value} if isinstance(item, dict) else item for item in held]})


FIRST = dict(reversed(ROWS))


@pytest.mark.parametrize("target", sorted(SHAPES))
@pytest.mark.parametrize("source", sorted(FIRST))
def test_every_shape_writes_examples_of_every_other(target: str, source: str) -> None:
    example = SHAPES[source].to_example(FIRST[source])
    written = SHAPES[target].to_record(example)
    again = SHAPES[target].to_example(written)
    spoken = [turn.text for turn in example.turns if turn.text and turn.role == "user"]
    assert all(any(text in (turn.text or "") for turn in again.turns) for text in spoken)


@given(record=records | values, name=st.sampled_from(sorted(SHAPES)))
def test_no_shape_raises_on_what_it_does_not_claim(record: Any, name: str) -> None:
    reading = anatomy.read(SHAPES[name].to_example(record), name)
    assert f"shape:{name}" in reading.traits


def test_an_edited_text_is_written_and_all_else_kept() -> None:
    record = {
        "id": 3,
        "messages": [
            {"name": "Ann", "content": "hi", "role": "user", "mood": "glad"},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"function": {"name": "f", "arguments": {}}}],
                "weight": 1.0,
            },
        ],
    }
    shape = SHAPES["openai-chat"]
    example = shape.to_example(record)
    example.turns[0].text = "hello"
    example.turns[1].weight = 1
    written = shape.to_record(example)
    assert written["messages"][0] == {"name": "Ann", "content": "hello", "role": "user", "mood": "glad"}
    assert written["messages"][1] == {**record["messages"][1], "weight": 1}  # type: ignore[index]
    assert type(written["messages"][1]["weight"]) is int
    assert record["messages"][0]["content"] == "hi"  # type: ignore[index]


def test_chat_with_tools_becomes_gemini_and_bedrock() -> None:
    tools = [{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object"}}}]
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    record = {
        "messages": [
            {"role": "system", "content": "s"},
            {"role": "user", "content": "u"},
            {"role": "assistant", "tool_calls": [call]},
        ],
        "tools": tools,
    }
    example = SHAPES["openai-chat"].to_example(record)
    assert SHAPES["gemini"].to_record(example) == {
        "systemInstruction": {"parts": [{"text": "s"}]},
        "contents": [
            {"role": "user", "parts": [{"text": "u"}]},
            {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}}]},
        ],
        "tools": [{"functionDeclarations": [tools[0]["function"]]}],
    }
    converse = SHAPES["bedrock-converse"].to_record(example)
    assert converse["system"] == [{"text": "s"}]
    assert converse["messages"][1]["content"] == [{"toolUse": {"toolUseId": "c1", "name": "f", "input": {"a": 1}}}]
    assert converse["toolConfig"]["tools"][0]["toolSpec"]["inputSchema"] == {"json": {"type": "object"}}


def test_sharegpt_becomes_openai_chat() -> None:
    record = {
        "conversations": [
            {"from": "human", "value": "u"},
            {"from": "function_call", "value": '{"name": "f", "arguments": {"a": 1}}'},
        ],
        "system": "s",
        "tools": '[{"name": "f", "parameters": {"type": "object"}}]',
    }
    written = SHAPES["openai-chat"].to_record(SHAPES["sharegpt"].to_example(record))
    assert [message["role"] for message in written["messages"]] == ["system", "user", "assistant"]
    assert written["messages"][2]["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"a":1}'}
    assert written["messages"][2]["content"] is None
