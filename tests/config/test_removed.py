"""Settings that name rules which were removed, with and without another in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.catalogue import given, load_catalogue
from dataaudit.cli.main import main

RULE = """
code = "{code}"
name = "{name}"
title = "A row of before"
severity = "warning"
status = "removed"
{more}
since = "0.1.0"
summary = "Nothing."
why = "Nothing."
how_to_fix = "Nothing."
check = {{ kind = "limit", field = "prompt", min_length = 1, says = "short" }}
sources = [{{ title = "own judgement", date = 2026-01-01 }}]
bad = [{{ title = "a" }}, {{ title = "b" }}]
good = [{{ title = "a" }}, {{ title = "b" }}]
"""
OLD = "OLD001 was removed and SIM001 taken in its place: name SIM001 in "
GONE = "the rule OLD002 was removed: take it out of the settings"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    replaced = RULE.format(code="OLD001", name="old-copy", more='replaced_by = "SIM001"')
    (tmp_path / "mine/OLD001-old-copy.toml").write_text(replaced, encoding="utf-8")
    (tmp_path / "mine/OLD002-gone.toml").write_text(RULE.format(code="OLD002", name="gone", more=""), encoding="utf-8")
    (tmp_path / "d.jsonl").write_text('{"prompt": "a", "completion": "b"}\n', encoding="utf-8")
    return tmp_path


def check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", "d.jsonl", "--rules", "mine", "--output-format", "concise", *args])


@pytest.mark.parametrize(
    ("args", "note"),
    [
        pytest.param(["--ignore", "OLD001"], f"{OLD}ignore", id="ignored"),
        pytest.param(["--ignore", "OLD002"], f"ignore: {GONE}", id="ignored-without-another"),
        pytest.param(["--per-file-ignores", "d.jsonl:OLD002"], f"per_file_ignores: {GONE}", id="in-a-file"),
        pytest.param(["--config", "severity.old-copy='error'"], f"{OLD}severity", id="severity"),
        pytest.param(["--config", "severity.OLD002='error'"], f"severity: {GONE}", id="severity-without-another"),
        pytest.param(["--config", "thresholds.OLD001.jaccard=0.9"], f"{OLD}thresholds", id="threshold"),
        pytest.param(["--config", "thresholds.OLD002.a=1"], f"thresholds: {GONE}", id="threshold-without-another"),
    ],
)
def test_it_is_told_and_no_error(args: list[str], note: str) -> None:
    result = check(*args)
    assert result.exit_code == 0, result.stderr
    assert f"{note}\n" in result.stderr


def test_what_is_set_for_it_counts_for_the_rule_in_its_place(here: Path) -> None:
    found = given(load_catalogue(here / "mine"), {"old-copy": "error"}, {"OLD001": {"jaccard": 0.9}})
    assert found.severities == {"SIM001": "error"}
    assert found.threshold("SIM001", "jaccard") == 0.9


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--select", "OLD002"], "the rule OLD002 was removed; take it out of the settings", id="select"),
        pytest.param(["--config", "thresholds.OLD001.words=1"], "SIM001 has no threshold 'words'", id="threshold"),
        pytest.param(["--config", "severity={OLD001='off', SIM001='off'}"], "SIM001 is named twice", id="both"),
    ],
)
def test_what_asks_for_it_is_an_error(args: list[str], message: str) -> None:
    result = check(*args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_rule_in_its_place_is_named() -> None:
    shown = CliRunner().invoke(main, ["rule", "OLD001", "--rules", "mine"]).stdout
    assert "SIM001 takes its place" in " ".join(shown.split())
