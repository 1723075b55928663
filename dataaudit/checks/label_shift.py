"""LAB007: splits whose labels are other ones than those of the training set, or have other shares."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks.base import Hit, KeyCheck, Tally
from dataaudit.checks.batch import label_key
from dataaudit.checks.label_balance import evenness, label_counts
from dataaudit.checks.limits import train_split
from dataaudit.model import Severity
from dataaudit.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.checks.evidence import Evidence
    from dataaudit.text.columns import Rows

_CODE = "LAB007"
_SHOWN = 3
_LISTED = 5
Counts = Mapping[str, int]


class LabelShiftCheck(KeyCheck):
    """Compares the labels of each split with those of the training set, on effective rows."""

    codes = (_CODE,)

    def judge(self, state: None, evidence: Evidence) -> Iterator[Tally]:
        if evidence.severity(_CODE) is None or not any(evidence.label_sources):
            return
        if len(evidence.label_names) > evidence.threshold("LAB001", "max_labels"):
            return
        counts = {name: label_counts(evidence, evidence.label_names, rows) for name, rows in evidence.splits.items()}
        train = train_split(evidence)
        others = [name for name in counts if name != train]
        least = evidence.threshold(_CODE, "min_rows")
        judged = [name for name in others if sum(counts[name].values()) >= least]
        if not judged or sum(counts[train].values()) < least:
            few = f"the training set and another split need {least:,.0f} labeled rows each"
            evidence.unjudged[_CODE] = few if others else "there is one split only"
            return
        hits: list[Hit] = []
        flagged = []
        for name in judged:
            pair = _Pair(train, name, counts[train], counts[name])
            hits += _judge(evidence, pair)
            flagged.append(_unseen_rows(evidence, pair))
        evidence.flagged[_CODE] = np.sort(np.concatenate(flagged))
        if hits:
            yield Tally(_CODE, len(hits), hits)


class _Pair(NamedTuple):
    """The training set and another split: names, and rows by label."""

    train: str
    other: str
    trained: Counts
    counts: Counts

    @property
    def unseen(self) -> dict[str, int]:
        """Labels of the other split that the training set lacks, with their rows."""
        return {label: count for label, count in self.counts.items() if label not in self.trained}

    def respelled(self) -> _Pair:
        """The same, where labels of the other split that are merely spelled otherwise count as those of training."""
        known = _by_form(self.trained)
        counts: Counter[str] = Counter()
        for label, count in self.counts.items():
            counts[label if label in self.trained else known.get(normalize(label), label)] += count
        return self._replace(counts=counts)

    def share(self, label: str) -> tuple[float, float]:
        """(share in the other split, share in the training set)."""
        here, there = sum(self.counts.values()), sum(self.trained.values())
        return self.counts.get(label, 0) / here, self.trained.get(label, 0) / there


def _judge(evidence: Evidence, pair: _Pair) -> Iterator[Hit]:
    severity = evidence.severity(_CODE)
    unseen = pair.unseen
    total = sum(pair.counts.values())
    if severity is None:
        return
    if total - sum(unseen.values()) < evidence.threshold(_CODE, "shared") * total:
        yield Hit(_other_names(pair), severity, content=f"{pair.other}:names")
        return
    if unseen:
        first = next(iter(unseen))
        row = int(_rows_of(evidence, pair.other, [first])[0])
        content = "\x1e".join((pair.other, "unseen", *sorted(unseen)))
        yield Hit(_unseen_words(pair), severity, row, field="label", content=content)
    pair = pair.respelled()
    shift = _shift(evidence.given.of(_CODE), pair)
    if shift is not None:
        distance, base = shift
        level = evidence.severity(_CODE, base)
        if level is not None:
            yield Hit(_shift_words(pair, distance), level, content=f"{pair.other}:shares")
    missing = _missing(evidence.given.of(_CODE), pair)
    note = evidence.severity(_CODE, Severity.INFO)
    if missing and note is not None:
        yield Hit(_missing_words(pair, missing), note, content=f"{pair.other}:missing")


def _shift(threshold: Callable[[str], float], pair: _Pair) -> tuple[float, Severity] | None:
    """(total variation distance, how bad it is) of the shares of labels; None where it is small or may be chance.

    Labels without training rows have a finding of their own and are left out.
    """
    labels = list(pair.trained)
    here = [pair.counts.get(label, 0) for label in labels]
    there = [pair.trained[label] for label in labels]
    distance = total_variation(here, there)
    if distance < threshold("distance_notice"):
        return None
    if chance(here, there, threshold("min_expected")) >= threshold("significance"):
        return None
    even = all(here) and evenness(here) >= threshold("even")
    return distance, Severity.WARNING if distance >= threshold(
        "distance_even" if even else "distance"
    ) else Severity.INFO


def total_variation(first: list[int], second: list[int]) -> float:
    """Half the sum of the differences of the shares, 0 to 1."""
    a, b = sum(first), sum(second)
    return sum(abs(x / a - y / b) for x, y in zip(first, second, strict=True)) / 2 if a and b else 0.0


def chance(first: list[int], second: list[int], least: float) -> float:
    """The probability that two draws from one source differ so much: the chi-square test of two samples.

    Cells that expect fewer than `least` cases in the smaller sample are joined. The tail of the chi-square distribution
    is that of Wilson and Hilferty, The distribution of chi-square (1931): at 0.001 too large by a sixth at most, and
    never off by more than 0.013.
    """
    a, b = sum(first), sum(second)
    if not a or not b:
        return 1.0
    part = min(a, b) / (a + b)
    cells, rest = [], (0, 0)
    for x, y in zip(first, second, strict=True):
        if (x + y) * part >= least:
            cells.append((x, y))
        else:
            rest = rest[0] + x, rest[1] + y
    if sum(rest):
        cells.append(rest)
    degrees = len(cells) - 1
    if degrees < 1:
        return 1.0
    ratio = math.sqrt(b / a)
    square = sum((x * ratio - y / ratio) ** 2 / (x + y) for x, y in cells)
    if degrees == 1:
        return math.erfc(math.sqrt(square / 2))
    spread = 2 / (9 * degrees)
    return math.erfc(((square / degrees) ** (1 / 3) - (1 - spread)) / math.sqrt(2 * spread)) / 2


def _other_names(pair: _Pair) -> str:
    here, there = (", ".join(repr(label) for label in list(side)[:_SHOWN]) for side in (pair.counts, pair.trained))
    return (
        f"{pair.other} and {pair.train} name their labels differently: {here} in {pair.other}, {there} in {pair.train}"
    )


def _by_form(labels: Iterable[str]) -> dict[bytes, str]:
    return {normalize(label): label for label in labels}


def _unseen_words(pair: _Pair) -> str:
    unseen, known = pair.unseen, _by_form(pair.trained)
    parts = []
    for label, count in list(unseen.items())[:_LISTED]:
        meant = known.get(normalize(label))
        spelled = f", in {pair.train} spelled {meant!r}" if meant is not None else ""
        parts.append(f"{label!r} ({count:,} row{'s' * (count != 1)}{spelled})")
    more = len(unseen) - len(parts)
    listed = ", ".join(parts) + (f" and {more:,} more" if more else "")
    return f"{pair.train} has no row of {len(unseen):,} label{'s' * (len(unseen) != 1)} of {pair.other}: {listed}"


def _shift_words(pair: _Pair, distance: float) -> str:
    shares = {label: pair.share(label) for label in {**pair.trained, **pair.counts}}
    apart = sorted(shares.items(), key=lambda item: (-abs(item[1][0] - item[1][1]), item[0]))
    listed = ", ".join(
        f"{label!r} {here:.1%} against {there:.1%}" for label, (here, there) in apart[:_SHOWN] if here != there
    )
    return f"labels of {pair.other} are spread unlike those of {pair.train} (distance {distance:.2f}): {listed}"


def _missing(threshold: Callable[[str], float], pair: _Pair) -> dict[str, int]:
    """Labels of the training set, with their rows there, that the other split lacks and a random draw would not."""
    total, drawn = sum(pair.trained.values()), sum(pair.counts.values())
    rare = threshold("significance") / max(1, len(pair.trained))
    return {
        label: count
        for label, count in pair.trained.items()
        if label not in pair.counts and math.exp(-drawn * count / total) < rare
    }


def _missing_words(pair: _Pair, missing: Counts) -> str:
    parts = [f"{label!r} ({count:,} row{'s' * (count != 1)})" for label, count in list(missing.items())[:_LISTED]]
    more = len(missing) - len(parts)
    listed = ", ".join(parts) + (f" and {more:,} more" if more else "")
    return f"{pair.other} has no row of {len(missing):,} label{'s' * (len(missing) != 1)} of {pair.train}: {listed}"


def _unseen_rows(evidence: Evidence, pair: _Pair) -> Rows:
    return _rows_of(evidence, pair.other, list(pair.unseen))


def _rows_of(evidence: Evidence, split: str, labels: list[str]) -> Rows:
    """The effective rows of a split that have one of the labels."""
    rows = evidence.splits[split]
    keys = np.array([label_key(label) for label in labels], dtype=np.uint64)
    return rows[np.isin(evidence.table["label"][rows], keys) & evidence.effective[rows]]
