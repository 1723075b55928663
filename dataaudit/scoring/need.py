"""How many examples a task takes, by its profile and the user's own figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.scoring.figures import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.catalogue import Task


class Need(NamedTuple):
    """How many examples a task takes.

    rows: what all sources together call enough. per_category: of each category; None where the task has no such figure.
    least: the task's minimum, for the cap. task: its id. because: why this task.
    """

    rows: float
    per_category: float | None
    least: float
    task: str
    because: str

    def of_each(self, categories: int) -> float | None:
        """What one of so many categories takes; None where the task has no figure for one.

        With few categories the whole set takes more than the sum of their figures: then it is the geometric mean of the
        figure and of the category's share of the whole. With none known (0) it is the figure for the whole set.
        """
        if self.per_category is None or not categories:
            return None if self.per_category is None else self.rows
        return max(self.per_category, math.sqrt(self.per_category * self.rows / categories))


def need_of(task: Task, because: str, own: Mapping[str, tuple[float, float]]) -> Need:
    """What the task takes: full marks at the upper end of the ranges that the sources give.

    because: why this task.
    """
    least, most = range_of(task, "minimum_examples", own)
    per_category = figure(task, "per_category_minimum", own)
    return Need(most, per_category.high if per_category is not None else None, least, task.id, because)


def range_of(task: Task, name: str, own: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """A figure of the task as (low, high); zeros where it has none."""
    found = figure(task, name, own)
    return (found.low, found.high) if found is not None else (0.0, 0.0)
