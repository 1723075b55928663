"""How consistent the outputs of models are, as text and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View, plural, ranges, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.answers import Consistency, OutputFile

_LINES_SHOWN = 8


def consistency_json(report: Consistency) -> str:
    """The report as JSON text, ASCII only."""
    return json.dumps(report.as_json(), indent=2, ensure_ascii=True) + "\n"


def consistency_text(report: Consistency, view: View) -> str:
    """The format, a table with a line for each file, and under it the deviations of each by kind."""
    lines = [view.paint(f"Format of {escape(report.against)}", "bold")]
    for sentence in report.formats:
        lines += wrap(escape(sentence), view.width, "  ", "    ")
    lines += ["", view.paint("Consistency", "bold")]
    head = ("file", "outputs", "keep to it", "rate", "95 % interval", f"bar {report.bar:.0%}")
    lines += table([head, *(_row(file, report) for file in report.files)], view.width, "  ", right=(1, 2, 3))
    for file in report.files:
        lines += ["", view.paint(escape(file.path), "bold")]
        if not file.deviations:
            lines.append("  no deviations")
        for found in file.deviations:
            words = f"{found.rule} {found.name}: {escape(found.message)}"
            where = f" (line{'s' * (len(found.lines) > 1)} {ranges(found.lines[:_LINES_SHOWN])}"
            where += ", ...)" if found.count > _LINES_SHOWN else ")"
            lines += wrap(f"{found.count:,} x {words}{where}", view.width, "  ", "    ")
    lines += [
        "",
        *wrap(f"The bar: {report.bar:.0%} over {report.least} or more outputs ({report.source}).", view.width),
    ]
    return "\n".join(lines) + "\n"


def _row(file: OutputFile, report: Consistency) -> tuple[str, ...]:
    if not file.enough:
        verdict = f"too few to tell: {plural(file.outputs, 'output')} of {report.least}"
    else:
        verdict = "reached" if file.passed else "missed"
    return (
        escape(file.path),
        f"{file.outputs:,}",
        f"{file.agreeing:,}",
        f"{file.rate:.1%}",
        f"{file.low:.1%} to {file.high:.1%}",
        verdict,
    )
