"""How often each rule was broken, in place of the findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View, table
from dataaudit.reporters.summary import sum_line

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report


def by_count(report: Report, catalogue: Catalogue) -> list[tuple[int, str, str]]:
    """(count, code, name), the most frequent first."""
    names = {finding.rule: finding.name for finding in report.findings}
    names |= {code: rule.name for code, rule in catalogue.rules.items()}
    counted = [(count, code, names.get(code, "")) for code, count in report.counts.items() if count]
    return sorted(counted, key=lambda entry: (-entry[0], entry[1]))


def statistics_text(report: Report, catalogue: Catalogue, view: View) -> str:
    """A table of count, code and name, and the sum."""
    rows = [(f"{count:,}", code, name) for count, code, name in by_count(report, catalogue)]
    lines = table(rows, view.width, right=(0,))
    if not view.quiet:
        lines.append(sum_line(report, view))
    return "".join(line + "\n" for line in lines)


def statistics_json(report: Report, catalogue: Catalogue) -> str:
    """A list of {"count", "code", "name"}, the most frequent first."""
    rows = [{"count": count, "code": code, "name": name} for count, code, name in by_count(report, catalogue)]
    return json.dumps(rows, indent=2, ensure_ascii=True) + "\n"
