"""What can be done about the faults of a set: what each step makes of the counts, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dataaudit.scoring.measures import Category, Measures
    from dataaudit.scoring.scheme import Scheme

Minutes = Mapping[str, tuple[float, float]]
"""Minutes of a person's work (low, high) by kind of work: example, conflict, label, format, refusal."""


class Step(NamedTuple):
    """Something that can be done: what it makes of the counts, and what it costs.

    rows: how many it touches. work: the kind of work on each; None for what a program does. part: the same step for
    fewer rows, where a part of it can be done.
    """

    words: str
    rules: tuple[str, ...]
    rows: int
    work: str | None
    done: Callable[[Measures], Measures]
    part: Callable[[int], Step] | None = None

    def minutes(self, minutes: Minutes) -> tuple[float, float]:
        """Minutes of a person's work, low and high."""
        low, high = minutes[self.work] if self.work else (0.0, 0.0)
        return round(low * self.rows, 1), round(high * self.rows, 1)


def possible_steps(measures: Measures, scheme: Scheme) -> list[Step]:
    """All that could be done about the faults, in a fixed order. What no finding names cannot be mended."""
    found = []
    if measures.refusals:
        rows = sum(refusal.rows for refusal in measures.refusals)
        names = ", ".join(refusal.provider for refusal in measures.refusals)
        rules = tuple(sorted({rule for refusal in measures.refusals for rule in refusal.rules}))
        found.append(Step(f"mend what {names} refuses", rules, rows, "refusal", _without_refusals))
    if measures.duplicates:
        rules = ("DUP001", "DUP002")
        found.append(Step("remove equal rows", rules, measures.duplicates, None, _without("duplicates")))
    if measures.near:
        found.append(Step("remove nearly equal rows", ("SIM001",), measures.near, None, _without("near")))
    if measures.invalid:
        found.append(Step("set aside broken rows", ("SCH",), measures.invalid, None, _without("invalid")))
    if measures.contradicted:
        found.append(_settle(measures.contradicted))
    if named := measures.mislabeled - measures.unseen:
        words = "look at labels that are missing, misspelt or likely wrong"
        found.append(_mend("mislabeled", words, ("LAB003", "LAB004", "LAB005", "LAB006"), "label", named))
    if measures.off_format:
        words = "bring answers into the format of the others"
        found.append(_mend("off_format", words, ("FMT",), "format", measures.off_format))
    if measures.unlearned or measures.told < scheme.caps["doubtful"].value:
        sample = min(measures.sound, int(scheme.caps["unlearned"].value))
        words = "let a person check a sample of the labels, which the prompts hardly tell apart"
        found.append(Step(words, ("LAB006",), sample, "label", _checked))
    return found


def write_examples(measures: Measures, level: int) -> Step | None:
    """Write what is missing for every category, or for the whole set, to have `level` sound rows; None for nothing."""
    missing = filled(measures, level).sound - measures.sound
    if missing <= 0:
        return None
    short = sum(category.sound < level for category in measures.categories)
    words = f"write {missing:,} more example{'s' * (missing != 1)}"
    if short:
        words += f": {short:,} label{'s' * (short != 1)} up to {level:,} each"
    return Step(words, ("MIN002", "MIN003"), missing, "example", lambda now: filled(now, level))


def filled(measures: Measures, level: int) -> Measures:
    """Every category, or the whole set where there are none, has at least `level` sound rows."""
    if not measures.categories:
        return measures.changed(sound=max(measures.sound, level))
    categories = tuple(_with(category, max(0, level - category.sound)) for category in measures.categories)
    more = sum(category.sound for category in categories) - sum(category.sound for category in measures.categories)
    return measures.changed(sound=measures.sound + more, categories=categories)


def _checked(measures: Measures) -> Measures:
    return measures.changed(told=1.0, unlearned=False)


def _without_refusals(measures: Measures) -> Measures:
    return measures.changed(refusals=())


def _without(name: str) -> Callable[[Measures], Measures]:
    return lambda measures: measures.changed(**{name: 0})


def _settle(rows: int) -> Step:
    """One answer of each prompt stays, and counts for its label."""

    def settled(measures: Measures) -> Measures:
        kept = measures.sound - sum(category.sound for category in measures.categories)
        share = rows / max(1, measures.contradicted)
        fewer = measures.changed(contradicted=max(0, measures.contradicted - rows))
        return fewer.changed(categories=_grown(fewer, round(max(0, kept) * share)))

    words = "decide which of the contradicting answers is right"
    return Step(words, ("DUP003", "SIM003"), rows, "conflict", settled, _settle)


def _mend(name: str, words: str, rules: tuple[str, ...], work: str, rows: int) -> Step:
    """Rows that were faulty are sound."""

    def mended(measures: Measures) -> Measures:
        left = max(0, getattr(measures, name) - rows)
        return measures.changed(**{name: left}, sound=measures.sound + rows, categories=_grown(measures, rows))

    return Step(words, rules, rows, work, mended, lambda fewer: _mend(name, words, rules, work, fewer))


def _grown(measures: Measures, rows: int) -> tuple[Category, ...]:
    """The categories with more sound rows, spread as their faulty rows are."""
    missing = [max(0, category.rows - category.sound) for category in measures.categories]
    whole = max(1, sum(missing))
    return tuple(
        _with(category, rows * part // whole) for category, part in zip(measures.categories, missing, strict=True)
    )


def _with(category: Category, more: int) -> Category:
    return type(category)(category.label, category.sound + more, max(category.rows, category.sound + more))
