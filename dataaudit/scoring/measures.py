"""Counts of the training rows by what is wrong with them: all that the grade is made of. Every row counts once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.checks.label_balance import label_counts
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
_CONFLICTS = ("DUP003", "SIM003")
_NOTES = ("FMT008", "FMT010")
"""Rules of the format whose notes are no faults: wordings that are often meant, and lengths."""
_NONE = np.empty(0, np.intp)


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

    invalid: unreadable or unusable. duplicates: equal to another row, exactly or after normalising. near: nearly equal.
    contradicted: another row with the same prompt, or nearly the same, has another answer. Of rows that go together one
    is kept. mislabeled: the label is misspelt, missing, against the answer, or likely wrong; `unseen` of them are named
    by no finding, but estimated to be there. off_format: the answer has not the form of the others. categories: of a
    closed set of labels, else empty. leaks: sound rows whose prompt gives the label away. told: share of the labels
    that a model of the other rows tells, where there are rows and words enough for that; else 1. unlearned: it tells
    next to none. unjudged: fields that were not judged, as the rules behind them were not.
    """

    split: str
    invalid: int = 0
    duplicates: int = 0
    near: int = 0
    contradicted: int = 0
    mislabeled: int = 0
    unseen: int = 0
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
    inside = np.full(len(evidence.table), -1, dtype=np.intp)
    inside[rows] = np.arange(len(rows))
    place = _Places(inside, len(rows))
    left = _Left(evidence.counted[rows], {})
    left.take("invalid", ~evidence.readable[rows] | evidence.invalid[rows])
    left.take("duplicates", ~evidence.effective[rows])
    left.take("near", place.mask(_later(evidence, "SIM001", rows, left.mask)[0]))
    conflicts = [_later(evidence, rule, rows, left.mask) for rule in _CONFLICTS if rule in wanted]
    firsts = place.mask(np.concatenate([_NONE, *(kept for _, kept in conflicts)]))
    left.take("contradicted", place.mask(np.concatenate([_NONE, *(surplus for surplus, _ in conflicts)])))
    spelt, unkept = _flagged(evidence, tallies, _LABEL_RULES)
    # Of two contradicting answers one is counted already: the estimate is of both kinds of wrong labels.
    likely = place.mask(evidence.flagged.get("LAB006")) & ~firsts
    distinct, contradicted = int(left.mask.sum()), left.counts["contradicted"]
    estimated = _estimated(evidence, distinct + contradicted) - int((likely & left.mask).sum()) - contradicted
    wrong = place.mask(spelt) | likely
    unseen = left.take("mislabeled", wrong, unkept + max(0, estimated))
    formats, more = _flagged(evidence, tallies, sorted({tally.rule for tally in tallies if tally.rule[:3] == "FMT"}))
    odd = place.mask(formats)
    unseen += left.take("off_format", odd, more)
    found = int(left.mask.sum())
    learnable = _learnable(evidence, scheme, rows)
    return Measures(
        split=split,
        **left.counts,
        unseen=min(left.counts["mislabeled"], max(0, estimated)),
        sound=found - unseen,
        leaks=int((place.mask(evidence.flagged.get("LAB008")) & left.mask).sum()),
        # Which of two contradicting answers is right nobody knows: neither counts for its label.
        categories=_categories(evidence, rows, left.mask & ~firsts, wrong | odd, (found - unseen) / max(1, found)),
        refusals=_refusals(verdicts, evidence.named),
        told=_figures(evidence)["accuracy"] if learnable else 1.0,
        unlearned=learnable and _figures(evidence)["estimated_noise"] is None,
        unjudged=_unjudged(evidence, wanted),
    )


@dataclass(slots=True)
class _Left:
    """The rows without a fault so far, and how many were taken away for each."""

    mask: Mask
    counts: dict[str, int]

    def take(self, name: str, bad: Mask, unkept: int = 0) -> int:
        """Count the rows left that have the fault, and leave the others.

        unkept: how many more have it that nobody can point to; as many as there may be are counted, and returned.
        """
        found = int((self.mask & bad).sum())
        self.mask = self.mask & ~bad
        unkept = min(unkept, int(self.mask.sum()))
        self.counts[name] = found + unkept
        return unkept


