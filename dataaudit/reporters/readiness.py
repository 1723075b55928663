"""The grade in a text report: the sum behind it, the caps, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.channels import brief
from dataaudit.reporters.layout import View, plural, table, wrap

if TYPE_CHECKING:
    from dataaudit.model import Action, Readiness, Report

_GRADE_COLORS = {"A": "green", "B": "green", "C": "yellow", "D": "red", "F": "red"}


def readiness(report: Report, view: View) -> list[str]:
    """Grade, dimensions with their formulas, caps, and the next steps."""
    found = report.readiness
    if found is None:
        return []
    lines = [view.paint("Readiness", "bold"), *_headline(found, view), *_sum(found, view)]
    for cap in found.caps:
        lines += wrap(f"at most {cap.grade}: {brief(cap.because)} [{cap.rule}]", view.width, "  ", "    ")
    return [*lines, *_next(found, view), ""]


def headline(found: Readiness) -> str:
    """'C, 76.8 of 100 (73.6 to 78.1 for other rows of the same kind), not ready'."""
    low, high = found.interval
    span = f" ({low:g} to {high:g} for another sample of this size)" if high - low >= 0.1 else ""
    return f"{found.grade}, {found.score:g} of 100{span}, {'ready' if found.ready else 'not ready'}"


def _headline(found: Readiness, view: View) -> list[str]:
    lines = wrap(headline(found), view.width, "  ")
    lines[0] = lines[0].replace(found.grade, view.paint(found.grade, "bold", _GRADE_COLORS[found.grade]), 1)
    return [*lines, *wrap(brief(found.because), view.width, "  ", "    ")]


def _sum(found: Readiness, view: View) -> list[str]:
    rows = []
    for dimension in found.dimensions:
        if dimension.score is None:
            rows.append((dimension.name, "-", "", "", f"not in the sum: {dimension.unchecked}"))
            continue
        part = f"{dimension.score * dimension.weight:.1f}"
        words = f"{brief(dimension.because)}" + (f"; {dimension.unchecked}" if dimension.unchecked else "")
        rows.append((dimension.name, f"{dimension.score:.1f}", f"x {dimension.weight:.3f}", f"= {part}", words))
    rows.append(("sum", "", "", f"= {found.score:.1f}", ""))
    return table(rows, view.width, "  ", right=(1, 3))


def _next(found: Readiness, view: View) -> list[str]:
    if not found.next:
        return []
    reach = f"to reach {found.target}" if found.reached else f"towards {found.target}, which takes more than this"
    lines = [f"  Next, {reach}:"]
    for number, action in enumerate(found.next, 1):
        first = f"  {number}. "
        lines += wrap(f"{brief(action.action)}: {price(action)} [{', '.join(action.rules)}]", view.width, first)
    return lines


def price(action: Action) -> str:
    """'12 rows, 5 to 10 minutes of work, +1.2 points': what an action takes and gives."""
    low, high = action.minutes
    work = "automatic" if action.automatic else f"{duration(low, high)} of work"
    lifts = f", lifts the cap of {', '.join(action.lifts)}" if action.lifts else ""
    return f"{plural(action.rows, 'row')}, {work}, {action.gain:+.1f} points{lifts}"


def duration(low: float, high: float) -> str:
    """'12 to 30 minutes', '3.5 to 9 hours': two numbers of minutes in the unit that fits."""
    unit, by = ("hours", 60.0) if high >= 120 else ("minutes", 1.0)
    ends = [f"{value / by:,.1f}".removesuffix(".0") for value in (low, high)]
    return f"{ends[0]} {unit}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]} {unit}"
