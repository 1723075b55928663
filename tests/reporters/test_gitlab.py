"""Code Quality reports of GitLab: the fields that it demands, and fingerprints that follow a row."""

from __future__ import annotations

import json

import pytest

from dataaudit.model import Report
from dataaudit.reporters import render
from tests.reporters.made import CATALOGUE, HOSTILE, THREE, finding, hostile, report


def entries(of: Report) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(render(of, CATALOGUE, "gitlab"))
    return found


def test_gitlab() -> None:
    found = entries(report(THREE))
    assert [{**entry, "fingerprint": len(str(entry["fingerprint"]))} for entry in found] == [
        {
            "description": "expected a comma",
            "check_name": "SCH001",
            "fingerprint": 32,
            "severity": "critical",
            "location": {"path": "train.jsonl", "lines": {"begin": 12}},
        },
        {
            "description": "repeats an earlier row",
            "check_name": "DUP001",
            "fingerprint": 32,
            "severity": "minor",
            "location": {"path": "train.jsonl", "lines": {"begin": 9}},
        },
        {
            "description": "all files: there are 4 examples, and 10 are asked for",
            "check_name": "MIN001",
            "fingerprint": 32,
            "severity": "info",
            "location": {"path": "train.jsonl", "lines": {"begin": 1}},
        },
    ]


def test_a_clean_report_is_an_empty_list() -> None:
    assert entries(report()) == []


def test_equal_rows_differ_and_moved_rows_do_not() -> None:
    rows = [finding("DUP001", line, fingerprint="same") for line in (4, 9, 12)]
    moved = [finding("DUP001", line, fingerprint="same") for line in (104, 109, 112)]
    first, second = ([entry["fingerprint"] for entry in entries(report(of))] for of in (rows, moved))
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(text: str) -> None:
    shown = render(hostile(text), CATALOGUE, "gitlab")
    assert shown.isascii()
    assert len(json.loads(shown)) == 4
    assert len(shown) < 200_000
