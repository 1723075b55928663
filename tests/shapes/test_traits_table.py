"""Every trait of docs/traits.md that shapes are responsible for is emitted by at least one small record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Reading
from tests.shapes.rows import JSON

USER = {"role": "user", "content": "u"}
ANSWER = {"role": "assistant", "content": "a"}
SYSTEM = {"role": "system", "content": "s"}
CALL = {"id": "abcdefghi", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CALLS = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "abcdefghi", "content": "ok"}
TOOL = {"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object"}}}
PNG = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
PAIR = Layout("prompt-completion", Columns("prompt", "completion"))


def chat(*messages: Any, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "openai-chat", {"messages": list(messages), **fields}


def call(**changes: Any) -> dict[str, Any]:
    return {**CALLS, "tool_calls": [{**CALL, **changes}]}


def function(**changes: Any) -> dict[str, Any]:
    return call(function={**CALL["function"], **changes})  # type: ignore[dict-item]


def tool(**changes: Any) -> dict[str, Any]:
    return {"type": "function", "function": {**TOOL["function"], **changes}}  # type: ignore[dict-item]


def shown(*parts: Any) -> dict[str, Any]:
    return {"role": "user", "content": list(parts)}


def implicit(chosen: Any, rejected: Any) -> tuple[str, dict[str, Any]]:
    return "preference-implicit", {"chosen": chosen, "rejected": rejected}


def gemini(*parts: Any) -> tuple[str, dict[str, Any]]:
    return "gemini", {"contents": [{"role": "user", "parts": list(parts)}, {"role": "model", "parts": [{"text": "a"}]}]}


def nova(*blocks: Any, role: str = "user") -> tuple[str, dict[str, Any]]:
    return "bedrock-converse", {"messages": [{"role": role, "content": list(blocks)}]}


def linked(address: str) -> tuple[str, dict[str, Any]]:
    return chat(shown({"type": "image_url", "image_url": {"url": address}}), ANSWER)


def preference(prompt: Any, chosen: Any, rejected: Any) -> tuple[str, dict[str, Any]]:
    return "preference-chat", {"prompt": prompt, "chosen": chosen, "rejected": rejected}


OTHERS = [USER, {"role": "assistant", "content": "b"}]
MOVIE = {"video": {"format": "mp4", "source": {"s3Location": {"uri": "s3://bucket/a.mp4"}}}}
RECORDS: dict[str, tuple[str | Layout, Any]] = {
    "shape:NAME": chat(USER, ANSWER),
    "other-shape": (PAIR, {"messages": [USER, ANSWER]}),
    "unknown-shape": (PAIR, {"x": 1}),
    "missing-field:NAME": (PAIR, {"prompt": "p"}),
    "wrong-type:NAME": (PAIR, {"prompt": 1, "completion": "c"}),
    "field-case:NAME": (PAIR, {"Prompt": "p", "completion": "c"}),
    "field:NAME": chat(USER, ANSWER, topic="x"),
    "turn-field:NAME": chat({**USER, "name": "n"}, ANSWER),
    "empty-prompt": (PAIR, {"prompt": " ", "completion": "c"}),
    "empty-answer": (PAIR, {"prompt": "p", "completion": ""}),
    "blank-answer": (PAIR, {"prompt": "p", "completion": " \n"}),
    "empty-turn": chat({"role": "system", "content": ""}, USER, ANSWER),
    "null-answer": (PAIR, {"prompt": "p", "completion": None}),
    "role:NAME": chat(USER, ANSWER),
    "unknown-role:NAME": chat({"role": "alien", "content": "x"}, ANSWER),
    "system-later": chat(USER, SYSTEM, ANSWER),
    "several-systems": chat(SYSTEM, SYSTEM, USER, ANSWER),
    "starts-with:ROLE": chat(SYSTEM, USER, ANSWER),
    "ends-with:ROLE": chat(USER, ANSWER),
    "repeated-role:ROLE": chat(USER, USER, ANSWER),
    "few-turns": chat(USER),
    "no-user-turn": chat(ANSWER),
    "no-assistant-turn": chat(USER),
    "no-turns": chat(),
    "null-turn": chat({"role": "user", "content": None}, ANSWER),
    "turn-missing:content": chat(USER, {"role": "assistant"}),
    "turn-pair:A>B": chat(SYSTEM, USER, ANSWER),
    "key-on:ROLE.NAME": chat({**USER, "name": "n"}, ANSWER),
    "content:string": chat(USER, ANSWER),
    "content:parts": chat(shown(PNG), ANSWER),
    "content:null": chat(USER, CALLS),
    "content:other": chat({"role": "user", "content": 5}, ANSWER),
    "has:system": chat(SYSTEM, USER, ANSWER),
    "has:tools": chat(USER, ANSWER, tools=[TOOL]),
    "has:tool-calls": chat(USER, CALLS, tools=[TOOL]),
    "has:tool-results": chat(USER, CALLS, RESULT, ANSWER, tools=[TOOL]),
    "has:image": chat(shown(PNG), ANSWER),
    "has:video": nova(MOVIE),
    "has:audio": chat(shown({"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}}), ANSWER),
    "has:document": chat(shown({"type": "file", "file": {"file_id": "f1"}}), ANSWER),
    "has:reasoning": chat(USER, {**ANSWER, "reasoning_content": "hm"}),
    "has:weight": chat(USER, {**ANSWER, "weight": 1}),
    "media-in-answer": chat(USER, {"role": "assistant", "content": [PNG]}),
    "media-in:ROLE": chat(USER, CALLS, {**RESULT, "content": [PNG]}, ANSWER, tools=[TOOL]),
    "weight-on-media": chat({**shown(PNG), "weight": 1}, ANSWER),
    "part-invalid": gemini({"text": "a", "fileData": {"fileUri": "gs://b/a.png"}}),
    "media-uri:SCHEME": linked("https://example.org/a.png"),
    "media-type:SUBTYPE": gemini({"inlineData": {"mimeType": "image/heic", "data": "AA"}}),
    "images:N": chat(shown(PNG), ANSWER),
    "turn-images:N": chat(shown(PNG), ANSWER),
    "videos:N": nova(MOVIE),
    "media-placeholder-mismatch": chat({"role": "user", "content": "<image>"}, ANSWER, images=["a.png", "b.png"]),
    "tool-arguments:string": chat(USER, CALLS, tools=[TOOL]),
    "tool-arguments:object": chat(USER, function(arguments={}), tools=[TOOL]),
    "tool-arguments:other": chat(USER, function(arguments=5), tools=[TOOL]),
    "tool-arguments-not-json": chat(USER, function(arguments="{"), tools=[TOOL]),
    "undeclared-tool": chat(USER, function(name="g"), tools=[TOOL]),
    "tools-not-declared": chat(USER, CALLS),
    "tool-call-incomplete": chat(USER, function(name=None), tools=[TOOL]),
    "tool-name-form": chat(USER, ANSWER, tools=[tool(name="a b")]),
    "tool-schema-invalid": chat(USER, ANSWER, tools=[tool(parameters={"type": "dict"})]),
    "tool-schema-missing:parameters": chat(USER, ANSWER, tools=[tool(parameters=None)]),
    "tool-schema-missing:description": chat(USER, ANSWER, tools=[tool(description=None)]),
    "tool-result-missing": chat(USER, CALLS, ANSWER, tools=[TOOL]),
    "tool-result-orphan": chat(USER, RESULT, ANSWER, tools=[TOOL]),
    "tool-id-missing": chat(USER, call(id=None), tools=[TOOL]),
    "tool-id-mismatch": chat(USER, CALLS, {**RESULT, "tool_call_id": "x"}, ANSWER, tools=[TOOL]),
    "tool-id-duplicate": chat(USER, CALLS, RESULT, CALLS, RESULT, ANSWER, tools=[TOOL]),
    "tool-id:nine": chat(USER, CALLS, tools=[TOOL]),
    "tool-id:other": chat(USER, call(id="call_1"), tools=[TOOL]),
    "content-beside-calls": chat(USER, {**CALLS, "content": "Wait"}, tools=[TOOL]),
    "ends-with-call": chat(USER, CALLS, tools=[TOOL]),
    "tool-name-duplicate": chat(USER, ANSWER, tools=[TOOL, TOOL]),
    "tool-call-misplaced": nova({"toolUse": {"toolUseId": "t", "name": "f", "input": {}}}),
    "legacy-functions": chat(USER, ANSWER, functions=[]),
    "weight:0": chat(USER, {**ANSWER, "weight": 0}),
    "weight:1": chat(USER, {**ANSWER, "weight": 1}),
    "weight:bool": chat(USER, {**ANSWER, "weight": True}),
    "weight:null": chat(USER, {**ANSWER, "weight": None}),
    "weight:other": chat(USER, {**ANSWER, "weight": 0.5}),
    "weight-on:ROLE": chat(USER, {**ANSWER, "weight": 1}),
    "all-weights-zero": chat(USER, {**ANSWER, "weight": 0}),
    "row-weight": chat(USER, ANSWER, weight=2),
    "chosen-equals-rejected": ("preference", {"prompt": "p", "chosen": "a", "rejected": "a"}),
    "chosen-other-prompt": (
        "preference-implicit",
        {"chosen": [USER, ANSWER], "rejected": [{"role": "user", "content": "Else?"}, ANSWER]},
    ),
    "chosen-not-answer": preference([USER], [USER], [ANSWER]),
    "rejected-not-answer": preference([USER], [ANSWER], []),
    "prompt-ends-with-answer": preference([ANSWER], [ANSWER], OTHERS[1:]),
    "score-invalid": ("gemini-preference", {"contents": [], "completions": [{"score": 1}, {"score": 1}]}),
    "chosen-several-turns": preference([USER], [ANSWER, USER, ANSWER], OTHERS[1:]),
    "rejected-several-turns": preference([USER], [ANSWER], [OTHERS[1], USER, OTHERS[1]]),
    "empty-reference": ("openai-rft", {"messages": [USER], "reference_answer": " "}),
    "label-missing": (Layout("labeled-text", Columns("text", label="label")), {"text": "t", "label": ""}),
    "not-for-training": ("prodigy", {"text": "t", "label": "A", "answer": "ignore", "_input_hash": 1}),
    "schema-version:VALUE": ("bedrock-converse", {"schemaVersion": "v", "messages": [USER]}),
    "system-form:string": ("bedrock-haiku", {"system": "s", "messages": [USER, ANSWER]}),
    "system-form:list": ("bedrock-converse", {"system": [{"text": "s"}], "messages": []}),
}
"""Trait as the table writes it -> layout and record."""

NOT_OF_SHAPES = (
    *(
        "invalid-json",
        "not-a-number",
        "several-values",
        "too-deep",
        "pretty-printed",
        "not-an-object:TYPE",
        "blank-line",
    ),
    *(
        "invalid-utf8",
        "utf-16",
        "lone-surrogate",
        "nul-character",
        "byte-order-mark",
        "line-ends:crlf",
        "line-ends:mixed",
    ),
    *("line-ends:cr", "duplicate-key", "huge-number", "row-too-large", "ragged-row", "unclosed-quote"),
    *("header-blank-name", "header-duplicate-name", "header-missing", "git-lfs-pointer", "empty-file", "json-array"),
    *("several-lists", "compressed:gzip", "extension:EXT", "truncated-file", "file-name-form", "reserved:SET"),
    *("silences:WORD", "silences-nothing"),
    *("not-json-lines", "ambiguous-columns", "unreadable-file"),
)
"""Traits of loaders and checks."""


def read(given: tuple[str | Layout, Any]) -> Reading:
    layout, record = given
    return reader_for(layout if isinstance(layout, Layout) else Layout(layout))(record)


def listed(repository: Path) -> set[str]:
    """The traits of the table, as written there."""
    text = (repository / "docs" / "traits.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return {trait for row in rows for trait in re.findall(r"`([^`]+)`", row)}


def test_the_table_is_covered(repository: Path) -> None:
    assert listed(repository) - set(NOT_OF_SHAPES) == set(RECORDS)


def pattern(trait: str) -> str:
    """NAME, ROLE and the like stand for any words."""
    return re.sub(r"\b(NAME|ROLE|SCHEME|SUBTYPE|VALUE|A|B|N)\b", "[^ ]+", trait)


@pytest.mark.parametrize("trait", RECORDS)
def test_a_record_shows_the_trait(trait: str) -> None:
    reading = read(RECORDS[trait])
    assert any(re.fullmatch(pattern(trait), found) for found in reading.traits), reading.traits


EXACT: list[tuple[tuple[str | Layout, Any], str]] = [
    (chat(SYSTEM, USER, ANSWER), "turn-pair:system>user"),
    (chat(USER, CALLS, RESULT, ANSWER, tools=[TOOL]), "turn-pair:assistant>tool"),
    (chat(USER, CALLS, RESULT, ANSWER, tools=[TOOL]), "key-on:tool.tool_call_id"),
    (("openai-preference", {"input": {"messages": []}}), "no-turns"),
    (linked("data:image/webp;base64,AAAA"), "media-uri:data"),
    (linked("data:image/webp;base64,AAAA"), "media-type:webp"),
    (linked("gs://bucket/a.GIF?x=1"), "media-type:gif"),
    (linked("gs://bucket/a.gif"), "media-uri:gs"),
    (linked("pictures/a"), "media-uri:other"),
    (linked("https://example.org/show.php?id=3"), "media-type:unknown"),
    (linked("https://example.org/a.png"), "media-uri:http"),
    (gemini({"fileData": {"fileUri": "gs://b/a", "mimeType": "video/quicktime"}}), "media-type:quicktime"),
    (gemini({}), "part-invalid"),
    (("gemini", {"contents": [{"parts": [{"text": "q"}]}, {"role": "model", "parts": []}]}), "missing-field:role"),
    (nova({"image": {"format": "jpeg", "source": {"bytes": "AA"}}}), "media-uri:data"),
    (nova({"image": {"format": "jpeg", "source": {"bytes": "AA"}}}), "media-type:jpeg"),
    (nova({"text": "a", "image": {}}), "part-invalid"),
    (nova({"cachePoint": {}}, {"text": "a"}), "content:parts"),
    (chat(shown({"type": "image_url"}), ANSWER), "part-invalid"),
    (chat(shown({"type": "text", "text": "a", "image_url": {"url": "x"}}), ANSWER), "part-invalid"),
    (chat(shown({"type": "hologram"}), ANSWER), "part-invalid"),
    (chat(shown(*[PNG] * 3), shown(PNG), ANSWER), "images:4"),
    (chat(shown(*[PNG] * 3), shown(PNG), ANSWER), "turn-images:3"),
    (chat(shown(*[PNG] * 65), ANSWER), "images:over-64"),
    (("image-caption", {"image-ref": "s3://bucket/dog.png", "caption": "A dog"}), "media-uri:s3"),
    (("alpaca", {"instruction": "<image>", "output": "o", "images": [{"path": "a.jpg"}]}), "media-type:jpg"),
    (("gemini-rft", {"contents": [{"role": "user", "parts": [{"text": "q"}]}], "references": {}}), "empty-reference"),
    (("openai-rft", {"messages": [USER], "reference_answer": None, "topic": "x"}), "empty-reference"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "trait"), EXACT, ids=[f"{trait}-{index}" for index, (_, trait) in enumerate(EXACT)])
def test_the_very_trait(given: tuple[str | Layout, Any], trait: str) -> None:
    assert trait in read(given).traits


UNTOLD: list[tuple[tuple[str | Layout, Any], str]] = [
    ((PAIR, {"prompt": "p"}), "no-assistant-turn|ends-with:.*|few-turns|starts-with:.*"),
    ((PAIR, {"completion": "c"}), "no-user-turn|starts-with:.*|few-turns"),
    (("preference-chat", {"prompt": [USER], "chosen": [ANSWER]}), "rejected-not-answer"),
    (("prompt-completion-chat", {"prompt": [USER]}), "no-assistant-turn|ends-with:user"),
    (chat(), "no-.*-turn|few-turns"),
    (("gemini", {"contents": [{"parts": [{"text": "q"}]}]}), "missing-field:role"),
    (implicit([USER, ANSWER, USER, ANSWER], [USER, OTHERS[1], OTHERS[0], OTHERS[1]]), "chosen-other-prompt"),
    (implicit([USER, USER], [USER, ANSWER]), "chosen-other-prompt"),
    (implicit([USER, ANSWER], [USER]), "chosen-other-prompt"),
    (chat(shown({"type": "text", "text": "a", "image_url": None}), ANSWER), "part-invalid"),
    (chat(shown({"type": "image"}), ANSWER, images=["a.png"]), "media-placeholder-mismatch|part-invalid"),
    (chat({"role": "user", "content": "<image> or <video>"}, ANSWER), "media-.*|images:.*"),
    (chat({"role": "user", "content": "a<image>b"}, ANSWER, images=["a.png"], videos=[]), "media-placeholder-mismatch"),
    (chat(USER, {**ANSWER, "weight": True}), "weight:other|weight:1"),
    (chat({**shown(PNG), "weight": 0}, ANSWER), "weight-on-media"),
    (("openai-rft", {"messages": [USER], "reference_answer": "4", "hint": None}), "empty-reference"),
    (nova({"toolUse": {"toolUseId": "t", "name": "f", "input": {}}}, role="assistant"), "tool-call-misplaced"),
    (chat(USER, ANSWER), "images:.*|videos:.*|turn-images:.*|key-on:.*|media.*"),
]


@pytest.mark.parametrize(("given", "traits"), UNTOLD, ids=[f"{index}" for index in range(len(UNTOLD))])
def test_what_is_not_there_is_not_told(given: tuple[str | Layout, Any], traits: str) -> None:
    assert [found for found in read(given).traits if re.fullmatch(traits, found)] == []


PARTS = st.dictionaries(
    st.sampled_from(["type", "text", "image_url", "source", "url", "data", "media_type", "format", "fileData", "image",
                     "s3Location", "uri", "inlineData", "mimeType", "toolUse", "input_audio", "path", "bytes"]),
    st.recursive(JSON | st.sampled_from(["image_url", "text", "data:image/png", "data:", "s3://b/a.PNG", "image/"]),
                 lambda inner: st.dictionaries(st.sampled_from(["url", "source", "data", "uri", "format"]), inner)),
    max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("shape", ["openai-chat", "bedrock-converse", "gemini", "sharegpt", "alpaca"])
@given(parts=st.lists(PARTS | JSON, max_size=3), listed=JSON | st.lists(PARTS, max_size=2), weight=JSON)
def test_hostile_media_never_raises(shape: str, parts: list[Any], listed: Any, weight: Any) -> None:
    turn = {"role": "user", "from": "human", "content": parts, "parts": parts, "value": parts, "weight": weight}
    record = {
        "messages": [turn],
        "contents": [turn],
        "conversations": [turn],
        "instruction": "<image>",
        "images": listed,
    }
    reading = reader_for(Layout(shape))(record)
    assert reading == reader_for(Layout(shape))(record)
    assert all(len(trait) < 200 for trait in reading.traits)


def test_rows_that_list_files_are_not_taken_for_alike() -> None:
    reader = reader_for(Layout("alpaca"))
    one = reader({"instruction": "<image>", "output": "o", "images": ["a.png"]})
    two = reader({"instruction": "<image>", "output": "o", "images": ["a.png", "b.gif"]})
    assert "images:1" in one.traits
    assert {"images:2", "media-type:gif", "media-placeholder-mismatch"} <= set(two.traits)
