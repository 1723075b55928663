"""The table of rules of a SARIF log, from the catalogue. Not for results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.model import Severity
from dataaudit.reporters.channels import level
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Rule
    from dataaudit.model import Finding, Report

_CHANNEL = "sarif"
# What GitHub calls a note of a linter (docs.github.com, SARIF support for code scanning, problem.severity).
_ADVICE = "recommendation"


def rule_table(report: Report, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Every rule of the catalogue by code, and those of findings that it does not know (rules of plugins)."""
    known = {code: _entry(rule) for code, rule in catalogue.rules.items() if rule.status != "removed"}
    for finding in report.findings:
        if finding.rule not in known:
            known[finding.rule] = _unknown(finding)
    return [known[code] for code in sorted(known)]


def shown_text(text: str) -> str:
    """Text of a message: escaped, and without the links that SARIF lets a message hold (3.11.6)."""
    return escape(text).replace("](", "] (")


def _entry(rule: Rule) -> dict[str, Any]:
    why, fix = (" ".join(text.split()) for text in (rule.why, rule.how_to_fix))
    found: dict[str, Any] = {
        "id": rule.code,
        "name": _pascal(rule.name),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.summary.split())},
        "help": {
            "text": f"Why: {why}\nHow to fix: {fix}",
            "markdown": f"**Why.** {why}\n\n**How to fix.** {fix}",
        },
        "defaultConfiguration": {"level": level(_CHANNEL, rule.severity)},
        "properties": _properties(rule.severity, [rule.family, rule.name, rule.status]),
    }
    source = next((source.url for source in rule.sources if source.url), None)
    return found | ({"helpUri": source} if source else {})


def _unknown(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "name": _pascal(finding.name),
        "shortDescription": {"text": finding.name},
        "defaultConfiguration": {"level": level(_CHANNEL, finding.severity)},
        "properties": _properties(finding.severity, [finding.name]),
    }


def _properties(severity: Severity, tags: list[str]) -> dict[str, Any]:
    problem = _ADVICE if severity is Severity.INFO else severity.value
    return {"tags": tags, "problem.severity": problem}


def _pascal(name: str) -> str:
    """'exact-duplicate' as 'ExactDuplicate', as SARIF asks for (3.49.7)."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("-"))
