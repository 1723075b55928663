"""What a row counts as, in every kind of shape."""

from __future__ import annotations

from typing import Any

import pytest

from dataaudit import audit
from dataaudit.tokens.encodings import count

Figures = dict[str, Any]


def figures(rows: list[Any], **options: Any) -> Figures:
    tokens: Figures = audit(rows, tokens="exact", **options).statistics["tokens"]
    found: Figures = tokens["splits"]["train"]["o200k_base"]
    return found


def o200k(*texts: str) -> int:
    return sum(count(texts, "o200k_base"))


def test_the_cookbook_example_counts_as_openai_says() -> None:
    # OpenAI Cookbook, How to count tokens with tiktoken: 129 by gpt-3.5-turbo and gpt-4, 124 by gpt-4o.
    messages = [
        (
            "system",
            None,
            "You are a helpful, pattern-following assistant that translates corporate jargon into plain English.",
        ),
        ("system", "example_user", "New synergies will help drive top-line growth."),
        ("system", "example_assistant", "Things working well together will increase revenue."),
        (
            "system",
            "example_user",
            "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
        ),
        ("system", "example_assistant", "Let's talk later when we're less busy about how to do better."),
        (
            "user",
            None,
            "This late pivot means we don't have time to boil the ocean for the client deliverable.",
        ),
    ]  # fmt: skip
    row = {
        "messages": [
            {"role": role, "content": text} | ({"name": name} if name else {}) for role, name, text in messages
        ]
    }
    report = audit([row] * 2, tokens="exact", shape="openai-chat", providers=["openai-completion"])
    split = report.statistics["tokens"]["splits"]["train"]
    assert split["cl100k_base"]["total"] == 2 * 129
    assert split["o200k_base"]["total"] == 2 * 124


CHAT = {"messages": [{"role": "user", "content": "Hi there"}, {"role": "assistant", "content": "Hello to you"}]}


@pytest.mark.parametrize(
    ("row", "question", "answer"),
    [
        pytest.param(CHAT, "Hi there", "Hello to you", id="chat"),
        pytest.param({"prompt": "Hi there", "completion": "Hello to you"}, "Hi there", "Hello to you", id="pair"),
        pytest.param({"instruction": "Hi", "input": "", "output": "Ho"}, "Hi", "Ho", id="alpaca"),
        pytest.param(
            {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Ho"}]},
            "Hi",
            "Ho",
            id="sharegpt",
        ),
        pytest.param(
            {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}, {"role": "model", "parts": [{"text": "Ho"}]}]},
            "Hi",
            "Ho",
            id="gemini",
        ),
        pytest.param({"text": "where is my order", "label": "delivery"}, "where is my order", "delivery", id="labeled"),
    ],
)  # fmt: skip
def test_two_messages_in_any_shape_count_alike(row: Any, question: str, answer: str) -> None:
    found = figures([row] * 3)
    assert found["total"] == 3 * (o200k(question, answer, "user", "assistant") + 2 * 3 + 3)
    assert found["answer"] == 3 * o200k(answer)
    assert found["prompt"] == found["total"] - found["answer"]
    assert found["mean"] == found["max"] == found["p50"] == found["total"] / 3


def test_plain_text_has_nothing_around_it_and_is_all_trained() -> None:
    found = figures([{"text": "once upon a time"}] * 2)
    assert found["total"] == found["answer"] == 2 * o200k("once upon a time")


def test_every_answer_is_trained_but_those_of_weight_zero() -> None:
    said = [("user", "a", {}), ("assistant", "one two", {"weight": 0}), ("user", "b", {}), ("assistant", "three", {})]
    row = {"messages": [{"role": role, "content": text} | more for role, text, more in said]}
    assert figures([row])["answer"] == o200k("three")


def test_tools_and_calls_count_as_json() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"at":"sky"}'}}
    tools = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]
    messages: list[Any] = [{"role": "user", "content": "Look up"}, {"role": "assistant", "tool_calls": [call]}]
    without = figures([{"messages": messages}])
    plain = figures([{"messages": [messages[0], {"role": "assistant", "content": "x"}]}])
    assert without["answer"] > plain["answer"]
    assert figures([{"messages": messages, "tools": tools}])["prompt"] > without["prompt"] + 10
    assert (without["rows_with_tools"], plain["rows_with_tools"]) == (1, 0)


def test_empty_texts_still_have_tokens_around_them() -> None:
    row = {"messages": [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}]}
    assert figures([row] * 2)["total"] == 2 * (2 * 3 + 3 + o200k("user", "assistant"))


def test_both_sides_of_a_preference_count() -> None:
    row = {"prompt": "Which?", "chosen": "The first of them.", "rejected": "None."}
    assert figures([row])["answer"] == o200k("The first of them.", "None.")


def test_rows_that_cannot_be_read_count_nothing(tmp_path: Any) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text('{"prompt": "a", "completion": "b"}\n\n{"prompt": \n[1]\n', encoding="utf-8")
    tokens = audit(file, tokens="exact").statistics["tokens"]
    assert tokens["rows"] == tokens["sampled_rows"] == 1


@pytest.mark.parametrize(
    "row",
    [
        {"messages": None},
        {"messages": [None, 5, {"role": 7, "content": {"a": 1}}]},
        {"messages": [{"role": "user", "content": "\ud800"}, {"role": "assistant", "content": "\x00"}]},
        {"messages": [{"role": "user" * 5000, "content": "x"}], "tools": "not json"},
        {"prompt": ["a"], "completion": 5},
        {"anything": {"else": []}},
        {"input_ids": [1, 2, 3]},
    ],
    ids=["null", "junk", "surrogates", "long-role", "types", "unknown", "tokenized"],
)
def test_odd_rows_never_stop_the_count(row: Any) -> None:
    good = [{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}] * 5
    alone, among = audit([row], tokens="exact"), audit([*good, row], tokens="exact")
    assert alone.statistics["tokens"]["mode"] == among.statistics["tokens"]["mode"] == "exact"
    assert among.statistics["tokens"]["rows"] >= 5


def test_no_tokens_are_counted_unless_asked_for() -> None:
    assert "tokens" not in audit([CHAT]).statistics
