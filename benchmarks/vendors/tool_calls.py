"""Crafted chat files with tool calls: ids, results, declarations and arguments."""

from __future__ import annotations

from typing import Any

from benchmarks.vendors.crafting import ROWS, Change, Crafted, Row, answer, both, family, question

_ID = "call12345"


def _tool(name: str = "find_order", **changes: Any) -> Row:
    schema = {"type": "object", "properties": {"order": {"type": "string"}}, "required": ["order"]}
    function = {"name": name, "description": "Looks up an order.", "parameters": schema, **changes}
    return {"type": "function", "function": {key: value for key, value in function.items() if value is not ...}}


def _call(identifier: str = _ID, name: str = "find_order", arguments: Any = '{"order": "7"}') -> Row:
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


def _result(identifier: str = _ID, **more: Any) -> Row:
    return {"role": "tool", "tool_call_id": identifier, "content": "sent on Monday", **more}


def _rows() -> list[Row]:
    return [
        {
            "messages": [
                {"role": "user", "content": question(number)},
                {"role": "assistant", "tool_calls": [_call()]},
                _result(),
                {"role": "assistant", "content": answer(number)},
            ],
            "tools": [_tool()],
        }
        for number in range(ROWS)
    ]


def _calls(*calls: Row, results: list[Row] | None = None, **more: Any) -> Change:
    """A change of the calls of a row and, if given, of the results that follow."""

    def change(row: Row) -> None:
        row["messages"][1] = {"role": "assistant", "tool_calls": list(calls), **more}
        row["messages"][2:3] = [_result()] if results is None else results

    return change


def _tools(*tools: Any) -> Change:
    def change(row: Row) -> None:
        row["tools"] = list(tools)

    return change


def _undeclare(row: Row) -> None:
    del row["tools"]


def _ends_with_call(row: Row) -> None:
    del row["messages"][2:]


def _ends_with_result(row: Row) -> None:
    del row["messages"][3:]


def _legacy(row: Row) -> None:
    row["functions"] = [row.pop("tools")[0]["function"]]
    row["messages"][1] = {"role": "assistant", "function_call": _call()["function"]}
    row["messages"][2] = {"role": "function", "name": "find_order", "content": "sent"}


def _without(*path: str) -> Row:
    call = _call()
    target = call
    for key in path[:-1]:
        target = target[key]
    del target[path[-1]]
    return call


def tool_chats() -> list[Crafted]:
    """Files of the group `tools`."""
    other = "other1234"
    nameless = {key: value for key, value in _result().items() if key != "tool_call_id"}
    one: dict[str, Change] = {
        "undeclared": _calls(_call(name="find_parcel")),
        "none-declared": _undeclare,
        "empty-list": _tools(),
        "orphan-result": _calls(content="Let me see."),
        "call-without-list": lambda row: row["messages"][1].update(tool_calls=None, content="Let me see."),
        "missing-result": _calls(_call(), results=[]),
        "ends-with-call": _ends_with_call,
        "ends-with-result": _ends_with_result,
        "id-of-six": _calls(_call("call_1"), results=[_result("call_1")]),
        "id-with-hyphen": _calls(_call("call-1234"), results=[_result("call-1234")]),
        "id-empty": _calls(_call(""), results=[_result("")]),
        "id-missing": _calls(_without("id"), results=[_result()]),
        "id-null-word": _calls(_call("null"), results=[_result("null")]),
        "result-id-foreign": _calls(_call(), results=[_result(other)]),
        "result-id-missing": _calls(_call(), results=[nameless]),
        "result-with-name": _calls(_call(), results=[_result(name="find_order")]),
        "result-empty": _calls(_call(), results=[{**_result(), "content": ""}]),
        "result-null": _calls(_call(), results=[{**_result(), "content": None}]),
        "two-calls": _calls(_call(), _call(other), results=[_result(), _result(other)]),
        "two-calls-one-result": _calls(_call(), _call(other)),
        "one-call-two-results": _calls(_call(), results=[_result(), _result()]),
        "two-calls-one-id": _calls(_call(), _call(), results=[_result(), _result()]),
        "two-calls-results-swapped": _calls(_call(), _call(other), results=[_result(other), _result()]),
        "arguments-object": _calls(_call(arguments={"order": "7"})),
        "arguments-not-json": _calls(_call(arguments="order 7")),
        "arguments-empty": _calls(_call(arguments="")),
        "arguments-missing": _calls(_without("function", "arguments")),
        "arguments-integer": _calls(_call(arguments=7)),
        "function-missing": _calls(_without("function")),
        "type-missing": _calls(_without("type")),
        "name-missing": _calls(_without("function", "name")),
        "name-with-space": both(_tools(_tool("find order")), _calls(_call(name="find order"))),
        "name-of-65": both(_tools(_tool("f" * 65)), _calls(_call(name="f" * 65))),
        "declared-twice": _tools(_tool(), _tool()),
        "schema-invalid": _tools(_tool(parameters={"type": "objekt"})),
        "schema-string": _tools(_tool(parameters="order")),
        "parameters-missing": _tools(_tool(parameters=...)),
        "description-missing": _tools(_tool(description=...)),
        "tools-of-strings": _tools("find_order"),
        "content-beside-call": _calls(_call(), content="Let me see."),
        "empty-content-beside-call": _calls(_call(), content=""),
        "null-content-beside-call": _calls(_call(), content=None),
        "calls-empty": _calls(content="Let me see.", results=[]),
        "call-by-user": lambda row: row["messages"][0].update(tool_calls=[_call("user12345")]),
        "legacy-functions": _legacy,
    }
    return family("tools", _rows(), one, {"legacy-functions-everywhere": _legacy})
