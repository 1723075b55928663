"""What is to be read, and how: sources, the layout of each, and pieces of work that do not depend on the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataaudit.catalogue import Given
from dataaudit.checks.evidence import LabelSource
from dataaudit.checks.labels import find_label_source
from dataaudit.checks.learned import Learned, Sample, learn
from dataaudit.errors import AmbiguousColumns
from dataaudit.loaders import Loader, Source, Unit, loader_for, sample
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Note, Reading
from dataaudit.shapes.columns import column_rules
from dataaudit.shapes.detect import detect
from dataaudit.similarity.kernels import COMPILED

if TYPE_CHECKING:
    from dataaudit.tokens.sampling import TokenPlan

Reader = Callable[[dict[str, Any]], Reading]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a worker needs; can be pickled unless a source lies in memory.

    wanted: codes of the rules to judge. folders: users' rule folders. thresholds: as the user set them.
    learned: what a sample of the rows taught. unjudged: rules that were left out, and why.
    reserved: sets of words to look for. tokens: which are counted; None for none. loaders: by source index, for rows in
    memory.
    """

    sources: tuple[Source, ...]
    layouts: tuple[Layout, ...]
    label_sources: tuple[LabelSource | None, ...]
    units: tuple[Unit, ...]
    wanted: frozenset[str]
    folders: tuple[str, ...]
    max_row_bytes: int
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)
    unjudged: Mapping[str, str] = field(default_factory=dict)
    reserved: tuple[str, ...] = ()
    tokens: TokenPlan | None = None
    loaders: Mapping[int, Loader] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Size of all sources where it is known."""
        return sum(source.size or 0 for source in self.sources)

    def loader(self, index: int) -> Loader:
        """The loader of a source."""
        own = self.loaders.get(index)
        return own if own is not None else loader_for(self.sources[index], max_row_bytes=self.max_row_bytes)


def make_plan(
    sources: Sequence[Source],
    given: Given,
    wanted: frozenset[str],
    *,
    folders: Sequence[str] = (),
    columns: Columns | None = None,
    shape: str | None = None,
    contract: Path | None = None,
    loaders: Mapping[int, Loader] | None = None,
    labels: Sequence[str] = (),
) -> Plan:
    """Look at a sample of each source and cut it into units.

    contract: the file that says what answers look like. labels: those that may occur, where they are declared.

    Raises:
        AmbiguousColumns: two columns of a file could play the same part.
        UsageError: no shape has the name given.
    """
    longest = int(given.threshold("SCH025", "max_row_bytes"))
    bare = Plan(tuple(sources), (), (), (), wanted, tuple(folders), longest, loaders=dict(loaders or {}))
    layouts: list[Layout] = []
    label_sources: list[LabelSource | None] = []
    units: list[Unit] = []
    samples: list[Sample] = []
    looked_at = list(bare.sources)
    for index, source in enumerate(sources):
        loader: Loader | None = bare.loader(index)
        records = sample(source, column_rules().detection.sample, loader=loader)
        try:
            layout = detect(records, columns=columns or Columns(), shape=shape, path=source.path)
        except AmbiguousColumns as error:
            if len(sources) == 1 or columns not in (None, Columns()):
                raise
            looked_at[index], layout, loader = _left_out(source, error), Layout("unknown"), None
        read = reader_for(layout)
        readings = [read(record) for record in records if isinstance(record, dict)]
        layouts.append(layout)
        named = columns is not None and columns.label is not None
        label_sources.append(find_label_source(readings, layout, given.of("LAB001"), labels, named=named))
        units += loader.units(source, index) if loader is not None else []
        samples.append(Sample(readings, label_sources[-1], len(records) < column_rules().detection.sample))
    unjudged = _too_slow(bare, given)
    wanted = wanted.difference(unjudged)
    return replace(
        bare,
        wanted=wanted,
        unjudged=unjudged,
        sources=tuple(looked_at),
        layouts=tuple(layouts),
        label_sources=tuple(label_sources),
        units=tuple(units),
        thresholds=given.thresholds,
        learned=learn(samples, given, wanted, contract),
    )


def _too_slow(plan: Plan, given: Given) -> dict[str, str]:
    """Rules that would take minutes because their kernels were not compiled."""
    most = given.threshold("SIM001", "max_bytes_uncompiled")
    if COMPILED or plan.bytes <= most:
        return {}
    because = f"installed without a C compiler, and more than {most / 1e6:,.0f} MB take minutes (max_bytes_uncompiled)"
    return dict.fromkeys(("LAB006", "SIM001", "SIM003", "SIM004"), because)


def _left_out(source: Source, error: AmbiguousColumns) -> Source:
    """One file of several whose columns cannot be told: it is a finding, and the others are audited."""
    note = Note("ambiguous-columns", detail=f"{error.what}; {error.hint}")
    return replace(source, file_notes=(*source.file_notes, (1, note)))
