"""Figures of a task, such as minutes an example, as one range each: the user's own, else all that the sources say.

Only looks figures up; what is made of them stands in `effort` and `readiness`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dataaudit.catalogue import Task
from dataaudit.errors import UsageError, close_match
from dataaudit.values import Value

Own = Mapping[str, tuple[float, float]]
"""The user's own figures: name to (low, high), as `Settings.figures` has them."""

_MOST = 10**12
"""Far above any real figure, and far below what arithmetic fails on."""

_NONE: Own = MappingProxyType({})


class Range(Value):
    """What a figure may be. sources: who says so, with dates, empty for the user's `own` figure."""

    low: float
    high: float
    sources: tuple[str, ...] = ()
    own: bool = False

    def times(self, number: float) -> Range:
        """So many times this."""
        return self.replaced(low=self.low * number, high=self.high * number)


def figure(task: Task, name: str, own: Own = _NONE) -> Range | None:
    """The user's own range where there is one, else from the lowest low to the highest high of all sources.

    None where the task has no such figure.
    """
    if name in own:
        low, high = own[name]
        return Range(low=low, high=high, own=True)
    found = task.figures.get(name)
    if not found:
        return None
    return Range(
        low=min(entry.low for entry in found),
        high=max(entry.high for entry in found),
        sources=tuple(dict.fromkeys(f"{entry.source}, {entry.date}" for entry in found)),
    )


def review_minutes(task: Task, name: str, own: Own = _NONE) -> Range | None:
    """Minutes of a kind of review, such as `minutes_per_conflict`; None where the task has no such figure.

    The profiles assume them to be a part of what writing an example takes, so they follow the user's own
    `minutes_per_example` in proportion, unless they are given too.
    """
    found, writing = figure(task, name, own), figure(task, "minutes_per_example")
    if found is None or found.own or writing is None or "minutes_per_example" not in own:
        return found
    mine = figure(task, "minutes_per_example", own) or writing
    low = found.low * mine.low / writing.low if writing.low else mine.low
    high = found.high * mine.high / writing.high if writing.high else mine.high
    return found.replaced(low=low, high=high)


def check_figures(own: Own, tasks: Iterable[Task]) -> None:
    """Hold the user's own figures against the names that the task profiles know.

    Raises:
        UsageError: no task has a figure of that name, a range goes from high to low, or is absurdly high.
    """
    known = sorted({name for task in tasks for name in task.figures})
    for name, (low, high) in own.items():
        if name not in known:
            near = close_match(name, known)
            hint = f"did you mean {near}?" if near else f"one of {', '.join(known)}"
            raise UsageError(f"figures: unknown figure {name!r}", hint=hint)
        if high > _MOST:
            raise UsageError(f"figures: {name} is {high:g}", hint=f"no figure is above {_MOST:,}")
        if low > high:
            raise UsageError(f"figures: {name} goes from {low:g} to {high:g}", hint="the lower number comes first")


_OF_EACH = {"per_category_minimum": "minimum_examples", "target_per_category": "target_examples"}
_COUNTED = {*_OF_EACH, *_OF_EACH.values(), "rate_usd_per_hour", "hours", "examples_of_hours"}


def without_effect(own: Own, *, by_category: bool) -> list[str]:
    """The user's own figures that no plan is made with, and those of categories where there are none.

    A number for each category that stands beside one for the set, as both do for --target, is used where it fits.
    """
    return sorted(
        name
        for name in own
        if not (name in _COUNTED or name.startswith("minutes_per_"))
        or (name in ("hours", "examples_of_hours") and "minutes_per_example" in own)
        or (name in _OF_EACH and not by_category and _OF_EACH[name] not in own)
    )
