"""From what was measured to findings with places and fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dataaudit.checks.base import AnyCheck, Hit, Tally
from dataaudit.checks.evidence import Evidence
from dataaudit.engine.measure import Measured
from dataaudit.model import Finding, Related, Severity
from dataaudit.text.fingerprint import finding_fingerprint
from dataaudit.text.safe import escape, mask


def tallies(measured: Measured, checks: Sequence[AnyCheck], evidence: Evidence, wanted: frozenset[str]) -> list[Tally]:
    """What every check finds, of the wanted rules."""
    found = []
    for check, state in zip(checks, measured.states, strict=True):
        found += [tally for tally in check.judge(state, evidence) if tally.rule in wanted]
    return found


def findings(found: Sequence[Tally], evidence: Evidence) -> tuple[list[Finding], dict[str, int]]:
    """(findings sorted by path, line and rule, of each rule the first by severity; how many there are of each rule)."""
    counts: Counter[str] = Counter()
    kept: dict[str, list[Hit]] = {}
    for tally in found:
        counts[tally.rule] += tally.total
        kept.setdefault(tally.rule, []).extend(tally.hits)
    result = []
    for rule, hits in kept.items():
        made = [_finding(rule, hit, evidence) for hit in hits]
        made.sort(key=lambda finding: (-finding.severity.rank, *_order(finding)))
        by_severity: dict[Severity, int] = {}
        for finding in made:
            seen = by_severity[finding.severity] = by_severity.get(finding.severity, 0) + 1
            if seen <= evidence.keep:
                result.append(finding)
    result.sort(key=_order)
    return result, {rule: counts[rule] for rule in sorted(counts)}


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.path or "", finding.line or 0, finding.rule, finding.message


def _finding(code: str, hit: Hit, evidence: Evidence) -> Finding:
    rule = evidence.catalogue.rules[code]
    line = hit.line
    shown: str | None = None if hit.source is None else evidence.sources[hit.source].path
    if hit.row is not None:
        shown, line = evidence.place(hit.row)
        content = f"{int(evidence.table['exact'][hit.row]):016x}:{hit.field or ''}"
    else:
        content = f"{shown}:{hit.content}"
    related = [(*evidence.place(row), score) for row, score in hit.related]
    return Finding(
        rule=code,
        name=rule.name,
        severity=hit.severity,
        path=shown,
        line=line,
        column=hit.column,
        field=escape(hit.field) if hit.field else None,
        message=mask(escape(hit.message)),
        related=tuple(Related(path=path, line=line, score=score) for path, line, score in related),
        fingerprint=finding_fingerprint(code, content),
        fix=rule.fix,
        providers=hit.providers,
    )