def _later(evidence: Evidence, rule: str, rows: Rows, left: Mask) -> tuple[Rows, Rows]:
    mask = np.zeros(len(evidence.table), dtype=np.bool_)
    mask[rows[left]] = True
    return evidence.later(rule, mask)


def _figures(evidence: Evidence) -> dict[str, Any]:
    """What the learned model said of the labels; empty where there was none."""
    found: dict[str, Any] = evidence.figures.get("label_errors", {})
    return found


def _learnable(evidence: Evidence, scheme: Scheme, rows: Rows) -> bool:
    """Whether most rows have a label with rows enough to learn it from, and the labels have words to be told by."""
    if not _figures(evidence):
        return False
    sizes = label_counts(evidence, evidence.label_names, rows)
    enough = [size for size in sizes.values() if size >= scheme.curve["learnable_rows"].value]
    options = max(map(len, sizes), default=0) <= scheme.curve["option_characters"].value
    letters = not any(character.isdigit() for label in sizes for character in label)
    most = sum(enough) > scheme.curve["learnable_share"].value * sum(sizes.values())
    return len(enough) > 1 and most and not (options and letters)


def _estimated(evidence: Evidence, rows: int) -> int:
    """How many of the rows have a wrong label by the estimate of the learned model, named or not.

    Of labels drawn at random only: those that merely overlap look like errors that follow the words.
    """
    figures = _figures(evidence)
    return int((figures.get("drawn_at_random") or 0.0) * min(rows, figures.get("rows", 0)) + 0.5)


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


def _flagged(evidence: Evidence, tallies: Iterable[Tally], rules: Sequence[str]) -> tuple[Rows, int]:
    """(rows with a finding of the rules that is more than a note, how many more there are whose rows were not kept).

    Answers off the format count whatever the majority for it is: a small one makes notes of findings, not sound rows.
    """
    rows: set[int] = set()
    unkept = 0
    for tally in tallies:
        if tally.rule not in rules or not tally.hits:
            continue
        always = tally.rule[:3] == "FMT" and tally.rule not in _NOTES
        serious = [hit for hit in tally.hits if always or hit.severity != Severity.INFO]
        rows.update(hit.row for hit in serious if hit.row is not None)
        unkept += (tally.total - len(tally.hits)) * len(serious) // len(tally.hits)
    return np.array(sorted(rows), dtype=np.intp), unkept


def _categories(evidence: Evidence, rows: Rows, certain: Mask, odd: Mask, share: float) -> tuple[Category, ...]:
    """By sound rows, fewest first, then by name.

    odd: rows whose label is written in a way of its own; it makes no category. share: of the certain rows that are
    sound, where not all are known.
    """
    names = evidence.label_names
    if not evidence.labels_used(rows) or _too_many(evidence):
        return ()
    keys = evidence.table["label"][rows]
    plain, every, good = (
        dict(zip(*(part.tolist() for part in counted(keys[mask])), strict=True))
        for mask in (evidence.readable[rows] & ~odd, evidence.readable[rows], certain)
    )
    found = [
        Category(name, int(good.get(key, 0) * share), every[key])
        for key, name in names.items()
        if plain.get(key) or (every.get(key) and not plain and key not in evidence.meant)
    ]
    return tuple(sorted(found, key=lambda category: (category.sound, category.label)))


def _too_many(evidence: Evidence) -> bool:
    return len(evidence.label_names) > evidence.threshold("LAB001", "max_labels")


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
    blind = {name for name, rules in _BEHIND.items() if not judged.issuperset(rules)}
    # Where the answers have nothing in common, none of them can be off it.
    if evidence.labels_used(np.arange(len(evidence.table))) and _too_many(evidence):
        blind.add("labels")
    if not any(group["common"] for group in evidence.figures.get("formats", ())):
        blind.add("off_format")
    return frozenset(blind)
