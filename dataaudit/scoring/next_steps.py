"""The shortest list of actions that lifts the grade one step, found by trying each on the counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.model import Action
from dataaudit.scoring.readiness import scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.model import Grade
    from dataaudit.scoring.measures import Category, Measures
    from dataaudit.scoring.need import Need
    from dataaudit.scoring.scheme import Scheme

Minutes = Mapping[str, tuple[float, float]]
"""Minutes of a person's work (low, high) by kind of work: see WORK."""

WORK = ("example", "conflict", "label", "format", "refusal")


class Step(NamedTuple):
    """Something that can be done: what it makes of the counts, and what it costs. rows: how many it touches."""

    words: str
    rules: tuple[str, ...]
    rows: int
    work: str | None
    done: Callable[[Measures], Measures]
    units: int = 0

    def minutes(self, minutes: Minutes) -> tuple[float, float]:
        """Minutes of a person's work, low and high."""
        low, high = minutes[self.work] if self.work else (0.0, 0.0)
        return round(low * self.units, 1), round(high * self.units, 1)


def next_steps(
    measures: Measures, need: Need, scheme: Scheme, minutes: Minutes
) -> tuple[Grade | None, tuple[Action, ...]]:
    """(the grade aimed at, the actions that reach it); (None, ()) for the best grade.

    Automatic actions come first, then what gives most for its minutes; what is not needed is left out again.
    """
    target = scheme.better(scored(measures, need, scheme).grade)
    if target is None:
        return None, ()
    aim = _Aim(need, scheme, target, minutes)
    chosen, now = [], measures
    open_steps = _steps(measures, scheme)
    while open_steps and not aim.reached(now):
        best = max(open_steps, key=lambda step: aim.worth(step, now))
        open_steps.remove(best)
        if aim.gain(best, now) > (0, 0.0):
            chosen.append(best)
            now = best.done(now)
    return target, tuple(aim.actions(aim.shortest(chosen, measures), measures))


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
        step = None if self.reached(after) else self.examples(after)
        return [*steps] if step is None or not self.reached(step.done(after)) else [*steps, step]

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
        return whole

    def examples(self, measures: Measures) -> Step | None:
        """Write the least number of examples that reaches the target, or as many as are worth while if none does."""
        low, high = 0, self._full()
        while low < high:
            middle = (low + high) // 2
            if self.reached(_filled(measures, middle)):
                high = middle
            else:
                low = middle + 1
        missing = _filled(measures, low).sound - measures.sound
        if missing <= 0:
            return None
        short = sum(category.sound < low for category in measures.categories)
        words = f"write {missing:,} more example{'s' * (missing != 1)}"
        if short:
            words += f": {short:,} label{'s' * (short != 1)} up to {low:,} each"
        return Step(words, ("MIN002", "MIN003"), missing, "example", lambda now: _filled(now, low), missing)

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


def _steps(measures: Measures, scheme: Scheme) -> list[Step]:
    """All that could be done about the faults, in a fixed order."""
    found = []
    if measures.refusals:
        rows = sum(refusal.rows for refusal in measures.refusals)
        names = ", ".join(refusal.provider for refusal in measures.refusals)
        rules = tuple(sorted({rule for refusal in measures.refusals for rule in refusal.rules}))
        found.append(Step(f"mend what {names} refuses", rules, rows, "refusal", _without_refusals, rows))
    if measures.duplicates:
        rules = ("DUP001", "DUP002")
        found.append(Step("remove equal rows", rules, measures.duplicates, None, _without("duplicates")))
    if measures.near:
        found.append(Step("remove nearly equal rows", ("SIM001",), measures.near, None, _without("near")))
    if measures.invalid:
        found.append(Step("set aside broken rows", ("SCH",), measures.invalid, None, _without("invalid")))
    if measures.contradicted:
        rules = ("DUP003", "SIM003")
        words = "decide which of the contradicting answers is right"
        found.append(Step(words, rules, measures.contradicted, "conflict", _settled, measures.contradicted))
    for name, rules, work, words in (
        ("mislabeled", ("LAB003", "LAB004", "LAB005", "LAB006"), "label", "look at labels that are likely wrong"),
        ("off_format", ("FMT",), "format", "bring answers into the format of the others"),
    ):
        if count := getattr(measures, name):
            found.append(Step(words, rules, count, work, _mended(name), count))
    if measures.unlearned or measures.told < scheme.caps["doubtful"].value:
        sample = min(measures.sound, int(scheme.caps["unlearned"].value))
        words = "let a person check a sample of the labels, which the prompts hardly tell apart"
        found.append(Step(words, ("LAB006",), sample, "label", _checked, sample))
    return found


def _checked(measures: Measures) -> Measures:
    return measures.changed(told=1.0, unlearned=False)


def _without_refusals(measures: Measures) -> Measures:
    return measures.changed(refusals=())


def _without(name: str) -> Callable[[Measures], Measures]:
    return lambda measures: measures.changed(**{name: 0})


def _settled(measures: Measures) -> Measures:
    """One answer of each prompt stays, and counts for its label."""
    uncertain = measures.sound - sum(category.sound for category in measures.categories)
    settled = measures.changed(contradicted=0)
    return settled.changed(**{**_grown(settled, max(0, uncertain)), "sound": settled.sound})


def _mended(name: str) -> Callable[[Measures], Measures]:
    return lambda measures: measures.changed(**{name: 0}, **_grown(measures, getattr(measures, name)))


def _grown(measures: Measures, rows: int) -> dict[str, object]:
    """More sound rows. Their labels are those of faulty rows, spread as these are; the fewest get none too many."""
    if not measures.categories:
        return {"sound": measures.sound + rows}
    missing = [max(0, category.rows - category.sound) for category in measures.categories]
    whole = sum(missing)
    categories = [
        _with(category, rows * part // whole if whole else 0)
        for category, part in zip(measures.categories, missing, strict=True)
    ]
    return {"sound": measures.sound + rows, "categories": tuple(categories)}


def _with(category: Category, more: int) -> Category:
    return type(category)(category.label, category.sound + more, max(category.rows, category.sound + more))


def _filled(measures: Measures, level: int) -> Measures:
    """Every category, or the whole set where there are none, has at least `level` sound rows."""
    if not measures.categories:
        return measures.changed(sound=max(measures.sound, level))
    categories = tuple(_with(category, max(0, level - category.sound)) for category in measures.categories)
    more = sum(category.sound for category in categories) - sum(category.sound for category in measures.categories)
    return measures.changed(sound=measures.sound + more, categories=categories)
