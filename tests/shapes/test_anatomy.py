"""Question, answer, context and traits of a reading."""

from __future__ import annotations

from typing import Any

import pytest

from dataaudit.shapes import anatomy
from dataaudit.shapes.base import Example, Reading, Turn
from dataaudit.shapes.recognise import kind
from tests.shapes.test_recognise import SHAPES

USER = {"role": "user", "content": "u"}
ANSWER = {"role": "assistant", "content": "a"}
WORSE = {"role": "assistant", "content": "b"}
SYSTEM = {"role": "system", "content": "s"}
BLANK = {"role": "assistant", "content": " \n"}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}


def reading(record: dict[str, Any]) -> Reading:
    name = kind(record)
    assert name is not None
    return anatomy.read(SHAPES[name].to_example(record), name)


def chat(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"messages": list(messages), **fields}


@pytest.mark.parametrize(
    ("record", "question", "answer", "context"),
    [
        (chat(SYSTEM, USER, ANSWER), "u", "a", "s"),
        (chat(USER, ANSWER, USER, WORSE), "user: u\x1eassistant: a\x1euser: u", "b", ""),
        (chat(USER, ANSWER, USER), "user: u\x1euser: u", "a", ""),
        (chat(USER), "u", None, ""),
        (chat(SYSTEM, USER, ANSWER, tools=[{"name": "f"}]), "u", "a", 's\x1e[{"name":"f"}]'),
        (
            chat(USER, {"role": "assistant", "content": "ok", "function_call": {"name": "f", "arguments": '{"b": 1}'}}),
            "u",
            'ok\n[{"arguments":{"b":1},"name":"f"}]',
            "",
        ),
        ({"user": "u", "assistant": "a", "system": "s"}, "u", "a", "s"),
        ({"prompt": "p", "chosen": "y", "rejected": "x"}, "p\x1ex\x1ey", "y", ""),
        ({"prompt": [USER], "chosen": [WORSE], "rejected": [ANSWER]}, "u\x1ea\x1eb", "b", ""),
        ({"chosen": [SYSTEM, USER, ANSWER], "rejected": [SYSTEM, USER, WORSE]}, "u\x1ea\x1eb", "a", "s"),
        ({"prompt": "p", "completion": "c", "label": False}, "p\x1ec", "false", ""),
        (chat(USER, answer={"b": 1}), "u", '{"answer":{"b":1}}', ""),
        ({"context": "c", "response1": "x", "response2": "y", "overall_preference": 1}, "c\x1ex\x1ey", "y", ""),
        ({"context": "c", "response1": "y", "response2": "x", "overall_preference": 0}, "c\x1ex\x1ey", "x\x1ey", ""),
        (
            {"context": "c", "completions": [{"rank": r, "completion": t} for r, t in ((2, "z"), (0, "y"), (1, "x"))]},
            "c\x1ex\x1ey\x1ez",
            "y",
            "",
        ),
    ],
)
def test_question_answer_context(record: dict[str, Any], question: str, answer: str | None, context: str) -> None:
    found = reading(record)
    assert (found.question, found.answer, found.context) == (question, answer, context)


def test_swapped_pairs_contradict_each_other() -> None:
    one = reading({"prompt": "p", "chosen": "x", "rejected": "y"})
    other = reading({"prompt": "p", "chosen": "y", "rejected": "x"})
    assert one.question == other.question
    assert one.answer != other.answer


