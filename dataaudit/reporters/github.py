"""Annotations of GitHub Actions: workflow commands that the runner reads from standard output.

The runner shows ten of each level a step: the worst are sent, and one notice names the rest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.model import Severity
from dataaudit.reporters.channels import cut, level, limit, worst_first
from dataaudit.reporters.layout import plural
from dataaudit.reporters.paths import relative
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Report

_CHANNEL = "github"
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NAME = "dataaudit"


def github(report: Report, _catalogue: Catalogue) -> str:
    """Refusals of providers, then findings, worst first; and what is left out. Nothing for a clean report."""
    commands = {severity: _refusals(report) if severity is Severity.ERROR else [] for severity in _WORDS}
    for finding in worst_first(report.findings):
        commands[finding.severity].append(_annotation(finding))
    most = limit(_CHANNEL, "annotations")
    room = dict.fromkeys(_WORDS, most)
    rest = _rest(report, commands, room)
    if rest:
        # The line that names the rest is a notice itself.
        room[Severity.INFO] -= 1
        rest = _rest(report, commands, room)
    lines = [line for severity, found in commands.items() for line in found[: room[severity]]]
    if rest:
        lines.append(_command(level(_CHANNEL, Severity.INFO), rest, title=_NAME))
    return "".join(line + "\n" for line in lines)


def _refusals(report: Report) -> list[str]:
    """One command for all providers that refuse the data: they would take the places of the findings."""
    refused = [verdict for verdict in report.verdicts if verdict.answer == "refused"]
    if not refused:
        return []
    sentences = "\n".join(verdict.sentence for verdict in refused)
    title = f"refused by {', '.join(verdict.provider for verdict in refused)}"
    return [_command(level(_CHANNEL, Severity.ERROR), sentences, title=title)]


def _annotation(finding: Finding) -> str:
    where: dict[str, str] = {}
    if finding.path is not None:
        where["file"] = relative(finding.path)
        where |= {"line": str(finding.line)} if finding.line is not None else {}
        where |= {"col": str(finding.column)} if finding.line is not None and finding.column is not None else {}
    title = f"{finding.rule} {finding.name}"
    return _command(level(_CHANNEL, finding.severity), finding.message, **where, title=title)


def _rest(report: Report, commands: dict[Severity, list[str]], room: dict[Severity, int]) -> str:
    """'Not shown here: 90 errors, 1 note. ...', or nothing."""
    parts = [
        plural(len(found) - room[severity], _WORDS[severity])
        for severity, found in commands.items()
        if len(found) > room[severity]
    ]
    kept = Counter(finding.rule for finding in report.findings)
    unkept = sum(max(0, count - kept[rule]) for rule, count in report.counts.items())
    if unkept:
        parts.append(f"{unkept:,} beyond max_findings")
    how = "add --output markdown=$GITHUB_STEP_SUMMARY for a summary, or --output html=FILE for all"
    return f"Not shown here: {', '.join(parts)}; {how}" if parts else ""


def _command(word: str, message: str, **properties: str) -> str:
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{word} {given}::{_data(cut(message, limit(_CHANNEL, 'message')))}"


def _data(text: str) -> str:
    """Escaped as the runner undoes it; what else could harm a log is shown as its number."""
    return escape(_replaced(text, ("%", "%25"), ("\r", "%0D"), ("\n", "%0A")))


def _property(text: str) -> str:
    return _replaced(_data(text), (":", "%3A"), (",", "%2C"))


def _replaced(text: str, *pairs: Iterable[str]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
