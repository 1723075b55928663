"""LAB 001-005, 009: how rows spread over labels, and labels that are rare, misspelt, missing or contradicted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.batch import Batch, label_key
from dataaudit.checks.evidence import Evidence, LabelSource
from dataaudit.checks.labels import label_in, read_labels
from dataaudit.checks.spelling import Spelling
from dataaudit.model import Severity
from dataaudit.text.columns import counted
from dataaudit.text.normalize import normalize

if TYPE_CHECKING:
    from dataaudit.text.columns import Rows

_TEXTS_KEPT = 20_000
_LINES_KEPT = 1000


@dataclass(slots=True)
class Labels:
    """The texts of the labels seen, and (category, label in the answer) pairs that differ, with their first places.

    `full`: more labels were met than are kept, so the set is not a closed one.
    """

    texts: set[str] = field(default_factory=set)
    full: bool = False
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    pair_counts: dict[tuple[str, str], int] = field(default_factory=dict)
    agreed: int = 0

    def names(self) -> dict[int, str]:
        """The texts by their key in the table."""
        return {label_key(text): text for text in sorted(self.texts)}


class LabelCheck(Check[Labels]):
    """All label rules that need no learned model."""

    codes = ("LAB001", "LAB002", "LAB003", "LAB004", "LAB005", "LAB009")

    def __init__(
        self, sources: Sequence[LabelSource | None] = (), answer_field: str = "label", longest: int = 60
    ) -> None:
        self.sources = sources
        self.answer_field = answer_field
        self.longest = longest

    def start(self) -> Labels:
        return Labels()

    def add(self, state: Labels, batch: Batch) -> Labels:
        source = self.sources[batch.source] if batch.source < len(self.sources) else None
        if source is None:
            return state
        labels = read_labels(source, batch.labels, batch.answers, self.longest)
        state.texts.update(label for label in set(labels) if label is not None)
        if source.kind == "column":
            self._compare(state, batch, labels, source.field or self.answer_field)
        return _capped(state)

    def _compare(self, state: Labels, batch: Batch, labels: Sequence[str | None], name: str) -> None:
        for index, (label, answer) in enumerate(zip(labels, batch.answers, strict=True)):
            if label is None or answer is None:
                continue
            in_json = label_in(answer, name) if "{" in answer else None
            in_answer = in_json if in_json is not None else answer if len(answer) <= self.longest else None
            if in_answer is None:
                continue
            if normalize(label) == normalize(in_answer):
                state.agreed += 1
                continue
            pair = label, in_answer
            if pair in state.pairs or len(state.pairs) < _TEXTS_KEPT:
                state.pair_counts[pair] = state.pair_counts.get(pair, 0) + 1
                places = state.pairs.setdefault(pair, [])
                if len(places) < _LINES_KEPT:
                    places.append((batch.source, batch.lines[index]))

    def merge(self, first: Labels, second: Labels) -> Labels:
        first.texts |= second.texts
        first.full |= second.full
        first.agreed += second.agreed
        for pair, places in second.pairs.items():
            if pair in first.pairs or len(first.pairs) < _TEXTS_KEPT:
                first.pairs[pair] = sorted([*first.pairs.get(pair, []), *places])[:_LINES_KEPT]
                first.pair_counts[pair] = first.pair_counts.get(pair, 0) + second.pair_counts[pair]
        return _capped(first)

    def judge(self, state: Labels, evidence: Evidence) -> Iterator[Tally]:
        most = evidence.threshold("LAB001", "max_labels")
        if not any(evidence.label_sources) or state.full or len(state.texts) > most:
            return
        texts = evidence.label_names
        tallies: dict[str, list[Tally]] = {}
        for name, rows in evidence.splits.items():
            if evidence.labels_used(rows):
                for tally in self._judge_split(evidence, texts, name, rows):
                    tallies.setdefault(tally.rule, []).append(tally)
        for tally in self._mismatches(state, evidence):
            tallies.setdefault(tally.rule, []).append(tally)
        for code, parts in sorted(tallies.items()):
            yield Tally(code, sum(part.total for part in parts), [hit for part in parts for hit in part.hits])

    def _judge_split(self, evidence: Evidence, texts: dict[int, str], split: str, rows: Rows) -> Iterator[Tally]:
        keys = evidence.table["label"]
        counts = label_counts(evidence, texts, rows)
        yield from _balance(evidence, counts, split)
        yield from _rare(evidence, counts, rows)
        yield from _missing(evidence, rows)
        every = dict(zip(*(part.tolist() for part in counted(keys[rows])), strict=True))
        named = {texts[key]: count for key, count in every.items() if key in texts}
        severity = evidence.severity("LAB003")
        if severity is not None:
            wrong = Spelling.by(partial(evidence.threshold, "LAB003"), evidence.declared_labels or ()).misspelt(named)
            hits, total = [], 0
            for label, (meant, why) in wrong.items():
                where = rows[keys[rows] == label_key(label)]
                evidence.meant[label_key(label)] = label_key(meant)
                total += len(where)
                message = f"label {label!r} ({_rows(len(where))}) {why} {meant!r} ({_rows(named.get(meant, 0))})"
                hits += [Hit(message, severity, row, field="label") for row in where[: evidence.keep].tolist()]
            if total:
                yield Tally("LAB003", total, hits)

    def _mismatches(self, state: Labels, evidence: Evidence) -> Iterator[Tally]:
        """A label in the answer against the category: only where the two mostly agree or share one set of labels."""
        severity = evidence.severity("LAB005")
        categories = {normalize(text) for text in state.texts}
        pairs = {pair: count for pair, count in state.pair_counts.items() if normalize(pair[1]) in categories}
        if severity is None or not pairs or state.agreed < sum(state.pair_counts.values()):
            return
        hits = [
            Hit(
                f"the category is {label!r}, the answer says {said!r}",
                severity,
                evidence.row_at(*place),
                field="label",
            )
            for (label, said) in sorted(pairs)
            for place in state.pairs[label, said]
        ]
        yield Tally("LAB005", sum(pairs.values()), hits)


def _capped(state: Labels) -> Labels:
    if len(state.texts) > _TEXTS_KEPT:
        state.full = True
        state.texts = set(sorted(state.texts)[:_TEXTS_KEPT])
    return state


def label_counts(evidence: Evidence, texts: dict[int, str], rows: Rows, *, effective: bool = True) -> dict[str, int]:
    """Effective rows (or all) by label, most frequent first, then by name."""
    chosen = rows[evidence.effective[rows]] if effective else rows
    keys, counts = counted(evidence.table["label"][chosen])
    named = {texts[key]: count for key, count in zip(keys.tolist(), counts.tolist(), strict=True) if key in texts}
    return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))


def evenness(counts: Sequence[int]) -> float:
    """Normalised Shannon entropy of the shares: 1.0 for equal shares, towards 0 the more one label prevails."""
    total = sum(counts)
    if len(counts) < 2 or total == 0:
        return 0.0
    return -sum(n / total * math.log(n / total) for n in counts if n) / math.log(len(counts))


def _balance(evidence: Evidence, counts: dict[str, int], split: str) -> Iterator[Tally]:
    if not counts:
        return
    largest, smallest = next(iter(counts)), list(counts)[-1]
    if len(counts) == 1:
        severity = evidence.severity("LAB009")
        if severity is not None and counts[largest] >= evidence.threshold("LAB001", "min_rows"):
            message = (
                f"all {_rows(counts[largest])} of {split} have the label {largest!r}: there is nothing to tell apart"
            )
            yield Tally("LAB009", 1, [Hit(message, severity, content=split)])
        return
    ratio, even = counts[largest] / counts[smallest], evenness(list(counts.values()))
    bad = ratio >= evidence.threshold("LAB001", "ratio") or even < evidence.threshold("LAB001", "entropy")
    base = Severity.WARNING if bad else Severity.INFO
    severity = evidence.severity("LAB001", base)
    enough = sum(counts.values()) >= evidence.threshold("LAB001", "min_rows")
    if severity is not None and enough and (bad or ratio >= evidence.threshold("LAB001", "ratio_notice")):
        message = (
            f"{split}: {largest!r} has {_rows(counts[largest])} and {smallest!r} {counts[smallest]:,} "
            f"(ratio {ratio:.1f}, evenness {even:.2f}, {len(counts):,} labels)"
        )
        yield Tally("LAB001", 1, [Hit(message, severity, content=split)])


def _rare(evidence: Evidence, counts: dict[str, int], rows: Rows) -> Iterator[Tally]:
    severity = evidence.severity("LAB002")
    if severity is None or len(counts) < 2 or sum(counts.values()) < evidence.threshold("LAB001", "min_rows"):
        return
    median = float(np.median(list(counts.values())))
    floor = evidence.threshold("LAB002", "rows")
    share = evidence.threshold("LAB002", "median_share")
    keys = evidence.table["label"][rows]
    hits = []
    for label, count in counts.items():
        if count < floor or count < share * median:
            row = int(rows[np.flatnonzero(keys == label_key(label))[0]])
            message = f"label {label!r} has only {count:,} effective row{'s' * (count != 1)} (median {median:,.0f})"
            hits.append(Hit(message, severity, row, field="label", content=f"label:{label}"))
    if hits:
        yield Tally("LAB002", len(hits), hits)


def _missing(evidence: Evidence, rows: Rows) -> Iterator[Tally]:
    """Answers without the label that the others are or hold; empty label columns are traits, judged elsewhere."""
    severity = evidence.severity("LAB004")
    if severity is None:
        return
    total, hits = 0, []
    for kind, message in (("json", "the answer holds no label"), ("answer", "the answer is no label, the others are")):
        of_kind = [i for i, source in enumerate(evidence.label_sources) if source is not None and source.kind == kind]
        without = rows[
            np.isin(evidence.table["source"][rows], of_kind)
            & (evidence.table["label"][rows] == 0)
            & evidence.readable[rows]
            & ~evidence.invalid[rows]
        ]
        total += len(without)
        hits += [Hit(message, severity, row, field="label") for row in without[: evidence.keep].tolist()]
    if total:
        yield Tally("LAB004", total, hits)


def _rows(count: int) -> str:
    return f"{count:,} row{'s' * (count != 1)}"
