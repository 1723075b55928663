"""What is to be read, and how: sources, the layout of each, and pieces of work that do not depend on the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.catalogue import Given
from dataaudit.checks.evidence import LabelSource
from dataaudit.checks.labels import find_label_source
from dataaudit.checks.learned import Learned, Sample, learn, one_in, thinned
from dataaudit.errors import AmbiguousColumns
from dataaudit.loaders import Loader, Source, Unit, loader_for, sample
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Note, Reading
from dataaudit.shapes.columns import column_rules
from dataaudit.shapes.detect import detect
from dataaudit.similarity.kernels import COMPILED

if TYPE_CHECKING:
    from dataaudit.engine.cache.files import FileCache
    from dataaudit.tokens.sampling import TokenPlan

Reader = Callable[[dict[str, Any]], Reading]
_SHORT_ROW = 200


class Look(NamedTuple):
    """What a sample of a source shows: how its records are read, its units, and rows to learn from."""

    layout: Layout
    units: tuple[Unit, ...]
    sample: Sample


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
    cache: FileCache | None = None,
) -> Plan:
    """Look at a sample of each source and cut it into units.

    contract: the file that says what answers look like. labels: those that may occur, where they are declared. cache:
    knows what a look at some of the sources gives.

    Raises:
        AmbiguousColumns: two columns of a file could play the same part.
        UsageError: no shape has the name given.
    """
    longest = int(given.threshold("SCH025", "max_row_bytes"))
    bare = Plan(tuple(sources), (), (), (), wanted, tuple(folders), longest, loaders=dict(loaders or {}))
    looks: list[Look] = []
    looked_at = list(bare.sources)
    step = one_in(sum(map(_rows_of_sample, sources)))
    settings = "" if cache is None else cache.settings_of_looks(given, columns or Columns(), shape, labels, step)
    for index, source in enumerate(sources):
        look: Look | None = None if cache is None else cache.load(index, "looked", settings)
        if look is None:
            try:
                look = _look(bare, index, given, columns or Columns(), shape, labels, step)
                if cache is not None:
                    cache.keep(index, "looked", settings, look)
            except AmbiguousColumns as error:
                if len(sources) == 1 or columns not in (None, Columns()):
                    raise
                looked_at[index], look = _left_out(source, error), Look(Layout("unknown"), (), Sample([], None, True))
        looks.append(look)
    unjudged = _too_slow(bare, given)
    wanted = wanted.difference(unjudged)
    return replace(
        bare,
        wanted=wanted,
        unjudged=unjudged,
        sources=tuple(looked_at),
        layouts=tuple(look.layout for look in looks),
        label_sources=tuple(look.sample.labels for look in looks),
        units=tuple(replace(unit, source=index) for index, look in enumerate(looks) for unit in look.units),
        thresholds=given.thresholds,
        learned=learn([look.sample for look in looks], given, wanted, contract),
    )


def _look(
    plan: Plan, index: int, given: Given, columns: Columns, shape: str | None, labels: Sequence[str], step: int
) -> Look:
    """Detect the layout and the labels of a source on a sample, one in `step` rows of which is kept to learn from."""
    source, loader, size = plan.sources[index], plan.loader(index), column_rules().detection.sample
    records = sample(source, size, loader=loader)
    layout = detect(records, columns=columns, shape=shape, path=source.path)
    read = reader_for(layout)
    readings = [read(record) for record in records if isinstance(record, dict)]
    found = find_label_source(readings, layout, given.of("LAB001"), labels, named=columns.label is not None)
    kept = [readings[place] for place in thinned([reading[:3] for reading in readings], step)]
    return Look(layout, tuple(loader.units(source, index)), Sample(kept, found, len(records) < size))


def _rows_of_sample(source: Source) -> int:
    """A guess at the rows that the sample of a source has, by its size alone."""
    most = column_rules().detection.sample
    return most if source.size is None else min(most, 1 + source.size // _SHORT_ROW)


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
