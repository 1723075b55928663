"""Counts of the training rows by what is wrong with them: all that the grade is made of. Every row counts once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.checks.limits import train_split
from dataaudit.model import Severity
from dataaudit.text.columns import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.base import Tally
    from dataaudit.checks.evidence import Evidence
    from dataaudit.model import Verdict
    from dataaudit.scoring.scheme import Scheme
    from dataaudit.text.columns import Rows

    Mask = NDArray[np.bool_]

_LABEL_RULES = ("LAB003", "LAB004", "LAB005")


@dataclass(frozen=True, slots=True)
class Category:
    """A label: sound rows, and rows of any kind that have it."""

    label: str
    sound: int
    rows: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A provider that was named and refuses the data; rows: how many its hard reasons touch."""

    provider: str
    because: str
    rules: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Rows of the training split by their first fault, in the order of the fields; what has none is `sound`.

    invalid: unreadable or unusable. duplicates: equal to an earlier row, exactly or after normalising. near: nearly
    equal. contradicted: an earlier row with the same prompt, or nearly the same, has another answer. mislabeled: the
    label is misspelt, missing, against the answer, or likely wrong; at least as many as the learned model estimates.
    off_format: the answer has not the form of the others. categories: of a closed set of labels, else empty. leaks:
    sound rows whose prompt gives the label away. told: share of the labels that a model of the other rows tells, where
    there are rows and words enough for that; else 1. unlearned: it tells next to none. unjudged: fields that were not
    judged, as the rules behind them were not.
    """

    split: str
    invalid: int = 0
    duplicates: int = 0
    near: int = 0
    contradicted: int = 0
    mislabeled: int = 0
    off_format: int = 0
    sound: int = 0
    leaks: int = 0
    categories: tuple[Category, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    told: float = 1.0
    unlearned: bool = False
    unjudged: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        """All rows of the split."""
        return self.invalid + self.copies + self.distinct

    @property
    def copies(self) -> int:
        """Rows that repeat others."""
        return self.duplicates + self.near

    @property
    def faulty(self) -> int:
        """Distinct valid rows that teach the wrong thing."""
        return self.contradicted + self.mislabeled + self.off_format

    @property
    def distinct(self) -> int:
        """Valid rows that repeat no other."""
        return self.sound + self.faulty

    def changed(self, **fields: object) -> Measures:
        """The same counts with some changed."""
        return dataclasses.replace(self, **fields)  # type: ignore[arg-type]


def measure(
    evidence: Evidence, tallies: Sequence[Tally], verdicts: Sequence[Verdict], wanted: frozenset[str], scheme: Scheme
) -> Measures:
    """Count the training rows. wanted: the rules that were judged."""
    split = train_split(evidence)
    rows = evidence.splits.get(split, np.empty(0, np.intp))
    if not len(rows):
        return Measures(split, refusals=_refusals(verdicts, evidence.named))
    left = evidence.counted[rows]
    counts: dict[str, int] = {}

    def take(name: str, bad: Mask, unkept: int = 0) -> None:
        """Count the rows left that have the fault, and leave the others."""
        nonlocal left
        found = int((left & bad).sum())
        left = left & ~bad
        counts[name] = found + min(unkept, int(left.sum()))

    inside = np.full(len(evidence.table), -1, dtype=np.intp)
    inside[rows] = np.arange(len(rows))
    place = _Places(inside, len(rows))
    take("invalid", ~evidence.readable[rows] | evidence.invalid[rows])
    take("duplicates", ~evidence.effective[rows])
    take("near", place.mask(evidence.flagged.get("SIM001")))
    conflicting, firsts = evidence.conflicts
    take("contradicted", place.mask(conflicting) | place.mask(evidence.flagged.get("SIM003")))
    spelt, unkept = _flagged(tallies, _LABEL_RULES)
    # Of two contradicting answers one is counted already: the estimate is of both kinds of wrong labels.
    wrong = place.mask(evidence.flagged.get("LAB006")) & ~place.mask(firsts)
    unseen = max(0, _estimated(evidence) - int((wrong & left).sum()) - counts["contradicted"])
    take("mislabeled", place.mask(spelt) | wrong, unkept + unseen)
    formats, more = _flagged(tallies, sorted({tally.rule for tally in tallies if tally.rule.startswith("FMT")}))
    take("off_format", place.mask(formats), more)
    kept = int(left.sum())
    sound = max(0, kept - unkept - unseen - more)
    # Which of two contradicting answers comes first is chance: neither counts for its label.
    certain = left & ~place.mask(firsts)
    return Measures(
        split=split,
        **counts,
        sound=sound,
        leaks=int((place.mask(evidence.flagged.get("LAB008")) & left).sum()),
        categories=_categories(evidence, rows, certain, sound / kept if kept else 0.0),
        refusals=_refusals(verdicts, evidence.named),
        told=_figures(evidence)["accuracy"] if _learnable(evidence, scheme) else 1.0,
        unlearned=_learnable(evidence, scheme) and _figures(evidence)["estimated_noise"] is None,
        unjudged=_unjudged(evidence, wanted),
    )


def _figures(evidence: Evidence) -> dict[str, Any]:
    """What the learned model said of the labels; empty where there was none."""
    found: dict[str, Any] = evidence.figures.get("label_errors", {})
    return found


def _learnable(evidence: Evidence, scheme: Scheme) -> bool:
    """Whether there are rows enough to learn the labels from, and the labels have words to be told by."""
    figures = _figures(evidence)
    if not figures or figures["rows"] < scheme.curve["learnable_rows"].value * figures["labels"]:
        return False
    return max(map(len, evidence.label_names.values()), default=0) > scheme.curve["option_characters"].value


def _estimated(evidence: Evidence) -> int:
    """How many labels are wrong by the estimate of the learned model, found or not."""
    figures = _figures(evidence)
    noise, rows = figures.get("estimated_noise"), figures.get("rows", 0)
    return int(noise * rows + 0.5) if noise else 0


@dataclass(frozen=True, slots=True)
class _Places:
    """Rows of the whole table as a mask over those of the split."""

    inside: Rows
    size: int

    def mask(self, rows: Rows | None) -> Mask:
        chosen = np.zeros(self.size, dtype=np.bool_)
        if rows is not None and len(rows):
            places = self.inside[rows]
            chosen[places[places >= 0]] = True
        return chosen


def _flagged(tallies: Iterable[Tally], rules: Sequence[str]) -> tuple[Rows, int]:
    """(rows with a finding of the rules that is more than a note, how many more there are whose rows were not kept)."""
    rows: set[int] = set()
    unkept = 0
    for tally in tallies:
        if tally.rule in rules and tally.hits:
            serious = [hit for hit in tally.hits if hit.severity != Severity.INFO]
            rows.update(hit.row for hit in serious if hit.row is not None)
            unkept += (tally.total - len(tally.hits)) * len(serious) // len(tally.hits)
    return np.array(sorted(rows), dtype=np.intp), unkept


def _categories(evidence: Evidence, rows: Rows, certain: Mask, share: float) -> tuple[Category, ...]:
    """By sound rows, fewest first, then by name. share: of the certain rows that are sound, where not all are known."""
    names = evidence.label_names
    if not evidence.labels_used(rows) or len(names) > evidence.threshold("LAB001", "max_labels"):
        return ()
    every, good = (
        dict(zip(*(part.tolist() for part in counted(evidence.table["label"][rows[mask]])), strict=True))
        for mask in (evidence.readable[rows], certain)
    )
    for key, meant in evidence.meant.items():
        every[meant] = every.get(meant, 0) + every.pop(key, 0)
    found = [Category(name, int(good.get(key, 0) * share), every[key]) for key, name in names.items() if every.get(key)]
    return tuple(sorted(found, key=lambda category: (category.sound, category.label)))


def _refusals(verdicts: Iterable[Verdict], named: frozenset[str]) -> tuple[Refusal, ...]:
    found = []
    for verdict in verdicts:
        hard = [reason for reason in verdict.reasons if reason.severity == "hard"]
        if verdict.provider in named and (hard or verdict.answer == "unavailable"):
            because = hard[0].message if hard else verdict.status_note
            rules = tuple(sorted({reason.rule for reason in hard}))
            found.append(Refusal(verdict.provider, because, rules, sum(reason.count for reason in hard)))
    return tuple(found)


_BEHIND = {
    "duplicates": ("DUP001", "DUP002"),
    "near": ("SIM001",),
    "contradicted": ("DUP003", "SIM003"),
    "mislabeled": ("LAB006",),
    "off_format": ("FMT001",),
}


def _unjudged(evidence: Evidence, wanted: frozenset[str]) -> frozenset[str]:
    """Faults of which some rule was left out by the user or could not be judged."""
    judged = wanted.difference(evidence.unjudged)
    return frozenset(name for name, rules in _BEHIND.items() if not judged.issuperset(rules))
