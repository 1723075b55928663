"""The labeling plan: what is still to be written and reviewed, in hours and money, and what copies have cost.

Made of a report and the figures of the task, without a row. Hours and money are ranges, as the sources give ranges.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dataaudit.catalogue import given
from dataaudit.checks.limits import TRAIN, is_trained_on
from dataaudit.errors import UsageError
from dataaudit.scoring.categories import Need, categories_of
from dataaudit.scoring.figures import Range, check_figures, figure, review_minutes
from dataaudit.scoring.plan_notes import notes_of
from dataaudit.scoring.reviews import reviews_of, sample_of
from dataaudit.scoring.scheme import scheme
from dataaudit.values import Value

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Task
    from dataaudit.config import Settings
    from dataaudit.model import Report
    from dataaudit.scoring.figures import Own

Span = tuple[float, float]


class Work(Value):
    """Things to do of one kind: how many, minutes of each, hours and money (USD) of all."""

    number: int
    minutes: Span
    hours: Span
    cost: Span


class Category(Value):
    """What one label has and lacks. `hours` and `cost` (USD) are those of what is missing to the target."""

    category: str
    rows: int
    effective: int
    missing_to_minimum: int
    missing_to_target: int
    hours: Span
    cost: Span


class ReviewWork(Value):
    """Rows to look at because of some rules. `work.number` counts decisions: one a group of contradicting rows.

    estimated: how many there are by the estimate of a learned model, where these are more than the rows that are named.
    """

    kind: str
    what: str
    rules: tuple[str, ...]
    rows: int
    work: Work
    estimated: int | None = None


class Waste(Value):
    """Rows that were paid for and do not count, at what writing them costs."""

    what: str
    rules: tuple[str, ...]
    work: Work


class LabelingPlan(Value):
    """What the training split still needs.

    minimum, target: examples of each category, or of the set where it has no categories; where a total does not divide,
    some categories stay one below. categories: most missing first, then by name; the one of a set without categories is
    'all'. more_categories: how many more there are than the report lists, taken together in the last entry. to_minimum,
    to_target: the examples to be written. notes: what else there is to say, such as files that give no rows.
    """

    task: str
    task_because: str
    split: str
    rows: int
    effective: int
    by_category: bool
    minimum: int
    target: int
    categories: tuple[Category, ...]
    more_categories: int
    to_minimum: Work
    to_target: Work
    reviews: tuple[ReviewWork, ...]
    waste: tuple[Waste, ...]
    total_hours: Span
    total_cost: Span
    minutes_per_example: Range
    rate_usd_per_hour: Range
    validation_missing: bool
    notes: tuple[str, ...] = ()


ALL = "all"


def labeling_plan(report: Report, catalogue: Catalogue, settings: Settings) -> LabelingPlan:
    """What is to be written and reviewed.

    Writing is for the split that is trained on, reviewing for all files. The total is what is missing to the target
    and all reviews.

    Raises:
        UsageError: `settings.figures` names an unknown figure, or the task has no minutes an example or no rate.
    """
    own = settings.figures
    check_figures(own, catalogue.tasks.values())
    task, because = _task(report, catalogue)
    split = _split(report)
    facts: Mapping[str, Any] = report.statistics["splits"].get(split, {}) if is_trained_on(split) else {}
    rate = _demanded(task, "rate_usd_per_hour", own)
    thresholds = given(catalogue, settings.severity, settings.thresholds)
    need = categories_of(
        facts,
        task,
        own,
        thresholds,
        settings.labels,
        misspelt="LAB003" in report.counts,
        graded=report.readiness.categories if report.readiness is not None else (),
    )
    least, most = sum(need.minimum.missing), sum(need.target.missing)
    minutes = writing_minutes(task, own, most)
    to_target = work(most, minutes, rate)
    reviews = _reviews(report, task, settings, rate, facts.get("effective", 0))
    parts = [to_target, *(review.work for review in reviews)]
    return LabelingPlan(
        task=task.id,
        task_because=because,
        split=split,
        rows=facts.get("rows", 0),
        effective=facts.get("effective", 0),
        by_category=need.by_category,
        minimum=need.minimum.each,
        target=need.target.each,
        categories=_lines(need, minutes, rate),
        more_categories=need.more,
        to_minimum=work(least, writing_minutes(task, own, least), rate),
        to_target=to_target,
        reviews=reviews,
        waste=_waste(report, task, own, rate),
        total_hours=_sum(part.hours for part in parts),
        total_cost=_sum(part.cost for part in parts),
        minutes_per_example=_demanded(task, "minutes_per_example", own),
        rate_usd_per_hour=rate,
        validation_missing="MIN005" in report.counts,
        notes=tuple(notes_of(report, split, need, own)),
    )


def _reviews(report: Report, task: Task, settings: Settings, rate: Range, effective: int) -> tuple[ReviewWork, ...]:
    own = settings.figures
    return tuple(
        ReviewWork(
            kind=review.kind,
            what=review.what,
            rules=review.rules,
            rows=review.rows,
            work=work(review.units, _found(review_minutes(task, review.figure, own), task, review.figure), rate),
            estimated=review.estimated,
        )
        for review in (*reviews_of(report), *sample_of(report, effective, scheme(settings.scoring)))
    )


def writing_minutes(task: Task, own: Own, number: int) -> Range:
    """Minutes an example, where so many are written.

    A source may give the hours of a whole set beside the number of its examples. Then from the lowest number on the
    hours are at least its lowest; up to the highest number they are at most its highest, and each further example adds
    its usual minutes. So 1,000 to 5,000 labels take 100 to 200 hours: 6 minutes each for the lowest number, 2.4 for the
    highest, which no product of ranges says. The user's own minutes hold as they are.

    Raises:
        UsageError: the task has no minutes an example.
    """
    minutes = _demanded(task, "minutes_per_example", own)
    hours, numbers = figure(task, "hours", own), figure(task, "examples_of_hours", own)
    if minutes.own or hours is None or numbers is None or not number:
        return minutes
    most = hours.high * 60 + max(0.0, number - numbers.high) * minutes.high
    least = hours.low * 60 if number >= numbers.low else 0.0
    high = min(minutes.high, most / number)
    return minutes.replaced(low=min(max(minutes.low, least / number), high), high=high)


def work(number: int, minutes: Range, rate: Range) -> Work:
    """Hours: number x minutes / 60; money: hours x rate."""
    low, high = minutes.low * number / 60, minutes.high * number / 60
    return Work(
        number=number,
        minutes=_span(minutes.low, minutes.high),
        hours=_span(low, high),
        cost=_span(low * rate.low, high * rate.high, 2),
    )


def _span(low: float, high: float, digits: int = 4) -> Span:
    return round(low, digits), round(high, digits)


def _sum(spans: Any) -> Span:
    lows, highs = zip(*spans, strict=True)
    return _span(math.fsum(lows), math.fsum(highs))


def _task(report: Report, catalogue: Catalogue) -> tuple[Task, str]:
    chosen = report.statistics.get("task")
    if chosen is None:
        raise UsageError("the report names no task", hint="give --task")
    return catalogue.tasks[chosen["id"]], chosen["because"]


def _split(report: Report) -> str:
    """The split that is trained on: `train`, else the first one."""
    splits = report.statistics["splits"]
    return TRAIN if TRAIN in splits else next(iter(splits), TRAIN)


def _demanded(task: Task, name: str, own: Own) -> Range:
    return _found(figure(task, name, own), task, name)


def _found(found: Range | None, task: Task, name: str) -> Range:
    if found is None:
        raise UsageError(f"the task {task.id!r} has no figure {name!r}", hint="set it in the table figures")
    return found


def _lines(need: Need, minutes: Range, rate: Range) -> tuple[Category, ...]:
    lines = []
    for count, least, missing in zip(need.counts, need.minimum.missing, need.target.missing, strict=True):
        done = work(missing, minutes, rate)
        lines.append(
            Category(
                category=count.label or ALL,
                rows=count.rows,
                effective=count.effective,
                missing_to_minimum=least,
                missing_to_target=missing,
                hours=done.hours,
                cost=done.cost,
            )
        )
    listed = len(lines) - (need.more > 0)
    first = sorted(lines[:listed], key=lambda line: (-line.missing_to_target, -line.missing_to_minimum, line.category))
    return (*first, *lines[listed:])


_WASTE = (
    ("duplicates", ("DUP001", "DUP002"), ("exact_duplicates", "normalized_duplicates")),
    ("near-duplicates", ("SIM001",), ("near_duplicates",)),
    ("contradicting rows", ("DUP003",), ("conflicting_rows",)),
)


def _waste(report: Report, task: Task, own: Own, rate: Range) -> tuple[Waste, ...]:
    """Rows of all splits; those of rules that were not asked for do not count."""
    found = []
    for what, rules, names in _WASTE:
        if report.counts.keys() & set(rules):
            splits = report.statistics["splits"].values()
            rows = sum(split.get(name) or 0 for split in splits for name in names)
            if rows:
                minutes = writing_minutes(task, own, rows)
                found.append(Waste(what=what, rules=rules, work=work(rows, minutes, rate)))
    return tuple(found)
