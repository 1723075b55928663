"""What fixing did, or would do, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.json import values_json
from dataaudit.reporters.layout import View, plural, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.catalogue import Rule
    from dataaudit.fixes import Outcome


def fixes_json(outcome: Outcome) -> str:
    """The outcome as one JSON object; keys as in docs/fixes.md."""
    return values_json(outcome)


def fixes_text(outcome: Outcome, rules: Mapping[str, Rule], view: View) -> str:
    """Each file with what was done, what a person has to decide, and the sum."""
    lines: list[str] = []
    for file in outcome.files:
        lines.append(view.paint(escape(file.path), "bold"))
        rows = [(f"{count:,}", code, rules[code].name, _done(rules[code])) for code, count in file.fixed.items()]
        lines += table(rows, view.width, "  ", right=(0,))
        if file.record is not None:
            lines += wrap(f"the rows as they were: {escape(file.record)}", view.width, "  ")
        lines.append("")
    for path in outcome.reviews:
        lines += wrap(f"to decide by hand: {escape(path)}", view.width)
    lines += [line for note in outcome.notes for line in wrap(escape(note), view.width, "", "  ")]
    lines += summary_lines(outcome, view)
    return "".join(line + "\n" for line in lines)


def _done(rule: Rule) -> str:
    return rule.fix.summary if rule.fix is not None else rule.summary


def summary_lines(outcome: Outcome, view: View | None = None) -> list[str]:
    """'Fixed 12 findings in 2 files: 5 DUP001, 7 SCH003; 3 more with --unsafe-fixes'."""
    view = view or View()
    verb = "Fixed" if outcome.written else "Would fix"
    more = f"{outcome.unsafe:,} more with --unsafe-fixes" if outcome.unsafe else ""
    if not outcome.total:
        return [f"Nothing to fix; {more}" if more else "Nothing to fix"]
    counts = ", ".join(f"{count:,} {code}" for code, count in outcome.fixed.items())
    text = f"{verb} {plural(outcome.total, 'finding')} in {plural(len(outcome.files), 'file')}: {counts}"
    lines = wrap(f"{text}; {more}" if more else text, view.width)
    if not outcome.settled:
        lines += wrap(f"not all is mended after {outcome.passes:,} passes: run it once more", view.width)
    return lines
