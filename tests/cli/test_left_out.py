"""Reports among the data, and what the user is told of files that are left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.left_out import LeftOutFiles
from dataaudit.cli.main import main
from tests.suppression import made

REPORTS = ("--output", "findings.jsonl", "--output", "gitlab=gl-code-quality-report.json", "--output", "json=all.jsonl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made.write(tmp_path / "train.jsonl", made.faulty())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--no-cache", *words], catch_exceptions=False)


@pytest.mark.parametrize("rules", [("--select", "SCH"), ("--select", "SCH026")], ids=["findings", "none"])
def test_a_second_run_is_as_the_first(folder: Path, rules: tuple[str, ...]) -> None:
    runs = [check(*REPORTS, *rules) for _ in range(2)]
    texts = [Path("findings.jsonl").read_bytes(), Path("gl-code-quality-report.json").read_bytes()]
    assert runs[0].exit_code == runs[1].exit_code
    assert runs[1].stderr.endswith(runs[0].stderr)
    assert runs[1].stderr.startswith("left out ")
    check(*REPORTS, *rules)
    assert texts == [Path("findings.jsonl").read_bytes(), Path("gl-code-quality-report.json").read_bytes()]
    assert check(*rules).stdout.endswith(check(*rules, "train.jsonl").stdout.splitlines()[-1] + "\n")


def test_an_empty_file_that_the_run_fills_is_no_data_whatever_its_name(folder: Path) -> None:
    Path("x.jsonl").write_bytes(b"")
    assert "in 2 files" in check("--select", "SCH001").stdout
    result = check("--select", "SCH001", "--output", "x.jsonl")
    assert "in 1 file (" in result.stderr
    assert Path("x.jsonl").read_bytes()


def test_data_are_never_written_over(folder: Path) -> None:
    before = Path("train.jsonl").read_bytes()
    result = check("--output", "train.jsonl")
    assert result.exit_code == 2
    assert "a report would write over a file that was audited" in result.stderr
    assert Path("train.jsonl").read_bytes() == before


@pytest.mark.parametrize("form", ["sarif", "html", "junit", "github", "gitlab", "markdown", "jsonl"])
def test_counts_are_no_report_of_another_format(folder: Path, form: str) -> None:
    result = check("--statistics", "--output", f"{form}=out")
    assert result.exit_code == 2
    assert f"--statistics is a table of its own: {form} has none" in result.stderr
    assert not Path("out").exists()


def test_a_folder_that_is_not_there_is_blamed_on_the_flag_that_names_it(folder: Path) -> None:
    for flag, word in (("--output", "html=nope/x"), ("--output-file", "nope/x")):
        assert f"{flag}: there is no such folder" in check(flag, word).stderr


def test_a_link_that_leads_to_itself_is_no_fault(folder: Path) -> None:
    Path("loop.jsonl").symlink_to("loop.jsonl")
    assert check("--select", "SCH", "--output", "json=r.json").exit_code == 1
    assert "cannot be written" in check("train.jsonl", "--output", "json=loop.jsonl").stderr


def test_a_file_that_git_tracks_and_ignores_is_told(folder: Path) -> None:
    made.write(folder / "sub" / "kept.jsonl", made.faulty()[:2])
    made.write(folder / "made.jsonl", made.faulty()[:2])
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "sub"], check=True)
    Path(".gitignore").write_text("sub/\nmade.jsonl\n", encoding="utf-8")
    said = "left out by .gitignore, though tracked by git, 1 file: sub/kept.jsonl; --no-respect-gitignore reads them"
    assert check("--select", "SCH").stderr.splitlines() == [said]
    assert check("--select", "SCH", "-q").stderr == ""
    verbose = check("--select", "SCH", "-v").stderr.splitlines()
    assert {"left out by .gitignore: sub", "left out by .gitignore: made.jsonl"} < set(verbose)


def test_many_are_counted() -> None:
    left = LeftOutFiles()
    for number in range(25):
        left.add(f"{number}.jsonl", "report")
    first, *listed = left.notes(verbose=True)
    assert first == "left out 25 files that dataaudit wrote: 0.jsonl, 1.jsonl, 2.jsonl and 22 more"
    assert len(listed) == 21
    assert listed[-1] == "left out as a report of dataaudit: and 5 more"


def test_watching_looks_at_no_report_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []
    monkeypatch.setattr("dataaudit.cli.watch.watched", lambda _run, files: seen.append({Path(f).name for f in files()}))
    Path("findings.jsonl").write_text("{}\n", encoding="utf-8")
    check("--watch", "--output", "findings.jsonl")
    assert "train.jsonl" in seen[0]
    assert "findings.jsonl" not in seen[0]
