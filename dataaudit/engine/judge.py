"""From what was measured to findings with places and fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dataaudit.checks.base import AnyCheck, Hit, Tally
from dataaudit.checks.evidence import Evidence
from dataaudit.engine.measure import Measured
from dataaudit.model import Finding, Related, Severity
from dataaudit.text.fingerprint import finding_fingerprint
from dataaudit.text.safe import escape, mask, shown


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
        once = _one_a_row(hits)
        counts[rule] -= len(hits) - len(once)
        made = [_finding(rule, hit, evidence) for hit in once]
        made.sort(key=lambda finding: (-finding.severity.rank, *_order(finding)))
        by_severity: dict[Severity, int] = {}
        for finding in made:
            seen = by_severity[finding.severity] = by_severity.get(finding.severity, 0) + 1
            if seen <= evidence.keep:
                result.append(finding)
    result.sort(key=_order)
    return result, {rule: counts[rule] for rule in sorted(counts)}


def _one_a_row(hits: Sequence[Hit]) -> list[Hit]:
    """Hits of one rule, those about the same row joined: rules and limits can say the same of it."""
    rows: dict[int, Hit] = {}
    others = []
    for hit in hits:
        known = rows.get(hit.row) if hit.row is not None else None
        if hit.row is None:
            others.append(hit)
        elif known is None:
            rows[hit.row] = hit
        else:
            worse = max(known, hit, key=lambda one: one.severity.rank)
            message = known.message if hit.message in known.message else f"{known.message}; {hit.message}"
            providers = tuple(dict.fromkeys((*known.providers, *hit.providers)))
            rows[hit.row] = worse._replace(message=message, providers=providers)
    return [*others, *rows.values()]


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.path or "", finding.line or 0, finding.rule, finding.message


def _finding(code: str, hit: Hit, evidence: Evidence) -> Finding:
    rule = evidence.catalogue.rules[code]
    line = hit.line
    named: str | None = None if hit.source is None else evidence.sources[hit.source].path
    if hit.row is not None:
        named, line = evidence.place(hit.row)
        content = f"{int(evidence.table['exact'][hit.row]):016x}:{hit.field or ''}"
    else:
        content = f"{named}:{hit.content}"
    related = [(*evidence.place(row), score) for row, score in hit.related]
    return Finding(
        rule=code,
        name=rule.name,
        severity=hit.severity,
        path=named,
        line=line,
        column=hit.column,
        field=mask(escape(hit.field)) if hit.field else None,
        message=shown(hit.message, [path for path, *_ in related]),
        related=tuple(Related(path=path, line=line, score=score) for path, line, score in related),
        fingerprint=finding_fingerprint(code, content),
        fix=rule.fix,
        providers=hit.providers,
    )
