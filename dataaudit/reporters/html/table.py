"""Findings and groups in columns: each text once, numbers in place of texts, so that 100,000 findings stay small."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dataaudit.model import Severity
from dataaudit.reporters.html.packing import packed
from dataaudit.reporters.html.quoted import without_json
from dataaudit.reporters.html.safe import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dataaudit.model import Finding, Group, Report

# Stands for a number taken out of a message. No text holds it: it would be written out as \x00.
_HOLE = "\x00"
_DIGITS = re.compile(r"([0-9]+)")
# So that each is a small integer for the page.
_LONGEST = 9
_SEVERITIES = [severity.value for severity in Severity]


class Strings:
    """All texts of the page, each once; others refer to them by number. Number 0 is the empty text."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self._numbers: dict[str | None, int] = {"": 0, None: 0}
        self._templates: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a text, made safe; 0 for None."""
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = self._added(visible(text or ""))
        return known

    def template(self, message: str) -> tuple[int, list[int]]:
        """The number of a message without its numbers, and those: most messages of a rule differ in them only."""
        plain = message if message.isascii() and message.isprintable() else visible(message)
        pieces = _DIGITS.split(plain)
        numbers = []
        for place in range(1, len(pieces), 2):
            digits = pieces[place]
            # 007 is more than a number.
            if len(digits) <= _LONGEST and (digits[0] != "0" or digits == "0"):
                numbers.append(int(digits))
                pieces[place] = _HOLE
        holes = "".join(pieces)
        known = self._templates.get(holes)
        if known is None:
            known = self._templates[holes] = self._added(holes)
        return known, numbers

    def _added(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1


def finding_columns(report: Report, strings: Strings) -> dict[str, Any]:
    """For each property the numbers of all findings, packed; `excerpt` and `group` only of findings that have it.

    Lines and columns: 0 for none; a line is given as the step from the line before. `related`: path, line and score in
    thousandths (-1: none) in turns, as many of all findings together as `others` says of each. `excerpt`: text and
    caret (-1: none). `numbers`: of all messages one after the other; a message knows its own by the holes in it.
    """
    found = report.findings
    rules = sorted({finding.rule for finding in found})
    number_of = {rule: number for number, rule in enumerate(rules)}
    related = [_related(finding, strings) for finding in found]
    messages = [strings.template(finding.message) for finding in found]
    in_group = _group_of(report.groups)
    return {
        "count": len(found),
        "rules": rules,
        "severities": _SEVERITIES,
        "rule": packed(number_of[finding.rule] for finding in found),
        "severity": packed(finding.severity.rank for finding in found),
        "path": packed(strings.number(finding.path) for finding in found),
        "line": packed(_steps([finding.line or 0 for finding in found])),
        "column": packed(finding.column or 0 for finding in found),
        "field": packed(strings.number(finding.field) for finding in found),
        "category": packed(strings.number(finding.category) for finding in found),
        "message": packed(number for number, _ in messages),
        "numbers": packed(number for _, numbers in messages for number in numbers),
        "others": packed(len(flat) // 3 for flat in related),
        "related": packed(number for flat in related for number in flat),
        "excerpt": _some(found, lambda finding: _excerpt(finding, strings)),
        "group": _some(found, in_group),
    }


def group_list(report: Report, strings: Strings) -> list[dict[str, Any]]:
    """Each group with its rows as [path, line, prompt, answer]; -1 for no answer."""
    return [
        {
            "rule": visible(group.rule),
            "total": group.total,
            "rows": [
                [
                    strings.number(row.path),
                    row.line,
                    strings.number(row.prompt),
                    -1 if row.answer is None else strings.number(row.answer),
                ]
                for row in group.rows
            ],
        }
        for group in report.groups
    ]


def _steps(values: Sequence[int]) -> list[int]:
    """The first value, and how far it is from each to the next: findings are in order, so most steps are small."""
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def _some(found: Iterable[Finding], of: Callable[[Finding], list[int]]) -> dict[str, list[int]]:
    values = ((number, of(finding)) for number, finding in enumerate(found))
    return {str(number): value for number, value in values if value}


def _related(finding: Finding, strings: Strings) -> list[int]:
    flat: list[int] = []
    for other in finding.related:
        score = -1 if other.score is None else round(other.score * 1000)
        flat += [strings.number(other.path), other.line or 0, score]
    return flat


def _excerpt(finding: Finding, strings: Strings) -> list[int]:
    if finding.excerpt is None:
        return []
    text, caret = finding.excerpt.text, finding.excerpt.caret
    if finding.column is None:  # a column points at the JSON itself
        text, caret = without_json(text, caret)
    return [strings.number(text), -1 if caret is None else caret]


def _group_of(groups: Sequence[Group]) -> Callable[[Finding], list[int]]:
    """Tells the number of the group that a finding is about, by its place or by the row it repeats; none: no number."""
    rules = {group.rule for group in groups}
    places = {
        (group.rule, row.path, row.line): number
        for number, group in reversed([*enumerate(groups)])
        for row in group.rows
    }

    def group_of(finding: Finding) -> list[int]:
        if finding.rule not in rules:
            return []
        known = places.get((finding.rule, finding.path or "", finding.line or 0))
        for other in finding.related if known is None else ():
            known = places.get((finding.rule, other.path, other.line or 0)) if known is None else known
        return [] if known is None else [known]

    return group_of
