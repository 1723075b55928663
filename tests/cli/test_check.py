from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main
from dataaudit.config import Settings
from dataaudit.errors import SourceError
from dataaudit.model import FileSummary, Finding, Report, Severity, Tool

SECRET = "a row of the data"


class Audit:
    """Stands in for the API: notes how it was called, and gives or raises what it was told."""

    def __init__(self) -> None:
        self.severity: Severity | None = None
        self.error: BaseException | None = None
        self.sources: list[str] = []
        self.settings = Settings()
        self.workers = -1

    def audit(
        self, source: list[str], *, settings: Settings, workers: int, progress: Any, left_out: Any, cache: Path | None
    ) -> Report:
        self.sources, self.settings, self.workers = source, settings, workers
        progress(1, 2)
        if self.error is not None:
            raise self.error
        found = []
        if self.severity is not None:
            found.append(
                Finding(
                    rule="SCH001", name="invalid-json", severity=self.severity, path="a.jsonl", line=1, message="bad",
                    fingerprint="f",
                )
            )  # fmt: skip
        file = FileSummary(path="a.jsonl", rows=3, bytes=1, sha256=None, shape="pairs", split="train")
        return Report(
            tool=Tool(version="0"),
            files=(file,),
            findings=tuple(found),
            counts={"SCH001": 1} if found else {},
            statistics={},
        )


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Audit:
    fake = Audit()
    module = types.ModuleType("dataaudit.api")
    module.audit = fake.audit  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dataaudit.api", module)
    monkeypatch.chdir(tmp_path)
    return fake


def check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", *args])


