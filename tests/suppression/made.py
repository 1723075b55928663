"""Small sets of rows that have findings, and what the tests of suppressions ask of reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dataaudit import audit
from dataaudit.config import Settings
from dataaudit.model import Report

FOUND = ("DUP001", "DUP003", "SCH012", "SCH021", "SCH003", "SCH001")
"""Rules that the rows below break; others are left out, so that a test says all that it sees."""


def rows(count: int = 12) -> list[dict[str, Any]]:
    """Rows without a finding, each with a text of its own."""
    return [{"id": n, "prompt": f"Combien font {n} et {n} ?", "completion": f"{2 * n}"} for n in range(count)]


def faulty() -> list[str]:
    """Lines with one or two findings of each of FOUND."""
    good = rows()
    lines = [json.dumps(row, ensure_ascii=False) for row in good]
    lines += [json.dumps({**good[1], "id": 101}), json.dumps({**good[1], "id": 102})]
    lines += [json.dumps({**good[2], "id": 103, "completion": "cinq"})]
    lines += [json.dumps({"id": 104, "prompt": "Et après ?", "completion": ""})]
    lines += [json.dumps({"id": 3, "prompt": "Trois ?", "completion": "Oui, trois."}), "", '{"prompt": "broken']
    return lines


def write(file: Path, lines: list[str]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def run(paths: Path | list[Path], **settings: Any) -> Report:
    """The audit of files by FOUND, with further settings and arguments."""
    known = settings.pop("known", None)
    names = [str(path) for path in (paths if isinstance(paths, list) else [paths])]
    return audit(names, settings=Settings().changed(**{"select": FOUND, **settings}), known=known)


def places(report: Report) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.line) for finding in report.findings]


def silent(report: Report) -> dict[tuple[str, str], int]:
    """Number of silent findings by (what silences them, rule)."""
    counts: dict[tuple[str, str], int] = {}
    for entry in report.suppressed:
        key = str(entry.by), entry.rule
        counts[key] = counts.get(key, 0) + entry.count
    return counts
