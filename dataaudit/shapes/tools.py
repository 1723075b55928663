"""Tools: what is declared in every provider's dialect, and how calls and results fit together.

Facts only (notes with places). Whether a fact is a fault is for the rules to say.
"""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dataaudit.shapes.base import Call, Json, Note, Turn
from dataaudit.shapes.content import canonical, parsed, type_name
from dataaudit.shapes.tool_schema import schema_fault

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHOWN = 64
_NINE = re.compile(r"[A-Za-z0-9]{9}")


class Tool(NamedTuple):
    """One declared tool. at: JSON path below the field that declares the tools. dialect: openai, gemini, bedrock."""

    name: Json
    description: Json
    parameters: Json
    at: str
    dialect: str


class Declared(NamedTuple):
    """The names of the declared tools, and what is odd about the declarations."""

    names: frozenset[str]
    notes: tuple[Note, ...]


_UNDECLARED = Declared(frozenset(), ())


def tools_of(tools: Json) -> Json:
    """The declaration as a value, whether written as JSON text or not."""
    if isinstance(tools, str):
        value = parsed(tools)
        return tools if value is None else value
    return tools


def declared_tools(tools: Json) -> Iterator[Tool | Note]:
    """Every declared tool of a declaration in any dialect; a note for what is none."""
    value = tools_of(tools)
    if isinstance(value, dict) and "tools" in value:
        yield from _listed(value["tools"], ".tools")
    elif isinstance(value, (list, dict)):
        yield from _listed(value if isinstance(value, list) else [value], "")
    elif value is not None and value != "":
        yield Note("wrong-type:tools", "", type_name(value))


def _listed(items: Json, at: str) -> Iterator[Tool | Note]:
    if not isinstance(items, list):
        yield Note("wrong-type:tools", at, type_name(items))
        return
    for index, item in enumerate(items):
        place = f"{at}[{index}]"
        if not isinstance(item, dict):
            yield Note("wrong-type:tool", place, type_name(item))
        elif (
            key := next((key for key in ("functionDeclarations", "function_declarations") if key in item), None)
        ) is not None:
            for tool in _listed(item[key], f"{place}.{key}"):
                yield tool._replace(dialect="gemini") if isinstance(tool, Tool) else tool
        elif isinstance(spec := item.get("toolSpec"), dict):
            schema = spec.get("inputSchema")
            inner = schema.get("json") if isinstance(schema, dict) else schema
            yield Tool(spec.get("name"), spec.get("description"), inner, f"{place}.toolSpec", "bedrock")
        elif isinstance(function := item.get("function"), dict):
            yield _tool(function, f"{place}.function")
        elif "name" in item or not {"cachePoint", "googleSearch", "codeExecution", "retrieval"} & item.keys():
            yield _tool(item, place)


def _tool(item: dict[str, Json], at: str) -> Tool:
    parameters = next((item[key] for key in ("parameters", "input_schema", "inputSchema") if key in item), None)
    return Tool(item.get("name"), item.get("description"), parameters, at, "openai")


@lru_cache(maxsize=256)
def _examined(text: str, key: str) -> Declared:
    names: set[str] = set()
    notes: list[Note] = []
    for tool in declared_tools(parsed(text)):
        if isinstance(tool, Note):
            notes.append(tool)
            continue
        if isinstance(tool.name, str):
            if tool.name in names:
                notes.append(Note("tool-name-duplicate", f"{tool.at}.name", tool.name[:_SHOWN]))
            names.add(tool.name)
        if not (isinstance(tool.name, str) and _NAME.fullmatch(tool.name)):
            notes.append(Note("tool-name-form", f"{tool.at}.name", _shown(tool.name)))
        for part, value in (("description", tool.description), ("parameters", tool.parameters)):
            if value is None:
                notes.append(Note(f"tool-schema-missing:{part}", tool.at))
        if (
            tool.parameters is not None
            and (fault := schema_fault(tool.parameters, tool.dialect == "gemini")) is not None
        ):
            notes.append(Note("tool-schema-invalid", tool.at, fault))
    return Declared(frozenset(names), tuple(note._replace(field=f"{key}{note.field}") for note in notes))


def examine_tools(tools: Json, key: str) -> tuple[Declared, str]:
    """Names and notes of a declaration that stands in field `key`, and its canonical JSON text ("" for none)."""
    if tools is None or tools == [] or tools == "":
        return _UNDECLARED, ""
    try:
        # Version 2 writes equal values alike; it costs a tenth of JSON, which rows that declare the same tools share.
        return _declared(marshal.dumps(tools, 2), key)
    except ValueError:
        return _examine(tools, key)


@lru_cache(maxsize=256)
def _declared(written: bytes, key: str) -> tuple[Declared, str]:
    return _examine(marshal.loads(written), key)


def _examine(tools: Json, key: str) -> tuple[Declared, str]:
    value = tools_of(tools)
    if value is None or value == [] or value == "":
        return _UNDECLARED, ""
    text = canonical(value)
    return _examined(text, key), text


