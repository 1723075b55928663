"""The score of each set: which planted rows were found, by which rule, and which clean rows were flagged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import dataaudit
from benchmarks.formats.sets import MadeSet, Order, make


@dataclass(frozen=True, slots=True)
class Hit:
    """One planted row. found: any FMT finding is on it; right: one of the rules that tell this fault."""

    kind: str
    rules: str
    found: bool
    right: bool
    prompt: str
    answer: str
    said: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """One FMT finding on a clean row."""

    row: int
    rule: str
    severity: str
    message: str
    answer: str


@dataclass(frozen=True, slots=True)
class Score:
    """One audited set. whole: findings about the set as a whole, as "rule: message"."""

    order: Order
    clean: int
    hits: list[Hit]
    alarms: list[Alarm]
    whole: list[str]

    @property
    def flagged(self) -> int:
        """Clean rows with any alarm."""
        return len({alarm.row for alarm in self.alarms})


def score(order: Order) -> Score:
    """Make the set, audit it with the FMT rules, and compare."""
    made = make(order)
    report = dataaudit.audit(made.records(), select=["FMT"], max_findings=max(1000, order.size))
    by_row: dict[int, list[dataaudit.Finding]] = defaultdict(list)
    whole = []
    for finding in report.findings:
        if finding.line is None:
            whole.append(f"{finding.rule}: {finding.message}")
        else:
            by_row[finding.line - 1].append(finding)
    clean = order.size - len(made.planted)
    return Score(order, clean, _hits(made, by_row), _alarms(made, by_row), whole)


def _hits(made: MadeSet, by_row: dict[int, list[dataaudit.Finding]]) -> list[Hit]:
    hits = []
    for row, planted in sorted(made.planted.items()):
        rules = {finding.rule for finding in by_row[row]}
        said = "; ".join(f"{finding.rule} {finding.message}" for finding in by_row[row])
        right = " ".join(sorted(planted.kind.rules))
        hits.append(
            Hit(
                planted.kind.name,
                right,
                bool(rules),
                bool(rules & planted.kind.rules),
                made.rows[row].prompt,
                planted.answer,
                said,
            )
        )
    return hits


def _alarms(made: MadeSet, by_row: dict[int, list[dataaudit.Finding]]) -> list[Alarm]:
    return [
        Alarm(row, finding.rule, str(finding.severity), finding.message, made.rows[row].answer)
        for row, findings in sorted(by_row.items())
        if row not in made.planted
        for finding in findings
    ]


def scores(wanted: Iterable[Order], workers: int) -> list[Score]:
    """All sets, in so many processes, in the order of the orders."""
    if workers == 1:
        return [score(order) for order in wanted]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(score, wanted, chunksize=8))


@dataclass(frozen=True, slots=True)
class Recall:
    """Planted rows, those found by any rule, those found by the right one, and the mean recall over the sets."""

    planted: int
    found: int
    right: int
    over_sets: float

    @property
    def share(self) -> float:
        return self.found / self.planted if self.planted else 1.0


def recall(some: Iterable[Score], kind: str | None = None) -> Recall:
    """Over all hits, or those of one kind."""
    planted = found = right = 0
    sets = []
    for each in some:
        hits = [hit for hit in each.hits if kind in (None, hit.kind)]
        if not hits:
            continue
        planted += len(hits)
        found += sum(hit.found for hit in hits)
        right += sum(hit.right for hit in hits)
        sets.append(sum(hit.found for hit in hits) / len(hits))
    return Recall(planted, found, right, sum(sets) / len(sets) if sets else 1.0)


def false_alarms(some: Iterable[Score]) -> tuple[int, int, Counter[str], Counter[str]]:
    """Clean rows, those flagged, and the alarms by severity and by rule."""
    clean = flagged = 0
    severities: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for each in some:
        clean += each.clean
        flagged += each.flagged
        severities.update(alarm.severity for alarm in each.alarms)
        rules.update(alarm.rule for alarm in each.alarms)
    return clean, flagged, severities, rules
