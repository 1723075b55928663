from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from dataaudit.model import Report
from dataaudit.scoring.effort import LabelingPlan, labeling_plan
from tests.scoring.reports import alike, finding, report, split

CATALOGUE = load_catalogue()
TEN = [f"label {number}" for number in range(10)]
COUNTS = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 300), min_size=2, max_size=15)


def plan(made: Report, **settings: Any) -> LabelingPlan:
    return labeling_plan(made, CATALOGUE, Settings().changed(**settings))


def missing(made: LabelingPlan) -> dict[str, tuple[int, int]]:
    """Missing to the minimum and to the target, by category."""
    return {line.category: (line.missing_to_minimum, line.missing_to_target) for line in made.categories}


@pytest.mark.parametrize(
    ("task", "rows", "expected"),
    [
        pytest.param("behaviour", 30, (20, 70), id="below-both"),
        pytest.param("behaviour", 60, (0, 40), id="between"),
        pytest.param("behaviour", 400, (0, 0), id="above-both"),
        pytest.param("domain-knowledge", 0, (500, 2000), id="empty"),
    ],
)
def test_a_set_without_categories_is_one_line(task: str, rows: int, expected: tuple[int, int]) -> None:
    made = plan(report(task=task, train=split(rows)))
    assert missing(made) == {"all": expected}
    assert not made.by_category


def test_with_many_categories_each_needs_50_and_is_best_given_100() -> None:
    made = plan(report(task="classification", train=split(labels={**alike(TEN, 100), "label 3": 20, "label 7": 60})))
    assert (made.minimum, made.target) == (50, 100)
    assert {name: lack for name, lack in missing(made).items() if any(lack)} == {
        "label 3": (30, 80),
        "label 7": (0, 40),
    }
    assert [line.category for line in made.categories[:3]] == ["label 3", "label 7", "label 0"]


def test_few_categories_share_what_the_task_needs() -> None:
    made = plan(report(task="classification", train=split(labels={"ham": 90, "spam": 12})))
    # 200 and 500 in all: each is filled to 100 and to 250.
    assert missing(made) == {"spam": (88, 238), "ham": (10, 160)}
    assert sum(line.effective + line.missing_to_target for line in made.categories) == 500


def test_a_small_category_of_a_large_set_needs_no_equal_share() -> None:
    made = plan(report(task="classification", train=split(labels={"ham": 4000, "spam": 8})))
    assert missing(made) == {"spam": (2, 92), "ham": (0, 0)}


def test_minimums_are_those_of_the_rules_as_the_user_set_them() -> None:
    made = plan(
        report(task="classification", train=split(labels=alike(TEN, 60))), thresholds={"MIN003": {"rows_of_many": 70}}
    )
    assert made.minimum == 70
    assert made.to_minimum.number == 100


def test_declared_labels_without_a_row_are_categories_and_others_are_not() -> None:
    data = split(labels={"billing": 40, "delivry": 3, "chat": 9})
    made = plan(report(task="behaviour", counts={"LAB003": 12}, train=data), labels=["billing", "delivery", "returns"])
    assert {line.category: line.effective for line in made.categories} == {"returns": 0, "delivery": 3, "billing": 40}
    assert [note for note in made.notes if "LAB003" in note] == [
        "labels that look misspelt count with the label that is meant: 1 (LAB003)",
        "labels that were not declared are no categories here: 1 (LAB003)",
    ]


@pytest.mark.parametrize(("counts", "categories"), [({"LAB003": 2}, 2), ({}, 3)], ids=["judged", "not-asked-for"])
def test_a_misspelt_label_is_no_category_to_write_for(counts: dict[str, int], categories: int) -> None:
    data = split(labels={"remboursement": 40, "livraison": 40, "remboursment": 2})
    made = plan(report(task="classification", counts=counts, train=data))
    assert len(made.categories) == categories
    assert sum(line.rows for line in made.categories) == 82


