"""The labeling plan as text, JSON or CSV. Computes nothing; the CSV is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View, plural, table, wrap
from dataaudit.text.safe import clip, display_width, escape

if TYPE_CHECKING:
    from dataaudit.scoring.effort import Category, LabelingPlan, ReviewWork, Span, Work
    from dataaudit.scoring.figures import Range
    from dataaudit.scoring.labeling_queue import Task

FORMATS = ("full", "json", "csv")

_SHOWN = 20
_HEAD = ("category", "rows", "effective", "minimum", "target", "hours", "USD")
_THOUSANDS_FROM = 10_000
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = (
    "kind",
    "category",
    "path",
    "line",
    "rule",
    "rows",
    "hours_low",
    "hours_high",
    "cost_usd_low",
    "cost_usd_high",
    "because",
)


def plan_json(plan: LabelingPlan, queue: Sequence[Task]) -> str:
    """The plan as an object, with the tasks under `queue`."""
    data = plan.as_json() | {"queue": [task.as_json() for task in queue]}
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def plan_csv(queue: Sequence[Task]) -> str:
    """The tasks, one a line. A cell that a spreadsheet would run as a formula starts with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for task in queue:
        line = "" if task.line is None else task.line
        words = [_cell(word or "") for word in (task.kind, task.category, task.path)]
        writer.writerow([*words, line, _cell(task.rule or ""), task.rows, *task.hours, *task.cost, _cell(task.because)])
    return text.getvalue()


