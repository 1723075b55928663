"""SCH020 type drift: a top-level field that holds one JSON type in nearly all rows and another in a few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.batch import Batch
from dataaudit.checks.evidence import Evidence

_LINES_KEPT = 1000
_SIGNATURES_KEPT = 2000
_FIELDS_KEPT = 2000
_NAMES = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
    type(None): "null",
}

Signature = tuple[int, tuple[str, ...], tuple[type, ...]]


@dataclass(slots=True)
class Seen:
    """How often, and the first lines."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class FieldTypes:
    """(source, field names, types) of whole rows; rows beyond the number that is kept are not judged."""

    rows: dict[Signature, Seen] = field(default_factory=dict)


class TypeCheck(Check[FieldTypes]):
    """SCH020, from the types of each row's fields."""

    codes = ("SCH020",)

    def start(self) -> FieldTypes:
        return FieldTypes()

    def add(self, state: FieldTypes, batch: Batch) -> FieldTypes:
        rows, source = state.rows, batch.source
        for record, line in zip(batch.records, batch.lines, strict=True):
            if type(record) is not dict:
                continue
            key = (source, tuple(record), tuple(map(type, record.values())))
            seen = rows.get(key)
            if seen is None:
                if len(rows) >= _SIGNATURES_KEPT or len(record) > _FIELDS_KEPT:
                    continue
                seen = rows[key] = Seen()
            seen.count += 1
            if seen.count <= _LINES_KEPT:
                seen.lines.append(line)
        return state

    def merge(self, first: FieldTypes, second: FieldTypes) -> FieldTypes:
        for key, seen in second.rows.items():
            own = first.rows.get(key)
            if own is not None:
                own.count += seen.count
                own.lines = sorted([*own.lines, *seen.lines])[:_LINES_KEPT]
            elif len(first.rows) < _SIGNATURES_KEPT:
                first.rows[key] = Seen(seen.count, list(seen.lines))
        return first

    def judge(self, state: FieldTypes, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity("SCH020")
        if severity is None:
            return
        share = evidence.threshold("SCH020", "minimum_share")
        least = evidence.threshold("SCH020", "minimum_rows")
        count, hits = 0, []
        for (source, name), types in sorted(_by_field(state).items()):
            in_all = sum(seen.count for kind, seen in types.items() if kind != "null")
            usual, most = max(((kind, seen) for kind, seen in types.items()), key=lambda pair: (pair[1].count, pair[0]))
            if usual == "null" or in_all < least or most.count == in_all or most.count < share * in_all:
                continue
            for kind in sorted(types):
                if kind in (usual, "null"):
                    continue
                count += types[kind].count
                message = (
                    f"{name} is {_a(kind)} here and {_a(usual)} in {most.count:,} other row{'s' * (most.count != 1)}"
                )
                for line in types[kind].lines[: evidence.keep]:
                    hits.append(Hit(message, severity, evidence.row_at(source, line), source, line, field=name))
        if count:
            yield Tally("SCH020", count, hits)


def _by_field(state: FieldTypes) -> dict[tuple[int, str], dict[str, Seen]]:
    fields: dict[tuple[int, str], dict[str, Seen]] = {}
    for (source, names, types), seen in state.rows.items():
        for name, kind in zip(names, types, strict=True):
            own = fields.setdefault((source, name), {}).setdefault(_NAMES.get(kind, kind.__name__), Seen())
            own.count += seen.count
            own.lines = sorted([*own.lines, *seen.lines])[:_LINES_KEPT]
    return fields


def _a(kind: str) -> str:
    return kind if kind == "null" else f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
