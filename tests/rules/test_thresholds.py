"""Thresholds: each built-in one has a range, all of the range can be worked with, and nothing outside it is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dataaudit
from dataaudit.catalogue import Threshold, load_catalogue
from dataaudit.cli.main import main
from dataaudit.errors import UsageError

RULES = {code: rule.thresholds for code, rule in load_catalogue().rules.items() if rule.thresholds}
EACH = [pytest.param(code, name, id=f"{code}.{name}") for code, found in RULES.items() for name in found]
LABELS = ("refund", "delivery", "account", "acount")
WORDS = (
    "the parcel",
    "of my order",
    "was sent",
    "to another",
    "street",
    "and",
    "nobody",
    "can say",
    "when",
    "it arrives",
    "here",
)


def _labeled(number: int) -> dict[str, Any]:
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 12))
    return {"prompt": f"Ticket {number}: {words}", "completion": LABELS[3 if number % 40 == 7 else number % 3]}


def _object(number: int) -> dict[str, Any]:
    answer = {"city": ("Lyon", "Lima", "Lomé")[number % 3], "count": number, "note": "x" * (number % 9)}
    text = json.dumps(answer | ({"citty": "Lyon"} if number == 17 else {})) if number != 23 else "no object"
    return {"prompt": f"Please read the order of customer {number} and answer with JSON.", "completion": text}


def _prose(number: int) -> dict[str, Any]:
    words = " ".join(WORDS[(number + step) % len(WORDS)] for step in range(5 + 40 * (number % 2)))
    return {"prompt": f"{words} {number % 30}?", "completion": f"Dear customer, {words}, so we ask for patience."}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labels in two splits, objects with slips, prose with near-duplicates and a template, and a row that is none."""
    folder = tmp_path_factory.mktemp("mixed")
    sets = {"labels/train": _labeled, "labels/valid": _labeled, "objects/train": _object, "prose/train": _prose}
    for name, made in sets.items():
        file = folder / f"{name}.jsonl"
        file.parent.mkdir(exist_ok=True)
        first, last = (90, 130) if "valid" in name else (0, 90)
        rows = "".join(f"{json.dumps(made(number))}\n" for number in range(first, last))
        file.write_text(rows + "{broken\n\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("code", "name"), EACH)
def test_each_threshold_of_ours_has_a_range(code: str, name: str) -> None:
    entry = RULES[code][name]
    assert entry.least is not None
    assert entry.most is not None
    assert entry.least <= entry.value <= entry.most
    assert entry.whole == isinstance(entry.value, int) or not entry.whole


def _bounds(code: str, bound: str) -> dict[str, float]:
    return {name: float(getattr(entry, bound)) for name, entry in RULES[code].items()}


@pytest.mark.parametrize("bound", ["least", "most"])
@pytest.mark.parametrize("folder", ["labels", "objects", "prose"])
def test_all_bounds_together_can_be_worked_with(mixed: Path, folder: str, bound: str) -> None:
    # Least bytes of a row: none would be read.
    bounds = {code: _bounds(code, bound) for code in RULES if code != "SCH025"}
    report = dataaudit.audit(mixed / folder, thresholds=bounds)
    assert report.counts["SCH001"] == len(report.files)


@pytest.mark.parametrize("bound", ["least", "most"])
@pytest.mark.parametrize("code", RULES)
def test_the_bounds_of_a_rule_can_be_worked_with(mixed: Path, code: str, bound: str) -> None:
    folder = {"LAB": "labels", "FMT": "objects", "MIN": "labels"}.get(code[:3], "prose")
    report = dataaudit.audit(mixed / folder, thresholds={code: _bounds(code, bound)})
    assert {"SCH001", "SCH025"} & report.counts.keys()


def _outside(entry: Threshold) -> list[float]:
    assert entry.least is not None
    assert entry.most is not None
    return [entry.least - 1, entry.most * 2, *([entry.value + 0.5] if entry.whole else [])]


@pytest.mark.parametrize(("code", "name"), EACH)
def test_nothing_outside_the_range_is_taken(code: str, name: str) -> None:
    for value in _outside(RULES[code][name]):
        with pytest.raises(UsageError, match=rf"^{code}\.{name}: should be a "):
            dataaudit.audit([{"prompt": "a", "completion": "b"}], thresholds={code: {name: value}})


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        pytest.param("SIM001.permutations=-1", "should be a whole number from 2 to 1,000, not -1", id="low"),
        pytest.param("SIM001.jaccard=5", "SIM001.jaccard: should be a number from 0.1 to 1, not 5", id="high"),
        pytest.param("near-duplicate.jaccard=0", "jaccard: should be a number from 0.1 to 1, not 0", id="name"),
        pytest.param("LAB006.folds=2.5", "LAB006.folds: should be a whole number from 2 to 100, not 2.5", id="part"),
    ],
)  # fmt: skip
def test_a_wrong_one_is_wrong_usage(setting: str, message: str, tmp_path: Path) -> None:
    data = tmp_path / "d.jsonl"
    data.write_text('{"prompt": "a", "completion": "b"}\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(data), "--config", f"thresholds.{setting}"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    (tmp_path / "dataaudit.toml").write_text(f"select = ['ALL']\nthresholds.{setting}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(data)])
    assert result.exit_code == 2
    assert f"{tmp_path / 'dataaudit.toml'}:2: thresholds: " in result.stderr
    assert message in result.stderr


def test_a_value_of_a_file_of_rules_lies_in_its_range() -> None:
    entry = {"unit": "rows", "why": "w", "source": "s", "date": "2026-01-01"}
    assert Threshold.validated({"value": 3, **entry}).allowed == "a number"
    assert Threshold.validated({"value": 3, "least": 1, "whole": True, **entry}).allowed == "a whole number from 1"
    with pytest.raises(ValueError, match="the value 3 should be a number up to 2"):
        Threshold.validated({"value": 3, "most": 2, **entry})
