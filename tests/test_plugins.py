"""Rules and checks of an installed package join the built-in ones by entry points."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dataaudit._plugins import installed

CHECK = '''
"""A check of another package: answers that shout."""

from pathlib import Path

from dataaudit.checks.base import Check, Hit, Tally


def rules():
    return Path(__file__).parent / "rules"


class ShoutCheck(Check):
    codes = ("SHOUT001",)

    def start(self):
        return []

    def add(self, state, batch):
        rows = zip(batch.lines, batch.answers)
        return state + [(batch.source, line) for line, answer in rows if answer and answer.isupper()]

    def merge(self, first, second):
        return first + second

    def judge(self, state, evidence):
        severity = evidence.severity("SHOUT001")
        hits = [Hit("the answer shouts", severity, evidence.row_at(*place)) for place in state]
        if hits:
            yield Tally("SHOUT001", len(hits), hits)
'''

RULE = """
code = "SHOUT001"
name = "shouting"
title = "Shouting"
severity = "warning"
since = "1"
summary = "Answers do not shout."
why = "Nobody likes it."
how_to_fix = "Write in lower case."
bad = [{ title = "one" }, { title = "two" }]
good = [{ title = "one" }, { title = "two" }]

[[sources]]
title = "Style guide"
date = 2026-11-21
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as pip leaves it: a package with a check and a rule, and its entry points."""
    package, info = tmp_path / "shout", tmp_path / "shout-1.0.dist-info"
    (package / "rules").mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").write_text(CHECK)
    (package / "rules" / "SHOUT001-shouting.toml").write_text(RULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shout\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[dataaudit.checks]\nshout = shout:ShoutCheck\n\n[dataaudit.rules]\nshout = shout:rules\n"
    )
    return tmp_path


def _run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "dataaudit", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_check_of_another_package_finds_its_rows(site: Path) -> None:
    data = site / "train.jsonl"
    data.write_text('{"prompt": "a", "completion": "quiet"}\n{"prompt": "b", "completion": "LOUD"}\n')
    ended = _run(site, "check", str(data), "--isolated", "--select", "SHOUT", "--output-format", "concise")
    assert ended.stdout.splitlines()[0] == f"{data}:2: SHOUT001 the answer shouts", ended.stderr
    assert ended.returncode == 0


def test_its_rule_is_listed_and_explained(site: Path) -> None:
    assert "Nobody likes it." in _run(site, "rule", "SHOUT001").stdout


def test_nothing_is_installed_for_a_group_that_no_package_names() -> None:
    assert installed("dataaudit.nothing-of-this-name") == []
