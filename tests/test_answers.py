"""What is learned of a set, and how outputs are held against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dataaudit
from dataaudit.answers import consistency, learn
from dataaudit.errors import SourceError, UsageError

TRAIN = Path("fixtures/formats/train.jsonl")
PROMPTED = Path("fixtures/formats/prompted.jsonl")
TUNED = Path("fixtures/formats/tuned.jsonl")


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_format_of_a_set_is_told_in_words() -> None:
    (figure,) = learn(TRAIN).figures
    assert (figure["rows"], figure["agreeing"]) == (80, 80)
    assert figure["format"].startswith("100 % of the answers are one JSON object with keys label (4 values), urgent")


def test_files_of_outputs_stand_side_by_side() -> None:
    report = consistency([PROMPTED, TUNED], against=TRAIN)
    assert [(file.outputs, file.agreeing, file.enough, file.passed) for file in report.files] == [
        (120, 84, True, False),
        (120, 116, True, True),
    ]
    for file in report.files:
        assert file.low < file.rate < file.high
    assert {found.rule for found in report.files[0].deviations} == {"FMT001", "FMT002", "FMT003", "FMT004", "FMT005"}
    assert report.files[1].deviations[0].lines


def test_outputs_without_prompts_are_outputs(tmp_path: Path) -> None:
    rows = [json.loads(line)["messages"][-1]["content"] for line in TUNED.read_text(encoding="utf-8").splitlines()]
    bare = _write(tmp_path / "outputs.jsonl", [{"text": row} for row in rows])
    assert consistency(bare, against=TRAIN).files[0].agreeing == 116


def test_a_contract_takes_the_place_of_the_training_set(tmp_path: Path) -> None:
    contract, schemas = learn(TRAIN).formats.to_contract("answers")
    (tmp_path / "answers.toml").write_text(contract, encoding="utf-8")
    for name, schema in schemas.items():
        (tmp_path / name).write_text(json.dumps(schema), encoding="utf-8")
    report = consistency(TUNED, contract=tmp_path / "answers.toml")
    assert report.files[0].agreeing == 116
    audited = dataaudit.audit(PROMPTED, select=["FMT"], format_contract=tmp_path / "answers.toml")
    assert len({finding.line for finding in audited.findings}) == 36
    assert audited.counts["FMT006"] == 9


def test_few_outputs_do_not_reach_the_bar(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(TUNED.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    (file,) = consistency(few, against=TRAIN).files
    assert not file.enough
    assert not file.passed


def test_what_a_majority_of_the_training_set_lacks_is_no_deviation(tmp_path: Path) -> None:
    mixed = [
        {"prompt": f"q{n}", "completion": ["Yes.", '{"a": 1}', "- one\n- two", "print(1)"][n % 4]} for n in range(80)
    ]
    train = _write(tmp_path / "train.jsonl", mixed)
    (file,) = consistency(TUNED, against=train).files
    assert file.agreeing == file.outputs


@pytest.mark.parametrize("options", [{}, {"against": TRAIN, "contract": TRAIN}], ids=["neither", "both"])
def test_one_standard_is_needed(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="either a training set or a format contract"):
        consistency(TUNED, **options)


def test_a_set_without_answers_teaches_nothing(tmp_path: Path) -> None:
    path = _write(tmp_path / "train.jsonl", [{"text": f"plain text {n}"} for n in range(30)])
    with pytest.raises(SourceError, match="no answers to learn from"):
        learn(path)


def test_a_file_without_outputs_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("")
    with pytest.raises(SourceError, match="no outputs"):
        consistency(empty, against=TRAIN)
