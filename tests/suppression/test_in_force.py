"""Which files are in force, what globs silence, and which suppressions are told to be unused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dataaudit import audit
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from dataaudit.suppression import KEY, Baseline, add_ignores, baseline_file_for, ignore_file_for, located
from tests.suppression import made

IGNORE, BASELINE = ".dataaudit-ignore", ".dataaudit-baseline.json"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository inside of another folder that has both files too."""
    for name in (IGNORE, BASELINE, "repo/.git/HEAD", "repo/data/deep/train.jsonl", "repo/conf/dataaudit.toml"):
        made.write(tmp_path / name, [])
    return tmp_path


def test_the_nearest_up_to_the_root_of_the_repository(tree: Path) -> None:
    sources = [str(tree / "repo/data/deep/train.jsonl")]
    assert located(Settings(), sources).ignore_file is None
    made.write(tree / "repo" / IGNORE, [])
    assert located(Settings(), sources).ignore_file == tree / "repo" / IGNORE
    made.write(tree / "repo/data" / IGNORE, [])
    assert located(Settings(), sources).ignore_file == tree / "repo/data" / IGNORE
    assert located(Settings(), [str(tree / "repo/data"), str(tree / "repo/conf")]).ignore_file == tree / "repo" / IGNORE


def test_that_beside_the_settings_goes_first_and_a_named_one_over_all(tree: Path) -> None:
    sources, settings_file = [str(tree / "repo/data")], tree / "repo/conf/dataaudit.toml"
    made.write(tree / "repo/data" / BASELINE, [])
    beside = made.write(tree / "repo/conf" / BASELINE, [])
    named = made.write(tree / "mine.json", [])
    assert located(Settings(), sources, settings_file=settings_file).baseline == beside
    assert located(Settings(baseline=named), sources, settings_file=settings_file).baseline == named
    assert located(Settings(baseline=named), sources, baseline=beside).baseline == beside
    assert located(Settings(baseline=named), sources, no_baseline=True).baseline is None


def test_isolated_looks_for_none(tree: Path) -> None:
    made.write(tree / "repo/data" / IGNORE, [])
    settings = located(Settings(), [str(tree / "repo/data")], isolated=True)
    assert (settings.ignore_file, settings.baseline) == (None, None)


@pytest.mark.parametrize("key", ["ignore_file", "baseline"])
def test_a_named_file_that_is_not_there_is_told(tree: Path, key: str) -> None:
    with pytest.raises(UsageError, match="no such file"):
        located(Settings().changed(**{key: tree / "none"}), [str(tree)])


def test_where_new_files_go(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    sources = [str(tree / "repo/data/deep")]
    assert ignore_file_for(Settings(), sources) == tree / "repo" / IGNORE
    assert baseline_file_for(Settings(), sources, tree / "repo/conf/dataaudit.toml") == tree / "repo/conf" / BASELINE
    assert baseline_file_for(Settings(baseline=tree / "b"), sources) == tree / "b"


@pytest.mark.parametrize("glob", ["train.jsonl", "data", "{root}/data/*.jsonl", "{root}/**/train.jsonl", "train*"])
def test_a_glob_silences_rules_in_its_files(tmp_path: Path, glob: str) -> None:
    one = made.write(tmp_path / "data" / "train.jsonl", made.faulty())
    other = made.write(tmp_path / "other" / "valid.jsonl", made.faulty())
    report = made.run([one, other], per_file_ignores={glob.format(root=tmp_path): ["DUP", "empty-text"]})
    assert {(f.rule, f.path) for f in report.findings if f.rule in ("DUP001", "DUP003", "SCH012")} == {
        (rule, str(other)) for rule in ("DUP001", "DUP003", "SCH012")
    }
    assert made.silent(report) == {
        ("per-file-ignores", "DUP001"): 2,
        ("per-file-ignores", "DUP003"): 1,
        ("per-file-ignores", "SCH012"): 1,
    }
    assert {entry.path for entry in report.suppressed} == {str(one)}


def test_findings_of_the_whole_set_are_of_no_file(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    report = made.run(data, select=["MIN"], per_file_ignores={"*": ["MIN"]})
    assert set(report.counts) >= {"MIN002", "MIN005"}


def test_an_unknown_rule_for_a_glob_is_told(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    with pytest.raises(UsageError, match="per_file_ignores: unknown rule 'DPU'"):
        made.run(data, per_file_ignores={"*": ["DPU"]})


def test_the_first_thing_that_silences_is_counted(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    file = tmp_path / "ignored"
    add_ignores(made.run(data, select=["SCH012"]).findings, file, "fine")
    report = made.run(data, select=["SCH012"], ignore_file=file, per_file_ignores={"*": ["SCH012"]})
    assert made.silent(report) == {("ignore-file", "SCH012"): 1}
    assert report.unused == ()


def test_entries_are_unused_only_when_the_run_could_have_found_them(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    other = made.write(tmp_path / "valid.jsonl", [json.dumps({"prompt": "Où ?", "completion": ""})])
    file = tmp_path / ".dataaudit-ignore"
    add_ignores(made.run([data, other], select=["SCH012", "DUP001"]).findings, file, "fine")
    made.write(data, [line for line in made.faulty() if '""' not in line])

    # As the hook calls it: one of the files, or other rules.
    assert made.run(data, ignore_file=file).unused == ()
    assert made.run([data, other], ignore_file=file, select=["DUP", "SCH001"]).unused == ()
    assert made.run([data, other], ignore_file=file, severity={"SCH012": "off"}).unused == ()
    (unused,) = made.run([data, other], ignore_file=file).unused
    assert (unused.file, unused.rule) == (str(file), "SCH012")
    assert unused.line is not None
    assert "SCH012" in file.read_text(encoding="utf-8").splitlines()[unused.line - 1]

    # A file that is gone cannot be given.
    other.unlink()
    assert len(made.run(data, ignore_file=file).unused) == 2


def test_an_entry_for_no_rule_is_unused(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    file = made.write(tmp_path / "ignored", ["XYZ001 0123456789abcdef"])
    (unused,) = made.run(data, ignore_file=file).unused
    assert unused.message.startswith("there is no rule XYZ001")


def test_keys_of_rows_are_unused_where_the_row_alone_decides() -> None:
    rows = made.rows()
    rows[2][KEY] = ["SCH012", "SCH020"]
    rows[3][KEY] = ["DUP001"]  # what it repeats may lie in a file that is not in this run
    rows.append({"prompt": "Quoi ?", "completion": "", KEY: "empty-text"})
    report = audit(rows, select=["SCH", "DUP"])
    assert [(unused.line, unused.rule) for unused in report.unused] == [(3, "SCH012")]


def test_what_is_silenced_otherwise_still_occurs(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    file = tmp_path / "baseline.json"
    Baseline.of(made.run(data), tmp_path).write(file)
    report = made.run(data, baseline=file, per_file_ignores={"*": ["DUP"]})
    assert (report.counts, report.unused) == ({}, ())
    assert {by for by, _ in made.silent(report)} == {"baseline", "per-file-ignores"}
