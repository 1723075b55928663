"""Variables of the environment: what a value means to each command, and how switches are turned off."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.jsonl").write_text('{"prompt": "a", "completion": "b"}\nbroken\n', encoding="utf-8")
    return tmp_path


def run(*args: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, list(args))


@pytest.mark.parametrize(
    ("variable", "value"),
    [("OUTPUT_FORMAT", "concise"), ("OUTPUT_FORMAT", "sarif"), ("FAIL_BELOW", "B"), ("FAIL_BELOW", "0.5")],
)
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["version"], 0),
        (["rule", "DUP001"], 0),
        (["config"], 0),
        (["plan", "d.jsonl"], 0),
        (["fix", "d.jsonl", "--diff"], 0),
        (["consistency", "d.jsonl", "--against", "d.jsonl"], 0),
        (["check", "d.jsonl"], 1),
    ],
    ids=lambda part: part[0] if isinstance(part, list) else "",
)
def test_a_value_for_another_command_is_passed_over(args: list[str], code: int, variable: str, value: str) -> None:
    result = run(*args, **{f"DATAAUDIT_{variable}": value})
    assert "Invalid value" not in result.stderr
    assert result.exit_code == code


@pytest.mark.parametrize("args", [["version"], ["config"], ["check", "d.jsonl"]], ids=lambda args: args[0])
def test_a_value_that_fits_nowhere_is_an_error_everywhere(args: list[str]) -> None:
    result = run(*args, DATAAUDIT_OUTPUT_FORMAT="concisse")
    assert result.exit_code == 2
    assert "(from DATAAUDIT_OUTPUT_FORMAT)" in result.stderr


def test_what_writes_over_files_has_no_variable(here: Path) -> None:
    (here / "dataaudit.toml").write_text("max_findings = 3", encoding="utf-8")
    assert run("init", DATAAUDIT_FORCE="1").exit_code == 2
    assert run("init", "--force", DATAAUDIT_OUTPUT_FILE="other.toml").exit_code == 0
    assert (here / "dataaudit.toml").read_text(encoding="utf-8") != "max_findings = 3"
    assert not (here / "other.toml").exists()


@pytest.mark.parametrize(
    ("args", "environment", "code"),
    [
        pytest.param([], {}, 0, id="file"),
        pytest.param(["--no-exit-zero"], {}, 1, id="flag"),
        pytest.param([], {"DATAAUDIT_EXIT_ZERO": "0"}, 1, id="variable"),
        pytest.param(["--exit-zero"], {"DATAAUDIT_EXIT_ZERO": "false"}, 0, id="flag-before-variable"),
    ],
)
def test_switches_can_be_turned_off(here: Path, args: list[str], environment: dict[str, str], code: int) -> None:
    (here / "dataaudit.toml").write_text("exit_zero = true", encoding="utf-8")
    assert run("check", "d.jsonl", *args, **environment).exit_code == code


def test_a_run_that_mended_can_be_let_pass(here: Path) -> None:
    (here / "dataaudit.toml").write_text("exit_non_zero_on_fix = true", encoding="utf-8")
    shown = run("config", "--changed", "--no-exit-zero").stdout
    assert "exit_zero = false  # --no-exit-zero" in shown
    assert "exit_non_zero_on_fix = true  # dataaudit.toml" in shown
    twice = '{"prompt": "a", "completion": "b"}\n' * 2
    for args, code in ((["--no-exit-non-zero-on-fix"], 0), ([], 1)):
        (here / "d.jsonl").write_text(twice, encoding="utf-8")
        assert run("fix", "d.jsonl", "--unsafe-fixes", *args).exit_code == code


def test_the_bare_command_shows_its_help_once() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stderr.count("Usage:") == 1
    assert "\nExamples:\n" in result.stderr
