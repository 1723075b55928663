"""Which kind of JSON the beginning of a text is: records on lines, an array, or values over several lines."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, NamedTuple

from jiter import from_json

from dataaudit.loaders.line_ends import separator
from dataaudit.loaders.names import file_names

_SAMPLE: Final = 50
_NO_VALUE: Final = object()
_ARRAY: Final = re.compile(rb'\[\s*(?:[{\["\]0-9-]|true|false|null|\Z)')

_OBJECTS: Final = re.compile(rb"\[\s*\{")


class JsonKind(NamedTuple):
    """kind, the note that names the layout of the file, and the key of the list in a wrapping object."""

    kind: Literal["lines", "json"]
    note: str | None = None
    wrapper: str | None = None


def as_json(text: bytes, complete: bool, *, strict: bool) -> JsonKind | None:
    """How the JSON is laid out, or None if `text` does not look like JSON (`strict`: if no line of it parses)."""
    body = text.lstrip()
    if not body or body[:1] not in b"{[":
        return None
    lines = body.split(separator(body), _SAMPLE + 1)
    if len(lines) > _SAMPLE + 1 or not complete:
        # The last one may be cut; if it is the only one it still tells something.
        lines = lines[:-1] or lines
    lines = [line for line in lines if line.strip()]
    values = [_value(line) for line in lines]
    wrapper = _wrapper(body, complete) if body[:1] == b"{" else None
    if len(lines) > 1 and sum(isinstance(value, (dict, list)) for value in values) * 2 >= len(lines):
        return JsonKind("lines")
    if len(lines) == 1 and isinstance(values[0], dict):
        return JsonKind("json", "json-array", wrapper) if wrapper and complete else JsonKind("lines")
    if len(lines) == 1 and isinstance(values[0], list) and not any(isinstance(item, dict) for item in values[0]):
        return JsonKind("lines")
    if body[:1] == b"[":
        return JsonKind("json", "json-array") if _ARRAY.match(body) else None
    if wrapper:
        return JsonKind("json", "json-array", wrapper)
    if len(lines) > 1 and _goes_on(lines[0]):
        return JsonKind("json", "pretty-printed")
    return None if strict and all(value is _NO_VALUE for value in values) else JsonKind("lines")


def is_list_of_records(text: bytes) -> bool:
    """Whether JSON begins as an array of objects, or has an object on each of its first two lines."""
    body = text.lstrip()
    if body[:1] == b"[":
        return _OBJECTS.match(body) is not None
    lines = [line for line in body.split(separator(body), _SAMPLE) if line.strip()][:2]
    return len(lines) == 2 and all(line.lstrip()[:1] == b"{" and line.rstrip()[-1:] == b"}" for line in lines)


def _value(line: bytes) -> Any:
    try:
        return from_json(line)
    except ValueError:
        return _NO_VALUE


def _goes_on(line: bytes) -> bool:
    """Whether a line breaks off where the next one may go on: inside an object or array, not inside a string."""
    try:
        from_json(line)
    except ValueError as error:
        return "EOF" in str(error) and "string" not in str(error)
    return False


def _wrapper(text: bytes, complete: bool) -> str | None:
    """The key whose list holds the records, if the first value is an object that wraps them."""
    try:
        value = from_json(text, partial_mode="off" if complete else "on")
    except ValueError:
        return None
    wrappers = file_names().wrappers
    for key, item in value.items():
        if key.lower() in wrappers and isinstance(item, list) and item and isinstance(item[0], dict):
            return str(key)
    return None
