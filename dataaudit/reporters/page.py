"""One page for a decision: the data, their grade, what is to be labeled, what it costs, and whether to tune at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.advice import advice_brief
from dataaudit.reporters.estimate import estimate_brief
from dataaudit.reporters.layout import View, plural, wrap
from dataaudit.reporters.plan import plan_brief
from dataaudit.reporters.readiness import readiness
from dataaudit.reporters.summary import files, sum_line, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.model import Report
    from dataaudit.scoring.advice_model import Advice
    from dataaudit.scoring.cost_values import Estimate
    from dataaudit.scoring.effort import LabelingPlan

_WORST = 5


def page(report: Report, plan: LabelingPlan, estimate: Estimate, advice: Advice, view: View) -> str:
    """The text of `dataaudit check --summary`."""
    lines = [
        *files(report, view),
        *_findings(report, view),
        *verdicts(report, view),
        *readiness(report, view),
        *_titled("To label and review", plan_brief(plan, view), "dataaudit plan", view),
        *_titled("Costs", estimate_brief(estimate, view), "dataaudit estimate", view),
        *_titled("Advice", advice_brief(advice, view), "dataaudit advise", view),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _findings(report: Report, view: View) -> list[str]:
    """The sum, and the rules with most findings."""
    lines = [view.paint("Findings", "bold"), *wrap(sum_line(report, view), view.width, "  ", "    ")]
    names = {finding.rule: f"{finding.rule} {finding.name}" for finding in report.findings}
    often = sorted(report.counts.items(), key=lambda item: (-item[1], item[0]))
    words = [f"{names.get(rule, rule)} {count:,}" for rule, count in often[:_WORST]]
    if len(often) > _WORST:
        words.append(f"{plural(len(often) - _WORST, 'other rule')}")
    return [*lines, *(wrap(", ".join(words), view.width, "  ", "    ") if words else []), ""]


def _titled(title: str, lines: Iterable[str], command: str, view: View) -> list[str]:
    return [f"{view.paint(title, 'bold')} (more: {command})", *lines, ""]