NOTED: list[tuple[dict[str, Any], str, str | None]] = [
    (chat(USER, BLANK), "blank-answer", "messages[1].content"),
    (chat(USER, {"role": "assistant", "content": ""}), "empty-answer", "messages[1].content"),
    (chat({"role": "user", "content": ""}, ANSWER), "empty-prompt", "messages[0].content"),
    (chat({"role": "system", "content": "\t"}, USER, ANSWER), "empty-turn", "messages[0].content"),
    (chat(USER, {"role": "assistant"}), "null-answer", "messages[1].content"),
    (chat(USER, {"role": "assistant", "content": None, "tool_calls": []}), "null-answer", "messages[1].content"),
    (chat({"role": "user"}, ANSWER), "missing-field:content", "messages[0].content"),
    (chat({"role": "user", "content": None}, ANSWER), "wrong-type:content", "messages[0].content"),
    (chat({"role": "user", "content": 5}, ANSWER), "wrong-type:content", "messages[0].content"),
    (chat({"role": 5, "content": "x"}, ANSWER), "wrong-type:role", "messages[0].role"),
    (chat({"content": "x"}, ANSWER), "missing-field:role", "messages[0]"),
    (chat({"role": "x" * 99, "content": "x"}, ANSWER), "unknown-role:" + "x" * 40, "messages[0].role"),
    (chat(5), "wrong-type:message", "messages[0]"),
    ({"messages": "x"}, "wrong-type:messages", "messages"),
    ({"messages": None}, "wrong-type:messages", "messages"),
    (chat(USER, {**ANSWER, "tool_calls": {}}), "wrong-type:tool_calls", "messages[1].tool_calls"),
    (chat(USER, {"role": "assistant", "content": [IMAGE]}), "media-in-answer", "messages[1].content"),
    (chat(USER, {**ANSWER, "weight": "1"}), "weight:other", "messages[1].weight"),
    (chat(USER, {**ANSWER, "weight": 0.5}), "weight:other", "messages[1].weight"),
    (chat(USER, SYSTEM, ANSWER), "system-later", "messages[1].content"),
    (chat(SYSTEM, SYSTEM, USER, ANSWER), "several-systems", "messages[1].content"),
    (chat(USER, USER, ANSWER), "repeated-role:user", "messages[1].content"),
    (chat(USER, ANSWER, tools=7), "wrong-type:tools", "tools"),
    ({"conversations": [{"from": "alien", "value": 3}]}, "unknown-role:alien", "conversations[0].from"),
    ({"conversations": [{"from": "human", "value": 3}]}, "wrong-type:value", "conversations[0].value"),
    ({"contents": [{"role": "assistant", "parts": [{"text": "x"}]}]}, "unknown-role:assistant", "contents[0].role"),
    ({"contents": [{"role": "user"}]}, "missing-field:parts", "contents[0]"),
    ({"prompt": "p", "chosen": "a", "rejected": "a "}, "chosen-equals-rejected", "chosen"),
    ({"prompt": [USER], "chosen": [USER], "rejected": [ANSWER]}, "chosen-not-answer", "chosen[0].content"),
    ({"prompt": [USER], "chosen": [ANSWER], "rejected": []}, "rejected-not-answer", None),
    ({"prompt": [ANSWER], "chosen": [ANSWER], "rejected": [WORSE]}, "prompt-ends-with-answer", "prompt[0].content"),
    ({"contents": [], "completions": [{"score": 1}, {"score": 1}]}, "score-invalid", "completions"),
    ({"context": "c", "response1": "x", "response2": "y"}, "missing-field:overall_preference", "overall_preference"),
    ({"prompt": "p", "completion": "c", "label": None}, "wrong-type:label", "label"),
]


@pytest.mark.parametrize(
    ("record", "trait", "place"), NOTED, ids=[f"{t[:30]}-{i}" for i, (_, t, _) in enumerate(NOTED)]
)
def test_noted_with_its_place(record: dict[str, Any], trait: str, place: str | None) -> None:
    found = reading(record)
    assert trait in found.traits
    assert place in [note.field for note in found.notes if note.trait == trait]


FACTS: list[tuple[dict[str, Any], set[str]]] = [
    (chat(USER), {"no-assistant-turn", "few-turns", "starts-with:user", "ends-with:user"}),
    (chat(SYSTEM, ANSWER), {"no-user-turn", "starts-with:assistant", "has:system"}),
    (chat({"role": "developer", "content": "x"}, USER, ANSWER), {"role:developer", "has:system", "starts-with:user"}),
    (chat(USER, {**ANSWER, "weight": 0}), {"weight:0", "has:weight", "all-weights-zero", "turn-field:weight"}),
    (chat({**USER, "weight": 1}, ANSWER), {"weight:1", "weight-on:user"}),
    (chat(USER, ANSWER, weight=2, id=1), {"row-weight", "field:weight", "field:id"}),
    (chat({"role": "user", "content": [IMAGE]}, ANSWER), {"has:image", "content:parts", "content:string"}),
    (chat(USER, {**ANSWER, "reasoning_content": "hm"}), {"has:reasoning", "turn-field:reasoning_content"}),
    (chat(USER, ANSWER, functions=[]), {"legacy-functions", "field:functions"}),
    ({"system": [{"text": "s"}], "schemaVersion": "v", "messages": []}, {"system-form:list", "schema-version:v"}),
    ({"contents": [{"parts": [{"fileData": {"mimeType": "video/mp4"}}]}]}, {"has:video", "starts-with:user"}),
]


@pytest.mark.parametrize(("record", "traits"), FACTS, ids=[min(traits) for _, traits in FACTS])
def test_facts(record: dict[str, Any], traits: set[str]) -> None:
    assert traits <= set(reading(record).traits)


ABSENT: list[tuple[dict[str, Any], str]] = [
    (
        chat(USER, {"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}}),
        "null-answer",
    ),
    (chat(USER, {"role": "assistant", "content": None, "refusal": "No."}), "null-answer"),
    (chat({"role": "user", "content": [IMAGE]}, ANSWER), "empty-prompt"),
    (chat(USER, answer="x"), "no-assistant-turn"),
    ({"messages": None}, "no-assistant-turn"),
    (chat(USER, {**ANSWER, "weight": 1}), "weight-on:user"),
]


@pytest.mark.parametrize(("record", "trait"), ABSENT, ids=[trait for _, trait in ABSENT])
def test_no_false_trait(record: dict[str, Any], trait: str) -> None:
    assert trait not in reading(record).traits


def test_plain_text_is_no_chat_without_answer() -> None:
    found = anatomy.read(Example([Turn("user", "some text", "some text")]), "text")
    assert (found.question, found.answer) == ("some text", None)
    assert found.traits == ("content:string", "shape:text")


def test_notes_of_one_trait_are_few() -> None:
    found = reading(chat(*[5] * 1000))
    assert 0 < len(found.notes) < 100
