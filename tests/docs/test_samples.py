"""The sample files hold the faults that their README lists, and the clean one none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import dataaudit
from dataaudit import Report, Severity

SAMPLES = Path(__file__).resolve().parent.parent.parent / "fixtures" / "samples"
ROW = re.compile(r"^\| (\d+) \| ([A-Z]{3}\d{3}) \|", re.MULTILINE)
TABLE = (SAMPLES / "README.md").read_text(encoding="utf-8")
PLANTED = [(int(line), rule) for line, rule in ROW.findall(TABLE)]


@cache
def report(name: str) -> Report:
    return dataaudit.audit(SAMPLES / name)


@pytest.mark.parametrize(("line", "rule"), PLANTED, ids=[f"{rule}-line-{line}" for line, rule in PLANTED])
def test_each_planted_fault_is_found(line: int, rule: str) -> None:
    found = {finding.rule for finding in report("train.jsonl").findings if finding.line == line}
    assert rule in found


def test_no_good_row_of_the_faulty_sample_is_called_an_error() -> None:
    bad = {line for line, _ in PLANTED}
    errors = [item for item in report("train.jsonl").findings if item.severity is Severity.ERROR]
    assert [item for item in errors if item.line is not None and item.line not in bad] == []


def test_the_clean_sample_is_clean() -> None:
    loud = [item for item in report("clean.jsonl").findings if item.severity is not Severity.INFO]
    assert loud == []
