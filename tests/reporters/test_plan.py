from __future__ import annotations

import csv
import io
import json
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings
from dataaudit.model import Report
from dataaudit.reporters import View
from dataaudit.reporters.plan import plan_csv, plan_json, plan_text
from dataaudit.scoring.effort import LabelingPlan, labeling_plan
from dataaudit.scoring.labeling_queue import Task, labeling_queue
from dataaudit.text.safe import display_width
from tests.scoring.reports import alike, finding, report, split

CATALOGUE = load_catalogue()


def planned(made: Report, **settings: Any) -> LabelingPlan:
    return labeling_plan(made, CATALOGUE, Settings().changed(**settings))


def task(**fields: Any) -> Task:
    given: dict[str, Any] = {"kind": "review", "category": "", "path": "train.jsonl", "line": 1, "rule": "FMT001"}
    return Task(**{**given, "rows": 1, "hours": (0.0, 1.0), "cost": (0.0, 1.0), "because": "it is so", **fields})


def test_the_whole_text() -> None:
    data = split(labels={"billing": 40, "returns": 8}, conflicting_rows=2, conflicting_groups=1, exact_duplicates=6)
    made = report(
        finding("DUP003", 3),
        finding("DUP003", 4),
        finding("FMT001", 8),
        counts={"DUP001": 6, "DUP003": 2, "FMT001": 1, "MIN005": 1},
        train=data,
    )
    assert plan_text(planned(made, figures={"rate_usd_per_hour": (20, 30)}), View()) == dedent(
        """\
        Labeling plan for train
        Task: behaviour (given)
        48 rows, 48 of them effective. 2 categories: each needs 10 examples and is best
        given 50.
        There is no validation set: set examples apart, or write some more (MIN005).

        To write: examples missing to the minimum and to the target
          category  rows  effective  minimum  target    hours  USD
          returns      8          8        2      42  4.2-6.3  84-189
          billing     40         40        0      10    1-1.5  20-45
          all         48         48        2      52  5.2-7.8  104-234
          To the minimum: 2 examples at 6-9 minutes, 0.2-0.3 hours, 4-9 USD.
          To the target: 52 examples at 6-9 minutes, 5.2-7.8 hours, 104-234 USD.

        To review
          number      hours  USD  what
               1  0.03-0.15  0-4  decide between contradicting answers (DUP003, 2 rows)
               1  0.03-0.15  0-4  bring answers into the common format (FMT001)

        Spent so far on rows that do not count, if each was written by hand
          rows    hours    USD  what
             6  0.6-0.9  12-27  duplicates (DUP001, DUP002)
             2  0.2-0.3    4-9  contradicting rows (DUP003)

        Writing to the target and reviewing: 5.2-8.1 hours, 105-243 USD.

        Figures
          minutes an example  6-9 (a founder's guide to fine-tuning cost, 2026-11-21)
          USD an hour         20-30 (yours)
          minutes a review    assumed: between a quarter of and the whole writing of an
                              example
        """
    )


def test_wrong_labels_by_estimate_and_files_that_cannot_be_read() -> None:
    found = [finding("LAB006", line) for line in range(1, 22)]
    made = report(*found, finding("SCH022", None, "error", path="b.csv", message="it is no data"), train=split(500))
    figures = {"flagged": 21, "drawn_at_random": 0.572, "rows": 500}
    text = plan_text(planned(made.replaced(statistics=made.statistics | {"label_errors": figures})), View())
    assert "Note: b.csv: it is no data.\n" in text
    assert (
        "      21  0.53-3.1  52-420  check labels that may be wrong (LAB006; 21 listed of\n"
        "                            about 286 estimated)\n"
    ) in text


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({"a": 1, "b": 1, "c": 1}, "each needs 16 or 17 examples"),
        ({"a": 1, "b": 1}, "each needs 25 examples"),
    ],
    ids=["uneven", "even"],
)
def test_a_total_that_does_not_divide(labels: dict[str, int], words: str) -> None:
    text = plan_text(planned(report(train=split(labels=labels))), View(width=200))
    assert words in text


