"""Declarations of tools in all dialects; calls, results and their ids."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dataaudit.shapes.tool_schema import schema_fault
from dataaudit.shapes.tools import examine_tools, in_dialect
from tests.shapes.test_anatomy import ANSWER, USER, chat, reading

PARAMETERS = {"type": "object", "properties": {"to": {"type": "string"}}, "required": ["to"]}
FUNCTION = {"name": "find", "description": "d", "parameters": PARAMETERS}
TOOL = {"type": "function", "function": FUNCTION}
SPEC = {"toolSpec": {"name": "find", "description": "d", "inputSchema": {"json": PARAMETERS}}}
DIALECTS: dict[str, Any] = {
    "openai": [TOOL],
    "legacy": [FUNCTION],
    "json-text": json.dumps([FUNCTION]),
    "gemini": [{"functionDeclarations": [{**FUNCTION, "parameters": {"type": "OBJECT", "properties": {}}}]}],
    "bedrock": {"tools": [SPEC], "toolChoice": {"auto": {}}},
    "anthropic": [{"name": "find", "description": "d", "input_schema": PARAMETERS}],
}


@pytest.mark.parametrize("tools", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_is_read(tools: Any) -> None:
    declared, text = examine_tools(tools, "tools")
    assert declared.names == {"find"}
    assert declared.notes == ()
    assert text


@pytest.mark.parametrize("dialect", ["openai", "gemini", "bedrock"])
@pytest.mark.parametrize("tools", DIALECTS.values(), ids=DIALECTS)
def test_dialects_are_translated(tools: Any, dialect: str) -> None:
    assert examine_tools(in_dialect(tools, dialect), "tools")[0].names == {"find"}


@pytest.mark.parametrize(
    ("tools", "trait", "place"),
    [
        ([{"type": "function", "function": {**FUNCTION, "name": "a b"}}], "tool-name-form", "tools[0].function.name"),
        ([{"type": "function", "function": {"name": "f"}}], "tool-schema-missing:parameters", "tools[0].function"),
        ([{**FUNCTION, "parameters": {"type": "dict"}}], "tool-schema-invalid", "tools[0]"),
        ([5], "wrong-type:tool", "tools[0]"),
        ("no json", "wrong-type:tools", "tools"),
    ],
    ids=["name", "missing", "dict", "number", "text"],
)
def test_odd_declarations(tools: Any, trait: str, place: str) -> None:
    assert (trait, place) in [(note.trait, note.field) for note in examine_tools(tools, "tools")[0].notes]


@pytest.mark.parametrize(
    ("schema", "good"),
    [
        (PARAMETERS, True),
        ({}, True),
        ({"type": ["object", "null"]}, True),
        ({"properties": {"a": {"anyOf": [{"type": "string"}, True]}}}, True),
        ({"type": "array", "items": [{"type": "string"}]}, True),
        ({"type": "dict"}, False),
        ({"properties": {"a": {"type": "float"}}}, False),
        ({"properties": []}, False),
        ({"required": "a"}, False),
        ({"properties": {"a": 5}}, False),
        ([], False),
        ("x", False),
    ],
    ids=str,
)
def test_parameters(schema: Any, good: bool) -> None:
    assert (schema_fault(schema) is None) is good


def call(name: Any = "find", arguments: Any = '{"to": "x"}', identifier: Any = "c1") -> dict[str, Any]:
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


def calls(*items: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": None, "tool_calls": list(items)}


def result(identifier: Any = "c1") -> dict[str, Any]:
    message = {"role": "tool", "content": "x", "tool_call_id": identifier}
    return message if identifier is not None else {"role": "tool", "content": "x"}


FAULTS = {
    "tool-result-missing",
    "tool-result-orphan",
    "tool-id-mismatch",
    "tool-id-missing",
    "tool-id-duplicate",
    "tool-call-incomplete",
    "tool-arguments-not-json",
    "undeclared-tool",
    "tools-not-declared",
    "tool-name-form",
}
ROWS: list[tuple[str, list[Any], set[str]]] = [
    ("call at the end", [USER, calls(call())], set()),
    ("answered", [USER, calls(call()), result(), ANSWER], set()),
    ("two, other order", [USER, calls(call(), call(identifier="c2")), result("c2"), result(), ANSWER], set()),
    ("no result", [USER, calls(call()), ANSWER], {"tool-result-missing"}),
    ("one of two", [USER, calls(call(), call(identifier="c2")), result(), ANSWER], {"tool-result-missing"}),
    ("orphan", [USER, result(), ANSWER], {"tool-result-orphan"}),
    ("second result", [USER, calls(call()), result(), result(), ANSWER], {"tool-result-orphan"}),
    ("foreign id", [USER, calls(call()), result("c9"), ANSWER], {"tool-id-mismatch"}),
    ("result without id", [USER, calls(call()), result(None), ANSWER], {"tool-id-missing"}),
    ("call without id", [USER, calls({"function": {"name": "find", "arguments": "{}"}})], {"tool-id-missing"}),
    ("same id", [USER, calls(call()), result(), calls(call())], {"tool-id-duplicate"}),
    ("undeclared", [USER, calls(call("other"))], {"undeclared-tool"}),
    ("bad name", [USER, calls(call("a b"))], {"undeclared-tool", "tool-name-form"}),
    ("no name", [USER, calls(call(None))], {"tool-call-incomplete"}),
    ("no arguments", [USER, calls(call(arguments=None))], {"tool-call-incomplete"}),
    ("bad json", [USER, calls(call(arguments="{to: x}"))], {"tool-arguments-not-json"}),
    ("json list", [USER, calls(call(arguments="[1]"))], {"tool-arguments-not-json"}),
    ("deep json", [USER, calls(call(arguments="[" * 99999))], {"tool-arguments-not-json"}),
    ("object", [USER, calls(call(arguments={"to": "x"}))], set()),
    ("a number", [USER, calls(5)], {"tool-call-incomplete", "tool-id-missing"}),
]


@pytest.mark.parametrize(("messages", "faults"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_calls_and_results(messages: list[Any], faults: set[str]) -> None:
    found = reading(chat(*messages, tools=[TOOL]))
    assert set(found.traits) & FAULTS == faults
    assert faults <= {note.trait for note in found.notes}


def test_calls_without_declaration() -> None:
    assert set(reading(chat(USER, calls(call()))).traits) & FAULTS == {"tools-not-declared"}


def test_ids_of_nine() -> None:
    traits = reading(chat(USER, calls(call(identifier="a1B2c3D4e"), call(identifier="call_1")), tools=[TOOL])).traits
    assert {"tool-id:nine", "tool-id:other"} <= set(traits)


def test_sharegpt_and_gemini_and_bedrock_calls() -> None:
    told = {"from": "function_call", "value": json.dumps([FUNCTION | {"arguments": {}}] * 2)}
    seen = {"from": "observation", "value": "x"}
    rows = [
        {
            "conversations": [{"from": "human", "value": "u"}, told, seen, {"from": "gpt", "value": "a"}],
            "tools": [FUNCTION],
        },
        {
            "contents": [
                {"role": "user", "parts": [{"text": "u"}]},
                {"role": "model", "parts": [{"functionCall": {"name": "find"}}]},
                {"role": "user", "parts": [{"functionResponse": {"name": "find", "response": {}}}]},
                {"role": "model", "parts": [{"text": "a"}]},
            ],
            "tools": DIALECTS["gemini"],
        },
        {
            "messages": [
                {"role": "user", "content": [{"text": "u"}]},
                {"role": "assistant", "content": [{"toolUse": {"toolUseId": "t", "name": "find", "input": {}}}]},
                {"role": "user", "content": [{"toolResult": {"toolUseId": "t", "content": []}}]},
                {"role": "assistant", "content": [{"text": "a"}]},
            ],
            "toolConfig": DIALECTS["bedrock"],
        },
    ]
    for row in rows:
        traits = set(reading(row).traits)
        assert {"has:tools", "has:tool-calls", "has:tool-results"} <= traits
        assert traits & (FAULTS | {"null-answer", "empty-answer", "empty-turn"}) == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ('{"a": }', "no valid JSON: expecting value at character 7"),
        ("[1]", "not an object: array"),
        ("null", "not an object: null"),
        ("[" * 99999, "no usable JSON: nested too deep"),
        ("9" * 5000, "no usable JSON: a number of too many digits"),
    ],
    ids=["broken", "list", "null", "deep", "long-number"],
)
def test_why_arguments_are_no_object(arguments: str, words: str) -> None:
    notes = reading(chat(USER, calls(call(arguments=arguments)))).notes
    assert [note.detail for note in notes if note.trait == "tool-arguments-not-json"] == [words]


def test_the_undeclared_tool_is_named() -> None:
    declared = [{"type": "function", "function": {"name": "one", "description": "d", "parameters": {}}}]
    notes = reading(chat(USER, calls(call("other")), tools=declared)).notes
    assert [note.detail for note in notes if note.trait == "undeclared-tool"] == ["'other'"]
