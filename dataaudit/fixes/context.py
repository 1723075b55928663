"""What fixers know of the file that a row is from: how it is read, what its answers look like, what labels mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dataaudit.checks.learned import own_label
from dataaudit.errors import UsageError
from dataaudit.shapes import reader_for, shape_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dataaudit.catalogue import Demand
    from dataaudit.checks.evidence import LabelSource
    from dataaudit.fixes.rows import Row
    from dataaudit.formats import Formats
    from dataaudit.formats.formats import ResolvedFormat
    from dataaudit.shapes.base import Layout, Reading, Shape


@dataclass(frozen=True)
class Context:
    """meant: label to the label meant. unwanted: what named providers refuse of further keys.

    unsafe: what may change the meaning was asked for.
    """

    layout: Layout
    labels: LabelSource | None
    formats: Formats | None
    meant: Mapping[str, str]
    unwanted: tuple[Demand, ...]
    unsafe: bool = False

    @cached_property
    def _read(self) -> Callable[[dict[str, Any]], Reading]:
        return reader_for(self.layout)

    @cached_property
    def _shape(self) -> Shape | None:
        try:
            return shape_for(self.layout)
        except UsageError:
            return None  # no shape is known: then no field is known to be the answer

    def reading(self, row: Row) -> Reading | None:
        """The row as checks see it; None where it cannot be read."""
        return None if row.record is None else self._read(row.record)

    def answer(self, row: Row) -> tuple[str, str] | None:
        """(path, text) of the answer; None where no single field of the row holds it."""
        reading = self.reading(row)
        if reading is None or reading.answer is None or row.record is None or self._shape is None:
            return None
        turns = self._shape.to_example(row.record).turns
        paths = [turn.path for turn in reversed(turns) if turn.text == reading.answer]
        texts = dict(row.texts)
        for path in (*paths, self.layout.columns.completion, self.layout.columns.label):
            if path is not None and texts.get(path) == reading.answer:
                return path, reading.answer
        return None

    @property
    def id_key(self) -> str:
        """The key that names a row and says nothing of it."""
        return self.layout.columns.id or "id"

    def texts(self, row: Row, *, systems: bool) -> frozenset[str]:
        """The paths of the texts that make up context (`systems`), question and answer; a label column is none."""
        if row.record is None or self._shape is None:
            return frozenset()
        turns = self._shape.to_example(row.record).turns
        whole = {turn.path for turn in turns if turn.path is not None and (systems or turn.role != "system")}
        whole.discard(self.layout.columns.label)
        paths = [path for path, _ in row.texts]
        return frozenset(path for path in paths if path in whole or _part_of(path) in whole)

    def format(self, row: Row) -> ResolvedFormat | None:
        """What the answer of the row is held against."""
        reading = self.reading(row)
        if reading is None or self.formats is None:
            return None
        label = own_label(self.labels, reading.label, reading.answer)
        return self.formats.resolved[self.formats.chain(reading.context, reading.question, label)]


def _part_of(path: str) -> str | None:
    """`messages[1].content` for the path of the text of one of its parts, `messages[1].content[0].text`."""
    return path.removesuffix(".text").rpartition("[")[0] if path.endswith("].text") else None
