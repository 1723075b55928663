"""What is to be read, and how: sources, the layout of each, and pieces of work that do not depend on the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dataaudit.catalogue import Catalogue
from dataaudit.checks.evidence import LabelSource
from dataaudit.checks.labels import find_label_source
from dataaudit.errors import AmbiguousColumns
from dataaudit.loaders import Loader, Source, Unit, loader_for, sample
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout, Note, Reading
from dataaudit.shapes.columns import column_rules
from dataaudit.shapes.detect import detect

Reader = Callable[[dict[str, Any]], Reading]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a worker needs; can be pickled unless a source lies in memory.

    wanted: codes of the rules to judge. folders: users' rule folders.
    reserved: sets of words to look for. loaders: by source index, for rows in memory.
    """

    sources: tuple[Source, ...]
    layouts: tuple[Layout, ...]
    label_sources: tuple[LabelSource | None, ...]
    units: tuple[Unit, ...]
    wanted: frozenset[str]
    folders: tuple[str, ...]
    max_row_bytes: int
    reserved: tuple[str, ...] = ()
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
    catalogue: Catalogue,
    wanted: frozenset[str],
    *,
    folders: Sequence[str] = (),
    columns: Columns | None = None,
    shape: str | None = None,
    max_row_bytes: int,
    loaders: Mapping[int, Loader] | None = None,
) -> Plan:
    """Look at a sample of each source and cut it into units.

    Raises:
        AmbiguousColumns: two columns of a file could play the same part.
        UsageError: no shape has the name given.
    """
    bare = Plan(tuple(sources), (), (), (), wanted, tuple(folders), max_row_bytes, loaders=dict(loaders or {}))
    layouts, label_sources, units = [], [], []
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
        label_sources.append(find_label_source(readings, layout, catalogue))
        units += loader.units(source, index) if loader is not None else []
    return Plan(
        tuple(looked_at),
        tuple(layouts),
        tuple(label_sources),
        tuple(units),
        wanted,
        bare.folders,
        max_row_bytes,
        loaders=bare.loaders,
    )


def _left_out(source: Source, error: AmbiguousColumns) -> Source:
    """One file of several whose columns cannot be told: it is a finding, and the others are audited."""
    note = Note("ambiguous-columns", detail=f"{error.what}; {error.hint}")
    return replace(source, file_notes=(*source.file_notes, (1, note)))
