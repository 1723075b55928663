"""What a sample of the rows teaches before they are measured: texts that many share, and what answers look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.similarity.measure import Measure
from dataaudit.similarity.templates import learn_templates
from dataaudit.text.fingerprint import fingerprint
from dataaudit.text.normalize import normal_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.catalogue import Given
    from dataaudit.checks.evidence import LabelSource
    from dataaudit.formats import Formats
    from dataaudit.shapes.base import Reading

NO_ANSWER_IN_WORDS = (
    "ends-with-call",
    *("shape:unpaired-preference", "shape:sharegpt-unpaired", "shape:openai-rft", "shape:gemini-rft"),
)
"""Traits of rows whose answer is a call, a judgement on an answer, or what a grader compares with."""
_ROWS = 4000
_FORMAT_ROWS = 2000


class Sample(NamedTuple):
    """Rows of one file as they are read, where its labels are, and whether these are all its rows."""

    readings: Sequence[Reading]
    labels: LabelSource | None
    whole: bool


class Learned(NamedTuple):
    """templates: 64-bit keys of runs of words that many rows share, ascending. formats: what answers look like.

    ignored: (format, aspect) pairs that are not judged. texts_as_answers: rows of plain text are answers too.
    """

    templates: NDArray[np.uint64] = np.empty(0, np.uint64)
    formats: Formats | None = None
    ignored: frozenset[tuple[int, str]] = frozenset()
    texts_as_answers: bool = False


def learn(samples: Sequence[Sample], given: Given, wanted: frozenset[str], contract: Path | None = None) -> Learned:
    """What the samples of all files teach for the wanted rules; formats come from a `contract` where one is given."""
    families = {code[:3] for code in wanted}
    templates = _templates(samples, given) if "SIM" in families else Learned().templates
    return Learned(templates, _formats(samples, given, contract) if "FMT" in families else None)


def _templates(samples: Sequence[Sample], given: Given) -> NDArray[np.uint64]:
    readings = [reading for sample in samples for reading in sample.readings]
    questions, answers = normal_forms([r.question for r in readings], [r.answer for r in readings])
    threshold = given.of("SIM001")
    return learn_templates(
        questions,
        answers,
        Measure.by(threshold),
        rows=threshold("template_rows"),
        share=threshold("template_share"),
        whole=all(sample.whole for sample in samples),
    )


def _formats(samples: Sequence[Sample], given: Given, contract: Path | None) -> Formats:
    if contract is not None:
        from dataaudit.formats import read_contract

        return read_contract(contract, given.threshold)
    from dataaudit.formats import Sample as Answer
    from dataaudit.formats import learn_formats
    from dataaudit.formats.essence import in_order

    answers = [
        Answer(*reading[:2], reading.answer, own_label(sample.labels, reading.label, reading.answer))
        for sample in samples
        for reading in sample.readings
        if reading.answer is not None and not set(NO_ANSWER_IN_WORDS).intersection(reading.traits)
    ]
    step = one_in(len(answers), _FORMAT_ROWS)
    chosen = thinned([answer[:3] for answer in answers], step, seed=1)
    return in_order(learn_formats([answers[place] for place in chosen], given.threshold))


def one_in(rows: int, most: int = _ROWS) -> int:
    """One in how many rows is learned from, where there are so many: a power of two, which rarely changes."""
    step = 1
    while rows > step * most:
        step *= 2
    return step


def thinned(rows: Sequence[tuple[str, str, str | None]], step: int, seed: int = 0) -> Sequence[int]:
    """The places of about one in `step` rows (context, question, answer).

    Chosen by what they say, not by where they stand, so that a row more or less changes the choice by a row: equal ones
    are told apart by their number.
    """
    if step == 1:
        return range(len(rows))
    seen: Counter[int] = Counter()
    chosen = []
    for place, (context, question, answer) in enumerate(rows):
        key = fingerprint("\x1e".join((context, question, answer or "")), seed)
        if fingerprint(str(seen[key]), key) % step == 0:
            chosen.append(place)
        seen[key] += 1
    return chosen


def own_label(source: LabelSource | None, label: str | None, answer: str | None) -> str | None:
    """The label of a row where it stands beside the answer, and is not the answer itself."""
    return label if source is not None and source.kind == "column" and label != answer else None
