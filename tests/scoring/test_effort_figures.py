from __future__ import annotations

import pytest

from dataaudit.catalogue import Task, load_catalogue
from dataaudit.errors import UsageError
from dataaudit.scoring.figures import check_figures, figure, review_minutes


@pytest.fixture
def task() -> Task:
    return load_catalogue().tasks["classification"]


def test_sources_that_disagree_make_one_range(task: Task) -> None:
    found = figure(task, "minimum_examples")
    assert found is not None
    assert (found.low, found.high, found.own) == (200, 5000, False)
    assert found.sources == (
        "a founder's guide to fine-tuning cost, 2026-11-21",
        "a SaaS team's guide to fine-tuning, 2026-05-01",
    )


def test_the_users_own_range_stands_alone(task: Task) -> None:
    found = figure(task, "minimum_examples", {"minimum_examples": (300, 400)})
    assert found is not None
    assert (found.low, found.high, found.own, found.sources) == (300, 400, True, ())


def test_a_figure_that_the_task_lacks(task: Task) -> None:
    assert figure(task, "no_such_figure") is None
    assert figure(load_catalogue().tasks["behaviour"], "per_category_minimum") is None


def test_reviews_follow_the_users_own_minutes(task: Task) -> None:
    own = {"minutes_per_example": (1.0, 2.0)}
    found = review_minutes(task, "minutes_per_conflict", own)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.25, 2))
    given = review_minutes(task, "minutes_per_conflict", own | {"minutes_per_conflict": (5.0, 9.0)})
    assert given is not None
    assert (given.low, given.high) == (5, 9)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        pytest.param({"minutes_per_exmple": (1, 2)}, "did you mean minutes_per_example?", id="misspelt"),
        pytest.param({"zzz": (1, 2)}, "one of cost_usd, ", id="unlike-any"),
        pytest.param({"minutes_per_example": (3, 2)}, "goes from 3 to 2", id="high-to-low"),
        pytest.param({"target_examples": (1, 1e300)}, "no figure is above", id="absurd"),
    ],
)
def test_wrong_figures_are_refused(own: dict[str, tuple[float, float]], words: str) -> None:
    with pytest.raises(UsageError, match="figures: ") as caught:
        check_figures(own, load_catalogue().tasks.values())
    assert words in str(caught.value)


def test_figures_of_other_tasks_are_known() -> None:
    check_figures({"per_category_minimum": (1, 2), "minutes_per_conflict": (1, 1)}, load_catalogue().tasks.values())
