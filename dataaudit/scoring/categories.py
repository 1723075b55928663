"""What each category of the training split has, and how many examples it needs. Counts only: no hours, no money."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataaudit.checks.spelling import UNDECLARED, Spelling
from dataaudit.scoring.figures import Own, Range, figure
from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from dataaudit.catalogue import Given, Task


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of a label, or of the whole set where `label` is empty; `labels`: how many labels are taken together."""

    label: str
    rows: int
    effective: int
    labels: int = 1

    def missing(self, wanted: int) -> int:
        """Examples that are lacking where each label should have as many as wanted."""
        return max(0, wanted * self.labels - self.effective)


@dataclass(frozen=True, slots=True)
class Need:
    """Counts, and how many examples each is to have at least (minimum) and is best given (target).

    more: labels that the report does not list, taken together in the last of the counts. merged: misspelt labels that
    are counted with the one that is meant. left_out: labels that were not declared.
    """

    counts: tuple[Count, ...]
    minimum: int
    target: int
    by_category: bool = False
    more: int = 0
    merged: int = 0
    left_out: int = 0

    def missing(self, wanted: int) -> int:
        """Examples that are lacking in all categories together."""
        return sum(count.missing(wanted) for count in self.counts)


def categories_of(
    facts: Mapping[str, Any], task: Task, own: Own, given: Given, declared: Sequence[str] | None, *, misspelt: bool
) -> Need:
    """The categories of a split from its statistics (`facts`, empty where there is no such split).

    A category needs what MIN003 asks for, and as many more as the set lacks to the least number for its task (MIN002),
    the smallest categories first; likewise for the target. Declared labels without a row are categories too.
    misspelt: labels that LAB003 calls misspelt are counted with the one that is meant.
    """
    rows, effective = facts.get("rows", 0), facts.get("effective", 0)
    least, wanted = _ends(figure(task, "minimum_examples", own), figure(task, "target_examples", own), None)
    labels = facts.get("labels") or {}
    number = max(labels.get("labels", 0), len(labels.get("effective_rows", ())))
    known = tuple(mask(escape(label)) for label in declared or ())
    if not known and not 2 <= number <= given.threshold("LAB001", "max_labels"):
        return Need((Count("", rows, effective),), least, wanted)
    every: dict[str, int] = dict(labels.get("rows", {}))
    good: dict[str, int] = dict(labels.get("effective_rows", {}))
    merged, left_out = _join(every, good, Spelling.by(given.of("LAB003"), known)) if misspelt or known else (0, 0)
    more = 0 if known else max(0, number - len(labels.get("effective_rows", ())))
    names = known or (good if more else {**good, **every})
    counts = [Count(name, every.get(name, good.get(name, 0)), good.get(name, 0)) for name in names]
    if more:
        counts.append(_rest(more, rows, effective, counts))
    many = sum(count.labels for count in counts) >= given.threshold("MIN003", "many_categories")
    floor = given.threshold("MIN003", "rows_of_many" if many else "rows_of_few")
    low, high = _ends(figure(task, "per_category_minimum", own), figure(task, "target_per_category", own), floor)
    others = max(0, effective - sum(count.effective for count in counts))
    minimum = max(low, _level(counts, least - others))
    return Need(
        tuple(counts),
        minimum,
        max(high, _level(counts, wanted - others)),
        by_category=True,
        more=more,
        merged=merged,
        left_out=left_out,
    )


def _ends(needed: Range | None, wanted: Range | None, floor: float | None) -> tuple[int, int]:
    """(minimum, target): the user's own figures as they are; else no target is below the minimum.

    floor: the minimum where the user gives none of their own.
    """
    low = floor if floor is not None and not (needed is not None and needed.own) else needed.low if needed else 0.0
    if wanted is not None and wanted.own:
        high = wanted.high
    elif needed is not None and needed.own:
        high = needed.high
    else:
        high = max(low, wanted.high if wanted is not None else low)
    return math.ceil(low), math.ceil(high)


def _level(counts: Sequence[Count], total: float) -> int:
    """The least number that, where every label with fewer rows is brought to it, makes up the total."""
    low, high = 0, max(0, math.ceil(total))
    while low < high:
        middle = (low + high) // 2
        if sum(max(count.effective, middle * count.labels) for count in counts) >= total:
            high = middle
        else:
            low = middle + 1
    return low


def _rest(more: int, rows: int, effective: int, counts: Sequence[Count]) -> Count:
    """The labels that the statistics do not list: all that the listed ones leave of the rows."""
    return Count(
        f"and {more:,} more",
        max(0, rows - sum(count.rows for count in counts)),
        max(0, effective - sum(count.effective for count in counts)),
        more,
    )


def _join(every: dict[str, int], good: dict[str, int], spelling: Spelling) -> tuple[int, int]:
    """Count misspelt labels with the one that is meant, in place. Returns how many were, and how many nobody meant."""
    merged = left_out = 0
    for label, (meant, why) in spelling.misspelt(every).items():
        if why == UNDECLARED:
            left_out += 1
            continue
        merged += 1
        for counts in (every, good):
            if label in counts:
                counts[meant] = counts.get(meant, 0) + counts.pop(label)
    return merged, left_out
