"""Every chat, preference and reinforcement row is claimed by its own shape, faults inside or not, and by no other."""

from __future__ import annotations

from typing import Any

import pytest

from dataaudit.shapes import bedrock, chat, gemini, nemo, preference, reinforcement, sharegpt
from dataaudit.shapes.base import Layout
from dataaudit.shapes.lens import RecordShape
from dataaudit.shapes.recognise import kind

SHAPES: dict[str, RecordShape] = {
    cls.name: cls(Layout(cls.name))
    for module in (chat, sharegpt, gemini, bedrock, preference, reinforcement, nemo)
    for cls in module.SHAPES
}
USER = {"role": "user", "content": "Où est la gare ?"}
ANSWER = {"role": "assistant", "content": "Tout droit."}
HUMAN = {"from": "human", "value": "Merhaba"}
GPT = {"from": "gpt", "value": "Merhaba!"}
PART = {"role": "user", "parts": [{"text": "你好"}]}
BLOCKS = [{"role": "user", "content": [{"text": "hi"}]}]

ROWS: list[tuple[str, dict[str, Any]]] = [
    ("openai-chat", {"messages": [USER, ANSWER]}),
    ("openai-chat", {"messages": None}),
    ("openai-chat", {"messages": "hello"}),
    ("openai-chat", {"messages": [1, 2]}),
    ("openai-chat", {"messages": []}),
    ("openai-chat", {"messages": [{"role": "bot", "content": 5}]}),
    ("openai-chat", {"messages": [{"role": "user", "content": []}], "id": 7}),
    ("openai-chat", {"messages": [{"content": None}]}),
    ("openai-chat", {"messages": [USER, ANSWER], "label": "billing"}),
    ("openai-chat", {"messages": [{"role": "user", "content": [{"type": "text", "text": "x"}]}, ANSWER]}),
    ("openai-rft", {"messages": [USER], "reference_answer": "42"}),
    ("cohere-chat", {"messages": [{"role": "User", "content": "a"}, {"role": "Chatbot", "content": "b"}]}),
    ("flat-chat", {"system": "s", "user": "u", "assistant": "a"}),
    ("flat-chat", {"user": None, "assistant": 4}),
    ("sharegpt", {"conversations": [HUMAN, GPT]}),
    ("sharegpt", {"conversations": None}),
    ("sharegpt", {"dialog": [{"speaker": "user", "text": "a"}]}),
    ("sharegpt", {"messages": [HUMAN, GPT]}),
    ("sharegpt-preference", {"conversations": [HUMAN], "chosen": GPT, "rejected": GPT}),
    ("sharegpt-unpaired", {"conversations": [HUMAN, GPT], "kto_tag": True}),
    ("sharegpt-unpaired", {"messages": [USER, ANSWER], "label": False}),
    ("prompt-completion-chat", {"prompt": [USER], "completion": [ANSWER]}),
    ("prompt-completion-chat", {"prompt": [], "completion": []}),
    ("gemini", {"contents": [PART]}),
    ("gemini", {"system_instruction": None, "contents": "x"}),
    ("gemini", {"contents": None}),
    ("gemini-preference", {"contents": [PART], "completions": 3}),
    ("gemini-rft", {"contents": [PART], "references": {"answer": "1"}}),
    ("bedrock-converse", {"messages": BLOCKS}),
    ("bedrock-converse", {"schemaVersion": "x", "messages": None}),
    ("bedrock-haiku", {"system": "be kind", "messages": [USER, ANSWER]}),
    ("openai-preference", {"input": None, "preferred_output": [], "non_preferred_output": []}),
    ("preference", {"prompt": "p", "chosen": "a", "rejected": "b"}),
    ("preference", {"prompt": None, "chosen": 1}),
    ("preference", {"system": "s", "question": "q", "chosen": "a", "rejected": "b"}),
    ("preference-chat", {"prompt": [USER], "chosen": [ANSWER], "rejected": [ANSWER]}),
    ("preference-implicit", {"chosen": "a", "rejected": "b"}),
    ("preference-implicit", {"chosen_messages": [USER, ANSWER], "rejected_messages": [USER, ANSWER]}),
    ("autotrain-preference", {"text": "a", "rejected_text": "b", "prompt": "p"}),
    ("unpaired-preference", {"prompt": "p", "completion": "c", "label": True}),
    ("unpaired-preference", {"prompt": [USER], "completion": [ANSWER], "label": None}),
    ("nemo-helpsteer", {"context": "c", "response1": "a", "response2": "b", "overall_preference": -1}),
    ("nemo-ranked", {"context": [USER], "completions": [{"rank": 0, "completion": [ANSWER]}]}),
]


@pytest.mark.parametrize(("shape", "record"), ROWS, ids=[f"{name}-{index}" for index, (name, _) in enumerate(ROWS)])
def test_a_row_is_claimed_by_its_shape_only(shape: str, record: dict[str, Any]) -> None:
    assert [name for name, reader in SHAPES.items() if reader.claims(record)] == [shape]


@pytest.mark.parametrize(
    "record",
    [
        {"prompt": "p", "completion": "c"},
        {"prompt": "p", "completion": "c", "label": "billing"},
        {"instruction": "i", "output": "o"},
        {"text": "t"},
        {"contents": "a text"},
        {"turns": 3, "text": "t"},
        {"prompt": "p"},
        {},
    ],
    ids=lambda record: "+".join(record) or "empty",
)
def test_flat_rows_are_left_to_the_flat_shapes(record: dict[str, Any]) -> None:
    assert kind(record) is None
