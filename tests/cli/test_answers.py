"""The commands `learn` and `consistency`, and `check --format-contract`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main

FORMATS = Path("fixtures/formats").absolute()
TRAIN = str(FORMATS / "train.jsonl")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_learn_writes_a_contract_that_check_enforces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    learned = _run("learn", TRAIN)
    assert learned.exit_code == 0
    assert learned.stdout.startswith("100 % of the answers are one JSON object")
    assert "written: format-contract.toml" in learned.stderr
    assert {path.name for path in tmp_path.iterdir()} >= {"format-contract.toml"}
    good = _run("check", TRAIN, "--select", "FMT", "--format-contract", "format-contract.toml")
    assert good.exit_code == 0
    bad = str(FORMATS / "prompted.jsonl")
    found = _run("check", bad, "--select", "FMT", "--format-contract", "format-contract.toml", "--fail-on", "warning")
    assert found.exit_code == 1
    assert "FMT006 schema-violation" in found.stdout


def test_learn_replaces_nothing_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("precious")
    refused = _run("learn", TRAIN, "--output-file", str(file))
    assert refused.exit_code == 2
    assert "exists already" in refused.stderr
    assert file.read_text() == "precious"
    assert _run("learn", TRAIN, "--output-file", str(file), "--force").exit_code == 0
    assert "precious" not in file.read_text()


def test_learn_can_be_tried_without_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run("learn", TRAIN, "--dry-run").exit_code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("share", "code"), [("0.95", 1), ("0.6", 0)])
def test_a_low_rate_fails_where_that_is_asked_for(share: str, code: int) -> None:
    outputs = str(FORMATS / "prompted.jsonl")
    result = _run("consistency", outputs, "--against", TRAIN, "--fail-below", share, "--output-format", "json")
    assert result.exit_code == code
    assert json.loads(result.stdout)["files"][0]["agreeing"] == 84


def test_a_broken_contract_is_named(tmp_path: Path) -> None:
    contract = tmp_path / "contract.toml"
    contract.write_text("[[group]]\nkindd = 'prose'\n")
    result = _run("check", TRAIN, "--format-contract", str(contract))
    assert result.exit_code == 2
    assert "contract.toml" in result.stderr
