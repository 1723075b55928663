"""The report as one HTML file that needs nothing else: no network, no fonts, no framework.

For `check --output html=FILE`. The report must come from `audit(..., groups=True)`, or the page has no pairs to
show side by side and no filter by category; plan, costs and advice show where `decide(...).added_to(report)` put them.
What the page shows and which keys it knows: docs/html-report.md. What it does with the data: assets/*.js.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report

__all__ = ["html"]


def html(report: Report, catalogue: Catalogue) -> str:
    """The page. All data stand in it as JSON that a parser of HTML reads as text and nothing else."""
    from dataaudit.reporters.html.overview import overview
    from dataaudit.reporters.html.page import page
    from dataaudit.reporters.html.safe import safe
    from dataaudit.reporters.html.table import Strings, finding_columns, group_list

    strings = Strings()
    data: dict[str, Any] = safe(overview(report, catalogue))
    data["findings"] = finding_columns(report, strings)
    data["groups"] = group_list(report, strings)
    data["strings"] = strings.texts
    # ASCII: browsers hold it in half the memory, and open it a third faster.
    return page(json.dumps(data, ensure_ascii=True, separators=(",", ":")), title(report))


def title(report: Report) -> str:
    """'train.jsonl and 2 more files'."""
    if not report.files:
        return "no files"
    first, more = report.files[0].path, len(report.files) - 1
    return f"{first} and {more:,} more file{'s' if more > 1 else ''}" if more else first
