"""The calls that users write: data of every kind in, a report out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dataaudit
from dataaudit.errors import SourceError, UsageError

ROWS = [{"prompt": f"What is {n}?", "completion": f"A number, {n}."} for n in range(20)]


def _jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _generated() -> Iterator[dict[str, Any]]:
    yield from [*ROWS, ROWS[3]]


@pytest.mark.parametrize(
    "data",
    [[*ROWS, ROWS[3]], pd.DataFrame([*ROWS, ROWS[3]]), _generated()],
    ids=["rows", "DataFrame", "generator"],
)
def test_rows_in_memory_have_the_findings_of_a_file(data: Any, tmp_path: Path) -> None:
    of_file = dataaudit.audit(_jsonl(tmp_path / "train.jsonl", [*ROWS, ROWS[3]]))
    of_rows = dataaudit.audit(data)
    assert of_rows.counts == of_file.counts
    found = next(finding for finding in of_rows.findings if finding.rule == "DUP001")
    assert (found.path, found.line, found.related[0].line) == ("<rows>", 21, 4)


def test_several_paths_are_one_set(tmp_path: Path) -> None:
    first, second = _jsonl(tmp_path / "a.jsonl", ROWS), _jsonl(tmp_path / "b.jsonl", ROWS[:2])
    report = dataaudit.audit([first, second])
    assert [(f.path, f.line, f.related[0].path) for f in report.findings if f.rule == "DUP001"] == [
        (str(second), 1, str(first)),
        (str(second), 2, str(first)),
    ]


def test_splits_are_judged_apart(tmp_path: Path) -> None:
    _jsonl(tmp_path / "train.jsonl", ROWS)
    _jsonl(tmp_path / "valid.jsonl", ROWS[:2])
    report = dataaudit.audit(tmp_path)
    assert "DUP001" not in report.counts
    assert {file.split for file in report.files} == {"train", "validation"}


def test_report_as_json_and_table(tmp_path: Path) -> None:
    report = dataaudit.audit(_jsonl(tmp_path / "train.jsonl", [*ROWS, ROWS[0]]))
    data = json.loads(report.to_json())
    assert set(data) == {
        "version", "tool", "files", "findings", "counts", "statistics", "verdicts", "readiness", "plan", "estimate",
        "advice", "unchecked", "suppressed", "unused",
    }  # fmt: skip
    assert set(data["findings"][0]) == {
        "rule", "name", "severity", "path", "line", "column", "field", "message", "related", "fingerprint", "fix",
        "providers",
    }  # fmt: skip
    table = report.to_pandas()
    assert list(table["rule"]) == [finding["rule"] for finding in data["findings"]]


def test_fingerprints_survive_a_moved_row(tmp_path: Path) -> None:
    def prints(rows: list[dict[str, Any]]) -> set[str]:
        report = dataaudit.audit(_jsonl(tmp_path / "train.jsonl", rows), select=["DUP001", "SCH012"])
        return {finding.fingerprint for finding in report.findings}

    empty = {"prompt": "Why?", "completion": ""}
    before = prints([*ROWS, ROWS[3], empty])
    assert len(before) == 2
    assert prints([empty, ROWS[3], *ROWS]) == before


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"select": ["DUP01X"]}, "DUP01X"),
        ({"providers": ["togehter"]}, "did you mean together"),
        ({"task": "clasification"}, "did you mean classification"),
        ({"thresholds": {"LAB001": {"ration": 4}}}, "ration"),
        ({"shape": "openai"}, "openai"),
    ],
)
def test_wrong_settings_are_refused_with_a_hint(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        dataaudit.audit(ROWS, **settings)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"trian\.jsonl"):
        dataaudit.audit(tmp_path / "trian.jsonl")


def test_severity_and_thresholds_can_be_set() -> None:
    report = dataaudit.audit([*ROWS, ROWS[0]], severity={"exact-duplicate": "error", "MIN005": "off"})
    assert {f.rule: f.severity for f in report.findings}["DUP001"] == "error"
    assert "MIN005" not in report.counts


def test_empty_input_is_no_crash() -> None:
    report = dataaudit.audit([])
    assert report.statistics["rows"] == 0


SECRET = "sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z"


def test_no_secret_is_in_the_report_and_no_path_is_masked(tmp_path: Path) -> None:
    folder = tmp_path / "march 0612345678"
    folder.mkdir()
    line = f'{{"prompt": "a", "completion": "b", "{SECRET}": 1, "{SECRET}": 2}}\n'
    (folder / "train-1.jsonl").write_text(line)
    (folder / "train-2.jsonl").write_text('{"prompt": "a", "completion": "c"}\n')
    report = dataaudit.audit(folder, select=["SCH007", "DUP003"])
    assert [finding.rule for finding in report.findings] == ["SCH007", "DUP003"]
    assert SECRET not in report.to_json()
    assert str(folder / "train-1.jsonl") in report.findings[1].message


def test_a_provider_that_was_named_fails_the_run_beside_all_of_them() -> None:
    rows = [
        {"messages": [{"role": "user", "content": f"q{n}"}, {"role": "assistant", "content": f"a{n}"}], "id": n}
        for n in range(20)
    ]
    everyone = dataaudit.audit(rows, providers=["all"])
    assert "SCH011" not in everyone.counts
    named = dataaudit.audit(rows, providers=["all", "together"])
    assert named.counts["SCH011"] == 20
    assert len(named.verdicts) == len(everyone.verdicts)
    with pytest.raises(UsageError, match="foo"):
        dataaudit.audit(rows, providers=["all", "foo"])


@pytest.mark.parametrize("data", [None, 5, b"rows"])
def test_what_is_no_data_is_refused(data: Any) -> None:
    with pytest.raises(UsageError, match="no data"):
        dataaudit.audit(data)


def test_sums_are_no_labels() -> None:
    sums = [{"prompt": f"{a}+{b}=", "completion": str(a + b)} for a in range(10) for b in range(10)]
    assert dataaudit.audit(sums).statistics["splits"]["train"]["labels"] is None
    stars = [{"prompt": f"review {n}", "completion": str(n % 5 + 1)} for n in range(100)]
    assert dataaudit.audit(stars).statistics["splits"]["train"]["labels"]["labels"] == 5


@pytest.mark.parametrize("answer", ['{"intent": "refund"}', '```json\n{"category": "refund"}\n```', "refund"])
def test_a_label_in_the_answer_is_held_against_the_category(answer: str) -> None:
    good = [
        {"prompt": f"q{n}", "completion": ["billing", "refund"][n % 2], "category": ["billing", "refund"][n % 2]}
        for n in range(60)
    ]
    report = dataaudit.audit([*good, {"prompt": "odd", "completion": answer, "category": "billing"}], select=["LAB005"])
    assert [finding.line for finding in report.findings] == [61]


def test_all_or_none_blames_the_few() -> None:
    def row(number: int) -> dict[str, Any]:
        turns = [{"role": role, "content": [{"text": f"{role} {number}"}]} for role in ("user", "assistant")]
        return {"schemaVersion": "bedrock-conversation-2024", "messages": turns}

    rows = [row(number) for number in range(30)]
    rows[4]["system"] = [{"text": "Be brief."}]
    report = dataaudit.audit(rows, providers=["bedrock-nova2-sft"])
    assert [finding.line for finding in report.findings if "most have not" in finding.message] == [5]


def test_one_file_of_ambiguous_columns_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question,instruction\nx,y\n")
    _jsonl(tmp_path / "b.jsonl", [*ROWS, ROWS[0]])
    report = dataaudit.audit(tmp_path)
    (odd,) = (finding for finding in report.findings if finding.rule == "SCH023")
    assert (odd.path, odd.severity) == (str(tmp_path / "a.csv"), "error")
    assert "--prompt-column" in odd.message
    assert report.counts["DUP001"] == 1
    with pytest.raises(UsageError, match="--prompt-column"):
        dataaudit.audit(tmp_path / "a.csv")
