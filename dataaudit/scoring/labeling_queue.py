"""The labeling plan as tasks for a labeling tool: so many examples of a category to write, and rows to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dataaudit.scoring.effort import Span
from dataaudit.scoring.reviews import reviews_of
from dataaudit.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.model import Report
    from dataaudit.scoring.effort import LabelingPlan, ReviewWork


class Task(Value):
    """One task.

    category: of examples to write; empty where the set has none, and for those that the report does not list.
    path, line: the row to look at. rows: examples to write, or rows to look at; without a line, the rows that the
    report does not keep. hours and cost (USD) add up to those of the plan, but for rounding.
    """

    kind: Literal["write", "review"]
    category: str
    path: str | None
    line: int | None
    rule: str | None
    rows: int
    hours: Span
    cost: Span
    because: str


def labeling_queue(plan: LabelingPlan, report: Report) -> tuple[Task, ...]:
    """What is to be written, most missing first, then what is to be reviewed, kind by kind in the order of the rows.

    `report` is the one that the plan was made of.
    """
    return (*_to_write(plan), *_to_review(plan, report))


def _to_write(plan: LabelingPlan) -> Iterator[Task]:
    for number, line in enumerate(plan.categories, 1):
        unlisted = plan.more_categories if number == len(plan.categories) else 0
        because = f"{line.effective:,} of {line.effective + line.missing_to_target:,} examples"
        if line.missing_to_target:
            yield Task(
                kind="write",
                category=line.category if plan.by_category and not unlisted else "",
                path=None,
                line=None,
                rule="MIN003" if plan.by_category else "MIN002",
                rows=line.missing_to_target,
                hours=line.hours,
                cost=line.cost,
                because=f"{because}, {unlisted:,} categories that the report does not list" if unlisted else because,
            )


def _to_review(plan: LabelingPlan, report: Report) -> Iterator[Task]:
    kept = {review.kind: review.findings for review in reviews_of(report)}
    for planned in plan.reviews:
        findings = kept.get(planned.kind, ())
        for finding in findings:
            yield _task(planned, 1, finding.path, finding.line, finding.rule, finding.message)
        rest = planned.rows - len(findings)
        if rest > 0:
            because = f"{planned.what}: {rest:,} {'more ' if findings else ''}rows"
            yield _task(planned, rest, None, None, _common(planned), because)


def _common(planned: ReviewWork) -> str | None:
    return planned.rules[0] if len(planned.rules) == 1 else None


def _task(planned: ReviewWork, rows: int, path: str | None, line: int | None, rule: str | None, because: str) -> Task:
    share = rows / planned.rows
    return Task(
        kind="review",
        category="",
        path=path,
        line=line,
        rule=rule,
        rows=rows,
        hours=_share(planned.work.hours, share, 4),
        cost=_share(planned.work.cost, share, 2),
        because=because,
    )


def _share(span: Span, share: float, digits: int) -> Span:
    low, high = span
    return round(low * share, digits), round(high * share, digits)
