"""`dataaudit check --summary`: one page for a decision, as text and in the JSON report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main

PARTS = ["Files", "Findings", "Readiness", "To label and review", "Costs", "Advice"]


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", "--no-progress", "--isolated", "--summary", *args])


def test_one_page(samples: Path) -> None:
    result = run(str(samples / "train.jsonl"))
    assert result.exit_code == 1
    heads = [line.split(" (")[0] for line in result.stdout.splitlines() if line[:1].isalpha()]
    assert heads == PARTS
    assert "SCH001 invalid-json [error]" not in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert len(result.stdout.splitlines()) < 70


def test_the_verdicts_stand_on_the_page(samples: Path) -> None:
    result = run(str(samples / "train.jsonl"), "--provider", "together", "--exit-zero")
    assert result.exit_code == 0
    assert "together: refused" in result.stdout
    assert "  F, " in result.stdout


def test_json_has_all_of_it(samples: Path) -> None:
    result = run(str(samples / "clean.jsonl"), "--output-format", "json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["readiness"]["grade"] == "B"
    assert report["plan"]["task"] == "behaviour"
    assert report["estimate"]["currency"] == "USD"
    assert report["advice"]["option"] == "unknown"
    assert report["statistics"]["tokens"]["mode"] == "exact"


def test_what_the_settings_say_of_the_project_counts(samples: Path, tmp_path: Path) -> None:
    settings = tmp_path / "dataaudit.toml"
    settings.write_text('[project]\nneed = "knowledge"\nchanges = "live"\ncalls_per_day = 5000\n', encoding="utf-8")
    args = ["check", "--no-progress", "--summary", "--config", str(settings), str(samples / "clean.jsonl")]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0
    assert "Use retrieval" in result.stdout


@pytest.mark.parametrize(
    "other", [["--statistics"], ["--quiet"], ["--output-format", "concise"]], ids=["statistics", "quiet", "concise"]
)
def test_a_page_of_its_own(samples: Path, other: list[str]) -> None:
    result = CliRunner().invoke(main, ["check", "--summary", *other, str(samples / "clean.jsonl")])
    assert result.exit_code == 2


def test_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text("", encoding="utf-8")
    result = run(str(file), "--exit-zero")
    assert result.exit_code == 0
    assert "  F, 0 of 100, not ready\n  there are no training rows\n" in result.stdout
