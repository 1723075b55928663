"""The command `fix`, and the flags of it that `check` has too."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.fix import _print
from dataaudit.cli.main import main

ROW = '{"prompt": "Was ist 1 + 1?", "completion": "2"}\n'
LOUD = '{"prompt": "WAS IST 1 + 1?", "completion": "2"}\n'
OTHER = '{"prompt": "Was ist 2 + 2?", "completion": "4"}\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.jsonl"
    path.write_text(ROW + OTHER + "\n" + ROW + LOUD, encoding="utf-8")
    return path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, [*args, "--isolated", "--no-progress", "--workers", "1", "--select", "DUP,SCH"])


def test_what_is_done_is_said(file: Path) -> None:
    result = run("fix", "train.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "train.jsonl\n"
        "  1  SCH003  blank-line       takes out the blank line\n"
        "  1  DUP001  exact-duplicate  takes out the row, a whole copy of an earlier one\n"
        "  the rows as they were: train.jsonl.removed.jsonl\n"
        "\n"
        "Fixed 2 findings in 1 file: 1 SCH003, 1 DUP001; 1 more with --unsafe-fixes\n"
    )
    assert file.read_text(encoding="utf-8") == ROW + OTHER + LOUD
    again = run("fix", "train.jsonl", "--unsafe-fixes", "--exit-non-zero-on-fix")
    assert (again.exit_code, file.read_text(encoding="utf-8")) == (1, ROW + OTHER)
    nothing = run("fix", "train.jsonl", "--exit-non-zero-on-fix")
    assert (nothing.exit_code, nothing.stdout) == (0, "Nothing to fix\n")
    assert run("fix", "train.jsonl", "-q").output == ""


def test_json(file: Path) -> None:
    result = run("fix", "train.jsonl", "--output-format", "json")
    outcome = json.loads(result.stdout)
    assert outcome["fixed"] == {"SCH003": 1, "DUP001": 1}
    assert outcome["files"] == [
        {
            "path": "train.jsonl",
            "fixed": {"SCH003": 1, "DUP001": 1},
            "removed": 2,
            "changed": 0,
            "record": "train.jsonl.removed.jsonl",
        }
    ]
    assert (outcome["written"], outcome["unsafe"], outcome["settled"]) == (True, 1, True)
    assert file.exists()


@pytest.mark.parametrize("command", ["fix", "check"])
def test_a_patch_alone_is_on_standard_output(command: str, file: Path) -> None:
    before = file.read_bytes()
    result = run(command, "train.jsonl", "--diff")
    assert result.exit_code == 1
    assert result.stdout.startswith("diff --git a/train.jsonl b/train.jsonl\n")
    assert "whatever is personal or secret" in result.stderr
    assert "Would fix 2 findings in 1 file" in result.stderr
    assert (file.read_bytes(), list(file.parent.iterdir())) == (before, [file])
    subprocess.run(["git", "apply", "-"], cwd=file.parent, input=result.stdout_bytes, check=True)
    assert file.read_text(encoding="utf-8") == ROW + OTHER + LOUD
    clean = run(command, "train.jsonl", "--diff")
    assert (clean.exit_code, clean.stdout) == (0, "")


def test_check_tells_what_is_left(file: Path) -> None:
    result = run("check", "train.jsonl", "--fix", "--output-format", "concise")
    assert result.exit_code == 0
    assert "Fixed 2 findings in 1 file" in result.stderr
    assert "DUP002" in result.stdout
    assert "DUP001" not in result.stdout
    assert file.read_text(encoding="utf-8") == ROW + OTHER + LOUD


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(["nothing.jsonl"], 2, "no such file", id="no-file"),
        pytest.param(["train.jsonl", "--exclude", "train.jsonl", "--force-exclude"], 0, "nothing was mended", id="all"),
        pytest.param(["train.jsonl", "--baseline", "none.json"], 2, "no such file", id="no-baseline"),
    ],
)
def test_nothing_is_written_where_nothing_can_be_done(args: list[str], code: int, message: str, file: Path) -> None:
    before = file.read_bytes()
    result = run("fix", *args)
    assert result.exit_code == code
    assert message in result.stderr
    assert file.read_bytes() == before


def test_standard_input_is_left(file: Path) -> None:
    result = CliRunner().invoke(main, ["fix", "-", "--isolated", "--no-progress"], input=file.read_text("utf-8"))
    assert result.exit_code == 0
    assert "standard input and pipes cannot be written" in " ".join(result.stdout.split())


def test_a_file_that_cannot_be_replaced_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_keywords: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dataaudit._files.tempfile.mkstemp", refuse)
    before = file.read_bytes()
    result = run("fix", "train.jsonl")
    assert (result.exit_code, file.read_bytes()) == (2, before)
    assert "cannot be written: Permission denied" in result.stderr


def test_a_terminal_gets_the_patch_masked_and_harmless(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    _print(io.BytesIO(b'-{"prompt": "mail anna.example@example.org \x1b[31m", "completion": "a"}\n'))
    assert "anna.example@example.org" not in screen.getvalue()
    assert "\x1b" not in screen.getvalue()


def test_findings_known_at_a_revision_are_left(file: Path) -> None:
    def git(*args: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *args], cwd=file.parent, check=True
        )

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    before = file.read_text(encoding="utf-8")
    file.write_text(before + OTHER, encoding="utf-8")
    run("check", "train.jsonl", "--fix", "--baseline-commit", "HEAD")
    assert file.read_text(encoding="utf-8") == before


def test_json_takes_the_place_of_the_patch(file: Path) -> None:
    result = run("fix", "train.jsonl", "--diff", "--output-format", "json")
    outcome = json.loads(result.stdout)
    assert (result.exit_code, outcome["written"], outcome["fixed"]) == (1, False, {"SCH003": 1, "DUP001": 1})
    file.write_text(ROW + OTHER, encoding="utf-8")
    nothing = run("fix", "train.jsonl", "--diff", "--output-format", "json")
    assert (nothing.exit_code, json.loads(nothing.stdout)["files"]) == (0, [])


def test_a_record_beside_the_data_is_left_out_with_a_note(file: Path) -> None:
    run("fix", "train.jsonl")
    result = run("fix", "train.jsonl", "train.jsonl.removed.jsonl")
    assert (result.exit_code, result.stdout) == (0, "Nothing to fix; 1 more with --unsafe-fixes\n")
    assert result.stderr == "left out 1 file that dataaudit wrote: train.jsonl.removed.jsonl\n"
    assert file.read_text(encoding="utf-8") == ROW + OTHER + LOUD
