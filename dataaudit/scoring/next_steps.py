"""The shortest list of actions that lifts the grade one step, found by trying each on the counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.model import Action
from dataaudit.scoring.readiness import scored
from dataaudit.scoring.steps import Step, filled, possible_steps, write_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.model import Grade
    from dataaudit.scoring.measures import Measures
    from dataaudit.scoring.need import Need
    from dataaudit.scoring.scheme import Scheme
    from dataaudit.scoring.steps import Minutes

_FEW = {"too_few", "unreliable", "task_minimum"}
"""Caps that more examples take away. Those of a share of faulty rows must not be written away."""


class Next(NamedTuple):
    """The grade aimed at (None: there is no better one), the actions, and whether they reach it."""

    target: Grade | None
    actions: tuple[Action, ...]
    reached: bool


def next_steps(measures: Measures, need: Need, scheme: Scheme, minutes: Minutes) -> Next:
    """What to do to reach the next better grade.

    Automatic actions come first, then what gives most for its minutes; what is not needed is left out again, and of
    work on many rows as much is asked as the grade takes.
    """
    target = scheme.better(scored(measures, need, scheme).grade)
    if target is None:
        return Next(None, (), True)
    aim = _Aim(need, scheme, target, minutes)
    chosen, now = [], measures
    open_steps = possible_steps(measures, scheme)
    while open_steps and not aim.reached(now):
        best = max(open_steps, key=lambda step: aim.worth(step, now))
        open_steps.remove(best)
        if aim.gain(best, now) > (0, 0.0):
            chosen.append(best)
            now = best.done(now)
    steps = aim.shortest(chosen, measures)
    return Next(target, tuple(aim.actions(steps, measures)), aim.reached(_after(steps, measures)))


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a list of steps is to reach, and what it costs."""

    need: Need
    scheme: Scheme
    target: Grade
    minutes: Minutes

    def reached(self, measures: Measures) -> bool:
        return not self.scheme.worse(scored(measures, self.need, self.scheme).grade, self.target)

    def gain(self, step: Step, measures: Measures) -> tuple[int, float]:
        """(caps below the target that it takes away, points of the score)."""
        before, after = (scored(one, self.need, self.scheme) for one in (measures, step.done(measures)))
        below = [sum(self.scheme.worse(cap, self.target) for cap in one.caps.values()) for one in (before, after)]
        return below[0] - below[1], after.score - before.score

    def worth(self, step: Step, measures: Measures) -> tuple[bool, float, float]:
        """Automatic steps first, then by caps and points a minute."""
        caps, points = self.gain(step, measures)
        effort = self.cost([step]) or 1.0
        return step.work is None, caps / effort, points / effort

    def cost(self, steps: Sequence[Step]) -> float:
        """Minutes of a person's work, the middle of the range."""
        return sum(sum(step.minutes(self.minutes)) / 2 for step in steps)

    def completed(self, steps: Sequence[Step], measures: Measures) -> list[Step]:
        """The steps, and new examples where these do not suffice."""
        after = _after(steps, measures)
        if self.reached(after) or not self._only_few(after):
            return [*steps]
        step = self.examples(after)
        return [*steps] if step is None or not self.reached(step.done(after)) else [*steps, step]

    def _only_few(self, measures: Measures) -> bool:
        """Whether no cap below the target is of another kind than too few rows."""
        caps = scored(measures, self.need, self.scheme).caps
        return all(name in _FEW or not self.scheme.worse(cap, self.target) for name, cap in caps.items())

    def shortest(self, steps: Sequence[Step], measures: Measures) -> list[Step]:
        """The completed steps without those that save nothing; the last ones are given up first."""
        kept = list(steps)
        whole = self.completed(kept, measures)
        if not self.reached(_after(whole, measures)):
            return whole
        for step in reversed(steps):
            others = [other for other in kept if other is not step]
            without = self.completed(others, measures)
            if self.reached(_after(without, measures)) and self.cost(without) <= self.cost(whole):
                kept, whole = others, without
        for place in reversed(range(len(whole))):
            whole[place] = self._part(whole, place, measures)
        return whole

    def _part(self, steps: Sequence[Step], place: int, measures: Measures) -> Step:
        """As much of a step as the target takes."""
        step = steps[place]
        if step.part is None:
            return step
        low, high = 1, step.rows
        while low < high:
            middle = (low + high) // 2
            if self.reached(_after([*steps[:place], step.part(middle), *steps[place + 1 :]], measures)):
                high = middle
            else:
                low = middle + 1
        return step.part(low)

    def examples(self, measures: Measures) -> Step | None:
        """Write the least number of examples that reaches the target, or all that are worth while if none does."""
        low, high = 0, self._full()
        while low < high:
            middle = (low + high) // 2
            if self.reached(filled(measures, middle)):
                high = middle
            else:
                low = middle + 1
        return write_examples(measures, low)

    def _full(self) -> int:
        """A level of rows, by category where there are some, above which more examples bring nothing."""
        floors = (self.scheme.caps["unreliable"].value, self.scheme.caps["task_minimum"].value * self.need.least)
        return math.ceil(max(self.need.per_category or 0, self.need.rows, *floors))

    def actions(self, steps: Sequence[Step], measures: Measures) -> Iterator[Action]:
        for step in steps:
            before = scored(measures, self.need, self.scheme)
            measures = step.done(measures)
            after = scored(measures, self.need, self.scheme)
            lifted = {name for name in before.caps.keys() - after.caps.keys() if name != "refused"}
            yield Action(
                action=step.words,
                rules=step.rules,
                gain=round(after.score - before.score, 1),
                lifts=tuple(sorted({rule for name in lifted for rule in self.scheme.caps[name].rules})),
                rows=step.rows,
                minutes=step.minutes(self.minutes),
                automatic=step.work is None,
            )


def _after(steps: Sequence[Step], measures: Measures) -> Measures:
    for step in steps:
        measures = step.done(measures)
    return measures
