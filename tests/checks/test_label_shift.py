"""LAB007: labels of the splits that are other ones, or spread otherwise, and splits that are alike."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

import dataaudit
from dataaudit.checks.label_shift import chance, total_variation

if TYPE_CHECKING:
    from dataaudit.model import Report

Shares = dict[str, int]


def _written(folder: Path, name: str, shares: Shares) -> str:
    rows = [{"text": f"{name} text {n} about {label}", "label": label} for label, c in shares.items() for n in range(c)]
    random.Random(3).shuffle(rows)
    file = folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(file)


def _audited(folder: Path, **splits: Shares) -> Report:
    return dataaudit.audit([_written(folder, name, shares) for name, shares in splits.items()], select=["LAB007"])


def _said(report: Report) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.message) for finding in report.findings]


EVEN = {"livraison": 100, "facture": 100}


@pytest.mark.parametrize(
    ("train", "test"),
    [
        pytest.param(EVEN, {"livraison": 40, "facture": 37}, id="about-even"),
        pytest.param(EVEN, {"livraison": 16, "facture": 8}, id="few-rows"),
        pytest.param({"ham": 870, "spam": 130}, {"ham": 180, "spam": 20}, id="skewed-alike"),
        pytest.param({"ham": 3000, "spam": 2000}, {"ham": 1300, "spam": 700}, id="sure-but-small"),
        pytest.param({f"قسم {n}": 40 for n in range(30)}, {f"قسم {n}": 10 for n in range(30)}, id="many-labels"),
        pytest.param({"a": 200, "b": 200, "c": 2}, {"a": 50, "b": 50}, id="a-rare-label-that-is-not-drawn"),
    ],
)
def test_alike_splits_have_no_finding(train: Shares, test: Shares, tmp_path: Path) -> None:
    assert _said(_audited(tmp_path, train=train, test=test)) == []


def test_a_label_without_training_rows_is_named_at_its_first_row(tmp_path: Path) -> None:
    report = _audited(tmp_path, train=EVEN, validation={**EVEN, "compte": 4, "retour": 1})
    words = "train has no row of 2 labels of validation: 'compte' (4 rows), 'retour' (1 row)"
    assert _said(report) == [("warning", words)]
    (finding,) = report.findings
    rows = (tmp_path / "validation.jsonl").read_text(encoding="utf-8").splitlines()
    assert finding.field == "label"
    assert json.loads(rows[(finding.line or 0) - 1])["label"] == "compte"


def test_a_long_list_of_labels_is_cut(tmp_path: Path) -> None:
    report = _audited(tmp_path, train=EVEN, validation={**EVEN, **{f"etichetta {n}": 2 for n in range(9)}})
    assert report.findings[0].message.endswith("'etichetta 4' (2 rows) and 4 more")


def test_a_label_that_is_spelled_otherwise_is_said_to_be(tmp_path: Path) -> None:
    report = _audited(tmp_path, train={"Đơn hàng": 60, "Hóa đơn": 60}, test={"đơn_hàng": 30, "Hóa đơn": 30})
    words = "train has no row of 1 label of test: 'đơn_hàng' (30 rows, in train spelled 'Đơn hàng')"
    assert _said(report) == [("warning", words)]


def test_other_vocabularies_are_one_finding(tmp_path: Path) -> None:
    report = _audited(tmp_path, train={"正面": 50, "负面": 40}, test={"1": 30, "0": 25})
    words = "test and train name their labels differently: '1', '0' in test, '正面', '负面' in train"
    assert _said(report) == [("warning", words)]


@pytest.mark.parametrize(
    ("train", "test", "severity"),
    [
        pytest.param({"ham": 870, "spam": 130}, {"ham": 130, "spam": 70}, "warning", id="large"),
        pytest.param({"ham": 650, "spam": 350}, {"ham": 160, "spam": 170}, "info", id="an-even-test-set"),
        pytest.param({"ham": 950, "spam": 50}, {"ham": 150, "spam": 150}, "warning", id="even-and-far-from-train"),
        pytest.param({"a": 300, "b": 200, "c": 100}, {"a": 380, "b": 140, "c": 60}, "info", id="mild"),
    ],
)
def test_other_shares_are_as_bad_as_they_are_far(train: Shares, test: Shares, severity: str, tmp_path: Path) -> None:
    shift = [one for one in _said(_audited(tmp_path, train=train, test=test)) if "spread unlike" in one[1]]
    assert [level for level, _ in shift] == [severity]


def test_the_labels_that_differ_most_come_first(tmp_path: Path) -> None:
    report = _audited(tmp_path, train={"a": 100, "b": 100, "c": 100}, test={"a": 100, "b": 50, "c": 10})
    assert "(distance 0.29): 'a' 62.5% against 33.3%, 'c' 6.2% against 33.3%, 'b' 31.2% against" in _said(report)[0][1]


def test_a_label_that_is_never_measured_is_a_note(tmp_path: Path) -> None:
    train = {f"etiket {n}": 100 for n in range(20)}
    report = _audited(tmp_path, train=train, test={label: 20 for label in train if label != "etiket 7"})
    assert _said(report) == [("info", "test has no row of 1 label of train: 'etiket 7' (100 rows)")]


@pytest.mark.parametrize(
    ("splits", "because"),
    [
        pytest.param({"train": EVEN}, "there is one split only", id="one-split"),
        pytest.param({"train": EVEN, "test": {"facture": 5}}, "labeled rows each", id="few-rows"),
    ],
)
def test_what_is_not_judged_says_why(splits: dict[str, Shares], because: str, tmp_path: Path) -> None:
    report = _audited(tmp_path, **splits)
    assert report.findings == ()
    assert next(one.because for one in report.unchecked if one.rule == "LAB007").endswith(because)


def test_every_split_is_held_against_the_training_set(tmp_path: Path) -> None:
    report = _audited(tmp_path, train=EVEN, validation=EVEN, test={"livraison": 90, "facture": 10})
    assert [message.partition(" are")[0] for _, message in _said(report)] == ["labels of test"]


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    splits = {"train": {"ham": 870, "spam": 130}, "test": {"ham": 60, "spam": 50, "x": 3}}
    first = _audited(tmp_path, **splits)
    for name in splits:
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(sorted(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")
    again = dataaudit.audit([str(tmp_path / f"{name}.jsonl") for name in splits], select=["LAB007"])
    assert sorted(_said(again)) == sorted(_said(first))


counts = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), min_size=2, max_size=40)


@given(counts)
def test_chance_is_that_of_the_chi_square_test(pairs: list[tuple[int, int]]) -> None:
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    exact = float(chi2_contingency([first, second], correction=False).pvalue)
    assert chance(first, second, 0) == pytest.approx(exact, abs=0.013)


@given(counts)
def test_the_distance_is_symmetric_and_bounded(pairs: list[tuple[int, int]]) -> None:
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    assert 0 <= total_variation(first, second) <= 1
    assert total_variation(first, second) == pytest.approx(total_variation(second, first))
    assert total_variation(first, first) == 0


def test_random_splits_pass() -> None:
    random_ = random.Random(11)
    labels = [f"l{n}" for n in range(40)]
    weights = [random_.random() for _ in labels]
    for _ in range(200):
        first, second = ([random_.choices(labels, weights, k=k).count(label) for label in labels] for k in (900, 250))
        assert chance(first, second, 5) > 0.0001
