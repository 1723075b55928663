"""What was silenced, and which suppressions silence nothing any more, as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.reporters.channels import brief, limit
from dataaudit.reporters.layout import View, place, plural, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.model import Report

_WORDS = {
    "row": "by rows themselves",
    "ignore-file": "by the ignore file",
    "per-file-ignores": "by per-file-ignores",
    "baseline": "by the baseline",
}


def suppressions(report: Report, view: View) -> list[str]:
    """The part of a longer report: counts by what silenced them and by rule, then what is unused."""
    lines = []
    if report.suppressed:
        rows = [(f"{sum(rules.values()):,}", words, _listed(rules)) for words, rules in by_cause(report).items()]
        heading = view.paint("Suppressed (the grade counts them)", "bold")
        lines += [heading, *table(rows, view.width, "  ", right=(0,)), ""]
    if report.unused:
        lines.append(view.paint("Suppressions that silence nothing", "bold"))
        most = limit("text", "suppressions")
        for line in unused(report)[:most]:
            lines += wrap(line, view.width, "  ", "    ")
        if len(report.unused) > most:
            lines.append(f"  and {len(report.unused) - most:,} more (--output json lists them)")
        lines.append("")
    return lines


def by_cause(report: Report) -> dict[str, Counter[str]]:
    """Counts by rule for each cause, in words, in the order in which the causes are looked at."""
    found: dict[str, Counter[str]] = {}
    for entry in sorted(report.suppressed, key=lambda entry: [*_WORDS].index(entry.by)):
        found.setdefault(_WORDS[entry.by], Counter())[entry.rule] += entry.count
    return found


def unused(report: Report) -> list[str]:
    """One line for each suppression that silences nothing: 'file:3: DUP001 no such row any more'."""
    return [
        " ".join(filter(None, (f"{place(e.file, e.line)}:", escape(e.rule), brief(e.message)))) for e in report.unused
    ]


def total(report: Report) -> str:
    """'; 12 suppressed' for the end of a sum, or nothing."""
    count = sum(entry.count for entry in report.suppressed)
    words = [f"{count:,} suppressed"] if count else []
    words += [plural(len(report.unused), "unused suppression")] if report.unused else []
    return f"; {', '.join(words)}" if words else ""


def _listed(rules: Counter[str]) -> str:
    return ", ".join(f"{escape(rule)} {count:,}" for rule, count in sorted(rules.items(), key=lambda e: (-e[1], e[0])))
