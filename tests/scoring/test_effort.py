from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from dataaudit.model import Cap, FileSummary, Readiness, Report
from dataaudit.scoring.effort import LabelingPlan, labeling_plan
from tests.scoring.reports import alike, finding, report, split

CATALOGUE = load_catalogue()
TEN = [f"label {number}" for number in range(10)]
COUNTS = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 300), min_size=2, max_size=15)


def plan(made: Report, **settings: Any) -> LabelingPlan:
    return labeling_plan(made, CATALOGUE, Settings().changed(**settings))


def graded(**more: Any) -> Readiness:
    given = {"score": 50.0, "grade": "C", "ready": False, "because": "", "interval": (40.0, 60.0), "dimensions": ()}
    return Readiness(**{**given, **more})


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


@pytest.mark.parametrize(
    ("labels", "lacking"),
    [
        pytest.param({"a": 0, "b": 0, "c": 0}, {"a": (17, 34), "b": (17, 33), "c": (16, 33)}, id="empty"),
        pytest.param({"a": 16, "b": 15, "c": 17}, {"a": (0, 17), "b": (2, 19), "c": (0, 16)}, id="nearly"),
        pytest.param({"a": 20, "b": 15, "c": 14}, {"a": (0, 13), "b": (0, 18), "c": (1, 20)}, id="one-short"),
        pytest.param({"a": 40, "b": 9, "c": 9}, {"a": (0, 0), "b": (1, 21), "c": (1, 21)}, id="floor"),
    ],
)
def test_the_total_is_met_and_not_passed(labels: dict[str, int], lacking: dict[str, tuple[int, int]]) -> None:
    data = split(labels=labels)
    made = plan(report(task="behaviour", train=data))
    assert missing(made) == lacking
    assert made.to_target.number == 100 - made.effective


@given(COUNTS, st.integers(1, 5000))
def test_what_is_wanted_in_all_is_what_there_is_in_the_end(labels: dict[str, int], wanted: int) -> None:
    made = plan(report(train=split(labels=labels)), figures={"minimum_examples": (wanted, wanted)})
    after = sum(line.effective + line.missing_to_minimum for line in made.categories)
    floored = sum(max(line.effective, 50 if len(made.categories) >= 10 else 10) for line in made.categories)
    assert after == max(wanted, floored)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param({"target_per_category": (5, 10)}, (17, 10), id="target"),
        pytest.param({"target_per_category": (60, 60)}, (17, 60), id="target-above"),
        pytest.param({"per_category_minimum": (5, 8)}, (5, 8), id="minimum"),
        pytest.param({"per_category_minimum": (5, 8), "target_per_category": (20, 20)}, (5, 20), id="both"),
        pytest.param({"target_per_category": (5, 10), "target_examples": (90, 90)}, (17, 30), id="each-and-in-all"),
    ],
)
def test_the_users_figures_for_each_category_stand(
    figures: dict[str, tuple[float, float]], expected: tuple[int, int]
) -> None:
    made = plan(report(train=split(labels={"a": 2, "b": 3, "c": 4})), figures=figures)
    assert (made.minimum, made.target) == expected
    below = f"the target of {expected[1]} is below the minimum of {expected[0]}"
    assert (below in made.notes) == (expected[1] < expected[0])


@pytest.mark.parametrize(
    ("figures", "idle"),
    [
        pytest.param({"cost_usd": (1, 2), "plateau_examples": (5, 5)}, "cost_usd, plateau_examples", id="never-used"),
        pytest.param({"target_per_category": (5, 5)}, "target_per_category", id="no-categories"),
        pytest.param({"hours": (1, 2), "minutes_per_example": (1, 2)}, "hours", id="minutes-given-too"),
        pytest.param({"target_per_category": (5, 5), "target_examples": (5, 5)}, "", id="as-by-the-flag"),
        pytest.param({"hours": (1, 2), "minutes_per_conflict": (1, 2)}, "", id="used"),
    ],
)
def test_figures_that_change_nothing_are_named(figures: dict[str, tuple[float, float]], idle: str) -> None:
    notes = [note for note in plan(report(train=split(60)), figures=figures).notes if "change nothing" in note]
    assert notes == ([f"figures of yours that change nothing in this plan: {idle}"] if idle else [])


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
    assert made.notes == (
        "1,001 labels are more than the 1,000 of a closed set (LAB001 max_labels): they are not planned one by one",
    )


def test_labels_of_which_no_row_counts_are_those_of_the_grade() -> None:
    made = report(task="classification", train=split(30, effective=0)).replaced(
        readiness=graded(categories={"a": 0, "b": 0, "c": 0})
    )
    found = plan(made)
    assert missing(found) == {"a": (67, 167), "b": (67, 167), "c": (66, 166)}
    assert found.notes == ("no row is effective: rows are not counted by label",)


