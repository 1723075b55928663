"""The flags of `check` that other parts of the program answer to, in one run and side by side."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main

ROWS = [{"prompt": f"What is {n}?", "completion": f"A number: {n}, and no other."} for n in range(12)]
TEXT = "".join(json.dumps(row) + "\n" for row in (*ROWS, ROWS[0])) + "\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set with a row that repeats another, and a blank line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "train.jsonl").write_text(TEXT, encoding="utf-8")
    return tmp_path


def check(*args: str, code: int = 0) -> Result:
    args = ("check", "train.jsonl", "--select", "DUP001,SCH003", "--output-format", "concise", *args)
    result = CliRunner().invoke(main, args)
    assert result.exit_code == code, result.output
    return result


def test_several_reports_of_one_run(here: Path) -> None:
    result = check("--output", "html=a.html", "--output", "sarif=a.sarif", "--output", "json=a.json")
    assert "DUP001" in result.stdout
    assert json.loads((here / "a.json").read_text(encoding="utf-8"))["counts"] == {"DUP001": 1, "SCH003": 1}
    assert json.loads((here / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "<html" in (here / "a.html").read_text(encoding="utf-8")


def test_fix_first_and_tell_the_rest(here: Path) -> None:
    result = check("--fix", "--ignore", "DUP001")
    assert "Fixed 1 finding" in result.stderr
    assert result.stdout.startswith("All checks passed")
    assert (here / "train.jsonl").read_text(encoding="utf-8") == TEXT.removesuffix("\n")
    assert check("--fix").stdout.startswith("All checks passed")
    assert not check("--fix", "--exit-non-zero-on-fix").stderr.startswith("Fixed")


def test_a_run_that_fixed_something_can_fail() -> None:
    check("--fix", "--exit-non-zero-on-fix", code=1)
    check("--fix", "--exit-non-zero-on-fix")


def test_exit_zero_holds_for_fixes_too() -> None:
    check("--fix", "--exit-non-zero-on-fix", "--exit-zero")


def test_diff_writes_nothing(here: Path) -> None:
    result = check("--diff", code=1)
    assert result.stdout.startswith("diff --git a/train.jsonl b/train.jsonl\n")
    assert "Found" not in result.stdout
    assert (here / "train.jsonl").read_text(encoding="utf-8") == TEXT


def test_unsafe_fixes_alone_do_nothing_and_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--unsafe-fixes needs --fix or --diff" in check("--unsafe-fixes", code=2).stderr
    monkeypatch.setenv("DATAAUDIT_UNSAFE_FIXES", "1")
    check()


def test_known_findings_are_silent(here: Path) -> None:
    assert "2 entries added" in check("--add-ignore", "--reason", "known").stderr
    assert check().stdout.startswith("All checks passed")
    (here / ".dataaudit-ignore").unlink()
    CliRunner().invoke(main, ["baseline", "create", "train.jsonl"])
    assert check().stdout.startswith("All checks passed")
    assert "DUP001" in check("--no-baseline").stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_only_what_is_new_since_a_commit(here: Path) -> None:
    for command in (["init", "-q"], ["add", "train.jsonl"], ["commit", "-qm", "first"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *command], check=True)
    assert check("--baseline-commit", "HEAD").stdout.startswith("All checks passed")
    with (here / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(ROWS[1]) + "\n")
    assert check("--baseline-commit", "HEAD").stdout.count("DUP001") == 1


def test_per_file_ignores() -> None:
    result = check("--per-file-ignores", "*.jsonl:DUP", "--per-file-ignores", "other/*.jsonl:SCH")
    assert "DUP001" not in result.stdout
    assert "SCH003" in result.stdout


def test_a_run_with_the_cache_is_one_without(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataaudit.engine.cache._least_bytes", lambda: 0)
    cold = check("--cache-dir", "remembered", "--statistics").stdout
    assert any((here / "remembered").iterdir())
    assert check("--cache-dir", "remembered", "--statistics").stdout == cold
    assert check("--no-cache", "--statistics").stdout == cold
