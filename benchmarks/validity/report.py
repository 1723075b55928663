"""docs/grade-validity.md, made from the copies that were measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.validity.agreement import Point, agreement, by_kind, spearman
from benchmarks.validity.classify import CLASSIFIER
from benchmarks.validity.spoil import KINDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, PLOT = DOCS / "grade-validity.md", DOCS / "grade-validity.svg"

INTRODUCTION = """# Is the grade true?

Made by `python -m benchmarks.grade_validity --write-docs`. Labeled sets whose labels are good are spoiled in steps:
wrong labels, conflicts, copies, edited copies, imbalance, too few rows, broken rows, answers in several forms. A plain
text classifier ({classifier}) learns from the rows of each copy that
can be read, every distinct answer a class of its own, and answers test rows that were never touched. A score that
means something ranks the copies as these accuracies do.

*Retained* is accuracy by that of the unspoiled copy of the same set. *Skill* is the same of what lies above always
giving the commonest label: most SMS messages are no spam, so that a ruined copy retains much of its accuracy.
The weights of the score were tuned on {tuned}; held out: {held}.
The held-out half was not blind to the end: that sets of few labels need more examples of each was decided after AG News
had been seen. Caps limit the grade and not the score, so the score alone is ranked here.

![Readiness score against retained accuracy, a panel for each set](grade-validity.svg)

## Rank correlation of score and accuracy (Spearman)

All copies of the named sets in one ranking; *mean of sets* is the mean of the correlations of each set alone. 1 is the
same order, 0 none.

| sets | copies | retained accuracy | accuracy | skill | mean of sets |
|---|---:|---:|---:|---:|---:|
"""
KIND_TABLE = """
## By way of spoiling

The copies of one way together with the unspoiled ones: rank correlation of score and retained accuracy, all sets in one
ranking, then each set alone. *Steps down* is the share of steps to the next strength at which the score does not rise.

"""
COPIES = """
## {title}

| copy | rows | accuracy | mean recall | retained | score | grade |
|---|---:|---:|---:|---:|---:|---|
"""


def page(found: Mapping[str, Sequence[Point]], titles: Mapping[str, str], tuned: Sequence[str]) -> str:
    """The page of the copies by set. tuned: the sets that the weights were tuned on."""
    tuned_titles, held_titles = (
        ", ".join(titles[name] for name in found if (name in tuned) is wanted) or "none" for wanted in (True, False)
    )
    parts = [INTRODUCTION.format(classifier=CLASSIFIER, tuned=tuned_titles, held=held_titles)]
    parts.append(_rows(correlations(found, titles, tuned)))
    parts.append(KIND_TABLE + _kinds(found, titles))
    parts += [COPIES.format(title=titles[name]) + _copies(points) for name, points in found.items()]
    return "".join(parts)


def correlations(
    found: Mapping[str, Sequence[Point]], titles: Mapping[str, str], tuned: Sequence[str]
) -> Iterable[list[str]]:
    """Cells of the table of rank correlations: each set, both halves, and all."""
    groups = {titles[name] + (" (tuned on)" if name in tuned else " (held out)"): [name] for name in found}
    groups |= {"tuned on": [name for name in found if name in tuned]}
    groups |= {"**held out**": [name for name in found if name not in tuned], "**all**": list(found)}
    for title, names in groups.items():
        chosen = [point for name in names for point in found[name]]
        if chosen:
            yield [title, str(len(chosen)), *(_number(value) for value in agreement(chosen).values())]


def _kinds(found: Mapping[str, Sequence[Point]], titles: Mapping[str, str]) -> str:
    table = by_kind([point for points in found.values() for point in points])
    alone = {name: by_kind(points) for name, points in found.items()}
    head = ["way", "all sets", *(titles[name] for name in found), "steps down"]
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)]
    for kind, values in table.items():
        title = KINDS[kind].title if kind in KINDS else kind
        cells = [_number(values["spearman"]), *(_number(alone[name][kind]["spearman"]) for name in found)]
        lines.append([title, *cells, "" if math.isnan(values["falls"]) else f"{values['falls']:.0%}"])
    return _rows(lines)


def _copies(points: Sequence[Point]) -> str:
    return _rows(
        [
            point.name, f"{point.rows:,}", f"{point.accuracy:.1%}", f"{point.recall:.1%}", f"{point.retained:.3f}",
            f"{point.score:.1f}", point.grade,
        ]
        for point in points
    )  # fmt: skip


def panels(found: Mapping[str, Sequence[Point]], titles: Mapping[str, str]) -> list[tuple[str, Sequence[Point]]]:
    """Title and copies of each panel of the plot."""
    return [
        (f"{titles[name]}: {_number(spearman([p.score for p in points], [p.retained for p in points]))}", points)
        for name, points in found.items()
    ]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.2f}"


def _rows(lines: Iterable[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
