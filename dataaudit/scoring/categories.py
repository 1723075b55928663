"""What each category of the training split has, and how many examples it needs. Counts only: no hours, no money."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
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
class Level:
    """How many examples each label is to have; missing: what each of the counts lacks.

    Where a total is shared out that does not divide, some labels lack one fewer than the level says.
    """

    each: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Counts, and how many examples each is to have at least (minimum) and is best given (target).

    more: labels that the report does not list, taken together in the last of the counts. merged: misspelt labels that
    are counted with the one that is meant. left_out: labels that were not declared. open: labels that are too many for
    a closed set (more than `most`), 0 where they are not. graded: the labels are those of the grade, and
    their rows are not known.
    """

    counts: tuple[Count, ...]
    minimum: Level
    target: Level
    by_category: bool = False
    more: int = 0
    merged: int = 0
    left_out: int = 0
    open: int = 0
    most: int = 0
    graded: bool = False


def categories_of(
    facts: Mapping[str, Any],
    task: Task,
    own: Own,
    given: Given,
    declared: Sequence[str] | None,
    *,
    misspelt: bool,
    graded: Iterable[str] = (),
) -> Need:
    """The categories of a split from its statistics (`facts`, empty where there is no such split).

    A category needs what MIN003 asks for, and as many more as the set lacks to the least number for its task (MIN002),
    the smallest categories first; likewise for the target. What the user wants of each category stands alone, unless
    the user wants a number in all too. Declared labels without a row are categories too.
    misspelt: labels that LAB003 calls misspelt are counted with the one that is meant. graded: labels of the grade,
    which stand where no row is effective and the statistics have none.
    """
    rows, effective = facts.get("rows", 0), facts.get("effective", 0)
    least, wanted = _ends(figure(task, "minimum_examples", own), figure(task, "target_examples", own), None)
    labels = facts.get("labels") or {"rows": dict.fromkeys(graded, 0)}
    every: dict[str, int] = dict(labels.get("rows", {}))
    good: dict[str, int] = dict(labels.get("effective_rows", {}))
    number = max(labels.get("labels", 0), len(every), len(good))
    most = int(given.threshold("LAB001", "max_labels"))
    known = tuple(mask(escape(label)) for label in declared or ())
    if not known and not 2 <= number <= most:
        whole = (Count("", rows, effective),)
        return Need(
            whole, _level(whole, least, 0), _level(whole, wanted, 0), open=number if number > most else 0, most=most
        )
    more = 0 if known else max(0, labels.get("labels", 0) - len(good))
    merged, left_out = _join(every, good, Spelling.by(given.of("LAB003"), known)) if misspelt or known else (0, 0)
    names = known or (good if more else {**good, **every})
    counts = [Count(name, every.get(name, good.get(name, 0)), good.get(name, 0)) for name in names]
    if more:
        counts.append(_rest(more, rows, effective, counts))
    many = sum(count.labels for count in counts) >= given.threshold("MIN003", "many_categories")
    floor = given.threshold("MIN003", "rows_of_many" if many else "rows_of_few")
    low, high = _ends(figure(task, "per_category_minimum", own), figure(task, "target_per_category", own), floor)
    others = max(0, effective - sum(count.effective for count in counts))
    return Need(
        tuple(counts),
        _level(counts, low, 0 if _alone(own, "minimum") else least - others),
        _level(counts, high, 0 if _alone(own, "target") else wanted - others),
        by_category=True,
        more=more,
        merged=merged,
        left_out=left_out,
        graded=not known and not facts.get("labels"),
    )


_OF_EACH = {"minimum": ("per_category_minimum",), "target": ("target_per_category", "per_category_minimum")}
_IN_ALL = {"minimum": ("minimum_examples",), "target": ("target_examples", "minimum_examples")}


def _alone(own: Own, end: str) -> bool:
    """Whether the user says what each category is to have, and not what the set is to have in all."""
    return any(name in own for name in _OF_EACH[end]) and not any(name in own for name in _IN_ALL[end])


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


def _level(counts: Sequence[Count], floor: int, total: int) -> Level:
    """Every label is brought to the floor, and the smallest further to one level, so that they make up the total."""
    low, high = 0, max(0, total)
    while low < high:
        middle = (low + high) // 2
        if sum(max(count.effective, middle * count.labels) for count in counts) >= total:
            high = middle
        else:
            low = middle + 1
    each = max(floor, low)
    missing = [count.missing(each) for count in counts]
    spare = sum(count.effective for count in counts) + sum(missing) - total if each > floor else 0
    for place in sorted(
        range(len(counts)), key=lambda place: (counts[place].effective, counts[place].label), reverse=True
    ):
        given_up = min(spare, counts[place].labels, missing[place])
        missing[place] -= given_up
        spare -= given_up
    return Level(each, tuple(missing))


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
