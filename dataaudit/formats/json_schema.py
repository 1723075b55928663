"""The learned structure of JSON answers as JSON Schema 2020-12, and values held against such a schema.

Two keywords of our own say what JSON Schema cannot: `x-ordered` (keys stand in the order of `properties`) and
`x-known` (values, of which other spellings are slips; other values may come). Validators elsewhere ignore them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dataaudit.formats.closed import Closed
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.limits import Limits
from dataaudit.formats.quote import plain, quoted
from dataaudit.formats.tree import Node

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ORDERED, KNOWN = "x-ordered", "x-known"
_TYPES = {
    "text": "string", "number": "number", "true or false": "boolean", "null": "null",
    "object": "object", "list": "array",
}  # fmt: skip
_FIELD = "completion"
_WIDTH = 110
_PROBES: tuple[Any, ...] = ({}, [], "", 0, None, [{}], {"a": {}})


def schema_of(node: Node) -> dict[str, Any]:
    """What is known of the values at one path, as a schema."""
    schema: dict[str, Any] = {}
    types = [_TYPES[name] for name in node.types]
    if node.type_share and types:
        schema["type"] = types[0] if len(types) == 1 else types
    if node.closed is not None:
        if node.closed.certain:
            others = [None] if "null" in types else []
            free = node.empty or len(types) > 1 + len(others)
            schema[KNOWN if free else "enum"] = [*node.closed.values, *others] if not free else [*node.closed.values]
        else:
            schema[KNOWN] = list(node.closed.values)
    if not node.empty:
        schema["pattern"] = r"\S"
    if node.names is not None and node.children is not None:
        schema["properties"] = {key: schema_of(child) for key, child in node.children.items()}
        schema["required"] = list(node.names.required)
        if node.names.closed:
            schema["additionalProperties"] = False
        if node.names.ordered:
            schema[ORDERED] = True
    if node.items is not None and (items := schema_of(node.items)):
        schema["items"] = items
    return schema


@dataclass(frozen=True)
class Schema:
    """A schema and the name of its file. Nothing is fetched: references lead into the schema itself."""

    name: str
    content: Mapping[str, Any]

    def __getstate__(self) -> dict[str, object]:
        return {"name": self.name, "content": self.content}

    @cached_property
    def _validator(self) -> Any:
        from jsonschema.validators import validator_for
        from referencing import Registry

        kind = validator_for(self.content, default=validator_for({"$schema": DIALECT}))
        return kind(self.content, registry=Registry())

    def fault(self) -> str | None:
        """Why this is no schema that can be held against values; None where it is one."""
        from jsonschema.exceptions import SchemaError, best_match
        from referencing.exceptions import Unresolvable

        try:
            faults = list(type(self._validator)(type(self._validator).META_SCHEMA).iter_errors(self.content))
            if faults:
                worst = best_match(faults)
                where = "/".join(map(str, worst.absolute_path)) or "the top"
                return f"at {plain(where, 60)}: {plain(worst.message, _WIDTH)}"
            self._look_up_references()
            for probe in _PROBES:
                list(self._validator.iter_errors(probe))
        except RecursionError:
            return "it refers to itself without end"
        except (SchemaError, Unresolvable) as error:
            return f"a reference leads nowhere: {plain(str(error), _WIDTH)}"
        return None

    def _look_up_references(self) -> None:
        """Raises Unresolvable for a reference that leads nowhere."""
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resource = Resource.from_contents(self.content, default_specification=DRAFT202012)
        resolver = Registry().with_resource("", resource).crawl().resolver_with_root(resource)
        for reference in _references(self.content):
            resolver.lookup(reference)

    def deviations(self, value: Any, limits: Limits) -> Iterator[Deviation]:
        """The best error of a value that breaks the schema, else what our own keywords find."""
        from jsonschema.exceptions import best_match

        try:
            error = best_match(self._validator.iter_errors(value))
        except RecursionError:
            yield Deviation("FMT006", "schema", "depth", f"nested too deeply for {plain(self.name)}", _FIELD)
            return
        if error is not None:
            where = plain(path_of(error.absolute_path), 60)
            message = f"{where}: {plain(error.message, _WIDTH)} ({plain(self.name)})"
            yield Deviation("FMT006", f"schema:{where}", str(error.validator), message, _FIELD)
            return
        for where, what, words in _beyond(self.content, value, "", limits):
            message = f"{plain(where, 60) or 'the answer'}: {words} ({plain(self.name)})"
            yield Deviation("FMT006", f"schema:{plain(where, 60)}", what, message, _FIELD)


def _references(schema: Any) -> Iterator[str]:
    for key, item in schema.items() if isinstance(schema, Mapping) else enumerate(schema):
        if key in ("$ref", "$dynamicRef") and isinstance(item, str):
            yield item
        elif isinstance(item, Mapping | list):
            yield from _references(item)


def path_of(parts: Any) -> str:
    """The path of a value in the words of messages: `items[2].name`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path or "the answer"


def _beyond(schema: Any, value: Any, path: str, limits: Limits) -> Iterator[tuple[str, str, str]]:
    """(path, what, words) of what the keywords of our own find; along `properties` and `items` only."""
    if not isinstance(schema, Mapping):
        return
    if isinstance(value, str) and isinstance(schema.get(KNOWN), list):
        known = Closed(tuple(name for name in schema[KNOWN] if isinstance(name, str)), False)
        wrong = known.wrong(value, limits) if value not in known.values and len(value) <= limits.longest_value else None
        if wrong is not None:
            yield path, "known", f"{quoted(value)} should likely be {quoted(wrong[1] or '')}"
    elif isinstance(value, dict) and isinstance(properties := schema.get("properties"), Mapping):
        rank = {key: place for place, key in enumerate(properties)}
        places = [rank[key] for key in value if key in rank]
        if schema.get(ORDERED) is True and places != sorted(places):
            yield path, "order", "the keys stand in another order"
        for key, item in value.items():
            if key in properties:
                yield from _beyond(properties[key], item, f"{path}.{key}" if path else key, limits)
    elif isinstance(value, list) and "items" in schema:
        for place, item in enumerate(value):
            yield from _beyond(schema["items"], item, f"{path}[{place}]", limits)
