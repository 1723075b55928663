"""The task profiles say what their sources say.

The source of the table and of the running text below is "a founder's guide to fine-tuning cost": 50-100 examples of a
simple behavioural change take 5-15 hours and 500-2,000 USD; 500-1,000 of domain knowledge 40-80 hours and 4,000-12,000
USD; 1,000-5,000 of high-accuracy classification 100-200 hours and 10,000-30,000 USD.
"""

from __future__ import annotations

import math

import pytest

from dataaudit.catalogue import Catalogue, Task, load_catalogue
from dataaudit.config import Settings
from dataaudit.scoring.effort import LabelingPlan, labeling_plan, writing_minutes
from dataaudit.scoring.figures import figure
from tests.scoring.reports import report, split

FOUNDER = "a founder's guide to fine-tuning cost, 2026-11-21"
TABLE = [
    pytest.param("behaviour", (50, 100), (5, 15), (500, 2000), id="simple-behavioural-change"),
    pytest.param("domain-knowledge", (500, 1000), (40, 80), (4000, 12000), id="domain-knowledge"),
    pytest.param("classification", (1000, 5000), (100, 200), (10000, 30000), id="high-accuracy-classification"),
]
Span = tuple[float, float]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def of_nothing(catalogue: Catalogue, task: str, examples: Span) -> LabelingPlan:
    """The plan for a set of a task without a row, that is to have so many examples."""
    settings = Settings(figures={"minimum_examples": examples})
    return labeling_plan(report(task=task, train=split(0)), catalogue, settings)


@pytest.mark.parametrize(("task", "examples", "hours", "cost"), TABLE)
def test_the_table_of_the_guide(catalogue: Catalogue, task: str, examples: Span, hours: Span, cost: Span) -> None:
    profile = catalogue.tasks[task]
    for name, expected in (("examples_of_hours", examples), ("hours", hours), ("cost_usd", cost)):
        found = figure(profile, name)
        assert found is not None
        assert [found.low, found.high] == list(expected)
        assert FOUNDER in found.sources


@pytest.mark.parametrize(("task", "examples", "hours", "cost"), TABLE)
def test_a_plan_from_nothing_gives_the_table(
    catalogue: Catalogue, task: str, examples: Span, hours: Span, cost: Span
) -> None:
    plan = of_nothing(catalogue, task, examples)
    assert [plan.to_minimum.number, plan.to_target.number] == list(examples)
    assert (plan.to_minimum.hours[0], plan.to_target.hours[1]) == pytest.approx(hours, abs=1e-3)
    # The rate of 133.33 that its table implies for the first row is rounded.
    assert (plan.to_minimum.cost[0], plan.to_target.cost[1]) == pytest.approx(cost, rel=1e-4)


