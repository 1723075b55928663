"""Writing a record back onto the one it was read from: what was not changed stays as it was written.

Reading gives inner forms and keeps the source. Writing compares what the inner form would write now with what the
source's own inner form would write, and carries only the differences over. So an unchanged example gives the very
record again, whatever odd things it holds, and a changed one keeps all that was not touched.
"""

from __future__ import annotations

from dataclasses import replace

from dataaudit.shapes.base import Example, Json, Layout, Note, Record
from dataaudit.shapes.content import type_name
from dataaudit.shapes.recognise import kind


def same(one: Json, other: Json) -> bool:
    """Equal in value and in type at every depth (1, 1.0 and true are three values)."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def put(source: Json, before: Json, after: Json) -> Json:
    """`source` with the differences between `before` (what it was read as) and `after`."""
    if same(before, after):
        return source
    if not (isinstance(source, dict) and isinstance(before, dict) and isinstance(after, dict)):
        return after
    changed = {key: value for key, value in source.items() if key in after or key not in before}
    changed |= {key: value for key, value in after.items() if key not in before or not same(before[key], value)}
    return changed


def absent(record: Record, key: str, notes: list[Note]) -> None:
    """Note a field that the shape needs and the record has not."""
    if key not in record:
        notes.append(Note(f"missing-field:{key}", key))


_COMMON = ("chosen",)
"""Hints that mean the same in every shape; all others belong to the shape that set them."""


class RecordShape:
    """What the shapes that keep their source have in common; `read` and `write` are each shape's own."""

    name: str = ""
    verdict: str | None = None
    needed: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    """Shapes whose records this one reads too where the user named it: keys alone do not tell them apart."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def claims(self, record: Record) -> bool:
        """Whether the record's keys and types are those of this shape."""
        found = kind(record)
        return found == self.name or (self.layout.demanded and found in self.also)

    def read(self, record: Record) -> Example:
        """The inner form, without what is common to all shapes."""
        raise NotImplementedError

    def write(self, example: Example) -> Record:
        """A record of this shape that holds the example, as if it had never had another form."""
        raise NotImplementedError

    def to_example(self, record: Json) -> Example:
        """The inner form. Never raises, whether the shape claims the record or not."""
        if not isinstance(record, dict):
            return Example([], notes=[Note("unknown-shape", None, f"{type_name(record)}, not an object")])
        example = self.read(record)
        parts = example.hints.setdefault("parts", self.parts)
        needed = example.hints.pop("needed", self.needed)
        example.extra = {key: value for key, value in record.items() if key not in parts}
        columns = self.layout.columns
        if example.label is None and columns.label is not None:
            example.label = record.get(columns.label)
        example.id = record.get(columns.id or "id")
        example.hints.update(shape=self.name, source=record, fields=tuple(key for key in record if key not in needed))
        return example

    def to_record(self, example: Example) -> Record:
        """The record of an inner form; the source itself, with the changes, where the example came from this shape."""
        if example.hints.get("shape") != self.name:
            common = {key: example.hints[key] for key in _COMMON if key in example.hints}
            return self.write(replace(example, hints=common)) | example.extra
        after = self.write(example) | example.extra
        source: Record = example.hints["source"]
        read = self.to_example(source)
        record: Record = put(source, self.write(read) | read.extra, after)
        return dict(record)
