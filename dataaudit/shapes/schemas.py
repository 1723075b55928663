"""The field names of each record shape, read from the JSON Schemas of rules/shapes/. Schemas are not applied here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from dataaudit._resources import rules_folder
from dataaudit.errors import RuleError


@cache
def schema(shape: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record of a shape.

    Raises:
        RuleError: there is no such schema, or the file is no JSON object.
    """
    file = rules_folder() / "shapes" / f"{shape}.json"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(f"no usable schema of the shape {shape}: {error}", path=str(file)) from error
    if not isinstance(data, dict):
        raise RuleError("the schema is no JSON object", path=str(file))
    return data


@cache
def known_keys(shape: str) -> frozenset[str]:
    """The fields that the schema of a shape names."""
    return frozenset(schema(shape).get("properties", {}))


@cache
def required_keys(shape: str) -> tuple[str, ...]:
    """The fields that a record of the shape cannot lack; those of the first alternative where it has several."""
    data = schema(shape)
    required = list(data.get("required", ()))
    for alternatives in (data.get("anyOf"), data.get("oneOf")):
        if alternatives:
            required += alternatives[0].get("required", ())
    return tuple(dict.fromkeys(required))
