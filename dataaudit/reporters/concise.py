"""The report for scripts and editors: one line a finding, one a provider, one for the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.channels import brief
from dataaudit.reporters.layout import View, place
from dataaudit.reporters.summary import reason_text, sum_line
from dataaudit.reporters.suppressions import unused

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report


def concise(report: Report, _catalogue: Catalogue, view: View) -> str:
    """Lines `path:line:column: CODE message` in the order of the report; then `ending`."""
    lines = [
        f"{place(finding.path, finding.line, finding.column)}: {view.paint(finding.rule, 'bold')}"
        f" {brief(finding.message)}"
        for finding in report.findings
    ]
    return "".join(line + "\n" for line in (*lines, *ending(report, view)))


def ending(report: Report, view: View) -> list[str]:
    """A line for each provider, hard reasons under a refusal, unused suppressions, and the sum; quiet: nothing."""
    if view.quiet:
        return []
    lines = []
    for verdict in report.verdicts:
        lines.append(brief(verdict.sentence))
        lines += [f"  {reason_text(reason)}" for reason in verdict.reasons if reason.severity == "hard"]
    return [*lines, *(f"unused suppression: {line}" for line in unused(report)), sum_line(report, view)]
