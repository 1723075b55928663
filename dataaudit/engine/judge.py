"""From what was measured to findings with places and fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dataaudit.checks.base import AnyCheck, Hit, Tally
from dataaudit.checks.evidence import Evidence
from dataaudit.engine.fingerprints import of_file, of_row
from dataaudit.engine.measure import Measured
from dataaudit.engine.silence import Silencer
from dataaudit.model import Finding, Related, Severity
from dataaudit.text.fingerprint import finding_fingerprint
from dataaudit.text.safe import escape, mask, shown


def tallies(measured: Measured, checks: Sequence[AnyCheck], evidence: Evidence, wanted: frozenset[str]) -> list[Tally]:
    """What every check finds, of the wanted rules."""
    found = []
    for check, state in zip(checks, measured.states, strict=True):
        found += [tally for tally in check.judge(state, evidence) if tally.rule in wanted]
    return found


def findings(
    found: Sequence[Tally], evidence: Evidence, silencer: Silencer, keep: int
) -> tuple[list[Finding], dict[str, int]]:
    """(findings sorted by path, line and rule, of each rule the first by severity; how many there are of each rule).

    Silent ones are in neither. keep: findings of a rule and severity.
    """
    totals: Counter[str] = Counter()
    hits: dict[str, list[Hit]] = {}
    for tally in found:
        totals[tally.rule] += tally.total
        hits.setdefault(tally.rule, []).extend(tally.hits)
    result: list[Finding] = []
    counts: dict[str, int] = {}
    for rule, total in totals.items():
        once = _one_a_row(hits[rule])
        placed = sorted((_placed(rule, hit, evidence) for hit in once), key=_place)
        silent = silencer.silent(rule, [(one.hit.row, one.path, one.fingerprint) for one in placed])
        loud = [one for one, is_silent in zip(placed, silent, strict=True) if not is_silent]
        more = total - len(hits[rule])
        moved, rest = silencer.silences_rest(rule, [one.path for one in loud], more)
        counts[rule] = len(loud) - moved + more - rest
        result += [_finding(rule, one, evidence) for one in _first(loud[moved:], keep)]
    result.sort(key=_order)
    return result, {rule: counts[rule] for rule in sorted(counts) if counts[rule]}


class _Placed(NamedTuple):
    """A hit with its place and fingerprint: all that is needed to tell whether it is silent."""

    hit: Hit
    path: str | None
    line: int | None
    fingerprint: str


def _placed(rule: str, hit: Hit, evidence: Evidence) -> _Placed:
    if hit.row is None:
        path = None if hit.source is None else evidence.sources[hit.source].path
        return _Placed(hit, path, hit.line, of_file(rule, path, hit.content))
    path, line = evidence.place(hit.row)
    known_by = finding_fingerprint(rule, hit.content) if hit.content else of_row(rule, hit.row, evidence)
    return _Placed(hit, path, line, known_by)


def _place(one: _Placed) -> tuple[str, int, str]:
    return one.path or "", one.line or 0, one.hit.message


def _first(placed: Sequence[_Placed], keep: int) -> Iterator[_Placed]:
    """The first of each severity."""
    seen: Counter[Severity] = Counter()
    for one in placed:
        seen[one.hit.severity] += 1
        if seen[one.hit.severity] <= keep:
            yield one


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


def _finding(code: str, placed: _Placed, evidence: Evidence) -> Finding:
    rule, hit = evidence.catalogue.rules[code], placed.hit
    related = [(*evidence.place(row), score) for row, score in hit.related]
    return Finding(
        rule=code,
        name=rule.name,
        severity=hit.severity,
        path=placed.path,
        line=placed.line,
        column=hit.column,
        field=mask(escape(hit.field)) if hit.field else None,
        message=shown(hit.message, [path for path, *_ in related]),
        related=tuple(Related(path=path, line=line, score=score) for path, line, score in related),
        fingerprint=placed.fingerprint,
        fix=None if rule.fix is None else rule.fix.of(hit.message),
        providers=hit.providers,
    )