def test_labels_that_the_report_does_not_list_are_one_line() -> None:
    data = split(labels=alike([f"n{number}" for number in range(1000)], 60))
    data["labels"]["labels"] = 1200
    data["rows"] = data["effective"] = 62_000
    made = plan(report(task="classification", train=data), thresholds={"LAB001": {"max_labels": 5000}})
    last = made.categories[-1]
    assert (made.more_categories, last.category, last.effective) == (200, "and 200 more", 2000)
    assert (last.missing_to_minimum, last.missing_to_target) == (200 * 50 - 2000, 200 * 100 - 2000)
    assert len(made.categories) == 1001


def test_too_many_labels_are_no_closed_set() -> None:
    made = plan(report(train=split(labels=alike([f"id {number}" for number in range(1001)], 1))))
    assert list(missing(made)) == ["all"]


def test_the_users_figures_stand_over_those_of_the_task() -> None:
    figures = {"minutes_per_example": (2, 3), "rate_usd_per_hour": (20, 30), "target_examples": (130, 130)}
    made = plan(report(train=split(100)), figures=figures)
    assert made.to_target.number == 30
    assert made.to_target.hours == pytest.approx((1, 1.5))
    assert made.to_target.cost == pytest.approx((20, 45))
    assert made.minutes_per_example.own


def test_a_target_below_the_minimum_is_said() -> None:
    made = plan(report(train=split(10)), figures={"target_examples": (30, 30)})
    assert missing(made) == {"all": (40, 20)}
    assert made.notes == ("the target of 30 is below the minimum of 50",)


