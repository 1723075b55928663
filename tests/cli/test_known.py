"""Known findings on the command line of `check`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main
from tests.suppression import made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made.write(tmp_path / "data" / "train.jsonl", made.faulty())
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*words: str, rules: str = ",".join(made.FOUND)) -> Result:
    call = ["check", "data", "--select", rules, "--no-cache", *words]
    return CliRunner().invoke(main, call, catch_exceptions=False)


def counts(*words: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(check("--output-format", "json", *words).stdout)["counts"]
    return found


def test_add_ignore_adds_what_is_selected(folder: Path) -> None:
    result = check("--add-ignore", "--reason", "seen", rules="SCH")
    assert result.exit_code == 0
    assert ".dataaudit-ignore: " in result.stderr
    left = counts()
    assert left
    assert all(rule.startswith("DUP") for rule in left)
    assert counts("--isolated").keys() > left.keys()


def test_add_ignore_makes_the_file_that_is_named(folder: Path) -> None:
    made.write(folder / "dataaudit.toml", ['ignore_file = "conf/known"'])
    (folder / "conf").mkdir()
    assert check("--add-ignore", "--reason", "seen").exit_code == 0
    assert "# seen" in (folder / "conf" / "known").read_text(encoding="utf-8")
    assert counts() == {}
    assert check("--ignore-file", "other", "--add-ignore", "--reason", "seen").exit_code == 0
    assert (folder / "other").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--add-ignore"], "--reason"),
        (["--reason", "x"], "--add-ignore"),
        (["--baseline", "none.json"], "no such file"),
        (["--ignore-file", "none"], "no such file"),
        (["--baseline", "none.json", "--no-baseline"], "exclude each other"),
        (["--baseline-commit", "HEAD"], "no such revision"),
    ],
)
def test_wrong_usage_says_what_to_do(folder: Path, words: list[str], said: str) -> None:
    result = check(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_baseline_is_found_named_and_left_out(folder: Path) -> None:
    CliRunner().invoke(main, ["baseline", "create", "data", "--select", ",".join(made.FOUND)], catch_exceptions=False)
    assert counts() == {}
    assert check("--fail-on", "info").exit_code == 0
    every = counts("--no-baseline")
    assert every
    (folder / ".dataaudit-baseline.json").rename(folder / "mine.json")
    assert counts() == every
    assert counts("--baseline", "mine.json") == {}


def test_a_broken_ignore_file_ends_the_run_with_its_place(folder: Path) -> None:
    made.write(folder / ".dataaudit-ignore", ["# ours", "oops"])
    result = check()
    assert result.exit_code == 2
    assert ".dataaudit-ignore:2: no entry" in result.stderr