def _cell(text: str) -> str:
    text = escape(text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def plan_text(plan: LabelingPlan, view: View) -> str:
    """What is missing by category, what is to be reviewed, what was wasted, and the figures that it is made with."""
    lines = [
        *_head(plan, view),
        *_writing(plan, view),
        *_reviews(plan, view),
        *_wasted(plan, view),
        *_total(plan, view),
        *_figures(plan, view),
    ]
    return "".join(line + "\n" for line in lines)


def plan_brief(plan: LabelingPlan, view: View) -> list[str]:
    """What is missing, what is to be reviewed, and the total: the part of a page that holds more."""
    lines = _ends(plan, view)
    for review in plan.reviews:
        hours, cost = _spans(review.work.hours, review.work.cost)
        what = "; ".join((review.what, *_estimate(review)))
        words = f"To review: {plural(review.work.number, 'item')} ({what}), {hours} hours, {cost} USD."
        lines += wrap(words, view.width, "  ", "    ")
    hours, cost = _spans(plan.total_hours, plan.total_cost)
    return [*lines, *wrap(f"Writing to the target and reviewing: {hours} hours, {cost} USD.", view.width, "  ")]


def _head(plan: LabelingPlan, view: View) -> list[str]:
    head = view.paint(f"Labeling plan for {escape(plan.split)}", "bold")
    if plan.by_category:
        number = len(plan.categories) + max(0, plan.more_categories - 1)
        named = plural(number, "category", "categories")
        least = _each(plan.minimum, [line.effective + line.missing_to_minimum for line in plan.categories])
        most = _each(plan.target, [line.effective + line.missing_to_target for line in plan.categories])
        needs = f"{named}: each needs {least} example{'s' * (plan.minimum != 1)} and is best given {most}"
    else:
        needs = f"The set needs {plural(plan.minimum, 'example')} and is best given {plan.target:,}"
    lines = [
        head,
        *wrap(f"Task: {plan.task} ({plan.task_because})", view.width),
        *wrap(f"{plural(plan.rows, 'row')}, {plan.effective:,} of them effective. {needs}.", view.width),
    ]
    if plan.validation_missing:
        lines += wrap("There is no validation set: set examples apart, or write some more (MIN005).", view.width)
    return lines + [line for note in plan.notes for line in wrap(f"Note: {note}.", view.width)]


def _each(level: int, reached: Sequence[int]) -> str:
    """'17', or '16 or 17' where some categories stay one below."""
    return f"{level - 1:,} or {level:,}" if level - 1 in reached else f"{level:,}"


def _writing(plan: LabelingPlan, view: View) -> list[str]:
    title = ["", view.paint("To write", "bold")]
    if not plan.to_target.number and not plan.to_minimum.number:
        return [*title, "  nothing: no category is short" if plan.by_category else "  nothing"]
    title[-1] += ": examples missing to the minimum and to the target"
    shown, folded = _shown(plan.categories)
    rows = [_row(line.category, _counts([line]), line.hours, line.cost) for line in shown]
    for words, lines in folded.items():
        if lines:
            name = f"{len(lines) + _hidden(plan, lines):,} {words}"
            hours, cost = _sum([line.hours for line in lines]), _sum([line.cost for line in lines])
            rows.append(_row(name, _counts(lines), hours, cost))
    if plan.by_category:
        counts = (plan.rows, plan.effective, plan.to_minimum.number, plan.to_target.number)
        rows.append(_row("all", counts, plan.to_target.hours, plan.to_target.cost))
    return [*title, *_fitted([_HEAD, *rows], view), *_ends(plan, view)]


def _shown(lines: Sequence[Category]) -> tuple[Sequence[Category], dict[str, Sequence[Category]]]:
    """The categories that are shown, and those that are summed under some words."""
    if len(lines) <= _SHOWN:
        return lines, {}
    short = [line for line in lines if line.missing_to_target or line.missing_to_minimum]
    full = [line for line in lines if not (line.missing_to_target or line.missing_to_minimum)]
    return short[:_SHOWN], {"others short": short[_SHOWN:], "with enough": full}


def _fitted(rows: Sequence[tuple[str, ...]], view: View) -> list[str]:
    """The table; a name that would make it wider than the page stands on a line of its own, above its numbers."""
    others = sum(max(display_width(row[column]) for row in rows) + 2 for column in range(1, len(_HEAD)))
    room = view.width - others - 2
    names = [clip(escape(row[0]), None, view.width - 2)[0] for row in rows]
    long = [display_width(name) > room for name in names]
    cells = [("" if apart else name, *row[1:]) for name, apart, row in zip(names, long, rows, strict=True)]
    lines = []
    for name, apart, line in zip(names, long, table(cells, view.width, "  ", range(1, 6)), strict=True):
        lines += [f"  {name}", line] if apart else [line]
    return lines


def _hidden(plan: LabelingPlan, lines: Sequence[Category]) -> int:
    """Labels that the report does not list: one line stands for all of them."""
    return plan.more_categories - 1 if plan.more_categories and lines[-1] is plan.categories[-1] else 0


def _row(name: str, counts: Sequence[int], hours: Span, cost: Span) -> tuple[str, ...]:
    return (name, *(f"{count:,}" for count in counts), _span(*hours), _money(cost))


def _counts(lines: Sequence[Category]) -> tuple[int, ...]:
    return (
        sum(line.rows for line in lines),
        sum(line.effective for line in lines),
        sum(line.missing_to_minimum for line in lines),
        sum(line.missing_to_target for line in lines),
    )


def _sum(spans: Sequence[Span]) -> Span:
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def _ends(plan: LabelingPlan, view: View) -> list[str]:
    lines = []
    for name, done in (("minimum", plan.to_minimum), ("target", plan.to_target)):
        lines += wrap(f"To the {name}: {_worded(done, 'example')}.", view.width, "  ")
    return lines


def _worded(done: Work, word: str) -> str:
    if not done.number:
        return "nothing is missing"
    hours, cost = _spans(done.hours, done.cost)
    return f"{plural(done.number, word)} at {_span(*done.minutes)} minutes, {hours} hours, {cost} USD"


def _reviews(plan: LabelingPlan, view: View) -> list[str]:
    if not plan.reviews:
        return []
    rows = [("number", "hours", "USD", "what")]
    for review in plan.reviews:
        of = f", {plural(review.rows, 'row')}" if review.rows != review.work.number else ""
        words = f"{review.what} ({'; '.join((', '.join(review.rules) + of, *_estimate(review)))})"
        rows.append((f"{review.work.number:,}", *_spans(review.work.hours, review.work.cost), words))
    return ["", view.paint("To review", "bold"), *table(rows, view.width, "  ", range(3))]


def _estimate(review: ReviewWork) -> list[str]:
    return [] if review.estimated is None else [f"{review.rows:,} listed of about {review.estimated:,} estimated"]


def _wasted(plan: LabelingPlan, view: View) -> list[str]:
    if not plan.waste:
        return []
    rows = [("rows", "hours", "USD", "what")]
    for waste in plan.waste:
        words = f"{waste.what} ({', '.join(waste.rules)})"
        rows.append((f"{waste.work.number:,}", *_spans(waste.work.hours, waste.work.cost), words))
    title = view.paint("Spent so far on rows that do not count, if each was written by hand", "bold")
    return ["", title, *table(rows, view.width, "  ", range(3))]


def _total(plan: LabelingPlan, view: View) -> list[str]:
    hours, cost = _spans(plan.total_hours, plan.total_cost)
    return ["", *wrap(f"Writing to the target and reviewing: {hours} hours, {cost} USD.", view.width)]


def _figures(plan: LabelingPlan, view: View) -> list[str]:
    rows = [
        ("minutes an example", _figure(plan.minutes_per_example)),
        ("USD an hour", _figure(plan.rate_usd_per_hour)),
    ]
    if plan.reviews:
        rows.append(("minutes a review", "assumed: between a quarter of and the whole writing of an example"))
    return ["", view.paint("Figures", "bold"), *table(rows, view.width, "  ")]


def _figure(known: Range) -> str:
    origin = "yours" if known.own else "; ".join(known.sources)
    return f"{_span(known.low, known.high)} ({origin})"


def _spans(hours: Span, cost: Span) -> tuple[str, str]:
    return _span(*hours), _span(*(float(round(value)) for value in cost))


def _money(cost: Span) -> str:
    """USD in a table: '84-315', '1,680-6,300', '18k-30k'."""
    low, high = (float(round(value)) for value in cost)
    if high < _THOUSANDS_FROM:
        return _span(low, high)
    least, most = (f"{value / 1000:,.0f}k" if value >= 1000 else _number(value) for value in (low, high))
    return least if least == most else f"{least}-{most}"


def _span(low: float, high: float) -> str:
    """'2.4-6', '40-100', '1,000': more digits after the point the smaller the number."""
    least, most = _number(low), _number(high)
    return least if least == most else f"{least}-{most}"


def _number(value: float) -> str:
    digits = 0 if value >= 10 else 1 if value >= 1 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text
