"""A Report in the formats of people and programs. Reporters compute nothing and write nowhere: they return text."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report

# Each has a module of its name, loaded only when it is asked for, with a function of the same name.
_FOR_PEOPLE = ("full", "concise", "grouped")
_FOR_PROGRAMS = ("json", "jsonl", "junit", "github", "gitlab", "sarif", "markdown", "html")
FORMATS = (*_FOR_PEOPLE, *_FOR_PROGRAMS)

__all__ = ["FORMATS", "View", "left_out", "render"]


def render(
    report: Report, catalogue: Catalogue, form: str, view: View | None = None, *, statistics: bool = False
) -> str:
    """The report in one of FORMATS, ending in a line end unless it is empty.

    statistics: counts by rule in place of findings, as JSON for `json`, else as text.

    Raises:
        ValueError: there is no such format.
    """
    if form not in FORMATS:
        raise ValueError(f"no such format: {form!r}")
    view = view or View()
    if statistics:
        from dataaudit.reporters.statistics import statistics_json, statistics_text

        return statistics_json(report, catalogue) if form == "json" else statistics_text(report, catalogue, view)
    write = getattr(importlib.import_module(f"dataaudit.reporters.{form}"), form)
    text: str = write(report, catalogue, view) if form in _FOR_PEOPLE else write(report, catalogue)
    return text


def left_out(report: Report, form: str, text: str) -> str | None:
    """One sentence on what the format's channel does not take or show, for standard error; None where it takes all.

    text: the report in that format. Formats for people say it themselves.
    """
    if form != "sarif":
        return None
    from dataaudit.reporters.sarif import left_out as of_sarif

    return of_sarif(report, text)
