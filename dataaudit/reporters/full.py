"""The report for people: findings by file with rows and carets, folded, with why and fix; then the sum."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from dataaudit.reporters.channels import brief, limit
from dataaudit.reporters.layout import View, place, plural, ranges, wrap
from dataaudit.reporters.readiness import readiness
from dataaudit.reporters.summary import capped, files, formats, sum_line, unchecked, verdicts
from dataaudit.reporters.suppressions import suppressions
from dataaudit.text.safe import clip, display_width, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Related, Report

_INDENT = "    "
_RELATED_SHOWN = 3
# Words in quotes and numbers differ from row to row; what is left tells one kind of message from another.
_PARTICULARS = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")


def full(report: Report, catalogue: Catalogue, view: View) -> str:
    """The whole report; in a quiet view the findings only."""
    lines = list(_findings(report, catalogue, view))
    for rule, kept, count in capped(report):
        lines += wrap(f"{rule}: {count:,} findings; only the first {kept:,} are kept.", view.width)
    if view.quiet:
        return _joined(lines)
    if lines and lines[-1]:
        lines.append("")
    lines += [*files(report, view), *formats(report, view), *verdicts(report, view), *unchecked(report, view)]
    lines += [*suppressions(report, view), *readiness(report, view)]
    lines += wrap(sum_line(report, view), view.width, "", "  ")
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def _findings(report: Report, catalogue: Catalogue, view: View) -> Iterator[str]:
    told: Counter[str] = Counter()
    for path, of_path in groupby(sorted(report.findings, key=_by_path), key=_by_path):
        yield view.paint("All files together" if path == (True, "") else escape(path[1]), "bold")
        places: list[str] = []
        for of_rule in _worst_first(of_path):
            code = of_rule[0].rule
            if told[code] >= limit("text", "findings"):
                places += _places(of_rule, view)
                continue
            yield from _rule(of_rule, view)
            if not told[code]:
                yield from _advice(code, catalogue, view)
            told[code] += min(len(of_rule), view.shown)
            yield ""
        if places:
            yield from (*places, "")


def _places(findings: list[Finding], view: View) -> Iterator[str]:
    """The findings of one rule in one file by their lines only, where enough of its rows were shown before."""
    lines = sorted({finding.line for finding in findings if finding.line is not None})
    where = f": {'line' if len(lines) == 1 else 'lines'} {ranges(lines)}" if lines else ""
    worst = max((finding.severity for finding in findings), key=lambda severity: severity.rank)
    tag = f"{findings[0].rule} {findings[0].name} [{worst}]"
    text = f"{tag} {plural(len(findings), 'finding')}{where}"
    yield from _painted(wrap(text, view.width, "  ", _INDENT), findings[0].replaced(severity=worst), view)


def _by_path(finding: Finding) -> tuple[bool, str]:
    """What concerns the whole set comes after what concerns a file."""
    return finding.path is None, finding.path or ""


def _worst_first(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings by rule: rules with errors first, then those with warnings; equal ones by code."""
    ordered = sorted(findings, key=lambda finding: finding.rule)
    rules = [list(of_rule) for _, of_rule in groupby(ordered, key=lambda finding: finding.rule)]
    return sorted(rules, key=lambda of_rule: -max(finding.severity.rank for finding in of_rule))


def _rule(findings: list[Finding], view: View) -> Iterator[str]:
    """The findings of one rule in one file: some in full, the others as line numbers."""
    shown = _chosen(findings, view.shown)
    before = None
    for number in shown:
        says = (findings[number].severity, findings[number].message)
        yield from _finding(findings[number], view, again=says == before)
        before = says
    chosen = set(shown)
    rest = [finding for number, finding in enumerate(findings) if number not in chosen]
    if rest:
        lines = sorted({finding.line for finding in rest if finding.line is not None})
        where = f": {'line' if len(lines) == 1 else 'lines'} {ranges(lines)}" if lines else ""
        yield from wrap(f"and {len(rest):,} more{where}", view.width, "  ", _INDENT)


def _chosen(findings: Sequence[Finding], most: int) -> list[int]:
    """Places of the findings given in full: the first of each kind of message, then the first of all."""
    if len(findings) <= most:
        return list(range(len(findings)))
    kinds: dict[tuple[str, str], int] = {}
    for number, finding in enumerate(findings):
        kinds.setdefault((finding.severity, _PARTICULARS.sub("", finding.message)), number)
    first = list(kinds.values())[:most]
    others = (number for number in range(len(findings)) if number not in first)
    return sorted([*first, *(number for number, _ in zip(others, range(most - len(first)), strict=False))])


def _finding(finding: Finding, view: View, *, again: bool) -> Iterator[str]:
    """again: the finding above says the same, which is not said twice."""
    where = place(finding.path, finding.line, finding.column) + ":"
    words = f"{finding.rule} {finding.name} [{finding.severity}] {brief(finding.message)}"
    if again:
        yield f"  {where} {view.paint(finding.rule, 'bold')} the same"
    elif display_width(where) > view.width // 2:
        # Beside a long path no room is left for words; it is never cut, or it could not be copied.
        yield f"  {where}"
        yield from _painted(wrap(words, view.width, _INDENT), finding, view)
    else:
        yield from _painted(wrap(f"{where} {words}", view.width, "  ", _INDENT), finding, view)
    if finding.excerpt is not None and finding.excerpt.text:
        text, caret = clip(finding.excerpt.text, finding.excerpt.caret, view.width - len(_INDENT))
        yield _INDENT + view.paint(text, "dim")
        if caret is not None:
            yield _INDENT + " " * display_width(text[:caret]) + view.paint("^", "cyan")
    if finding.related:
        yield from wrap(f"see also {_related(finding.related)}", view.width, _INDENT)


def _painted(lines: list[str], finding: Finding, view: View) -> list[str]:
    if not view.color:
        return lines
    mark = f"[{finding.severity}]"
    lines = [line.replace(mark, f"[{view.severity(finding.severity)}]", 1) for line in lines]
    return [line.replace(f"{finding.rule} ", view.paint(finding.rule, "bold") + " ", 1) for line in lines]


def _related(related: Sequence[Related]) -> str:
    parts = [
        place(other.path, other.line) + (f" ({other.score:.2f})" if other.score is not None and other.score < 1 else "")
        for other in related[:_RELATED_SHOWN]
    ]
    more = len(related) - _RELATED_SHOWN
    return ", ".join(parts) + (f" and {plural(more, 'other place')}" if more > 0 else "")


def _advice(code: str, catalogue: Catalogue, view: View) -> Iterator[str]:
    rule = catalogue.rules.get(code)
    if rule is not None:
        yield from wrap(rule.why, view.width, "  why: ")
        yield from wrap(rule.how_to_fix, view.width, "  fix: ")
