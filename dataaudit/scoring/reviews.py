"""Which rows of a report a person has to look at again, by kind of work. Counts and places only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataaudit.model import Severity

if TYPE_CHECKING:
    from dataaudit.model import Finding, Report
    from dataaudit.scoring.scheme import Scheme


Place = tuple[str, int]
_INVALID = "minutes_per_invalid_row"
_LEARNED = "LAB006"
_LABEL = "minutes_per_label_review"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of review. figure: the task's figure with the minutes of one. rules: codes, or a family ("FMT")."""

    name: str
    what: str
    figure: str
    rules: tuple[str, ...]


KINDS = (
    Kind("invalid", "mend rows that cannot be used", _INVALID, ("SCH",)),
    Kind("conflict", "decide between contradicting answers", "minutes_per_conflict", ("DUP003",)),
    Kind("near-conflict", "decide between answers to near-equal prompts", "minutes_per_conflict", ("SIM003",)),
    Kind("label", "check labels that may be wrong", _LABEL, ("LAB003", "LAB005", "LAB006")),
    Kind("missing-label", "give rows their label", "minutes_per_missing_label", ("LAB004",)),
    Kind("format", "bring answers into the common format", "minutes_per_format_fix", ("FMT",)),
)


@dataclass(frozen=True, slots=True)
class Review:
    """Rows to look at, and how many decisions that is. findings: those of them that the report keeps, one a row.

    estimated: how many there are by estimate, where these are more than `rows`.
    """

    kind: str
    what: str
    figure: str
    rules: tuple[str, ...]
    rows: int
    units: int
    findings: tuple[Finding, ...]
    estimated: int | None = None


def file_faults(report: Report) -> list[Finding]:
    """Errors that keep a whole file from being read, by path: there is no row to mend."""
    empty = _empty(report)
    found = [
        finding
        for finding in report.findings
        if finding.rule.startswith("SCH") and _for_everybody(finding) and _of_file(finding, empty)
    ]
    return sorted(found, key=lambda finding: (finding.path or "", finding.rule, finding.message))


def sample_of(report: Report, rows: int, scheme: Scheme) -> tuple[Review, ...]:
    """A sample of so many training rows to check by hand, where the grade is capped as their labels were not verified.

    The cap is known by its rules, which no other cap has alone.
    """
    cap = scheme.caps["unlearned"]
    number = min(rows, int(cap.value))
    caps = report.readiness.caps if report.readiness is not None else ()
    if not number or ", ".join(cap.rules) not in {found.rule for found in caps}:
        return ()
    what = "check a sample of the labels: the prompts hardly tell them apart"
    return (Review("label-sample", what, _LABEL, cap.rules, number, number, ()),)


def reviews_of(report: Report) -> tuple[Review, ...]:
    """The reviews that there is a reason for, over all splits, in the order of KINDS.

    A row with several findings of one kind is one review, and a row that cannot be used is nothing else; notes
    (severity info) are none. Where a report keeps only the first findings of a rule, the others are taken to be like
    them.
    """
    kept: dict[str, list[Finding]] = {}
    for finding in report.findings:
        kept.setdefault(finding.rule, []).append(finding)
    found = []
    unusable: frozenset[Place] = frozenset()
    empty = _empty(report)
    for kind in KINDS:
        rules = [code for code in sorted(report.counts) if code.startswith(kind.rules)]
        fits = _of_rows(empty) if kind.figure == _INVALID else _serious
        by_place, rows = _rows(report, kept, rules, fits, unusable)
        units = rows
        if kind.figure == _INVALID:
            unusable = frozenset(by_place)
            units = rows = max(len(by_place), _counted(report, "invalid", "unreadable") if rules else 0)
        elif kind.name == "conflict" and rows:
            units = min(rows, _counted(report, "conflicting_groups")) or rows
        unseen = _unseen(report) if kind.name == "label" else 0
        if rows or unseen:
            findings = tuple(by_place[place] for place in sorted(by_place))
            named = {finding.rule for finding in findings} or set(rules)
            estimated = None
            if unseen:
                named.add(_LEARNED)
                estimated = rows + unseen
            found.append(
                Review(kind.name, kind.what, kind.figure, tuple(sorted(named)), rows, units, findings, estimated)
            )
    return tuple(found)


def _counted(report: Report, *names: str) -> int:
    return sum(split.get(name) or 0 for split in report.statistics["splits"].values() for name in names)


def _serious(finding: Finding) -> bool:
    return finding.severity != Severity.INFO


def _for_everybody(finding: Finding) -> bool:
    """What only one provider refuses is a matter of its format; what all stumble over is a fault of the row."""
    return finding.severity == Severity.ERROR and not finding.providers


def _empty(report: Report) -> frozenset[str]:
    """Files without a row: what is found there is about the file, whatever line it names."""
    return frozenset(file.path for file in report.files if not file.rows)


def _of_file(finding: Finding, empty: frozenset[str]) -> bool:
    return finding.line is None or finding.path in empty


def _of_rows(empty: frozenset[str]) -> Callable[[Finding], bool]:
    return lambda finding: _for_everybody(finding) and not _of_file(finding, empty)


def _unseen(report: Report) -> int:
    """Labels that are wrong by the estimate of the learned model, and that it cannot name."""
    figures: Mapping[str, Any] = report.statistics.get("label_errors") or {}
    estimated = round(float(figures.get("drawn_at_random") or 0.0) * int(figures.get("rows", 0)))
    return max(0, estimated - int(figures.get("flagged", 0)))


def _rows(
    report: Report,
    kept: Mapping[str, Sequence[Finding]],
    rules: Sequence[str],
    fits: Callable[[Finding], bool],
    besides: frozenset[Place],
) -> tuple[dict[Place, Finding], int]:
    """(the first finding of each row, how many rows there are with those that the report does not keep)."""
    first: dict[Place, Finding] = {}
    number, total = 0, 0.0
    for rule in rules:
        known = kept.get(rule, ())
        fit = [(place, finding) for finding in known if (place := _place(finding)) and fits(finding)]
        fit = [(place, finding) for place, finding in fit if place not in besides]
        for place, finding in fit:
            first.setdefault(place, finding)
        number += len(fit)
        total += report.counts[rule] * len(fit) / len(known) if known else 0.0
    return first, round(total * len(first) / number) if number else 0


def _place(finding: Finding) -> Place | None:
    return None if finding.path is None or finding.line is None else (finding.path, finding.line)
