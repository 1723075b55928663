"""MIN: whether there are enough examples, and not too many, for provider, task and category, on effective rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.base import Hit, KeyCheck, Tally
from dataaudit.checks.evidence import Evidence
from dataaudit.checks.limits import VALIDATION, in_force, is_trained_on, limit_breaches, split_size, train_split
from dataaudit.model import Severity
from dataaudit.text.columns import counted

if TYPE_CHECKING:
    from dataaudit.text.columns import Rows

_STRENGTH = {"hard": Severity.ERROR, "soft": Severity.WARNING, "advice": Severity.INFO}


class MinimumCheck(KeyCheck):
    """MIN001-007, from the counts of the table."""

    codes = tuple(f"MIN{number:03}" for number in range(1, 8))

    def judge(self, state: None, evidence: Evidence) -> Iterator[Tally]:
        yield from _provider_limits(evidence)
        split = train_split(evidence)
        rows = evidence.splits.get(split, np.empty(0, np.intp))
        effective = int(evidence.effective[rows].sum())
        total = split_size(evidence, split) or 0
        if total and is_trained_on(split):
            yield from _task_minimum(evidence, split, effective, total)
            yield from _categories(evidence, split, rows)
            yield from _effective_size(evidence, split, effective, total)
            yield from _validation(evidence, split)
            yield from _plateau(evidence, split, rows, effective)


def _provider_limits(evidence: Evidence) -> Iterator[Tally]:
    for name in sorted(evidence.named):
        provider = evidence.providers[name]
        for breach in limit_breaches(evidence, provider):
            severity = evidence.severity(breach.rule, _STRENGTH[breach.limit.severity])
            if severity is None:
                continue
            message = f"{breach.message} ({name})"
            if breach.rows is None:
                hit = Hit(
                    message,
                    severity,
                    source=breach.source,
                    content=f"{name}:{breach.limit.name}",
                    providers=(name,),
                )
                yield Tally(breach.rule, 1, [hit])
            else:
                hits = [Hit(message, severity, row, providers=(name,)) for row in breach.rows[: evidence.keep].tolist()]
                yield Tally(breach.rule, breach.count, hits)
        yield from _effective_under_floor(evidence, name)


def _effective_under_floor(evidence: Evidence, name: str) -> Iterator[Tally]:
    """Enough lines for the provider, but not once invalid rows and duplicates are taken out."""
    limits = in_force(evidence, evidence.providers[name])
    floors = [limit.value for limit in limits if limit.name == "min_examples" and limit.severity == "hard"]
    split = train_split(evidence)
    total, rows = split_size(evidence, split) or 0, evidence.splits.get(split, np.empty(0, np.intp))
    effective = int(evidence.effective[rows].sum())
    severity = evidence.severity("MIN001", Severity.WARNING)
    if floors and severity is not None and effective < max(floors) <= total:
        message = (
            f"{split} has {total:,} examples but only {effective:,} valid and distinct ones, {max(floors):,} are needed"
        )
        yield Tally(
            "MIN001",
            1,
            [Hit(f"{message} ({name})", severity, content=f"{name}:effective", providers=(name,))],
        )


def _task_minimum(evidence: Evidence, split: str, effective: int, total: int) -> Iterator[Tally]:
    task, severity = evidence.task, evidence.severity("MIN002")
    if task is None or severity is None:
        return
    figures = task.figures["minimum_examples"]
    least, most = min(figure.low for figure in figures), max(figure.high for figure in figures)
    if effective < least:
        span = f"{least:,.0f}" if least == most else f"{least:,.0f} to {most:,.0f}"
        message = (
            f"{split} has {effective:,} valid and distinct example{'s' * (effective != 1)} of {total:,}; "
            f"the task {task.id!r} ({evidence.task_because}) needs {span}"
        )
        yield Tally("MIN002", 1, [Hit(message, severity, content=split)])


def _categories(evidence: Evidence, split: str, rows: Rows) -> Iterator[Tally]:
    severity = evidence.severity("MIN003")
    keys = evidence.table["label"][rows]
    if severity is None or not evidence.labels_used(rows):
        return
    labels, counts = counted(keys[evidence.effective[rows]])
    labels, counts = labels[labels != 0], counts[labels != 0]
    if len(labels) < 2 or len(labels) > evidence.threshold("LAB001", "max_labels"):
        return
    many = len(labels) >= evidence.threshold("MIN003", "many_categories")
    least = evidence.threshold("MIN003", "rows_of_many" if many else "rows_of_few")
    short = labels[counts < least]
    hits = []
    for key, count in sorted(zip(labels.tolist(), counts.tolist(), strict=True), key=lambda pair: pair[1]):
        if count < least:
            row = int(rows[np.flatnonzero(keys == key)[0]])
            name = evidence.label_names.get(key, "?")
            message = (
                f"category {name!r} of {split} has {count:,} effective row{'s' * (count != 1)}, {least:,.0f} are needed"
            )
            # About the category, whichever row of it comes first.
            hits.append(Hit(message, severity, row, field="label", content=f"{split}:{key:016x}"))
    if len(short):
        yield Tally("MIN003", len(short), hits)


def _effective_size(evidence: Evidence, split: str, effective: int, total: int) -> Iterator[Tally]:
    floor, share = evidence.threshold("MIN004", "unreliable_below"), evidence.threshold("MIN004", "share")
    base = Severity.WARNING if effective < floor else Severity.INFO
    severity = evidence.severity("MIN004", base)
    if severity is None or (effective >= floor and effective >= share * total):
        return
    message = f"{effective:,} of the {total:,} rows of {split} count: the rest are invalid or repeat others"
    if effective < floor:
        message = (
            f"{effective:,} effective row{'s' * (effective != 1)} in {split} (of {total:,}): "
            f"results are unreliable below {floor:,.0f}"
        )
    yield Tally("MIN004", 1, [Hit(message, severity, content=split)])


def _validation(evidence: Evidence, split: str) -> Iterator[Tally]:
    severity = evidence.severity("MIN005")
    if severity is not None and not split_size(evidence, VALIDATION):
        message = "there is no validation set: name a file valid.jsonl or give --split validation=PATH"
        yield Tally("MIN005", 1, [Hit(message, severity, content="validation")])


def _plateau(evidence: Evidence, split: str, rows: Rows, effective: int) -> Iterator[Tally]:
    severity = evidence.severity("MIN006")
    figures = evidence.task.figures.get("plateau_examples", ()) if evidence.task else ()
    if severity is None or not figures or evidence.task is None:
        return
    labels = len(counted(evidence.table["label"][rows])[0]) if evidence.labels_used(rows) else 0
    plateau = max(figure.high for figure in figures)
    per_category = evidence.threshold("MIN003", "rows_of_many") * labels
    if effective > max(plateau, per_category):
        message = (
            f"{split} has {effective:,} effective rows; for the task {evidence.task.id!r} ({evidence.task_because}) "
            f"more than about {max(plateau, per_category):,.0f} good examples add little"
        )
        yield Tally("MIN006", 1, [Hit(message, severity, content=split)])
