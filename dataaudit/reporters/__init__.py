"""A Report as text, concise text or JSON. Reporters compute nothing and write nowhere: they return text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report

FORMATS = ("full", "concise", "json")

__all__ = ["FORMATS", "View", "render"]


def render(
    report: Report, catalogue: Catalogue, form: str, view: View | None = None, *, statistics: bool = False
) -> str:
    """The report in one of FORMATS, ending in a line end unless it is empty.

    statistics: counts by rule in place of findings.
    """
    view = view or View()
    if form == "json":
        from dataaudit.reporters.json import counts_json

        return counts_json(report, catalogue) if statistics else report.to_json() + "\n"
    if statistics:
        from dataaudit.reporters.statistics import statistics_text

        return statistics_text(report, catalogue, view)
    if form == "concise":
        from dataaudit.reporters.concise import concise

        return concise(report, view)
    if form == "full":
        from dataaudit.reporters.full import full

        return full(report, catalogue, view)
    raise ValueError(f"no such format: {form!r}")
