"""The report by file: under each path one aligned entry a finding. Without rows, reasons and fixes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dataaudit.reporters.channels import brief
from dataaudit.reporters.concise import ending
from dataaudit.reporters.layout import View, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Report


def grouped(report: Report, _catalogue: Catalogue, view: View) -> str:
    """Paths, under them `line:column  CODE  message`, messages folded; the whole set last; then as `concise` ends."""
    lines = list(_findings(report, view))
    for line in ending(report, view):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        lines += wrap(line, view.width, indent, indent + "  ")
    return "".join(line + "\n" for line in lines)


def _findings(report: Report, view: View) -> Iterator[str]:
    for path, found in groupby(sorted(report.findings, key=_by_path), key=_by_path):
        yield view.paint("All files together" if path == (True, "") else escape(path[1]), "bold")
        rows = [(_line(f), f.rule, view.severity(f.severity), brief(f.message)) for f in found]
        yield from table(rows, view.width, "  ", right=(0,))
        yield ""


def _by_path(finding: Finding) -> tuple[bool, str]:
    return finding.path is None, finding.path or ""


def _line(finding: Finding) -> str:
    if finding.line is None:
        return "-"
    return f"{finding.line}" if finding.column is None else f"{finding.line}:{finding.column}"
