"""Groups with their texts, categories of findings, and the distributions behind plots."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit import audit
from dataaudit.engine.distributions import _edges
from dataaudit.engine.groups import readable


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> str:
    file = folder / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(file)


def pair(prompt: str, completion: str, **more: str) -> dict[str, Any]:
    return {"prompt": prompt, "completion": completion, **more}


def test_groups_of_each_rule(tmp_path: Path) -> None:
    rows = [
        pair("Where is the station?", "On the left."),
        pair("Where is the museum?", "In the old town."),
        pair("Where is the station?", "On the left."),
        pair("where is the MUSEUM", "In the old town!"),
        pair("Where is the station?", "On the left."),
        pair("Where is the station?", "On the right."),
    ]
    report = audit(write(tmp_path, "train.jsonl", rows), groups=True)
    found = {group.rule: (group.total, [row.line for row in group.rows]) for group in report.groups}
    assert found == {"DUP001": (3, [1, 3, 5]), "DUP002": (2, [2, 4]), "DUP003": (2, [1, 6])}
    conflict = next(group for group in report.groups if group.rule == "DUP003")
    assert [(row.prompt, row.answer) for row in conflict.rows] == [
        ("Where is the station?", "On the left."),
        ("Where is the station?", "On the right."),
    ]


def test_groups_only_when_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "train.jsonl", [pair("a b c", "d")] * 3)
    assert audit(path).groups == ()
    assert "groups" not in audit(path, groups=True).as_json()


def test_groups_only_of_rules_that_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "train.jsonl", [pair("a b c", "d")] * 3 + [pair("a b c", "e")])
    assert {group.rule for group in audit(path, groups=True, ignore=["DUP001"]).groups} == {"DUP003"}


def test_groups_of_two_splits_stay_apart(tmp_path: Path) -> None:
    rows = [pair(f"question {number}", "answer") for number in (1, 2, 1)]
    write(tmp_path, "train.jsonl", rows)
    write(tmp_path, "valid.jsonl", [*rows, rows[1]])
    report = audit(str(tmp_path), groups=True, select=["DUP001"])
    assert [[(Path(row.path).name, row.line) for row in group.rows] for group in report.groups] == [
        [("train.jsonl", 1), ("train.jsonl", 3)],
        [("valid.jsonl", 1), ("valid.jsonl", 3)],
        [("valid.jsonl", 2), ("valid.jsonl", 4)],
    ]


def test_groups_are_bounded(tmp_path: Path) -> None:
    rows = [pair(f"question {number}", "answer") for number in range(400) for _ in range(2)]
    rows += [pair("the largest", "x" * 100_000)] * 50
    groups = audit(write(tmp_path, "train.jsonl", rows), groups=True, select=["DUP001"]).groups
    assert len(groups) == 300
    assert groups[0].total == 50
    assert len(groups[0].rows) == 8
    assert len(groups[0].rows[0].answer or "") == 4003


def test_texts_are_masked_and_escaped(tmp_path: Path) -> None:
    row = pair("write to maria.lopez@example.com\nnow\u202e\x00", "tab\there \ud800")
    (group,) = audit(write(tmp_path, "train.jsonl", [row, row]), groups=True).groups
    assert "maria.lopez@example.com" not in group.rows[0].prompt
    assert group.rows[0].prompt.endswith("\nnow\\u202e\\x00")
    assert group.rows[0].answer == "tab\there \\ud800"


def test_findings_know_their_category(tmp_path: Path) -> None:
    rows = [{"text": f"text {number} about something", "label": "ab"[number % 2]} for number in range(12)]
    report = audit(write(tmp_path, "train.jsonl", [*rows, rows[3]]), groups=True, select=["DUP001", "LAB", "MIN005"])
    known = {finding.rule: (finding.line, finding.category) for finding in report.findings}
    assert (known["MIN005"], known["DUP001"]) == ((None, None), (13, "b"))
    assert all("category" not in finding.as_json() for finding in report.findings)


def test_rows_in_memory_have_groups_too() -> None:
    report = audit([pair("what is it?", "it is this")] * 2, groups=True)
    assert [group.rule for group in report.groups] == ["DUP001"]


@given(st.text(max_size=400), st.integers(1, 100))
def test_readable(text: str, most: int) -> None:
    shown = readable(text, most)
    assert len(shown) <= most + 3
    shown.encode("utf-8")
    assert all(character.isprintable() or character in "\n\t" for character in shown if ord(character) < 0x100)


def test_a_secret_across_the_cut_is_masked() -> None:
    secret = "maria.lopez.gonzalez@example.com"
    assert "lopez" not in readable("x" * 90 + " " + secret, 100)


def test_distributions(tmp_path: Path) -> None:
    rows = [pair("q" * number, "a") for number in range(1, 101)] + [pair("same", "answer")] * 4
    statistics = audit(write(tmp_path, "train.jsonl", rows)).statistics
    lengths = statistics["lengths"]
    assert sum(lengths["rows"]["train"]) == 104
    assert lengths["from"] == sorted(set(lengths["from"]))
    sizes = statistics["group_sizes"]
    assert dict(zip(sizes["from"], sizes["groups"]["DUP001"], strict=True))[4] == 1


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_bars_hold_every_length(values: list[int]) -> None:
    import numpy as np

    _, edges = _edges(np.array(values))
    assert edges == sorted(set(edges))
    assert edges[0] <= min(values)
    assert len(edges) <= 60


@pytest.mark.parametrize(
    ("values", "scale", "first"),
    [([44, 280, 323], "linear", 40), ([3, 80, 90_000], "logarithmic", 2), ([7], "linear", 7)],
)
def test_scales(values: list[int], scale: str, first: int) -> None:
    import numpy as np

    found, edges = _edges(np.array(values))
    assert (found, edges[0]) == (scale, first)
