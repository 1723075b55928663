"""The page on fixes tells the fix of each rule as its file has it."""

from __future__ import annotations

from pathlib import Path

from dataaudit.catalogue import load_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "fixes.md"


def test_the_table_holds_the_fix_of_each_rule() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rules = [rule for rule in load_catalogue().rules.values() if rule.fix is not None]
    told = [f"| {rule.code} {rule.name} | {rule.fix.safety} | {rule.fix.summary} |" for rule in rules if rule.fix]
    assert sorted(line for line in lines if line.startswith("| ") and "safe | " in line) == sorted(told)
