"""The end of a text report: what was read, what providers say, what was not checked, and the sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.model import Severity
from dataaudit.reporters.layout import View, place, plural, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.model import Reason, Report, Verdict

_STRENGTHS = ("hard", "soft", "advice")
_FORMATS_SHOWN = 5
_ANSWER_COLORS = {"accepted": "green", "refused": "red", "unavailable": "yellow"}


def files(report: Report, view: View) -> list[str]:
    """Each file with shape, split and rows, and what was guessed about it."""
    if not report.files:
        return []
    rows = [(escape(f.path), plural(f.rows, "row"), f.shape, f.split) for f in report.files]
    lines = [view.paint("Files", "bold")]
    for line, file in zip(_aligned(rows), report.files, strict=True):
        lines.append("  " + line)
        for note in file.notes:
            lines += wrap(escape(note), view.width, "    ")
    return [*lines, ""]


def formats(report: Report, view: View) -> list[str]:
    """What the answers look like, in words, by group."""
    found = report.statistics.get("formats") or []
    if not found:
        return []
    lines = [view.paint("Answers", "bold")]
    for figure in found[:_FORMATS_SHOWN]:
        lines += wrap(escape(str(figure["format"])), view.width, "  ", "    ")
    if len(found) > _FORMATS_SHOWN:
        lines.append(f"  and {plural(len(found) - _FORMATS_SHOWN, 'group')} more (--output-format json lists them)")
    return [*lines, ""]


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    # One line a file, whatever its length: a path that is cut cannot be copied.
    return table(rows, 10**6, right=(1,))


def verdicts(report: Report, view: View) -> list[str]:
    """One sentence a provider, and under it the reasons, hard ones first."""
    if not report.verdicts:
        return []
    lines = [view.paint("Providers", "bold")]
    for verdict in report.verdicts:
        lines += _verdict(verdict, view)
    return [*lines, ""]


def _verdict(verdict: Verdict, view: View) -> list[str]:
    lines = wrap(escape(verdict.sentence), view.width, "  ", "    ")
    lines[0] = lines[0].replace(verdict.answer, view.paint(verdict.answer, _ANSWER_COLORS[verdict.answer]), 1)
    for reason in sorted(verdict.reasons, key=lambda reason: _STRENGTHS.index(reason.severity)):
        first = f"    {reason.severity:<6}  "
        found = wrap(reason_text(reason), view.width, first)
        lines += [found[0].replace(reason.severity, view.severity(reason.severity), 1), *found[1:]]
    return lines


def reason_text(reason: Reason) -> str:
    """Rule, message, how often and where first, and where the demand comes from."""
    times = f"{reason.count:,} times" if reason.count != 1 else "once"
    where = (
        f", first at {place(reason.path, reason.line)}"
        if reason.path is not None and reason.count > 1
        else (f" at {place(reason.path, reason.line)}" if reason.path is not None else "")
    )
    return f"{reason.rule} {escape(reason.message)} ({times}{where}; {escape(reason.source)}, {reason.date})"


def unchecked(report: Report, view: View) -> list[str]:
    """Rules that were asked for and could not be judged, put together by cause."""
    if not report.unchecked:
        return []
    rules: dict[str, list[str]] = {}
    for entry in report.unchecked:
        rules.setdefault(entry.because, []).append(entry.rule)
    lines = [view.paint("Not checked, because", "bold")]
    for because, of_cause in rules.items():
        lines += wrap(f"{escape(because)}: {', '.join(of_cause)}", view.width, "  ", "    ")
    return [*lines, ""]


def capped(report: Report) -> list[tuple[str, int, int]]:
    """Rules of which not all findings are kept: (rule, kept, all)."""
    kept = Counter(finding.rule for finding in report.findings)
    return [(rule, kept[rule], count) for rule, count in sorted(report.counts.items()) if count > kept[rule]]


def sum_line(report: Report, view: View) -> str:
    """'Found 12 errors, 3 warnings in 2 files (1,204 rows)' or 'All checks passed: 1,204 rows in 2 files'.

    No finding is no praise where a provider refuses the data.
    """
    rows = plural(sum(file.rows for file in report.files), "row")
    files_ = plural(len(report.files), "file")
    if not report.findings and not any(report.counts.values()):
        refusing = ", ".join(escape(v.provider) for v in report.verdicts if v.answer == "refused")
        if refusing:
            return f"No findings, but {view.paint('refused', 'red')} by: {refusing} ({rows} in {files_})"
        return view.paint("All checks passed", "green") + f": {rows} in {files_}"
    found = Counter(finding.severity for finding in report.findings)
    words = {
        Severity.ERROR: ("error", None),
        Severity.WARNING: ("warning", None),
        Severity.INFO: ("note", None),
    }
    parts = [view.paint(plural(found[s], *words[s]), "bold") for s in words if found[s]]
    unkept = sum(count - kept for _, kept, count in capped(report))
    if unkept:
        parts.append(f"{unkept:,} more not listed")
    return f"Found {', '.join(parts)} in {files_} ({rows})"
