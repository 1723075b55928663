"""Reports made by hand, for what is computed from a report alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dataaudit.model import FileSummary, Finding, Report, Severity, Tool

NO_FAULTS: dict[str, Any] = {
    "unreadable": 0,
    "invalid": 0,
    "exact_duplicates": 0,
    "normalized_duplicates": 0,
    "conflicting_rows": 0,
    "conflicting_groups": 0,
    "near_duplicates": None,
    "near_conflicts": None,
    "characters": {},
    "labels": None,
}


def split(rows: int = 0, labels: Mapping[str, int] | None = None, **facts: Any) -> dict[str, Any]:
    """Statistics of a split. labels: effective rows by label; then `rows` may be left out."""
    size = rows or sum((labels or {}).values())
    about = None
    if labels is not None:
        named = dict(labels)
        about = {"from": ["column 'label'"], "labels": len(named), "evenness": 1.0, "rows": named}
        about["effective_rows"] = named
    return {"rows": size, "effective": size, **NO_FAULTS, "labels": about, **facts}


def finding(rule: str, line: int | None, severity: str = "warning", **more: Any) -> Finding:
    given: dict[str, Any] = {
        "name": "a-name",
        "path": "train.jsonl",
        "message": "a message",
        "fingerprint": "f",
        **more,
    }
    return Finding(rule=rule, line=line, severity=Severity(severity), **given)


def report(
    *findings: Finding, task: str = "behaviour", counts: Mapping[str, int] | None = None, **splits: dict[str, Any]
) -> Report:
    """A report on files of the splits. counts: of findings that are not kept besides those that are."""
    number: dict[str, int] = dict(counts or {})
    for one in findings:
        if one.rule not in (counts or {}):
            number[one.rule] = number.get(one.rule, 0) + 1
    files = [
        FileSummary(path=f"{name}.jsonl", rows=facts["rows"], bytes=1, sha256=None, shape="pairs", split=name)
        for name, facts in splits.items()
    ]
    return Report(
        tool=Tool(version="0"),
        files=tuple(files),
        findings=tuple(findings),
        counts=number,
        statistics={"rows": 0, "splits": splits, "task": {"id": task, "because": "given"}},
    )


def alike(names: Sequence[str], rows: int) -> dict[str, int]:
    """As many rows of each label."""
    return dict.fromkeys(names, rows)
