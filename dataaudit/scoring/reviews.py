"""Which rows of a report a person has to look at again, by kind of work. Counts and places only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataaudit.model import Severity

if TYPE_CHECKING:
    from dataaudit.model import Finding, Report


Place = tuple[str, int]
_INVALID = "minutes_per_invalid_row"


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
    Kind("label", "check labels that may be wrong", "minutes_per_label_review", ("LAB003", "LAB005", "LAB006")),
    Kind("missing-label", "give rows their label", "minutes_per_missing_label", ("LAB004",)),
    Kind("format", "bring answers into the common format", "minutes_per_format_fix", ("FMT",)),
)


@dataclass(frozen=True, slots=True)
class Review:
    """Rows to look at, and how many decisions that is. findings: those of them that the report keeps, one a row."""

    kind: str
    what: str
    figure: str
    rules: tuple[str, ...]
    rows: int
    units: int
    findings: tuple[Finding, ...]


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
    for kind in KINDS:
        rules = [code for code in sorted(report.counts) if code.startswith(kind.rules)]
        by_place, rows = _rows(report, kept, rules, _for_everybody if kind.figure == _INVALID else _serious, unusable)
        units = rows
        if kind.figure == _INVALID:
            unusable = frozenset(by_place)
            units = rows = max(len(by_place), _counted(report, "invalid", "unreadable") if rules else 0)
        elif kind.name == "conflict" and rows:
            units = min(rows, _counted(report, "conflicting_groups")) or rows
        if rows:
            findings = tuple(by_place[place] for place in sorted(by_place))
            named = sorted({finding.rule for finding in findings}) or rules
            found.append(Review(kind.name, kind.what, kind.figure, tuple(named), rows, units, findings))
    return tuple(found)


def _counted(report: Report, *names: str) -> int:
    return sum(split.get(name) or 0 for split in report.statistics["splits"].values() for name in names)


def _serious(finding: Finding) -> bool:
    return finding.severity != Severity.INFO


def _for_everybody(finding: Finding) -> bool:
    """What only one provider refuses is a matter of its format; what all stumble over is a fault of the row."""
    return finding.severity == Severity.ERROR and not finding.providers


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
