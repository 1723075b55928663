"""What the rules call bad is mended: every bad example of a rule with a fix has none of its findings afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dataaudit.catalogue import Example, Rule, load_catalogue
from dataaudit.config import Settings
from dataaudit.fixes import Outcome, fix
from dataaudit.fixes.registry import CODES
from dataaudit.testing import write_example

RULES = load_catalogue().rules
FIXED = {code: rule for code, rule in RULES.items() if rule.fix is not None}


def test_each_rule_with_a_fix_has_a_fixer_and_each_fixer_a_rule() -> None:
    assert set(FIXED) == set(CODES)


def mend(folder: Path, options: dict[str, Any]) -> Outcome:
    return fix([str(folder)], Settings().changed(**options), unsafe=True)


def bad() -> list[Any]:
    examples = [(rule, example) for rule in FIXED.values() for example in rule.bad]
    return [pytest.param(rule, example, id=f"{rule.code}-{example.title}") for rule, example in examples]


def left(outcome: Outcome, code: str) -> list[str]:
    """Findings of a rule that say that they can be mended, with their places."""
    found = [finding for finding in outcome.report.findings if finding.rule == code and finding.fix is not None]
    return [f"{finding.path}:{finding.line}: {finding.message}" for finding in found]


@pytest.mark.parametrize(("rule", "example"), bad())
def test_bad_example_is_mended(rule: Rule, example: Example, tmp_path: Path) -> None:
    write_example(example, tmp_path)
    outcome = mend(tmp_path, example.options)
    assert outcome.settled
    assert left(outcome, rule.code) == []
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    again = mend(tmp_path, example.options)
    assert (again.total, again.files) == (0, ())
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
