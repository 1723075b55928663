"""Rules of users that need no Python: a pattern, a limit or a JSON Schema on a field of each row.

Patterns run in RE2, whose time is linear in the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dataaudit.catalogue import RowTest, Rule
from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.batch import Batch
from dataaudit.checks.evidence import Evidence
from dataaudit.checks.places import Place, Places
from dataaudit.errors import RuleError
from dataaudit.loaders.base import UNREAD

_CUT = "..."
_ABSENT = object()
Test = Callable[[Any], str | None]


@dataclass(slots=True)
class Broken:
    """By rule code: the rows that break it. The sentence of a place is the detail, its code whether there is one."""

    places: dict[str, Places] = field(default_factory=dict)


class DeclaredCheck(Check[Broken]):
    """Every rule whose file has a [check] table."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self.tests = [(rule.code, rule.check.field, make_test(rule, rule.check)) for rule in rules if rule.check]

    def start(self) -> Broken:
        return Broken()

    def add(self, state: Broken, batch: Batch) -> Broken:
        for code, name, test in self.tests:
            for index, value in enumerate(field_values(batch, name)):
                detail = test(value) if value is not _ABSENT else None
                if detail is not None:
                    place = Place(batch.source, batch.lines[index], int(detail != ""), detail)
                    state.places.setdefault(code, Places()).add(place)
        return state

    def merge(self, first: Broken, second: Broken) -> Broken:
        for code, places in second.places.items():
            first.places.setdefault(code, Places()).merge(places)
        return first

    def judge(self, state: Broken, evidence: Evidence) -> Iterator[Tally]:
        for code, places in sorted(state.places.items()):
            severity, test = evidence.severity(code), evidence.catalogue.rules[code].check
            if severity is None or test is None:
                continue
            hits = [
                Hit(
                    test.says.replace("{detail}", place.sentence or _CUT * place.code),
                    severity,
                    evidence.row_at(place.source, place.line),
                    field=test.field,
                )
                for place in places.first(evidence.keep)
            ]
            yield Tally(code, places.count, hits)


def field_values(batch: Batch, name: str) -> Iterator[Any]:
    """The values of a field of all rows; absent ones and those of unread rows are a sentinel."""
    if name == "record":
        for record in batch.records:
            yield _ABSENT if record is UNREAD else record
    elif name in ("prompt", "completion", "system", "label"):
        columns: dict[str, Sequence[Any]] = {
            "prompt": batch.questions, "completion": batch.answers, "system": batch.contexts, "label": batch.labels,
        }  # fmt: skip
        for value, record in zip(columns[name], batch.records, strict=True):
            yield _ABSENT if record is UNREAD or value is None else value
    else:
        steps = [step.replace("~1", "/").replace("~0", "~") for step in name.removeprefix("/").split("/")]
        for record in batch.records:
            yield _at(record, steps)


def _at(value: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
            value = value[int(step)]
        else:
            return _ABSENT
    return value


def make_test(rule: Rule, check: RowTest) -> Test:
    """A function from a value to the detail of what is wrong with it, or None.

    Raises:
        RuleError: the pattern is not RE2 syntax, or the schema is no JSON Schema.
    """
    return {"pattern": _pattern, "limit": _limit, "schema": _schema}[check.kind](rule, check)


def _pattern(rule: Rule, check: RowTest) -> Test:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        forbid = re2.compile(check.forbid, options) if check.forbid is not None else None
        require = re2.compile(check.require, options) if check.require is not None else None
    except re2.error as error:
        raise RuleError(
            f"{rule.code}: the pattern is not RE2 syntax: {error}", hint="see the RE2 syntax page"
        ) from error

    def test(value: Any) -> str | None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        clean = text.encode("utf-8", "replace").decode()
        if forbid is not None and (found := forbid.search(clean)) is not None:
            return str(found.group(0))
        return "" if require is not None and require.search(clean) is None else None

    return test


def _limit(rule: Rule, check: RowTest) -> Test:
    def test(value: Any) -> str | None:
        if isinstance(value, (str, list)):
            size = len(value)
            over = (check.min_length is not None and size < check.min_length) or (
                check.max_length is not None and size > check.max_length
            )
            return f"{size:,}" if over else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            over = (check.minimum is not None and value < check.minimum) or (
                check.maximum is not None and value > check.maximum
            )
            return f"{value:,}" if over else None
        return None

    return test


def _schema(rule: Rule, check: RowTest) -> Test:
    from jsonschema import Draft202012Validator, SchemaError
    from jsonschema.exceptions import best_match
    from referencing import Registry

    schema = check.json_schema or {}
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise RuleError(f"{rule.code}: not a JSON Schema: {error.message}") from error
    validator = Draft202012Validator(schema, registry=Registry())  # an empty registry fetches nothing

    def test(value: Any) -> str | None:
        error = best_match(validator.iter_errors(value))
        return None if error is None else f"{error.json_path}: {error.message}"[:200]

    return test
