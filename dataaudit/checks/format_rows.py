"""FMT for one row at a time: held against what the rows seen before taught, or against a contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.checks.learned import NO_ANSWER_IN_WORDS
from dataaudit.formats import Sample, learn_formats
from dataaudit.formats.asks import broken, find_asks
from dataaudit.formats.placeholders import find_placeholder

if TYPE_CHECKING:
    from dataaudit.catalogue import Given
    from dataaudit.formats import Deviation, Formats
    from dataaudit.shapes.base import Reading

_KEPT = 2000


class FormatRows:
    """Remembers a sample of the answers, and learns from it whenever the number of rows has doubled."""

    def __init__(self, given: Given, contract: Path | None) -> None:
        self._given = given
        self._formats: Formats | None = None
        self._learned_at = 0
        self._samples: list[Sample] = []
        self._step = 1
        self._rows = 0
        if contract is not None:
            from dataaudit.formats import read_contract

            self._formats = read_contract(contract, given.threshold)

    def add(self, reading: Reading) -> None:
        """Remember a row."""
        sample = _sample(reading)
        if sample is None or (self._formats is not None and self._formats.enforced):
            return
        if self._rows % self._step == 0:
            self._samples.append(sample)
        self._rows += 1
        if len(self._samples) >= 2 * _KEPT:
            self._samples = self._samples[::2]
            self._step *= 2

    def find(self, reading: Reading) -> list[Deviation]:
        """What deviates in the answer of a row."""
        sample = _sample(reading)
        if sample is None:
            return []
        if self._rows >= 2 * self._learned_at and self._rows >= self._given.threshold("FMT001", "min_rows"):
            self._formats, self._learned_at = learn_formats(self._samples, self._given.threshold), self._rows
        found = []
        if self._formats is not None:
            number = self._formats.chain(sample.context, sample.question, sample.label)
            found = self._formats.deviations(number, sample.answer)
        unfilled = find_placeholder(sample.answer, sample.question, sample.context)
        asks = find_asks(sample.context, sample.question)
        return [*found, *filter(None, [unfilled, *(broken(ask, sample.answer, None) for ask in asks)])]


def _sample(reading: Reading) -> Sample | None:
    if reading.answer is None or set(NO_ANSWER_IN_WORDS).intersection(reading.traits):
        return None
    label = reading.label if reading.label != reading.answer else None
    return Sample(reading.context, reading.question, reading.answer, label)
