"""All of the report but the findings, as the page wants it: what it shows and no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dataaudit._resources import rule_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.catalogue import Catalogue, Rule
    from dataaudit.model import Report

_LABELS = 300
_FORMATS = 12
_COST = ("training", "hosting_per_month", "inference_per_month", "total_first_month")


def overview(report: Report, catalogue: Catalogue) -> dict[str, Any]:
    """JSON values; texts are not escaped yet."""
    return {
        "tool": report.tool.as_json(),
        "files": [file.as_json() for file in report.files],
        "counts": report.counts,
        "listed": dict(Counter(finding.rule for finding in report.findings)),
        "readiness": None if report.readiness is None else report.readiness.as_json() | {"categories": {}},
        "borders": {grade: entry["value"] for grade, entry in rule_data("scoring.toml")["borders"].items()},
        "verdicts": [verdict.as_json() | {"sentence": verdict.sentence} for verdict in report.verdicts],
        "statistics": _statistics(report.statistics),
        "plan": report.plan,
        "estimate": _estimate(report.estimate),
        "advice": _advice(report.advice),
        "unchecked": [entry.as_json() for entry in report.unchecked],
        "suppressed": [entry.as_json() for entry in report.suppressed],
        "unused": [entry.as_json() for entry in report.unused],
        "rules": _rules(report, catalogue),
        "families": rule_data("html.toml")["families"],
    }


def _rules(report: Report, catalogue: Catalogue) -> dict[str, Any]:
    """What the catalogue says of the rules that the report names; caps name families, whose rules are named too."""
    named = {finding.rule for finding in report.findings} | {entry.rule for entry in report.unchecked}
    named |= {rule for rule, count in report.counts.items() if count}
    named |= {entry.rule for entry in report.suppressed} | {entry.rule for entry in report.unused}
    named |= {reason.rule for verdict in report.verdicts for reason in verdict.reasons}
    if report.readiness is not None:
        named |= {cap.rule for cap in report.readiness.caps}
        named |= {rule for action in report.readiness.next for rule in action.rules}
    return {code: _rule(catalogue.rules[code]) for code in sorted(named) if code in catalogue.rules}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "status": rule.status,
        "summary": rule.summary,
        "why": " ".join(rule.why.split()),
        "how_to_fix": " ".join(rule.how_to_fix.split()),
        "fix": None if rule.fix is None else rule.fix.as_json(),
        "thresholds": [
            {"name": name, "value": entry.value, "unit": entry.unit, "why": " ".join(entry.why.split())}
            for name, entry in rule.thresholds.items()
        ],
        "sources": [{"title": source.title, "date": str(source.date), "url": source.url} for source in rule.sources],
    }


def _statistics(found: Mapping[str, Any]) -> dict[str, Any]:
    splits = {name: _split(split) for name, split in (found.get("splits") or {}).items()}
    kept = ("rows", "lengths", "group_sizes", "task", "shapes", "label_errors", "tokens")
    return {
        **{name: found[name] for name in kept if found.get(name) is not None},
        "splits": splits,
        "formats": [*(found.get("formats") or ())][:_FORMATS],
        "more_formats": max(0, len(found.get("formats") or ()) - _FORMATS),
    }


def _split(split: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of a split; of its labels the first, most rows first, and how many more there are."""
    labels = split.get("labels")
    if not labels:
        return dict(split)
    rows = list(labels["rows"].items())
    cut = {**labels, "rows": dict(rows[:_LABELS]), "more": max(0, labels["labels"] - _LABELS)}
    cut["effective_rows"] = {name: labels["effective_rows"].get(name, 0) for name, _ in rows[:_LABELS]}
    return {**split, "labels": cut}


def _estimate(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    kept = ("provider", "model", "tuning", "method", "status", "status_note", "price_source", "price_date")
    offers = [
        {name: offer.get(name) for name in kept} | {name: _cost(offer.get(name)) for name in _COST}
        for offer in found.get("providers") or ()
    ]
    return {"offers": offers, "missing": found.get("missing") or (), "assumptions": found.get("assumptions") or ()}


def _cost(cost: Mapping[str, Any] | None) -> list[float | None] | None:
    return None if cost is None else [cost.get("low"), cost.get("high")]


def _advice(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    kept = ("option", "title", "sentence", "sums", "reasons", "blockers", "missing", "weights")
    return {name: found.get(name) for name in kept}
