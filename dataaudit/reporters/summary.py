"""The end of a text report: what was read, what providers say, what was not checked, and the sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.model import Severity
from dataaudit.reporters.channels import brief, limit
from dataaudit.reporters.layout import View, place, plural, table, wrap
from dataaudit.reporters.suppressions import total
from dataaudit.text.safe import display_width, escape

if TYPE_CHECKING:
    from dataaudit.model import Reason, Report, Verdict

_STRENGTHS = ("hard", "soft", "advice")
_FORMATS_SHOWN = 5
_ONE_LINE = 10**6
_ANSWER_COLORS = {"accepted": "green", "refused": "red", "unavailable": "yellow"}


def files(report: Report, view: View) -> list[str]:
    """Each file with shape, split and rows, and what was guessed about it; of many files the first, and sums."""
    if not report.files:
        return []
    most = limit("text", "files")
    shown, rest = report.files[:most], report.files[most:]
    facts = table([(plural(f.rows, "row"), f.shape, f.split) for f in report.files], _ONE_LINE, right=(0,))
    paths = [escape(file.path) for file in shown]
    room = view.width - max(map(display_width, facts)) - 4
    column = max((display_width(path) for path in paths if display_width(path) <= room), default=0)
    lines = [view.paint("Files", "bold")]
    for file, path, fact in zip(shown, paths, facts, strict=False):
        # A path is never cut, or it could not be copied: a long one has a line of its own.
        space = column - display_width(path)
        lines += [f"  {path}{' ' * space}  {fact}"] if space >= 0 else [f"  {path}", f"    {' '.join(fact.split())}"]
        for note in file.notes:
            lines += wrap(brief(note), view.width, "    ")
    if rest:
        kinds = Counter(f"{file.shape} {file.split}" for file in rest)
        words = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
        rows = plural(sum(file.rows for file in rest), "row")
        lines += wrap(f"and {plural(len(rest), 'file')} more, {rows}: {words}", view.width, "  ", "    ")
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
        lines.append(f"  and {plural(len(found) - _FORMATS_SHOWN, 'group')} more (--output json lists them)")
    return [*lines, ""]


def verdicts(report: Report, view: View) -> list[str]:
    """One sentence a provider, and under it the reasons, hard ones first; of many providers a table."""
    if not report.verdicts:
        return []
    lines = [view.paint("Providers", "bold")]
    if len(report.verdicts) > limit("text", "providers"):
        rows = [
            (view.paint(verdict.answer, _ANSWER_COLORS[verdict.answer]), escape(verdict.provider), _brief(verdict))
            for verdict in _by_answer(report)
        ]
        lines += table(rows, view.width, "  ")
        return [*lines, *wrap("Reasons in full: name up to three with --provider.", view.width, "  "), ""]
    for verdict in report.verdicts:
        lines += _verdict(verdict, view)
    return [*lines, ""]


def _by_answer(report: Report) -> list[Verdict]:
    """Those that take the data first."""
    return sorted(report.verdicts, key=lambda verdict: [*_ANSWER_COLORS].index(verdict.answer))


def _brief(verdict: Verdict) -> str:
    """The rules that stand in the way and where first, without the words of each; and whether the provider is open."""
    hard = [reason for reason in verdict.reasons if reason.severity == "hard"]
    if verdict.answer == "refused":
        text = ", ".join(dict.fromkeys(reason.rule for reason in hard))
        first = min(((r.path or "", r.line) for r in hard if r.line is not None), default=None)
        text += f"; first at {place(*first)}" if first else ""
    else:
        soft = sum(reason.severity == "soft" for reason in verdict.reasons)
        text = plural(soft, "warning") if soft and verdict.answer == "accepted" else ""
    note = "" if verdict.status_note in ("", "open") else f"({brief(verdict.status_note)})"
    return " ".join(filter(None, (text, note)))


def _verdict(verdict: Verdict, view: View) -> list[str]:
    lines = wrap(brief(verdict.sentence), view.width, "  ", "    ")
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
    return f"{reason.rule} {brief(reason.message)} ({times}{where}; {escape(reason.source)}, {reason.date})"


def unchecked(report: Report, view: View) -> list[str]:
    """Rules that were asked for and could not be judged, put together by cause."""
    if not report.unchecked:
        return []
    rules: dict[str, list[str]] = {}
    for entry in report.unchecked:
        rules.setdefault(entry.because, []).append(entry.rule)
    lines = [view.paint("Not checked, because", "bold")]
    for because, of_cause in rules.items():
        lines += wrap(f"{brief(because)}: {', '.join(of_cause)}", view.width, "  ", "    ")
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
            return f"No findings, but {view.paint('refused', 'red')} by: {refusing} ({rows} in {files_}){total(report)}"
        return view.paint("All checks passed", "green") + f": {rows} in {files_}{total(report)}"
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
    return f"Found {', '.join(parts)} in {files_} ({rows}){total(report)}"
