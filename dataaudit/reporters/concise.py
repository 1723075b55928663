"""The report for scripts and editors: one line a finding, one a provider, one for the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View, place
from dataaudit.reporters.summary import reason_text, sum_line
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.model import Report


def concise(report: Report, view: View) -> str:
    """Lines `path:line:column: CODE message` in the order of the report; hard reasons under a refusal."""
    lines = [
        f"{place(finding.path, finding.line, finding.column)}: {view.paint(finding.rule, 'bold')}"
        f" {escape(finding.message)}"
        for finding in report.findings
    ]
    if not view.quiet:
        for verdict in report.verdicts:
            lines.append(escape(verdict.sentence))
            lines += [f"  {reason_text(reason)}" for reason in verdict.reasons if reason.severity == "hard"]
        lines.append(sum_line(report, view))
    return "".join(line + "\n" for line in lines)
