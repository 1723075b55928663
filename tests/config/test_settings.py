from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dataaudit.config import Settings, load_settings
from dataaudit.errors import SettingsError, UsageError
from dataaudit.model import Severity


def put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_nearest_file_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "dataaudit.toml", "max_findings = 1")
    near = put(tmp_path / "a/.dataaudit.toml", "max-findings = 2")
    (tmp_path / "a/b").mkdir()
    settings, file = load_settings(tmp_path / "a/b")
    assert (settings.max_findings, file) == (2, near)


def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path) -> None:
    above = put(tmp_path / "pyproject.toml", '[tool.dataaudit]\nfail-on = "info"')
    put(tmp_path / "a/pyproject.toml", "[tool.other]")
    settings, file = load_settings(tmp_path / "a")
    assert (settings.fail_on, file) == (Severity.INFO, above)


def test_isolated_reads_nothing(tmp_path: Path) -> None:
    put(tmp_path / "dataaudit.toml", "broken =")
    assert load_settings(tmp_path, isolated=True) == (Settings(), None)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    put(
        tmp_path / "dataaudit.toml",
        'rules = ["own"]\nexclude = ["*.bak", "old/*.jsonl", "./x/"]\n[splits]\n"held.jsonl" = "validation"',
    )
    settings, _ = load_settings(tmp_path)
    assert settings.rules == (tmp_path / "own",)
    assert settings.exclude == ("*.bak", f"{tmp_path.as_posix()}/old/*.jsonl", f"{tmp_path.as_posix()}/x")
    assert settings.splits == {str(tmp_path / "held.jsonl"): "validation"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('selct = ["A"]', "unknown key 'selct'; did you mean select?", id="unknown-key"),
        pytest.param('prompt-colum = "a"', "unknown key 'prompt_colum'; did you mean prompt_column?", id="dashes"),
        pytest.param('select = "DUP"', "select: should be a list", id="no-list"),
        pytest.param('ignore = ["DUP", ""]', "ignore: entry 2 should not be empty", id="empty-word"),
        pytest.param('max-findings = "5"', "max_findings: should be a whole number", id="text-for-number"),
        pytest.param("max-findings = 0", "max_findings: should be greater than or equal to 1", id="too-small"),
        pytest.param('fail-on = "bad"', "fail_on: should be 'info', 'warning' or 'error'", id="no-severity"),
        pytest.param('task = "a"\n[splits]\na = 1', "splits.a: should be text", id="inside-a-table"),
        pytest.param(
            '[severity]\nDUP001 = "of"',
            "severity.DUP001: should be 'error', 'warning', 'info' or 'off'",
            id="off",
        ),
        pytest.param("[thresholds.LAB001]\nratio = '5'", "thresholds.LAB001.ratio: should be a number", id="threshold"),
        pytest.param("[thresholds]\nLAB001 = 5", "thresholds.LAB001: should be a table", id="no-table"),
        pytest.param(
            "[project]\ncalls_per_dya = 3",
            "unknown key 'calls_per_dya' in [project]; did you mean calls_per_day?",
            id="inside-project",
        ),
        pytest.param(
            "[project]\ncalls-per-day = 3",
            "unknown key 'calls-per-day' in [project]; did you mean calls_per_day?",
            id="dashes-inside-project",
        ),
        pytest.param("project = 3", "project: should be a table", id="project-no-table"),
        pytest.param(
            "[project]\nprompted_consistency = 70.0",
            "project: prompted_consistency is a share from 0 to 1, such as 0.7",
            id="no-share",
        ),
        pytest.param("[project]\njudge = 'perhaps'", "project.judge: should be true or false", id="no-yes-or-no"),
        pytest.param("rules = [3]", "rules: entry 1 should be a path", id="no-path"),
        *(
            pytest.param(
                f"[figures]\nminutes_per_example = {value}",
                "figures.minutes_per_example: should be two numbers, for example [3, 5]",
                id=f"range-{value}",
            )
            for value in ("3", "'3'", "[3]", "[3, 4, 5]", "['a', 4]", "[]", "{low = 1}")
        ),
        pytest.param(
            "[figures]\nminutes_per_example = [-1, 4]",
            "figures.minutes_per_example: entry 1 should be greater than or equal to 0",
            id="range-below-0",
        ),
        pytest.param("a = 1\nb = ]\n", "not valid TOML: Invalid value at column 5", id="broken"),
        pytest.param(
            "max-findings = 1\nmax_findings = 1",
            "max_findings is set twice, with a dash and with an underscore",
            id="twice",
        ),
    ],
)
def test_a_wrong_file_is_named_with_the_key(tmp_path: Path, text: str, message: str) -> None:
    file = put(tmp_path / "dataaudit.toml", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert str(caught.value) in (f"{file}:{line}: {message}" for line in (1, 2, 3))


def test_an_unknown_key_of_the_project_lists_the_keys_of_the_project_only(tmp_path: Path) -> None:
    put(tmp_path / "dataaudit.toml", "[project]\nzzzz = 3")
    with pytest.raises(
        SettingsError, match=r"unknown key 'zzzz' in \[project\]; known keys: calls_per_day, "
    ) as caught:
        load_settings(tmp_path)
    assert "max_findings" not in str(caught.value)


def test_a_given_file_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load_settings(tmp_path, config=tmp_path / "none.toml")
    with pytest.raises(SettingsError, match=r"there is no table \[tool.dataaudit\]"):
        load_settings(tmp_path, config=put(tmp_path / "pyproject.toml", ""))


def test_overrides_are_checked() -> None:
    settings = Settings(providers=("a",)).changed(fail_on="info", labels=["x"])
    assert (settings.fail_on, settings.labels, settings.providers) == (Severity.INFO, ("x",), ("a",))
    wrong: dict[str, Any] = {"provider": ["a"]}
    with pytest.raises(UsageError, match=r"unknown key 'provider'; did you mean providers\?"):
        settings.changed(**wrong)
