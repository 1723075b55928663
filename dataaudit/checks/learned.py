"""What a sample of the rows teaches before they are measured: texts that many share, and what answers look like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.similarity.measure import Measure
from dataaudit.similarity.templates import learn_templates
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

    answers = [
        Answer(*reading[:2], reading.answer, own_label(sample.labels, reading.label, reading.answer))
        for sample in samples
        for reading in sample.readings
        if reading.answer is not None and not set(NO_ANSWER_IN_WORDS).intersection(reading.traits)
    ]
    step = max(1, -(-len(answers) // _FORMAT_ROWS))
    return learn_formats(answers[::step], given.threshold)


def own_label(source: LabelSource | None, label: str | None, answer: str | None) -> str | None:
    """The label of a row where it stands beside the answer, and is not the answer itself."""
    return label if source is not None and source.kind == "column" and label != answer else None
