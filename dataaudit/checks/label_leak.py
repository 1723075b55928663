"""LAB008: prompts that give their answer away: it stands in them, or one token or the length tells it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks import repeated_answers
from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.give_aways import give_aways, length_tells
from dataaudit.checks.label_frames import Frame, LabelForms, framed
from dataaudit.checks.label_words import Names, answer_names
from dataaudit.checks.repeated_answers import CODE, Repeats

if TYPE_CHECKING:
    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence
    from dataaudit.model import Severity
    from dataaudit.text.columns import Rows

_AT_ONCE = 32 * 2**20
"""Characters of rows that are read again together."""
_SHOWN = 3
_DIGITS = re.compile(r"\d+")


class LabelLeakCheck(Check[Repeats]):
    """Free answers are counted as rows are measured; labels are looked for in a sample of rows, read again."""

    codes = (CODE,)

    def __init__(self, answer_characters: int) -> None:
        self._least = answer_characters

    def start(self) -> Repeats:
        return Repeats()

    def add(self, state: Repeats, batch: Batch) -> Repeats:
        return repeated_answers.add(state, batch, self._least)

    def merge(self, first: Repeats, second: Repeats) -> Repeats:
        return repeated_answers.merge(first, second)

    def judge(self, state: Repeats, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity(CODE)
        if severity is None:
            return
        if not evidence.label_names and not state.answers:
            evidence.unjudged[CODE] = "the rows have neither labels nor answers of some length"
        hits: list[Hit] = []
        flagged = [np.empty(0, np.intp)]
        for found in (*_labels(evidence, severity), *_answers(state, evidence, severity)):
            hits += found.hits
            flagged.append(found.rows)
        rows = np.concatenate(flagged)
        evidence.flagged[CODE] = np.flatnonzero(np.bincount(rows, minlength=len(evidence.table)))
        if hits:
            yield Tally(CODE, len(hits), hits)


class _Found(NamedTuple):
    hits: list[Hit]
    rows: Rows


def _answers(state: Repeats, evidence: Evidence, severity: Severity) -> Iterator[_Found]:
    for rows, named in repeated_answers.repeated(state, evidence):
        message = f"the prompt ends in the answer{', named as such' if named else ''}"
        yield _Found([Hit(message, severity, row) for row in rows.tolist()], rows)


def _labels(evidence: Evidence, severity: Severity) -> Iterator[_Found]:
    """What the splits with labels give away."""
    names = evidence.label_names
    if not names or len(names) > evidence.threshold("LAB001", "max_labels"):
        return
    keys = evidence.table["label"]
    judged = False
    for split, members in evidence.splits.items():
        rows = members[(keys[members] != 0) & evidence.effective[members]]
        if len(rows) < evidence.threshold("LAB001", "min_rows"):
            continue
        judged = True
        yield from _Split(evidence, split, rows, severity).found()
    if not judged:
        evidence.unjudged[CODE] = "too few labeled rows"


class _Split:
    """The labeled rows of a split: a sample of them is read and looked at."""

    def __init__(self, evidence: Evidence, split: str, rows: Rows, severity: Severity) -> None:
        self._evidence = evidence
        self._split = split
        self._rows = rows
        self._severity = severity
        self._threshold = evidence.given.of(CODE)
        self._keys = evidence.table["label"]
        fields = [source.field for source in evidence.label_sources if source is not None and source.field]
        self._names: Names = answer_names().also(fields)
        self._forms = LabelForms(evidence.label_names)
        self._contexts_differ = False
        self._sizes: dict[int, int] = {}

    def found(self) -> Iterator[_Found]:
        """Everything that gives labels away."""
        order = np.argsort(self._evidence.table["exact"][self._rows], kind="stable")
        sample = self._rows[order[: int(self._threshold("max_rows"))]]
        in_place = np.sort(sample)
        texts = dict(zip(in_place.tolist(), self._texts(in_place), strict=True))
        labels = self._keys[sample].tolist()
        if len(set(labels)) < 2:
            return
        places = [framed(texts[row], self._forms, self._names) for row in sample.tolist()]
        frames = self._giving(list(zip(labels, places, strict=True)))
        if frames:
            yield self._framed_rows(frames, texts)
        once = _once([texts[row] for row in sample.tolist()], labels)
        if len(once) >= self._threshold("min_rows"):
            varied, given = sample[once].tolist(), [labels[place] for place in once]
            yield from self._tokens([texts[row] for row in varied], given)
            yield from self._lengths(
                [self._sizes[row] for row in varied], given, self._evidence.table["exact"][sample[once]].tolist()
            )

    def _texts(self, rows: Rows) -> list[str]:
        """The prompts of ascending rows, clipped; with the system prompts where these differ."""
        ends = np.cumsum(self._evidence.table["length"][rows], dtype=np.int64) // _AT_ONCE
        borders = [0, *(np.flatnonzero(np.diff(ends)) + 1).tolist(), len(rows)]
        half = int(self._threshold("max_characters")) // 2
        read: list[tuple[str, str]] = []
        for first, last in pairwise(borders):
            part = rows[first:last]
            for row, text in zip(part.tolist(), self._evidence.texts(part), strict=True):
                self._sizes[row] = len(text.question)
                read.append((_clipped(text.context, half), _clipped(text.question, half)))
        self._contexts_differ |= any(context != read[0][0] for context, _ in read)
        return [
            f"{context}\n{question}" if self._contexts_differ and context else question for context, question in read
        ]

    def _giving(self, rows: Sequence[tuple[int, Mapping[Frame, int]]]) -> set[Frame]:
        """The places that hold the own label far more often than by chance."""
        held: Counter[Frame] = Counter()
        own: dict[Frame, Counter[int]] = {}
        sizes = Counter(key for key, _ in rows)
        for key, places in rows:
            held.update(places.keys())
            for frame, there in places.items():
                if there == key:
                    own.setdefault(frame, Counter())[key] += 1
        return {
            frame
            for frame, counts in own.items()
            if self._is_plain(frame, sum(counts.values()), len(rows))
            and sum(counts.values()) >= self._threshold("framed_purity") * held[frame]
            and sum(n * math.log(sizes[key] / len(rows)) for key, n in counts.items())
            < math.log(self._threshold("chance"))
        }

    def _is_plain(self, frame: Frame, own: int, rows: int) -> bool:
        """Whether so many labels in a place are no part of the text."""
        if own < self._threshold("framed_rows"):
            return False
        if frame.kind == "named":
            return True
        if frame.kind == "field" and not self._in_columns():
            return False
        return own >= self._threshold("unnamed_share") * rows

    def _in_columns(self) -> bool:
        """Whether labels stand beside the text; short answers may be taken from a field of it."""
        return all(source is None or source.kind == "column" for source in self._evidence.label_sources)

    def _framed_rows(self, frames: Collection[Frame], sample: Mapping[int, str]) -> _Found:
        """All rows of the split whose own label stands in one of the places."""
        found: dict[int, str] = {}
        frames = sorted(frames, key=lambda frame: (frame.kind != "named", frame))
        for row, text in self._all_texts(sample):
            places = framed(text, self._forms, self._names)
            where = [frame for frame in frames if places.get(frame) == self._keys[row]]
            if where:
                label = self._evidence.label_names.get(int(self._keys[row]), "?")
                found[row] = f"the prompt holds its own label {label!r} {where[0]}"
        hits = [Hit(found[row], self._severity, row) for row in sorted(found)]
        return _Found(hits, np.array(sorted(found), dtype=np.intp))

    def _all_texts(self, sample: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """The rows of the sample, then all others of the split, read again a part at a time."""
        yield from sample.items()
        others = self._rows[~np.isin(self._rows, np.array(list(sample), dtype=np.intp))]
        size = int(self._threshold("max_rows"))
        for start in range(0, len(others), size):
            part = others[start : start + size]
            yield from zip(part.tolist(), self._texts(part), strict=True)

    def _tokens(self, texts: Sequence[str], labels: Sequence[int]) -> Iterator[_Found]:
        names = self._evidence.label_names
        coverage, elsewhere, least = map(self._threshold, ("token_coverage", "token_elsewhere", "min_label_rows"))
        told = give_aways(texts, labels, names, coverage, elsewhere, int(least))
        if not told:
            return
        told.sort(key=lambda one: (-one.coverage, names[one.label]))
        listed = ", ".join(
            f"{one.token!r} in {one.coverage:.0%} of {names[one.label]!r} and {one.elsewhere:.0%} of the others"
            for one in told[:_SHOWN]
        )
        more = f" and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else ""
        message = f"{self._split}: one token tells the label: {listed}{more}"
        keys = np.array([one.label for one in told], dtype=np.uint64)
        yield self._whole(message, "tokens", self._rows[np.isin(self._keys[self._rows], keys)])

    def _lengths(self, sizes: Sequence[int], labels: Sequence[int], halves: Sequence[int]) -> Iterator[_Found]:
        told, usual = length_tells(sizes, labels, halves)
        gain = (told - usual) / (1 - usual)
        if told >= self._threshold("length_accuracy") and gain >= self._threshold("length_gain"):
            message = (
                f"{self._split}: the length of the prompt alone tells the label of {told:.0%} of the rows "
                f"(always saying the commonest is right in {usual:.0%})"
            )
            yield self._whole(message, "length", self._rows)

    def _whole(self, message: str, content: str, rows: Rows) -> _Found:
        return _Found([Hit(message, self._severity, content=f"{self._split}:{content}")], rows)


def _once(texts: Sequence[str], labels: Sequence[int]) -> list[int]:
    """The places of rows that differ from all earlier ones of their label in more than digits."""
    firsts: dict[tuple[int, str], int] = {}
    for place, (text, label) in enumerate(zip(texts, labels, strict=True)):
        firsts.setdefault((label, _DIGITS.sub("", text)), place)
    return list(firsts.values())


def _clipped(text: str, half: int) -> str:
    return text if len(text) <= 2 * half else f"{text[:half]}\n{text[-half:]}"
