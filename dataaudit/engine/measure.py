"""Measures units of a plan, and puts the results together in the order of the plan."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dataaudit.catalogue import Given, load_catalogue
from dataaudit.checks.base import AnyCheck
from dataaudit.checks.batch import Outlines, RowTable, SourceNumber, TableBuilder, make_batch
from dataaudit.checks.evidence import FileFact
from dataaudit.checks.labels import read_labels
from dataaudit.checks.registry import make_checks, token_checks
from dataaudit.checks.reserved import make_finder
from dataaudit.checks.sketches import Sketches
from dataaudit.engine.plan import Plan, Reader
from dataaudit.loaders import Unit
from dataaudit.shapes import reader_for

Progress = Callable[[int], None]


@contextmanager
def without_collection() -> Iterator[None]:
    """Parsed records hold no cycles: looking for some costs a quarter of the time and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class Measured:
    """What was measured over some units: rows, sets of traits, facts of files, and the state of each check.

    starts: the first row of each unit.
    """

    table: RowTable
    outlines: Outlines
    facts: list[FileFact]
    states: list[Any]
    starts: Sequence[int] = (0,)

    def moved(self, source: int) -> Measured:
        """The same as rows of the source of another number, where states do not say it by a `SourceNumber`."""
        self.table.columns["source"] = np.full(len(self.table), source, np.int32)
        for state in self.states:
            if isinstance(state, Sketches):
                state.move(source)
        return self


class Worker:
    """Measures units. Made once in each process; holds nothing of the data between units."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        given = Given(load_catalogue(*map(Path, plan.folders)), thresholds=plan.thresholds)
        self.checks: list[AnyCheck] = make_checks(given, plan.wanted, plan.label_sources, plan.learned)
        self.checks += token_checks(plan.tokens, plan.layouts)
        self._longest = int(given.threshold("LAB001", "max_answer_chars"))
        self._readers: dict[int, Reader] = {}
        self._find = make_finder(plan.reserved)

    def measure(self, unit: Unit, progress: Progress | None = None) -> Measured:
        """Measure one unit; `progress` is called with the bytes of each block."""
        source = self.plan.sources[unit.source]
        read = self._readers.get(unit.source)
        if read is None:
            read = self._readers[unit.source] = reader_for(self.plan.layouts[unit.source])
        outlines, table = Outlines(), TableBuilder()
        states = [check.start() for check in self.checks]
        facts: list[FileFact] = []
        label_source = self.plan.label_sources[unit.source]
        number = SourceNumber(unit.source)
        for block in self.plan.loader(unit.source).read(source, unit):
            facts += [FileFact(number, line, note) for line, note in block.file_notes]
            if block.lines:
                batch = make_batch(number, block, read, outlines, self._find)
                table.add(batch, read_labels(label_source, batch.labels, batch.answers, self._longest))
                states = [check.add(state, batch) for check, state in zip(self.checks, states, strict=True)]
            if progress is not None:
                progress(block.bytes_read)
        return Measured(table.table(), outlines, facts, states)


def merged(parts: Iterable[Measured], checks: list[AnyCheck]) -> Measured:
    """All parts as one, in their order."""
    outlines, facts, tables, starts = Outlines(), [], [], [0]
    states = [check.start() for check in checks]
    for part in parts:
        numbers = np.array([outlines.number(traits) for traits in part.outlines.traits], dtype=np.uint32)
        if len(part.table):
            part.table.columns["outline"] = numbers[part.table["outline"]]
        tables.append(part.table)
        starts.append(starts[-1] + len(part.table))
        facts += part.facts
        states = [check.merge(a, b) for check, a, b in zip(checks, states, part.states, strict=True)]
    return Measured(RowTable.joined(tables) if tables else RowTable(), outlines, facts, states, starts[:-1])