def test_a_label_of_which_no_row_counts_is_a_category() -> None:
    data = split(labels={"a": 40})
    data["labels"]["rows"] = {"a": 40, "b": 3}
    assert list(missing(plan(report(task="classification", train=data)))) == ["b", "a"]


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


def estimated(made: Report, **figures: Any) -> Report:
    return made.replaced(statistics=made.statistics | {"label_errors": figures})


@pytest.mark.parametrize(
    ("flagged", "drawn", "expected"),
    [
        pytest.param(2, 0.1, (2, 2, 50), id="more-than-named"),
        pytest.param(2, 0.004, (2, 2, None), id="as-many-as-named"),
        pytest.param(2, 0.001, (2, 2, None), id="fewer-than-named"),
        pytest.param(2, None, (2, 2, None), id="not-estimated"),
        pytest.param(0, 0.1, (0, 0, 50), id="none-named"),
    ],
)
def test_labels_that_are_wrong_by_estimate_are_said_and_not_paid_for(
    flagged: int, drawn: float | None, expected: tuple[int, int, int | None]
) -> None:
    made = report(*(finding("LAB006", line + 1) for line in range(flagged)), train=split(500))
    [review] = plan(estimated(made, flagged=flagged, drawn_at_random=drawn, rows=500)).reviews
    assert (review.rows, review.work.number, review.estimated) == expected
    assert review.rules == ("LAB006",)


def test_other_faults_of_labels_add_to_the_estimate() -> None:
    made = report(finding("LAB003", 1), finding("LAB006", 2), train=split(500))
    [review] = plan(estimated(made, flagged=1, drawn_at_random=0.1, rows=500)).reviews
    assert (review.rules, review.rows, review.estimated) == (("LAB003", "LAB006"), 2, 51)


@pytest.mark.parametrize(
    ("rule", "rows", "samples"),
    [
        pytest.param("LAB006", 500, [100], id="capped"),
        pytest.param("LAB006", 60, [60], id="few-rows"),
        pytest.param("LAB006", 0, [], id="no-rows"),
        pytest.param("LAB003, LAB005, LAB006", 500, [], id="wrong-labels-are-another-cap"),
        pytest.param("MIN002", 500, [], id="another-cap"),
    ],
)
def test_labels_that_could_not_be_verified_are_sampled(rule: str, rows: int, samples: list[int]) -> None:
    readiness = graded(caps=(Cap(rule=rule, grade="C", because="whatever"),))
    made = plan(report(train=split(rows)).replaced(readiness=readiness))
    assert [review.work.number for review in made.reviews] == samples
    assert [review.kind for review in made.reviews] == ["label-sample"] * len(samples)


def test_the_size_of_the_sample_is_the_users() -> None:
    made = report(train=split(500)).replaced(readiness=graded(caps=(Cap(rule="LAB006", grade="C", because=""),)))
    assert plan(made, scoring={"caps": {"unlearned": 40}}).reviews[0].rows == 40


@pytest.mark.parametrize("line", [None, 1], ids=["no-line", "a-line-of-a-file-without-rows"])
def test_a_file_that_cannot_be_read_is_no_row_to_mend(line: int | None) -> None:
    made = report(
        finding("SCH022", line, "error", path="b\x1b.jsonl", message="it is no data"),
        finding("SCH012", 2, "error"),
        train=split(9, invalid=1),
    )
    lost = FileSummary(path="b\x1b.jsonl", rows=0, bytes=1, sha256=None, shape="unknown", split="train")
    found = plan(made.replaced(files=(*made.files, lost)))
    assert [(review.rules, review.rows) for review in found.reviews] == [(("SCH012",), 1)]
    assert found.notes == (r"b\x1b.jsonl: it is no data",)


def test_many_files_that_cannot_be_read_are_not_all_named() -> None:
    made = plan(report(*(finding("SCH022", None, "error", path=f"{n:02}") for n in range(30)), train=split(9)))
    assert made.notes[19:] == ("19: a message", "10 more files have faults like these")


def test_an_empty_set_is_said() -> None:
    made = plan(report(finding("SCH022", None, "error", message="the file holds no rows"), train=split(0)))
    assert made.notes == ("train.jsonl: the file holds no rows", "there are no training rows")
    assert made.reviews == ()


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
    # A total that does not divide leaves some one below.
    assert {line.effective + line.missing_to_target for line in short} <= {made.target, made.target - 1}


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
