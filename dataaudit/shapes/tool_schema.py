"""Whether the parameters of a tool are a JSON Schema: a cheap look, confirmed by jsonschema only on doubt."""

from __future__ import annotations

from functools import lru_cache

from dataaudit.shapes.base import Json
from dataaudit.shapes.content import canonical, parsed, type_name

_TYPES = frozenset(("string", "number", "integer", "boolean", "object", "array", "null"))
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_SINGLE = ("additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")


def schema_fault(parameters: Json, gemini: bool = False) -> str | None:
    """What keeps `parameters` from being a JSON Schema of an object, in words; None where nothing does.

    gemini: type names may be upper case (`OBJECT`), as in Google's function declarations.
    """
    if not isinstance(parameters, dict):
        return f"parameters: {type_name(parameters)}, not an object"
    fault = _structure(parameters, gemini)
    if fault is None or gemini:
        return fault
    return fault if _refused(canonical(parameters)) else None


def _structure(schema: dict[str, Json], gemini: bool) -> str | None:
    waiting: list[tuple[Json, str]] = [(schema, "parameters")]
    while waiting:
        node, at = waiting.pop()
        if isinstance(node, bool):
            continue
        if not isinstance(node, dict):
            return f"{at}: {type_name(node)}, not a schema"
        if (fault := _keywords(node, at, gemini)) is not None:
            return fault
        waiting.extend(_below(node, at))
    return None


def _keywords(node: dict[str, Json], at: str, gemini: bool) -> str | None:
    kinds = node.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if not (isinstance(kind, str) and (kind.lower() if gemini else kind) in _TYPES):
            return f"{at}.type: {canonical(kind)[:40]} is no JSON Schema type"
    required = node.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        return f"{at}.required: not a list of names"
    if not isinstance(node.get("enum", []), list):
        return f"{at}.enum: not a list"
    for key in _MAPS:
        if not isinstance(node.get(key, {}), dict):
            return f"{at}.{key}: not an object"
    for key in _LISTS:
        if not isinstance(node.get(key, []), list):
            return f"{at}.{key}: not a list"
    return None


def _below(node: dict[str, Json], at: str) -> list[tuple[Json, str]]:
    found = [(value, f"{at}.{key}.{name}") for key in _MAPS for name, value in node.get(key, {}).items()]
    found += [(value, f"{at}.{key}[{index}]") for key in _LISTS for index, value in enumerate(node.get(key, []))]
    found += [(node[key], f"{at}.{key}") for key in _SINGLE if key in node]
    items = node.get("items", True)
    return found + [(item, f"{at}.items") for item in (items if isinstance(items, list) else [items])]


@lru_cache(maxsize=256)
def _refused(text: str) -> bool:
    """Whether neither draft 2020-12 nor draft 7 takes the schema."""
    import jsonschema

    schema = parsed(text)
    for draft in (jsonschema.Draft202012Validator, jsonschema.Draft7Validator):
        try:
            draft.check_schema(schema)
        except (jsonschema.SchemaError, RecursionError):
            continue
        return False
    return True