@pytest.mark.parametrize(
    "figures", [{"minuts_per_example": (1, 2)}, {"rate_usd_per_hour": (9, 1)}], ids=["unknown", "high-to-low"]
)
def test_wrong_figures_are_refused(figures: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(UsageError):
        plan(report(train=split(10)), figures=figures)


def test_writing_is_for_the_training_split() -> None:
    made = plan(report(train=split(40), validation=split(9), test=split(500)))
    assert (made.split, made.rows) == ("train", 40)
    other = plan(report(corpus=split(40), extra=split(9)))
    assert (other.split, other.rows) == ("corpus", 40)


@pytest.mark.parametrize("name", ["validation", "test"])
def test_held_out_rows_are_no_training_set(name: str) -> None:
    held: dict[str, Any] = {name: split(400)}
    made = plan(report(**held))
    assert (made.rows, made.to_minimum.number) == (0, 50)
    assert made.notes == (f"there is no training set: all files are of the split {name}",)


def test_no_files_at_all() -> None:
    assert missing(plan(report())) == {"all": (50, 100)}


def test_a_missing_validation_set_is_said() -> None:
    assert plan(report(counts={"MIN005": 1}, train=split(60))).validation_missing
    assert not plan(report(train=split(60), validation=split(6))).validation_missing


def test_reviews_by_kind() -> None:
    made = plan(
        report(
            finding("SCH012", 2, "error"),
            finding("DUP003", 3),
            finding("DUP003", 4),
            finding("SIM003", 5),
            finding("LAB003", 6),
            finding("LAB006", 6),
            finding("LAB004", 7),
            finding("FMT001", 8),
            finding("FMT004", 8, "error"),
            finding("FMT010", 9, "info"),
            train=split(100, invalid=1, conflicting_rows=2, conflicting_groups=1, near_conflicts=1),
        )
    )
    assert {review.kind: (review.rules, review.rows, review.work.number) for review in made.reviews} == {
        "invalid": (("SCH012",), 1, 1),
        "conflict": (("DUP003",), 2, 1),
        "near-conflict": (("SIM003",), 1, 1),
        "label": (("LAB003",), 1, 1),
        "missing-label": (("LAB004",), 1, 1),
        "format": (("FMT001",), 1, 1),
    }
    assert all(review.work.minutes == (1.5, 9) for review in made.reviews)


def test_a_row_that_cannot_be_used_is_reviewed_once() -> None:
    made = plan(
        report(finding("SCH012", 2, "error"), finding("LAB004", 2), finding("FMT001", 2), train=split(9, invalid=1))
    )
    assert [review.kind for review in made.reviews] == ["invalid"]


def test_what_only_a_provider_refuses_is_no_broken_row() -> None:
    made = plan(report(finding("SCH013", 2, "error", providers=("gemini",)), train=split(9)))
    assert made.reviews == ()


def test_findings_that_are_not_kept_count_like_those_that_are() -> None:
    kept = [finding("FMT001", line, "warning" if line % 4 else "info") for line in range(1, 101)]
    made = plan(report(*kept, counts={"FMT001": 1000}, train=split(5000)))
    assert [review.rows for review in made.reviews] == [750]


def test_what_copies_and_conflicts_have_cost() -> None:
    facts: dict[str, Any] = {
        "exact_duplicates": 4,
        "normalized_duplicates": 1,
        "near_duplicates": 10,
        "conflicting_rows": 2,
    }
    counts = {"DUP001": 4, "DUP002": 1, "SIM001": 10, "DUP003": 2}
    made = plan(report(counts=counts, train=split(90, **facts), validation=split(9, **facts)))
    assert {waste.what: waste.work.number for waste in made.waste} == {
        "duplicates": 10,
        "near-duplicates": 20,
        "contradicting rows": 4,
    }
    assert made.waste[0].work.hours == pytest.approx((1, 1.5))
    assert made.waste[0].work.cost == pytest.approx((100, 200), abs=0.01)


def test_rules_that_were_not_asked_for_make_no_work() -> None:
    facts: dict[str, Any] = {
        "exact_duplicates": 4,
        "conflicting_rows": 2,
        "conflicting_groups": 2,
        "near_conflicts": None,
    }
    made = plan(report(train=split(90, **facts)))
    assert (made.waste, made.reviews) == ((), ())


def test_the_total_is_the_target_and_the_reviews() -> None:
    made = plan(report(finding("FMT001", 8), finding("LAB004", 9), train=split(90)))
    # 10 examples at 6 to 9 minutes, two reviews at 1.5 to 9.
    assert made.total_hours == pytest.approx((63 / 60, 108 / 60))
    assert made.total_cost == pytest.approx((105, 240), abs=0.05)


@given(COUNTS, st.sampled_from(["behaviour", "classification", "domain-knowledge"]))
def test_lines_add_up_to_the_total(labels: dict[str, int], task: str) -> None:
    made = plan(report(task=task, train=split(labels=labels)))
    assert sum(line.missing_to_minimum for line in made.categories) == made.to_minimum.number
    assert sum(line.missing_to_target for line in made.categories) == made.to_target.number
    assert sum(line.hours[1] for line in made.categories) == pytest.approx(made.to_target.hours[1], abs=0.01)
    assert json.dumps(made.as_json(), allow_nan=False)


@given(COUNTS, st.sampled_from(["behaviour", "classification", "domain-knowledge"]))
def test_what_is_written_reaches_what_is_needed(labels: dict[str, int], task: str) -> None:
    made = plan(report(task=task, train=split(labels=labels)))
    after = {line.category: line.effective + line.missing_to_target for line in made.categories}
    if len(after) == len(labels):
        assert plan(report(task=task, train=split(labels=after))).to_target.number == 0
    short = [line for line in made.categories if line.missing_to_target]
    assert all(line.effective + line.missing_to_target == made.target for line in short)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_labels_does_not_matter(labels: dict[str, int], dice: Any) -> None:
    names = list(labels)
    dice.shuffle(names)
    shuffled = split(labels={name: labels[name] for name in names})
    assert plan(report(train=split(labels=labels))) == plan(report(train=shuffled))


@given(st.integers(0, 6000), st.integers(0, 300))
def test_more_rows_never_need_more_work(rows: int, more: int) -> None:
    for task in ("behaviour", "classification", "domain-knowledge"):
        before, after = (plan(report(task=task, train=split(size))).to_target for size in (rows, rows + more))
        assert after.number <= before.number
        assert after.hours[0] <= before.hours[0]
        assert after.hours[1] <= before.hours[1]