@pytest.mark.parametrize(
    ("severity", "flags", "code"),
    [
        pytest.param(None, [], 0, id="clean"),
        pytest.param(Severity.ERROR, [], 1, id="error"),
        pytest.param(Severity.WARNING, [], 0, id="warning-is-below"),
        pytest.param(Severity.WARNING, ["--fail-on", "warning"], 1, id="warning-fails"),
        pytest.param(Severity.INFO, ["--fail-on", "info"], 1, id="info-fails"),
        pytest.param(Severity.ERROR, ["--exit-zero"], 0, id="exit-zero"),
    ],
)
def test_exit_codes(api: Audit, severity: Severity | None, flags: list[str], code: int) -> None:
    api.severity = severity
    result = check(*flags)
    assert result.exit_code == code
    assert result.stderr == ""
    assert ("SCH001" in result.stdout) == (severity is not None)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--isolated", "--config", "x"], "--isolated and --config exclude each other", id="exclusive"),
        pytest.param(["--split", "train"], "'train' is not NAME=PATH", id="split"),
        pytest.param(["--workers", "-1"], "'-1' is neither a number from 1 nor auto", id="workers"),
        pytest.param(["--prompt-column", " "], "the name of a column is not blank", id="blank-column"),
        pytest.param(["--select", "DUP,,SCH"], "has an empty word", id="empty-word"),
        pytest.param(["--config", "none.toml"], "none.toml: cannot be read: No such file", id="no-config"),
        pytest.param(["--output-file", "no/report"], "no: --output-file: there is no such folder", id="no-folder"),
        pytest.param(["a.jsonl", "--output-file", "a.jsonl"], "is one of the files to audit", id="would-overwrite"),
        pytest.param(["--colour"], "No such option '--colour'", id="unknown-flag"),
    ],
)
def test_wrong_usage(api: Audit, args: list[str], message: str) -> None:
    result = check(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert api.workers == -1


def test_unreadable_input(api: Audit) -> None:
    api.error = SourceError("no such file", path="a\x1b[31m.jsonl")
    result = check("a")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "dataaudit: a\\x1b[31m.jsonl: no such file\n"


def test_interrupted(api: Audit) -> None:
    api.error = KeyboardInterrupt()
    result = check()
    assert (result.exit_code, result.stderr) == (130, "\ndataaudit: interrupted\n")


def test_a_fault_is_logged_without_the_data(api: Audit) -> None:
    api.error = ValueError(SECRET)
    api.error.__cause__ = KeyError(SECRET)
    remote = RuntimeError("remote")
    remote.tb = f'Traceback\n  File "/x/worker.py", line 3, in measure\nValueError: {SECRET}'  # type: ignore[attr-defined]
    api.error.__cause__.__cause__ = remote
    result = check()
    assert result.exit_code == 3
    assert SECRET not in result.output
    name = result.stderr.split("is at ")[1].split(", attach")[0]
    log = Path(name).read_text(encoding="utf-8")
    Path(name).unlink()
    assert SECRET not in log
    assert "builtins.ValueError" in log
    assert "in audit" in log
    assert '"/x/worker.py", line 3, in measure' in log
    assert f"python {sys.version_info.major}.{sys.version_info.minor}" in log


def test_flags_stand_over_the_settings_file(api: Audit, tmp_path: Path) -> None:
    (tmp_path / "dataaudit.toml").write_text(
        'ignore = ["SCH003"]\nrules = ["own"]\nproviders = ["one"]\nprompt-column = "q"\n[splits]\n"a" = "train"',
        encoding="utf-8",
    )
    (tmp_path / "own").mkdir()
    (tmp_path / "other").mkdir()
    args = ["--ignore", "DUP,TXT", "--ignore", "PII001", "--provider", "all", "--rules", "other", "--labels", "a, b"]
    check(*args, "--split", "validation=b", "--fail-on", "info", "--id-column", "key", "--workers", "3", ".")
    settings = api.settings
    assert settings.ignore == ("SCH003", "DUP", "TXT", "PII001")
    assert settings.providers == ("all",)
    assert settings.labels == ("a", "b")
    assert settings.rules == (tmp_path / "own", Path("other"))
    assert settings.splits == {str(tmp_path / "a"): "train", str(tmp_path / "b"): "validation"}
    assert (settings.fail_on, settings.id_column, settings.prompt_column) == (Severity.INFO, "key", "q")
    assert (api.workers, api.sources) == (3, [".", "b"])


def test_select_on_the_command_line_forgets_what_the_file_ignores(api: Audit, tmp_path: Path) -> None:
    (tmp_path / "dataaudit.toml").write_text('select = ["ALL"]\nignore = ["SCH003"]', encoding="utf-8")
    check("--select", "SCH003")
    assert (api.settings.select, api.settings.ignore) == (("SCH003",), ())
    check("--isolated")
    assert api.settings == Settings()


@pytest.mark.parametrize(
    ("args", "sources"),
    [
        pytest.param([], ["."], id="here"),
        pytest.param(["-"], ["-"], id="standard-input"),
        pytest.param(["a", "b", "a"], ["a", "b"], id="no-file-twice"),
        pytest.param(["--split", "train=a", "--split", "test=b"], ["a", "b"], id="splits-alone"),
        pytest.param(["d", "--split", "train=d/a", "--split", "test=b"], ["d", "d/a", "b"], id="inside-a-folder"),
    ],
)
def test_what_is_audited(api: Audit, args: list[str], sources: list[str]) -> None:
    check(*args)
    assert (api.sources, api.workers) == (sources, 0)


def test_words_for_the_same(api: Audit) -> None:
    check("--workers", "auto", "--provider", "OpenAI,ALL")
    assert (api.workers, api.settings.providers) == (0, ("openai", "all"))


def test_settings_are_those_near_the_data(api: Audit, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/dataaudit.toml").write_text("max_findings = 7", encoding="utf-8")
    check("sub/a.jsonl")
    assert api.settings.max_findings == 7
    check("sub/a.jsonl", "b.jsonl")
    assert api.settings.max_findings == 1000


def test_output_file(api: Audit, tmp_path: Path) -> None:
    api.severity = Severity.ERROR
    result = check("--output-format", "json", "--output-file", "report.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["counts"] == {"SCH001": 1}
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_formats(api: Audit) -> None:
    api.severity = Severity.ERROR
    assert check("--output-format", "concise").stdout == "a.jsonl:1: SCH001 bad\nFound 1 error in 1 file (3 rows)\n"
    assert check("--output-format", "concise", "-q").stdout == "a.jsonl:1: SCH001 bad\n"
    assert check("--statistics").stdout == "1  SCH001  invalid-json\nFound 1 error in 1 file (3 rows)\n"
    api.severity = None
    assert check("-q").stdout == ""


def test_a_reader_that_goes_away_changes_nothing(tmp_path: Path) -> None:
    """`dataaudit rule --all | head -1` ends without a word, and without a wrong exit code."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dataaudit", "rule", "--all"],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            cwd=Path(__file__).resolve().parent.parent.parent,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("args", [["rule", "--all"], ["version"]], ids=["rule", "version"])
def test_a_full_device_is_no_fault(args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dataaudit", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=Path(__file__).resolve().parent.parent.parent,
        )
    said = b"dataaudit: standard output cannot be written: No space left on device"
    assert (done.returncode, done.stderr.strip()) == (2, said)
