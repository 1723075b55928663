"""A Code Quality report of GitLab: a JSON list that a merge request shows beside the changed lines."""

from __future__ import annotations

import hashlib
from json import dumps
from typing import TYPE_CHECKING, Any

from dataaudit.reporters.channels import cut, home, level, limit, numbered, worst_first
from dataaudit.reporters.paths import relative
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Report

_CHANNEL = "gitlab"


def gitlab(report: Report, _catalogue: Catalogue) -> str:
    """The findings, worst first. GitLab compares fingerprints with those of the target branch.

    An entry needs a file and a line: what concerns the whole set stands at line 1 of its first training file.
    """
    findings = worst_first(report.findings)
    file = home(report)
    entries = [_entry(finding, number, file) for finding, number in zip(findings, numbered(findings), strict=True)]
    return "[" + ",".join("\n  " + dumps(entry, ensure_ascii=True) for entry in entries) + "\n]\n"


def _entry(finding: Finding, number: int, file: str) -> dict[str, Any]:
    message = finding.message if finding.path is not None else f"all files: {finding.message}"
    return {
        "description": cut(escape(message), limit(_CHANNEL, "message")),
        "check_name": finding.rule,
        "fingerprint": _unique(finding, number),
        "severity": level(_CHANNEL, finding.severity),
        "location": {
            "path": escape(relative(file if finding.path is None else finding.path)),
            "lines": {"begin": finding.line or 1},
        },
    }


def _unique(finding: Finding, number: int) -> str:
    """The same when the row moves, another for each of several equal rows: of entries that share one, one is shown."""
    return hashlib.sha256(f"{finding.fingerprint}:{number}".encode()).hexdigest()[:32]
