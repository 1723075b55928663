"""Fixers of keys: further keys that a provider refuses, and keys that occur twice with one value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dataaudit.fixes.rows import JsonRow
from dataaudit.shapes.lens import same

if TYPE_CHECKING:
    from dataaudit.fixes.context import Context
    from dataaudit.fixes.json_text import Member
    from dataaudit.fixes.rows import Row

_ROLES = ("role", "from")


def unwanted(row: Row, context: Context) -> bool:
    """SCH011: takes out the keys that a named provider refuses, of the row and of its messages."""
    reading = context.reading(row)
    if reading is None or not isinstance(row, JsonRow):
        return False
    refused = {trait for trait in reading.traits if any(demand.matches(trait) for demand in context.unwanted)}
    if not refused:
        return False
    roles = _roles(row)

    def doomed(member: Member) -> bool:
        if not member.home:
            return f"field:{member.key}" in refused
        role = roles.get(member.owner)
        return role is not None and not refused.isdisjoint((f"turn-field:{member.key}", f"key-on:{role}.{member.key}"))

    return row.drop_keys(doomed)


def _roles(row: JsonRow) -> dict[str, str]:
    """The path of each message and its role."""
    return {
        path.rpartition(".")[0]: value for path, value in row.texts if path.rpartition(".")[2] in _ROLES and "]" in path
    }


def repeated(row: Row, context: Context) -> bool:
    """SCH007: takes out all but the first of equal keys with equal values; where values differ, all stay."""
    del context
    if row.record is None or not isinstance(row, JsonRow):
        return False
    text = row.text
    seen: dict[tuple[int, str], list[Member]] = {}
    for member in row.members:
        seen.setdefault((member.home, member.key), []).append(member)
    surplus: set[Member] = set()
    for members in seen.values():
        values = [json.loads(text[one.value_start : one.stop]) for one in members] if len(members) > 1 else []
        if values and all(same(value, values[0]) for value in values[1:]):
            surplus.update(members[1:])
    return row.drop_keys(surplus.__contains__)