def in_dialect(tools: Json, dialect: str) -> Json:
    """The declaration in the dialect openai, gemini or bedrock; itself where it is in it already, None for none."""
    found = [tool for tool in declared_tools(tools) if isinstance(tool, Tool)]
    if not found or all(tool.dialect == dialect for tool in found):
        return tools
    plain = [{"name": tool.name, "description": tool.description, "parameters": tool.parameters} for tool in found]
    functions = [{key: value for key, value in item.items() if value is not None} for item in plain]
    if dialect == "gemini":
        return [{"functionDeclarations": functions}]
    if dialect == "openai":
        return [{"type": "function", "function": function} for function in functions]
    specs = [
        {key: value for key, value in function.items() if key != "parameters"}
        | ({"inputSchema": {"json": function["parameters"]}} if "parameters" in function else {})
        for function in functions
    ]
    return {"tools": [{"toolSpec": spec} for spec in specs]}


def result_ids(turn: Turn) -> list[Json]:
    """For every tool result in a turn the id of its call (None where there is none)."""
    if "results" in turn.hints:
        return list(turn.hints["results"])
    return [turn.result_of] if turn.role == "tool" else []


class _Waiting:
    """The calls of one turn that wait for their results.

    Calls written as text (`function_call` turns, `tool_call` parts) are answered together: one result may hold all.
    """

    def __init__(self, calls: list[Call]) -> None:
        self.calls: dict[str | int, Call] = {
            call.id if isinstance(call.id, str) else index: call for index, call in enumerate(calls)
        }
        self.with_ids = any(isinstance(call.id, str) for call in calls)
        self.together = bool(calls) and calls[0].hints.get("form") == "text"
        self.taken = 0
        self.strays = 0

    def missing(self) -> bool:
        """Whether a call has no result yet."""
        return not self.taken if self.together and self.calls else len(self.calls) > self.strays

    def take(self, result: Json, ids_asked: bool) -> str | None:
        """Match one result; the trait that says what is wrong with it, if anything is."""
        if self.together and self.taken < len(self.calls):
            self.taken += 1
        elif self.together or self.strays >= len(self.calls):
            return "tool-result-orphan"
        elif isinstance(result, str) and result in self.calls:
            del self.calls[result]
        elif isinstance(result, str) and self.with_ids:
            self.strays += 1
            return "tool-id-mismatch"
        else:
            self.calls.popitem()
            return "tool-id-missing" if self.with_ids and ids_asked else None
        return None


_NO_CALLER = ("system", "user", "tool")


def call_notes(turns: list[Turn], declared: Declared) -> Iterator[Note]:
    """How calls and results of a conversation fit together. Calls at its end need no result: they are the target."""
    if not any(turn.calls or turn.role == "tool" or "results" in turn.hints for turn in turns):
        return
    waiting = _Waiting([])
    seen: set[str] = set()
    for turn in turns:
        asked = turn.hints.get("family") == "messages" and turn.written_role == "tool"
        if (turn.calls and turn.role in _NO_CALLER) or (turn.role == "assistant" and result_ids(turn)):
            yield Note("tool-call-misplaced", turn.path)
        for result in result_ids(turn):
            if (trait := waiting.take(result, asked)) is not None:
                yield Note(trait, turn.path, _shown(result))
        if turn.role not in ("tool", "system"):
            if waiting.missing():
                call = next(iter(waiting.calls.values()))
                yield Note("tool-result-missing", call.hints.get("at"), _shown(call.name))
            waiting = _Waiting(turn.calls)
        for call in turn.calls:
            yield from _one_call(call, declared)
            if isinstance(call.id, str):
                if call.id in seen:
                    yield Note("tool-id-duplicate", call.hints.get("at"), repr(call.id[:_SHOWN]))
                seen.add(call.id)


def _one_call(call: Call, declared: Declared) -> Iterator[Note]:
    at = call.hints.get("at")
    form = call.hints.get("form")
    if not isinstance(call.name, str) or not call.name or (call.arguments is None and form != "functionCall"):
        yield Note("tool-call-incomplete", at)
    if isinstance(call.name, str) and call.name:
        if not _NAME.fullmatch(call.name):
            yield Note("tool-name-form", at, _shown(call.name))
        if declared.names and call.name not in declared.names:
            yield Note("undeclared-tool", at, _shown(call.name))
    if not declared.names:
        yield Note("tools-not-declared", at)
    if call.hints.get("ids") and not call.id:
        yield Note("tool-id-missing", at)
    if isinstance(call.arguments, str) and (fault := _not_object(call.arguments)) is not None:
        yield Note("tool-arguments-not-json", at, fault)


def _shown(name: Json) -> str:
    return repr(name[:_SHOWN]) if isinstance(name, str) else ""


def _not_object(text: str) -> str | None:
    """Why the text of arguments is no JSON object; None where it is one."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return f"no valid JSON: {error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    except ValueError:
        return "no usable JSON: a number of too many digits"
    except RecursionError:
        return "no usable JSON: nested too deep"
    return None if isinstance(value, dict) else f"not an object: {type_name(value)}"


def call_traits(call: Call) -> Iterator[str]:
    """The forms of a call's arguments and id."""
    if isinstance(call.arguments, str):
        yield "tool-arguments:string"
    elif isinstance(call.arguments, dict):
        yield "tool-arguments:object"
    elif call.arguments is not None:
        yield "tool-arguments:other"
    if call.id:
        yield "tool-id:nine" if isinstance(call.id, str) and _NINE.fullmatch(call.id) else "tool-id:other"
