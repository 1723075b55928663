"""`dataaudit baseline`: create, prune and show, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main
from tests.suppression import made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made.write(tmp_path / "data" / "train.jsonl", made.faulty())
    made.write(tmp_path / "data" / "valid.jsonl", made.faulty()[12:])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["baseline", *words], catch_exceptions=False)


def test_create_writes_it_once(folder: Path) -> None:
    result = call("create", "data")
    assert result.exit_code == 0
    assert result.stdout == ""
    file = folder / ".dataaudit-baseline.json"
    first = file.read_bytes()
    assert "findings known, in" in result.stderr

    result = call("create", "data")
    assert result.exit_code == 2
    assert "there is a baseline already" in result.stderr
    assert "--force" in result.stderr
    assert call("create", "data", "--force").exit_code == 0
    assert file.read_bytes() == first


def test_prune_drops_and_never_adds(folder: Path) -> None:
    call("create", "data", "--select", "SCH,DUP", "--baseline", "known.json")
    file = folder / "known.json"
    first = file.read_text(encoding="utf-8")
    assert "0 dropped" in call("prune", "data", "--baseline", "known.json").stderr
    assert file.read_text(encoding="utf-8") == first

    made.write(folder / "data" / "train.jsonl", [*made.faulty()[:-2], *made.faulty()[3:5]])
    result = call("prune", "data", "--baseline", "known.json")
    assert result.exit_code == 0
    assert "2 dropped" in result.stderr
    rules = {rule for rules in json.loads(file.read_text(encoding="utf-8"))["findings"].values() for rule in rules}
    assert "DUP001" in rules


def test_prune_leaves_what_it_did_not_judge(folder: Path) -> None:
    call("create", "data", "--select", "SCH,DUP")
    file = folder / ".dataaudit-baseline.json"
    first = file.read_bytes()
    off = "severity = {DUP001 = 'off', DUP003 = 'off'}"
    for words in (["--select", "SCH"], ["--ignore", "DUP"], ["--config", off]):
        said = call("prune", "data", *words).stderr
        assert "0 dropped" in said
        assert "of them as before, their rules were not judged" in said
        assert file.read_bytes() == first
    assert "not judged" not in call("prune", "data").stderr


def test_prune_judges_for_the_providers_of_create(folder: Path) -> None:
    made.write(folder / "data" / "train.jsonl", ['{"prompt": "Wer?", "completion": "Ich.", "x": 1}'] * 2)
    call("create", "data", "--provider", "together", "--preview", "--select", "SCH011,PII")
    file = folder / ".dataaudit-baseline.json"
    first = file.read_bytes()
    assert json.loads(first)["providers"] == ["together"]
    assert '"SCH011"' in first.decode()
    checked = CliRunner().invoke(main, ["check", "data", "--no-cache", "--select", "SCH011"], catch_exceptions=False)
    assert "unused" not in checked.output
    assert "0 dropped" in call("prune", "data").stderr
    assert file.read_bytes() == first
    made.write(folder / "data" / "train.jsonl", ['{"prompt": "Wer?", "completion": "Ich."}'])
    assert "2 dropped" in call("prune", "data").stderr


def test_prune_must_see_all_files(folder: Path) -> None:
    call("create", "data")
    result = call("prune", "data/train.jsonl")
    assert result.exit_code == 2
    assert "data/valid.jsonl" in result.stderr
    assert "PATHS that create was given" in result.stderr


def test_prune_without_a_baseline(folder: Path) -> None:
    result = call("prune", "data")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_show_counts_by_file_and_rule(folder: Path) -> None:
    call("create", "data", "--select", "DUP001,SCH012,SCH001,MIN005")
    lines = call("show").stdout.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["data/train.jsonl", "DUP001", "2"],
        ["data/train.jsonl", "SCH001", "1"],
        ["data/train.jsonl", "SCH012", "1"],
    ]
    assert lines[-1].endswith("findings known")
    shown = json.loads(call("show", "data", "--output-format", "json").stdout)
    assert shown["total"] == sum(entry["count"] for entry in shown["counts"])
    assert {"path": "data/train.jsonl", "rule": "DUP001", "count": 2} in shown["counts"]
