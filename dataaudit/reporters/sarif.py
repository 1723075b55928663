"""SARIF 2.1.0 (OASIS), for code scanning of GitHub, Azure DevOps and editors.

One run with the table of rules, the files with their hashes, and results in the order in which a service keeps them.
Columns stand in the properties of a result: those of SARIF are counted in characters, those of a report in bytes.
"""

from __future__ import annotations

import zlib
from json import dumps
from typing import TYPE_CHECKING, Any

from dataaudit.reporters.channels import cut, home, level, limit, numbered, worst_first
from dataaudit.reporters.layout import plural
from dataaudit.reporters.paths import uri
from dataaudit.reporters.sarif_rules import rule_table, shown_text
from dataaudit.reporters.summary import capped

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue
    from dataaudit.model import FileSummary, Finding, Report

_CHANNEL = "sarif"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
# The one key by which GitHub follows an alert from run to run.
_FOLLOWED = "primaryLocationLineHash"


def sarif(report: Report, catalogue: Catalogue) -> str:
    """The log of one run: as many of the worst findings as GitHub takes, with a notification of what is left out."""
    findings = worst_first(report.findings)
    keep = min(len(findings), limit(_CHANNEL, "results"))
    text = _log(report, catalogue, findings, keep)
    most = limit(_CHANNEL, "compressed")
    while keep and len(text) > most and (size := len(zlib.compress(text.encode(), 6))) > most:
        keep = min(keep - 1, int(keep * most / size * 0.95))
        text = _log(report, catalogue, findings, keep)
    return text


def left_out(report: Report, text: str) -> str | None:
    """What GitHub drops or does not show of the log that was written; None where it shows all."""
    # In the texts of a log every quotation mark has a backslash before it: this counts results only.
    found, kept, shown = len(report.findings), text.count('"partialFingerprints": '), limit(_CHANNEL, "shown")
    parts = [f"{plural(kept - shown, 'finding')} not shown by GitHub"] if kept > shown else []
    parts += [f"{found - kept:,} left out"] if found > kept else []
    unkept = sum(count - kept for _, kept, count in capped(report))
    parts += [f"{unkept:,} beyond max_findings"] if unkept else []
    return f"SARIF holds the worst findings first: {', '.join(parts)}" if parts else None


def _log(report: Report, catalogue: Catalogue, findings: list[Finding], keep: int) -> str:
    table = rule_table(report, catalogue)
    places = {rule["id"]: number for number, rule in enumerate(table)}
    files = {file.path: number for number, file in enumerate(report.files)}
    stand_in = home(report)
    run: dict[str, Any] = {
        "tool": {"driver": _driver(report, table)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, places, len(findings) - keep)],
        "artifacts": [_artifact(file) for file in report.files],
        "results": [
            _result(finding, number, places[finding.rule], files, stand_in)
            for finding, number in zip(findings[:keep], numbered(findings), strict=False)
        ],
        "properties": _properties(report),
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True) + "\n"


def _driver(report: Report, table: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": report.tool.name, "version": report.tool.version, "rules": table}


def _artifact(file: FileSummary) -> dict[str, Any]:
    found: dict[str, Any] = {
        "location": _location(file.path),
        "roles": ["analysisTarget"],
        "properties": {"rows": file.rows, "shape": file.shape, "split": file.split},
    }
    if file.bytes is not None:
        found["length"] = file.bytes
    if file.sha256 is not None:
        found["hashes"] = {"sha-256": file.sha256}
    return found


def _location(path: str, index: int | None = None) -> dict[str, Any]:
    where = uri(path)
    found: dict[str, Any] = {"uri": where}
    if not where.startswith("file:"):
        found["uriBaseId"] = _ROOT
    return found if index is None else {**found, "index": index}


def _result(finding: Finding, number: int, rule: int, files: dict[str, int], stand_in: str) -> dict[str, Any]:
    message = finding.message if finding.path is not None else f"all files: {finding.message}"
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level(_CHANNEL, finding.severity),
        "message": {"text": _told(message)},
        "locations": [_place(finding.path or stand_in, finding.line or 1, files)],
        "partialFingerprints": {
            _FOLLOWED: f"{finding.fingerprint}:{number}",
            "dataauditContent/v1": finding.fingerprint,
        },
    }
    related = finding.related[: limit(_CHANNEL, "related")]
    if related:
        found["relatedLocations"] = [
            {"id": count, **_place(other.path, other.line, files), "message": {"text": _alike(other.score)}}
            for count, other in enumerate(related)
        ]
    properties = {
        "column": finding.column,
        "field": cut(finding.field or "", limit(_CHANNEL, "message")),
        "providers": list(finding.providers),
    }
    if kept := {name: value for name, value in properties.items() if value}:
        found["properties"] = kept
    return found


def _told(message: str) -> str:
    return shown_text(cut(message, limit(_CHANNEL, "message")))


def _alike(score: float | None) -> str:
    return "see also" if score is None else f"see also (similarity {score:.2f})"


def _place(path: str, line: int | None, files: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"artifactLocation": _location(path, files.get(path))}
    if line is not None:
        found["region"] = {"startLine": line}
    return {"physicalLocation": found}


def _invocation(report: Report, places: dict[str, int], dropped: int) -> dict[str, Any]:
    """That the run went well, what it could not judge, and what the log does not hold."""
    notes = []
    if dropped:
        words = f"{plural(dropped, 'finding')} left out, the least severe: the log would be larger than services take"
        notes.append({"level": "warning", "message": {"text": words}})
    for code, kept, count in capped(report):
        words = f"{code}: {count:,} findings; only the first {kept:,} are kept"
        notes.append({"level": "note", "message": {"text": words}})
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": notes,
        "toolConfigurationNotifications": [
            {
                "level": "note",
                "message": {"text": _told(f"{entry.rule} not checked: {entry.because}")},
                **({"associatedRule": {"id": entry.rule, "index": places[entry.rule]}} if entry.rule in places else {}),
            }
            for entry in report.unchecked
        ],
    }


def _properties(report: Report) -> dict[str, Any]:
    """The grade, the verdicts and the counts, for programs that read more than results."""
    ready = report.readiness
    found: dict[str, Any] = {"counts": report.counts}
    if ready is not None:
        found |= {"grade": ready.grade, "score": ready.score, "ready": ready.ready}
    if report.verdicts:
        found["verdicts"] = {verdict.provider: verdict.answer for verdict in report.verdicts}
    if report.suppressed:
        found["suppressed"] = sum(entry.count for entry in report.suppressed)
    return found