def test_nothing_to_write() -> None:
    text = plan_text(planned(report(train=split(400))), View())
    assert "To write\n  nothing\n" in text
    assert "To review" not in text
    assert "Spent so far" not in text
    assert "Writing to the target and reviewing: 0 hours, 0 USD." in text


def test_many_categories_are_folded_and_the_rest_is_summed() -> None:
    labels = {
        **alike([f"short {number:02}" for number in range(30)], 40),
        **alike([f"full {n}" for n in range(9)], 200),
    }
    lines = plan_text(planned(report(task="classification", train=split(labels=labels))), View()).splitlines()
    assert sum(line.startswith("  short ") for line in lines) == 20
    folded = [line.split() for line in lines if line.startswith(("  10 others", "  9 with", "  all "))]
    assert [words[-6:] for words in folded] == [
        ["400", "400", "100", "600", "33-60", "3,333-9,000"],
        ["1,800", "1,800", "0", "0", "0", "0"],
        ["3,000", "3,000", "300", "1,800", "100-180", "10k-27k"],
    ]


def test_labels_that_the_report_does_not_list_are_counted() -> None:
    data = split(labels=alike([f"n{number}" for number in range(1000)], 60))
    data["labels"]["labels"] = 1200
    data["rows"] = data["effective"] = 62_000
    text = plan_text(planned(report(train=data), thresholds={"LAB001": {"max_labels": 5000}}), View())
    assert "1,200 categories: " in text
    assert "\n  and 200 more " in text
    assert "\n  1,000 with enough " in text


@pytest.mark.parametrize("name", ["x" * 300, "請求書" * 40, "a\x1b[31mred\x1b[0m\nline", "\u202egnp.exe", "\ud800"])
def test_labels_never_break_the_page(name: str) -> None:
    made = planned(report(task="classification", train=split(labels={**alike(["a", "b"], 3000), name: 7})))
    text = plan_text(made, View())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert all(display_width(line) <= 80 for line in text.splitlines())
    text.encode("utf-8")


def test_colours_only_where_they_are_wanted() -> None:
    made = planned(report(train=split(20)))
    assert "\x1b[1mLabeling plan" in plan_text(made, View(color=True))
    assert "\x1b" not in plan_text(made, View())


def test_json_holds_the_plan_and_the_queue() -> None:
    made = report(finding("FMT001", 8), train=split(labels={"billing": 40, "returns": 8}))
    plan = planned(made)
    data = json.loads(plan_json(plan, labeling_queue(plan, made)))
    assert LabelingPlan.validated({name: value for name, value in data.items() if name != "queue"}) == plan
    assert [(one["kind"], one["category"], one["line"], one["rows"]) for one in data["queue"]] == [
        ("write", "returns", None, 42),
        ("write", "billing", None, 10),
        ("review", "", 8, 1),
    ]


def test_the_whole_csv() -> None:
    made = report(finding("FMT001", 8, message='not "JSON", but text'), train=split(labels={"a": 60, "=1+1": 58}))
    plan = planned(made, figures={"rate_usd_per_hour": (100, 100), "target_examples": (120, 120)})
    assert plan_csv(labeling_queue(plan, made)) == dedent(
        """\
        kind,category,path,line,rule,rows,hours_low,hours_high,cost_usd_low,cost_usd_high,because
        write,'=1+1,,,MIN003,2,0.2,0.3,20.0,30.0,58 of 60 examples
        review,,train.jsonl,8,FMT001,1,0.025,0.15,2.5,15.0,"not ""JSON"", but text"
        """
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "＋", "－", "＠", "=\x00"])
@pytest.mark.parametrize("column", ["category", "path", "because"])
def test_no_cell_is_a_formula(start: str, column: str) -> None:
    [_, row] = csv.reader(io.StringIO(plan_csv([task(**{column: f"{start}cmd|' /C calc'!A0"})])))
    assert not any(
        cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for cell in row
    )


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5))
def test_every_task_is_one_line_of_eleven_cells(words: list[tuple[str, str, str]]) -> None:
    text = plan_csv([task(category=one, path=two, because=three) for one, two, three in words])
    rows = list(csv.reader(io.StringIO(text)))
    assert [len(row) for row in rows] == [11] * (len(words) + 1)
    assert text.count("\n") == len(rows)
    text.encode("utf-8")
