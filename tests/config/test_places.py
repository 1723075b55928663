"""Wrong words and values are told with the file and line, flag or variable that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dataaudit.cli.main import main


def said(*args: str, environment: dict[str, str] | None = None) -> str:
    """What `config` says on wrong settings, in one line."""
    result = CliRunner(env=environment).invoke(main, ["config", *args])
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("select = [\n'DUP',\n'DUPP']", 3, "select: unknown rule 'DUPP'; did you mean DUP?", id="select"),
        pytest.param("\nignore = ['SCHH']", 2, "ignore: unknown rule 'SCHH'; did you mean SCH?", id="ignore"),
        pytest.param("[severity]\nDUP = 'off'", 2, "severity: 'DUP' stands for several rules", id="prefix"),
        pytest.param("[severity]\nDUP009 = 'off'", 2, "unknown rule 'DUP009'; did you mean DUP001?", id="lowest-code"),
        pytest.param(
            "[severity]\nDUP001 = 'off'\nexact-duplicate = 'info'", 1, "DUP001 is named twice, as DUP001", id="twice"
        ),
        pytest.param("[thresholds.SIM001]\na = 1", 2, "thresholds: SIM001 has no threshold 'a'", id="threshold"),
        pytest.param("[thresholds.SIM001]\njaccard = 7", 2, "SIM001.jaccard: should be a number from 0.1", id="range"),
        pytest.param("\nper_file_ignores = {a = ['X']}", 2, "per_file_ignores: unknown rule 'X'", id="per-file"),
        pytest.param("providers = [\n'opnai']", 2, "providers: unknown provider 'opnai'; did you mean", id="provider"),
        pytest.param("\ntask = 'behavior'", 2, "task: unknown task 'behavior'; did you mean behaviour?", id="task"),
        pytest.param("shape = 'x'", 1, "shape: unknown record shape 'x'", id="shape"),
        pytest.param("[splits]\na = 'train'\nb = 'tset'", 3, "splits: unknown split 'tset'", id="split"),
        pytest.param("[scoring.weigts]\na = 1", 1, "scoring: there is no table 'weigts'", id="scoring-table"),
        pytest.param("[scoring.weights]\na = 1", 2, "scoring: there is no number of weights 'a'", id="scoring-number"),
        pytest.param("[scoring.borders]\nA = 1", 1, "scoring.borders: the borders should descend", id="borders"),
        pytest.param("[figures]\nb = [1, 2]", 2, "figures: unknown figure 'b'", id="figure"),
        pytest.param("[tool.dataaudit]\nignore = []", 1, "belongs in pyproject.toml only", id="table-of-pyproject"),
        pytest.param("tool = 1", 1, "belongs in pyproject.toml only", id="tool"),
        pytest.param("\nexclude = ['!a']", 2, "exclude: '!a' would take files back in", id="exclude"),
        pytest.param("fail_below = 'e'", 1, "fail_below: should be 'A', 'B', 'C', 'D' or 'F'", id="grade"),
    ],
)  # fmt: skip
def test_a_file_is_named_with_its_line(here: Path, text: str, line: int, message: str) -> None:
    (here / "dataaudit.toml").write_text(text, encoding="utf-8")
    told = said()
    assert told.startswith(f"dataaudit: {here / 'dataaudit.toml'}:{line}: ")
    assert message in told


def test_the_line_of_a_pyproject_and_of_a_file_that_is_extended(here: Path) -> None:
    (here / "base.toml").write_text("\n\nseverity = {DUP77 = 'off'}", encoding="utf-8")
    text = "[project]\nname = 'x'\n[tool.dataaudit]\nextend = 'base.toml'\n[tool.dataaudit.severity]\nSCH001 = 'off'\n"
    (here / "pyproject.toml").write_text(text, encoding="utf-8")
    assert said().startswith(f"dataaudit: {here / 'base.toml'}:3: ")
    (here / "pyproject.toml").write_text(text + "SCH999 = 'off'\n", encoding="utf-8")
    (here / "base.toml").write_text("", encoding="utf-8")
    assert said().startswith(f"dataaudit: {here / 'pyproject.toml'}:7: severity: unknown rule 'SCH999'")


@pytest.mark.parametrize(
    ("args", "environment", "start"),
    [
        pytest.param(["--provider", "opnai"], {}, "--provider: unknown provider 'opnai'", id="flag"),
        pytest.param([], {"DATAAUDIT_TASK": "x"}, "DATAAUDIT_TASK: task: unknown task 'x'", id="variable"),
        pytest.param(["--config", "task='x'"], {}, "--config task='x': task: unknown task 'x'", id="line-of-toml"),
        pytest.param(
            [], {"DATAAUDIT_CONFIG": "task='x'"}, "DATAAUDIT_CONFIG task='x': task: unknown task 'x'", id="its-variable"
        ),
        pytest.param(["nope.jsonl"], {}, "nope.jsonl: no such file", id="path"),
    ],
)
def test_flags_and_variables_are_named(here: Path, args: list[str], environment: dict[str, str], start: str) -> None:
    (here / "dataaudit.toml").write_text("providers = ['openai']", encoding="utf-8")
    assert said(*args, environment=environment).startswith(f"dataaudit: {start}")


def test_what_cannot_be_a_settings_file_is_told(here: Path) -> None:
    (here / "dataaudit.toml").mkdir()
    assert "dataaudit.toml: is a folder" in said()
    (here / "dataaudit.toml").rmdir()
    (here / ".dataaudit.toml").symlink_to("gone.toml")
    assert ".dataaudit.toml: is a link to a file that is not there" in said()


def test_rules_may_be_called_by_code_in_one_file_and_by_name_in_another(here: Path) -> None:
    (here / "base.toml").write_text("[severity]\nDUP001 = 'off'\n[thresholds.SIM001]\njaccard = 0.7", encoding="utf-8")
    over = "extend = 'base.toml'\nseverity.exact-duplicate = 'info'\nthresholds.near-duplicate.recall = 0.9"
    (here / "dataaudit.toml").write_text(over, encoding="utf-8")
    shown = CliRunner().invoke(main, ["config", "--changed"]).stdout
    assert 'severity = { exact-duplicate = "info" }' in shown
    assert "thresholds = { near-duplicate = { jaccard = 0.7, recall = 0.9 } }" in shown


def test_a_grade_may_be_written_small(here: Path) -> None:
    (here / "dataaudit.toml").write_text("fail_below = 'b'", encoding="utf-8")
    assert 'fail_below = "B"' in CliRunner().invoke(main, ["config"]).stdout
