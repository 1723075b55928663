"""Whether a run failed, and why, where the findings do not show it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.cli.main import FINDINGS
from dataaudit.model import Severity

if TYPE_CHECKING:
    from dataaudit.config import Settings
    from dataaudit.model import Report

_GRADES = "ABCDF"


def exit_code(report: Report, settings: Settings) -> tuple[int, list[str]]:
    """The exit code of a report, and a line for each reason besides the severity of a finding."""
    worst = report.worst()
    reasons = [line for line in (_too_many(report, settings), _too_low(report, settings)) if line is not None]
    failed = bool(reasons) or (worst is not None and worst.rank >= settings.fail_on.rank)
    if settings.exit_zero:
        return 0, []
    ungraded = settings.fail_below is not None and report.readiness is None
    notes = ["there is no grade, as no file is of the training split: fail_below decides nothing"] if ungraded else []
    return (FINDINGS if failed else 0), [*reasons, *notes]


def warnings_in(report: Report) -> int:
    """Findings of severity warning; those that are not listed count with the severity of the last one of their rule."""
    count = sum(finding.severity is Severity.WARNING for finding in report.findings)
    listed = Counter(finding.rule for finding in report.findings)
    last = {finding.rule: finding.severity for finding in report.findings}
    more = (number - listed[rule] for rule, number in report.counts.items() if last.get(rule) is Severity.WARNING)
    return count + sum(max(0, number) for number in more)


def _too_many(report: Report, settings: Settings) -> str | None:
    if settings.max_warnings is None or (count := warnings_in(report)) <= settings.max_warnings:
        return None
    counted = "1 warning is" if count == 1 else f"{count:,} warnings are"
    return f"{counted} more than {settings.max_warnings:,} (max_warnings)"


def _too_low(report: Report, settings: Settings) -> str | None:
    if settings.fail_below is None or report.readiness is None:
        return None
    grade = report.readiness.grade
    if _GRADES.index(grade) <= _GRADES.index(settings.fail_below):
        return None
    return f"grade {grade} is below {settings.fail_below} (fail_below)"
