"""What makes a run fail, and what is said on which stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.exit_code import exit_code, warnings_in
from dataaudit.cli.main import main
from dataaudit.config import Settings
from dataaudit.model import FileSummary, Finding, Readiness, Report, Severity, Tool

SAME = '{"prompt": "Where is the station?", "completion": "Next to the park."}\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three equal rows: two warnings, no error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.jsonl").write_text(SAME * 3, encoding="utf-8")
    return tmp_path


def check(*args: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["check", "--select", "DUP001", *args])


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        pytest.param([], 0, "", id="warnings-do-not-fail"),
        pytest.param(["--max-warnings", "2"], 0, "", id="not-more-than"),
        pytest.param(["--max-warnings", "1"], 1, "2 warnings are more than 1 (max_warnings)\n", id="too-many"),
        pytest.param(["--fail-below", "f"], 0, "", id="grade-is-enough"),
        pytest.param(["--fail-below", "A"], 1, "is below A (fail_below)\n", id="grade-is-too-low"),
        pytest.param(["--fail-on", "warning"], 1, "", id="plain-from-the-findings"),
        pytest.param(["--max-warnings", "1", "--exit-zero"], 0, "", id="exit-zero"),
        pytest.param(["--config", "exit_zero = true", "--fail-on", "info"], 0, "", id="exit-zero-in-settings"),
        pytest.param(["--split", "test=train.jsonl", "--fail-below", "A"], 0, "there is no grade", id="no-grade"),
    ],
)
def test_exit_code(args: list[str], code: int, said: str) -> None:
    result = check(*args)
    assert result.exit_code == code
    assert said in result.stderr
    assert bool(said) == bool(result.stderr)
    assert "DUP001" in result.stdout


def test_silent_says_nothing_and_still_writes_files(here: Path) -> None:
    result = check("-s", "--max-warnings", "0", "--output", "json=report.json")
    assert (result.exit_code, result.output) == (1, "")
    assert '"DUP001"' in (here / "report.json").read_text(encoding="utf-8")


def test_verbose_tells_settings_rules_files_and_times(here: Path) -> None:
    (here / "dataaudit.toml").write_text('ignore = ["SCH"]', encoding="utf-8")
    lines = CliRunner().invoke(main, ["check", "-v", "--no-progress"]).stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["settings", "rules", "read", "time"]
    assert lines[0] == f"settings: {here / 'dataaudit.toml'}"
    assert "ignore = SCH: SCH001, SCH002" in lines[1]
    assert lines[2] == "read: train.jsonl (3 rows, prompt-completion, train)"
    assert "reading" in lines[3]


def test_named_files_that_are_excluded_by_force_are_no_failure(here: Path) -> None:
    (here / "dataaudit.toml").write_text('exclude = ["train.jsonl"]\nforce_exclude = true', encoding="utf-8")
    result = check("train.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was checked: train.jsonl: all files are excluded" in result.stderr
    assert check("train.jsonl", "--no-force-exclude", "--max-warnings", "0").exit_code == 1
    assert check(".", "--no-force-exclude").exit_code == 2


def report(severities: list[Severity], counts: dict[str, int], grade: Any = None) -> Report:
    found = [
        Finding(rule="R", name="r", severity=severity, path="a", line=1, message="m", fingerprint="f")
        for severity in severities
    ]
    ready = None
    if grade is not None:
        ready = Readiness(score=1, grade=grade, ready=False, because="", interval=(0, 1), dimensions=())
    file = FileSummary(path="a", rows=1, bytes=1, sha256=None, shape="pairs", split="train")
    return Report(
        tool=Tool(version="0"), files=(file,), findings=tuple(found), counts=counts, statistics={}, readiness=ready
    )


def test_warnings_that_are_not_listed_count() -> None:
    assert warnings_in(report([Severity.WARNING] * 2, {"R": 50})) == 50
    assert warnings_in(report([Severity.ERROR] * 2, {"R": 50})) == 0
    code, reasons = exit_code(report([Severity.WARNING] * 2, {"R": 50}), Settings(max_warnings=49))
    assert (code, reasons) == (1, ["50 warnings are more than 49 (max_warnings)"])


@pytest.mark.parametrize(("grade", "below", "code"), [("B", "B", 0), ("C", "B", 1), ("F", "F", 0), ("A", "F", 0)])
def test_grades(grade: str, below: Any, code: int) -> None:
    got, reasons = exit_code(report([], {}, grade), Settings(fail_below=below))
    assert (got, len(reasons)) == (code, code)
