"""The grade of real runs: laws on files, and the promise of the next steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataaudit import audit
from tests.scoring.made import LABELS, Row, labeled, row, sentence

if TYPE_CHECKING:
    from dataaudit.model import Readiness, Report

BROKEN = '{"prompt": "cut off'
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Spoil = Callable[[list[Row], int], "Row | str"]


def written(lines: list[Row | str], folder: Path, name: str = "train.jsonl") -> Path:
    file = folder / name
    file.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return file


def graded(report: Report) -> Readiness:
    assert report.readiness is not None
    return report.readiness


def _typing_error(rows: list[Row], at: int) -> Row:
    words = rows[at]["prompt"].split()
    words[3] += "x"
    return {**rows[at], "prompt": " ".join(words)}


DEFECTS: dict[str, Spoil] = {
    "broken": lambda rows, at: BROKEN,
    "duplicate": lambda rows, at: dict(rows[at]),
    "nearly the same": _typing_error,
    "contradiction": lambda rows, at: {**rows[at], "completion": LABELS[LABELS.index(rows[at]["completion"]) - 1]},
    "no answer": lambda rows, at: {"prompt": sentence(500_000 + at), "completion": ""},
}


@pytest.mark.parametrize("defect", DEFECTS)
@QUICK
@given(at=st.integers(0, 79), times=st.integers(1, 4))
def test_a_defect_more_never_raises_the_score(
    tmp_path_factory: pytest.TempPathFactory, defect: str, at: int, times: int
) -> None:
    folder = tmp_path_factory.mktemp("law")
    rows = labeled(80)
    spoilt = [DEFECTS[defect](rows, (at + number) % len(rows)) for number in range(times)]
    before = graded(audit(written([*rows], folder)))
    after = graded(audit(written([*rows, *spoilt], folder)))
    assert after.score <= before.score
    assert after.grade >= before.grade
    falls = [
        was.score - now.score
        for was, now in zip(before.dimensions, after.dimensions, strict=True)
        if was.score is not None and now.score is not None
    ]
    assert max(falls) > 0


@QUICK
@given(order=st.permutations(range(24)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = labeled(60)
    rows += [rows[3], _typing_error(rows, 9), {**rows[5], "completion": "account"}, {"prompt": "x", "completion": ""}]
    shuffled = [*rows[24:], *(rows[number] for number in order)]
    assert graded(audit(shuffled)).as_json() == graded(audit(rows)).as_json()


def test_a_duplicated_file_does_not_score_better(tmp_path: Path) -> None:
    rows = labeled(80)
    once = graded(audit(written([*rows], tmp_path)))
    twice = graded(audit(written([*rows, *rows], tmp_path)))
    assert twice.score < once.score
    assert twice.grade >= once.grade


def test_an_empty_file_is_an_f(tmp_path: Path) -> None:
    found = graded(audit(written([], tmp_path)))
    assert (found.grade, found.score, found.because) == ("F", 0.0, "there are no training rows")


def test_only_training_rows_are_graded(tmp_path: Path) -> None:
    train = written([*labeled(80)], tmp_path)
    alone = graded(audit(train))
    held_out = written([BROKEN, BROKEN, *labeled(20)], tmp_path, "test.jsonl")
    assert graded(audit([train, held_out])).score == alone.score


def test_what_the_named_provider_refuses_is_an_f(tmp_path: Path) -> None:
    found = graded(audit(written([*labeled(80)], tmp_path), providers=["gemini"]))
    assert found.grade == "F"
    assert "gemini does not take the data" in found.caps[0].because
    assert found.next[0].action.startswith("mend what gemini")


def _spoilt(name: str) -> list[Row | str]:
    rows = labeled(160)
    lines: dict[str, list[Row | str]] = {
        "copies": [*rows, *rows, *rows],
        "broken": [*rows, *[BROKEN] * 40],
        "near": [*rows, *(_typing_error(rows, at) for at in range(120))],
        "contradictions": [*rows, *({**rows[at], "completion": LABELS[at % 4 - 1]} for at in range(40))],
        "few": [*labeled(30)],
        "all of it": [
            *labeled(90), *[BROKEN] * 12, *rows[:30],
            *({**rows[at], "completion": LABELS[at % 4 - 1]} for at in range(12)),
        ],
    }  # fmt: skip
    return lines[name]


def _carried_out(lines: list[Row | str], report: Report) -> list[Row | str]:
    """What the next steps say, done by the findings of the report."""
    drop: set[int] = set()
    for action in graded(report).next:
        codes = action.rules
        found = [finding for finding in report.findings if finding.line and finding.rule.startswith(codes)]
        if action.action.startswith(("remove", "set aside", "decide")):
            drop |= {finding.line for finding in found if finding.line}
    kept = [line for number, line in enumerate(lines, 1) if number not in drop]
    for action in graded(report).next:
        if action.action.startswith("write"):
            # The labels in turn: as even as the made rows are.
            kept += [row(1_000 * len(lines) + number, LABELS[number % len(LABELS)]) for number in range(action.rows)]
    return kept


@pytest.mark.parametrize("name", ["copies", "broken", "near", "contradictions", "few", "all of it"])
def test_carrying_out_the_next_steps_reaches_the_grade(name: str, tmp_path: Path) -> None:
    lines = _spoilt(name)
    for _ in range(5):
        report = audit(written(lines, tmp_path))
        before = graded(report)
        if before.target is None:
            break
        assert before.next, before.because
        lines = _carried_out(lines, report)
        after = graded(audit(written(lines, tmp_path)))
        assert "ABCDF".index(after.grade) <= "ABCDF".index(before.target), (before, after)
    assert graded(audit(written(lines, tmp_path))).grade == "A"
