from __future__ import annotations

import pytest

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings
from dataaudit.model import Cap, Readiness, Report
from dataaudit.scoring.effort import LabelingPlan, labeling_plan
from dataaudit.scoring.labeling_queue import Task, labeling_queue
from tests.scoring.reports import finding, report, split


def planned(made: Report) -> tuple[LabelingPlan, tuple[Task, ...]]:
    plan = labeling_plan(made, load_catalogue(), Settings())
    return plan, labeling_queue(plan, made)


def test_a_line_for_each_category_that_lacks_examples() -> None:
    _, queue = planned(report(task="classification", train=split(labels={"ham": 600, "spam": 90, "odd": 100})))
    assert [(task.kind, task.category, task.rows, task.rule, task.because) for task in queue] == [
        ("write", "spam", 10, "MIN003", "90 of 100 examples")
    ]


def test_a_set_without_categories_names_none() -> None:
    _, queue = planned(report(train=split(90)))
    assert [(task.category, task.rows, task.rule) for task in queue] == [("", 10, "MIN002")]


def test_a_category_that_is_called_all() -> None:
    _, queue = planned(report(train=split(labels={"all": 4, "none": 300})))
    assert [task.category for task in queue] == ["all"]


def test_categories_that_the_report_does_not_list_have_no_name() -> None:
    data = split(labels={f"n{number}": 100 for number in range(10)})
    data["labels"]["labels"] = 12
    data["rows"] = data["effective"] = 1070
    _, queue = planned(report(task="classification", train=data))
    assert [(task.category, task.rows, task.because) for task in queue] == [
        ("", 130, "70 of 200 examples, 2 categories that the report does not list")
    ]


def test_a_line_for_each_row_to_look_at_and_one_for_the_rows_not_kept() -> None:
    kept = [finding("FMT001", line) for line in (7, 3)]
    plan, queue = planned(report(*kept, counts={"FMT001": 10}, train=split(200)))
    assert [(task.path, task.line, task.rule, task.rows) for task in queue] == [
        ("train.jsonl", 3, "FMT001", 1),
        ("train.jsonl", 7, "FMT001", 1),
        (None, None, "FMT001", 8),
    ]
    assert sum(task.hours[1] for task in queue) == pytest.approx(plan.total_hours[1])


def test_hours_of_a_group_are_shared_by_its_rows() -> None:
    rows = [finding("DUP003", line) for line in (2, 3, 4, 5)]
    plan, queue = planned(report(*rows, train=split(200, conflicting_rows=4, conflicting_groups=2)))
    assert len(queue) == 4
    assert sum(task.hours[1] for task in queue) == pytest.approx(plan.reviews[0].work.hours[1])
    assert plan.reviews[0].work.number == 2


def test_a_sample_of_labels_is_one_line_without_a_place() -> None:
    cap = Cap(rule="LAB006", grade="C", because="")
    readiness = Readiness(
        score=50.0, grade="C", ready=False, because="", interval=(40.0, 60.0), dimensions=(), caps=(cap,)
    )
    plan, queue = planned(report(finding("FMT001", 3), train=split(400)).replaced(readiness=readiness))
    assert [(task.line, task.rule, task.rows, task.because) for task in queue] == [
        (3, "FMT001", 1, "a message"),
        (None, "LAB006", 100, "check a sample of the labels: the prompts hardly tell them apart: 100 rows"),
    ]
    assert sum(task.hours[1] for task in queue) == pytest.approx(plan.total_hours[1])


def test_labels_that_are_only_estimated_are_no_task() -> None:
    made = report(train=split(500))
    figures = {"flagged": 0, "drawn_at_random": 0.1, "rows": 500}
    plan, queue = planned(made.replaced(statistics=made.statistics | {"label_errors": figures}))
    assert plan.reviews[0].estimated == 50
    assert queue == ()