@pytest.mark.parametrize(("task", "examples", "hours", "cost"), TABLE)
def test_a_plan_for_a_number_of_the_guide_stays_in_its_ranges(
    catalogue: Catalogue, task: str, examples: Span, hours: Span, cost: Span
) -> None:
    low, high = (int(number) for number in examples)
    for number in range(low, high + 1, (high - low) // 50):
        done = of_nothing(catalogue, task, (number, number)).to_target
        assert hours[0] - 1e-3 <= done.hours[0] <= done.hours[1] <= hours[1] + 1e-3
        assert cost[0] * 0.9999 <= done.cost[0] <= done.cost[1] <= cost[1] * 1.0001


def test_the_running_text_of_the_guide(catalogue: Catalogue) -> None:
    """1,000 examples of a domain expert take 40-80 hours, 4,000-12,000 USD at consulting rates."""
    done = of_nothing(catalogue, "domain-knowledge", (1000, 1000)).to_target
    assert done.hours == pytest.approx((40, 80))
    assert done.cost == pytest.approx((4000, 12000))
    assert done.minutes == pytest.approx((2.4, 4.8))


def test_the_classification_row_is_no_product_of_ranges(catalogue: Catalogue) -> None:
    """The guide's effort an example falls with the size: 1,000 x 6 minutes are 100 hours, 5,000 x 2.4 minutes 200."""
    task = catalogue.tasks["classification"]
    minutes = figure(task, "minutes_per_example")
    assert minutes is not None
    assert minutes.times(1000).low / 60 < 100
    assert minutes.times(5000).high / 60 > 200
    few, many = writing_minutes(task, {}, 1000), writing_minutes(task, {}, 5000)
    assert (few.low, few.high) == pytest.approx((6, 6))
    assert (many.low, many.high) == pytest.approx((2.4, 2.4))


def test_past_the_numbers_of_the_guide_each_further_example_takes_the_usual_minutes(catalogue: Catalogue) -> None:
    below, at, above = (of_nothing(catalogue, "classification", (n, n)).to_target.hours for n in (700, 5000, 5010))
    assert below == pytest.approx((28, 70))
    assert at == pytest.approx((200, 200), abs=1e-3)
    assert above == pytest.approx((200.4, 201), abs=1e-3)


@pytest.mark.parametrize("task", ["behaviour", "domain-knowledge", "classification"])
def test_no_example_more_takes_hours_less(catalogue: Catalogue, task: str) -> None:
    hours = [of_nothing(catalogue, task, (n, n)).to_target.hours for n in range(0, 7000, 50)]
    assert all(low <= high for low, high in hours)
    assert [low for low, _ in hours] == sorted(low for low, _ in hours)
    assert [high for _, high in hours] == sorted(high for _, high in hours)


@pytest.mark.parametrize("task", ["behaviour", "domain-knowledge", "classification"])
def test_minutes_and_rates_follow_from_hours_and_cost(catalogue: Catalogue, task: str) -> None:
    profile = catalogue.tasks[task]
    minutes, rate = (figure(profile, name) for name in ("minutes_per_example", "rate_usd_per_hour"))
    hours, cost, examples = (figure(profile, name) for name in ("hours", "cost_usd", "examples_of_hours"))
    assert minutes
    assert rate
    assert hours
    assert cost
    assert examples
    at_ends = sorted(60 * time / number for time, number in ((hours.low, examples.low), (hours.high, examples.high)))
    assert minutes.low <= at_ends[0]
    assert minutes.high == pytest.approx(at_ends[1])
    assert (rate.low, rate.high) == pytest.approx((cost.low / hours.low, cost.high / hours.high), rel=1e-4)


REVIEWS = ("conflict", "label_review", "missing_label", "format_fix", "invalid_row")


@pytest.mark.parametrize("kind", REVIEWS)
@pytest.mark.parametrize("task", ["behaviour", "domain-knowledge", "classification"])
def test_minutes_of_a_review_are_marked_as_assumed(catalogue: Catalogue, task: str, kind: str) -> None:
    profile = catalogue.tasks[task]
    review, writing = figure(profile, f"minutes_per_{kind}"), figure(profile, "minutes_per_example")
    assert review
    assert writing
    assert review.sources == ("assumption of this project, 2026-11-21",)
    assert (review.low, review.high) == pytest.approx((writing.low / 4, writing.high))


def test_every_figure_is_a_range_of_real_numbers(catalogue: Catalogue) -> None:
    figures = [entry for task in catalogue.tasks.values() for found in task.figures.values() for entry in found]
    assert len(figures) > 40
    assert all(0 < entry.low <= entry.high and math.isfinite(entry.high) for entry in figures)


def test_no_target_is_below_the_minimum(catalogue: Catalogue) -> None:
    def ends(task: Task) -> tuple[float, float]:
        least, target = figure(task, "minimum_examples"), figure(task, "target_examples")
        assert least
        assert target
        return least.low, target.high

    assert {task.id: ends(task) for task in catalogue.tasks.values()} == {
        "behaviour": (50, 100),
        "classification": (200, 500),
        "domain-knowledge": (500, 2000),
    }
