"""A comment for a pull request, in the Markdown of GitHub and GitLab; also for job summaries.

What comes from the data stands in code only (spans and blocks), where no text is a link, a picture, a mention, a
reference or HTML, and where bidirectional and control characters are shown as numbers.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.model import Severity
from dataaudit.reporters.channels import cut, limit, worst_first
from dataaudit.reporters.layout import View, place, plural
from dataaudit.reporters.markdown_text import block, cell, code, folded, table
from dataaudit.reporters.paths import relative
from dataaudit.reporters.readiness import price
from dataaudit.reporters.statistics import by_count
from dataaudit.reporters.summary import sum_line
from dataaudit.reporters.suppressions import by_cause, unused
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Report

_CHANNEL = "markdown"
# By this line a bot finds its own comment and writes it anew in place of adding one more.
_MARK = "<!-- dataaudit -->"
_PLAIN = View()
_SIGNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def markdown(report: Report, catalogue: Catalogue) -> str:
    """Grade and verdict, a table of rules, the worst findings folded, next steps; within GitHub's size of a comment."""
    before = [_MARK, _title(report), *_sum(report), *_rules(report, catalogue), *_providers(report)]
    after = [*_next(report), *_suppressions(report)]
    room = limit(_CHANNEL, "characters") - sum(len(part) + 2 for part in (*before, *after))
    return "\n\n".join((*before, *_worst(report, room), *after)) + "\n"


def _title(report: Report) -> str:
    found = report.readiness
    if found is None:
        return "## Data audit"
    return f"## Data audit: grade {found.grade}, {found.score:g} of 100, {'ready' if found.ready else 'not ready'}"


def _sum(report: Report) -> list[str]:
    """What was found, and why the grade is what it is."""
    lines = [code(sum_line(report, _PLAIN))]
    if report.readiness is not None:
        lines.append(code(cut(report.readiness.because, limit(_CHANNEL, "cell"))))
    return lines


def _rules(report: Report, catalogue: Catalogue) -> list[str]:
    if not report.counts:
        return []
    worst: dict[str, Severity] = {}
    for finding in report.findings:
        worst[finding.rule] = max(worst.get(finding.rule, finding.severity), finding.severity, key=lambda s: s.rank)
    files: dict[str, set[str]] = {}
    for finding in report.findings:
        files.setdefault(finding.rule, set()).add(finding.path or "")
    rows = []
    for count, rule, name in by_count(report, catalogue):
        known = catalogue.rules.get(rule)
        severity = worst.get(rule, known.severity if known is not None else Severity.INFO)
        title = cell(known.title) if known is not None else ""
        of_files = f"{len(files.get(rule, ())):,}"
        rows.append((severity, (code(rule), cell(name), _SIGNS[severity], f"{count:,}", of_files, title)))
    rows.sort(key=lambda row: -row[0].rank)
    return table(("rule", "name", "severity", "findings", "files", "what"), [cells for _, cells in rows], right=(3, 4))


def _worst(report: Report, room: int) -> list[str]:
    """The worst findings in a folded block of code, as many as fit; the last line names the rest."""
    findings = worst_first(report.findings)[: limit(_CHANNEL, "findings")]
    total = max(len(report.findings), sum(report.counts.values()))
    while findings:
        rest = total - len(findings)
        lines = [_line(finding) for finding in findings]
        lines += [f"and {rest:,} more: see --output html=FILE or the log of dataaudit check"] if rest else []
        title = f"The {plural(len(findings), 'worst finding')}" if rest else plural(len(findings), "finding")
        text = folded(title, block(lines))
        if len(text) + 2 <= room:
            return [text]
        findings = findings[: len(findings) // 2]
    return [f"{plural(total, 'finding')}: see the log of `dataaudit check`."] if total else []


def _line(finding: Finding) -> str:
    where = place(None if finding.path is None else relative(finding.path), finding.line, finding.column)
    text = f"{where}: {finding.rule} [{_SIGNS[finding.severity]}] {finding.message}"
    return cut(escape(text), limit(_CHANNEL, "cell"))


def _providers(report: Report) -> list[str]:
    rows = []
    for verdict in report.verdicts:
        hard = Counter(reason.rule for reason in verdict.reasons if reason.severity == "hard")
        rules = ", ".join(map(code, hard)) if verdict.answer == "refused" else ""
        note = "" if verdict.status_note in ("", "open") else code(cut(verdict.status_note, limit(_CHANNEL, "cell")))
        rows.append((code(verdict.provider), verdict.answer, rules, note))
    return table(("provider", "answer", "because of", "status"), rows)


def _next(report: Report) -> list[str]:
    found = report.readiness
    if found is None or not found.next:
        return []
    aim = f"to reach {found.target}" if found.reached else f"towards {found.target}"
    steps = [
        f"{number}. {code(cut(action.action, limit(_CHANNEL, 'cell')))}: {price(action)}"
        f" ({', '.join(map(code, action.rules))})"
        for number, action in enumerate(found.next, 1)
    ]
    return [f"### Next, {aim}", "\n".join(steps)]


def _suppressions(report: Report) -> list[str]:
    parts = []
    causes = by_cause(report)
    if causes:
        words = ", ".join(f"{sum(rules.values()):,} {cause}" for cause, rules in causes.items())
        parts.append(f"Suppressed: {words}.")
    lines: Sequence[str] = unused(report)
    if lines:
        most = limit(_CHANNEL, "rows")
        shown = [cut(line, limit(_CHANNEL, "cell")) for line in lines[:most]]
        shown += [f"and {len(lines) - most:,} more"] if len(lines) > most else []
        parts.append(folded(plural(len(lines), "unused suppression"), block(shown)))
    return parts
