"""The findings for programs that read lines: one JSON object a line, and nothing else.

What is no finding (verdicts, grade, counts) is left out on purpose: tables are made of lines of one kind.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report


def jsonl(report: Report, _catalogue: Catalogue) -> str:
    """Each finding with the keys that it has in the JSON report; empty where there is none."""
    return "".join(dumps(finding.as_json(), ensure_ascii=True) + "\n" for finding in report.findings)
