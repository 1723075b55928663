"""Values: the same whether pydantic validated them or not; refused where they do not fit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from dataaudit.catalogue import Provider, Rule, Task, load_catalogue
from dataaudit.model import Finding, Report
from dataaudit.values import Value

CATALOGUE = load_catalogue()
ENTRIES: list[Value] = [*CATALOGUE.rules.values(), *CATALOGUE.providers.values(), *CATALOGUE.tasks.values()]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: getattr(entry, "code", "") or entry.id)
def test_trusted_data_gives_the_value_that_validation_gives(entry: Value) -> None:
    data = json.loads(json.dumps(entry.as_json()))
    assert type(entry).trusted(data) == entry
    assert type(entry).validated(data) == entry


def test_white_space_around_texts_is_cut_either_way() -> None:
    data: dict[str, Any] = CATALOGUE.tasks["behaviour"].as_json() | {"title": "  a title\n"}
    assert Task.trusted(data).title == Task.validated(data).title == "a title"


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (Rule, {"code": "dup1"}, "code"),
        (Rule, {"name": "Not A Name"}, "name"),
        (Rule, {"title": " "}, "title"),
        (Rule, {"bad": []}, "at least 2 under bad"),
        (Rule, {"severty": "error"}, "severty"),
        (Rule, {"severity": "fatal"}, "severity"),
        (Provider, {"id": "Together"}, "id"),
        (Provider, {"shapes": [{"name": "text", "source": "Z9"}]}, "Z9"),
        (Task, {"figures": {}}, "minimum_examples"),
    ],
)
def test_wrong_data_from_outside_is_refused(kind: type[Value], change: dict[str, Any], message: str) -> None:
    good = {Rule: CATALOGUE.rules["DUP001"], Provider: CATALOGUE.providers["together-sft"]}.get(
        kind, CATALOGUE.tasks["behaviour"]
    )
    with pytest.raises(ValidationError, match=message):
        kind.validated(good.as_json() | change)


def test_a_report_can_be_read_back() -> None:
    finding = Finding.validated({
        "rule": "DUP001", "name": "exact-duplicate", "severity": "warning", "path": "a", "line": 2, "message": "m",
        "fingerprint": "0",
    })  # fmt: skip
    report = Report.validated({
        "tool": {"version": "1"}, "files": [], "findings": [finding], "counts": {"DUP001": 1}, "statistics": {},
    })  # fmt: skip
    assert Report.validated(json.loads(report.to_json())) == report


def test_values_do_not_change() -> None:
    with pytest.raises(AttributeError):
        CATALOGUE.rules["DUP001"].title = "other"  # type: ignore[misc]
