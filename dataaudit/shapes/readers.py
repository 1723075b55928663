"""Reads the rows of a file by its layout: fast where that is possible, in full elsewhere, and rows that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.base import Note, Reading
from dataaudit.shapes.columns import column_rules, hint_for
from dataaudit.shapes.fields import kind_of
from dataaudit.shapes.letter_case import spelled
from dataaudit.shapes.registry import claimant, make
from dataaudit.shapes.schemas import known_keys, required_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.shapes.base import Example, Json, Layout, Record, Shape

    Reader = Callable[[Record], Reading]

_GENERAL = {"labeled-text", "prompt-only", "text", "doccano"}
"""Shapes of one common field: a row that has a field of the file's own shape is rather a broken one of these."""

_ROLES_OF_FIELDS = {"prompt": "prompt", "instruction": "prompt", "text": "prompt"} | dict.fromkeys(
    ("completion", "response", "output"), "completion"
)


def make_reader(layout: Layout) -> Reader:
    """The reader of a layout; it takes any parsed record and never raises.

    Raises:
        UsageError: there is no shape of that name.
    """
    if layout.shape == "unknown":
        return _read_unknown
    thorough = Thorough(layout)
    if layout.shape == "openai-chat":
        from dataaudit.shapes.fast_chat import chat_reader

        return chat_reader(layout, thorough)
    from dataaudit.shapes.fast_pairs import fast_reader

    return fast_reader(thorough.shape, thorough)


def _read_unknown(record: Json) -> Reading:
    names = ", ".join(repr(str(key)[:60]) for key in list(record)[:8]) if isinstance(record, dict) else kind_of(record)
    return Reading(
        "", "", None, ("unknown-shape",), (Note("unknown-shape", None, f"no record shape has the fields {names}"),)
    )


class Thorough:
    """Reads any row in full: by the shape of the file, by another shape that claims it, or as a broken row."""

    def __init__(self, layout: Layout) -> None:
        from dataaudit.shapes.anatomy import read

        self.shape = make(layout)
        self.needed = _needed(layout)
        self.keys = tuple(dict.fromkeys((*self.needed, *sorted(known_keys(layout.shape)))))
        self._read = read

    def __call__(self, record: Json) -> Reading:
        """The reading of a record."""
        if isinstance(record, dict):
            if self.shape.claims(record):
                return self._read(self.shape.to_example(record), self.shape.name)
            other = claimant(record)
            if other is not None and other.name != self.shape.name and self._is_other(other, record):
                return self._other(other, record)
            if (reading := self._in_other_case(record)) is not None:
                return reading
        return self._read(self._broken(record), self.shape.name)

    def _in_other_case(self, record: Record) -> Reading | None:
        """The reading of a row whose keys are those of the shape but for their letter case; None of any other row."""
        renamed = spelled(record, self.keys)
        if not renamed:
            return None
        as_known = {renamed.get(key, key): value for key, value in record.items()}
        if not self.shape.claims(as_known):
            return None
        reading = self._read(self.shape.to_example(as_known), self.shape.name)
        notes = [Note(f"field-case:{known}", written) for written, known in renamed.items()]
        notes += [_with_hint(Note(f"missing-field:{name}", name), record) for name in self.needed if name not in record]
        traits = sorted({*reading.traits, *(note.trait for note in notes)})
        return reading._replace(traits=tuple(traits), notes=(*reading.notes, *notes))

    def _is_other(self, other: Shape, record: Record) -> bool:
        return other.name not in _GENERAL or not any(name in record for name in self.needed)

    def _other(self, other: Shape, record: Record) -> Reading:
        reading = self._read(other.to_example(record), other.name)
        words = f"a row of the shape {other.name} in a file of the shape {self.shape.name}{self._renaming(record)}"
        note = Note("other-shape", None, words)
        traits = dict.fromkeys((*reading.traits, "other-shape", f"shape:{other.name}"))
        return reading._replace(traits=tuple(traits), notes=(*reading.notes, note))

    def _renaming(self, record: Record) -> str:
        """Advice for a row that only names one of its texts otherwise; empty for any other row."""
        missing = [name for name in self.needed if name not in record]
        if len(missing) != 1 or len(self.needed) < 2:
            return ""
        names = column_rules().aliases.get(missing[0], ())
        other = next((name for name in names if isinstance(record.get(name), str)), None)
        return "" if other is None else f"; rename {other} to {missing[0]}"

    def _broken(self, record: Json) -> Example:
        example = self.shape.to_example(record)
        if isinstance(record, dict):
            example.notes = [_with_hint(note, record) for note in example.notes]
            if not any(name in record for name in self.needed):
                listed = ", ".join(self.needed)
                example.notes.append(
                    Note("unknown-shape", None, f"none of the fields that {self.shape.name} needs: {listed}")
                )
        return example


def _with_hint(note: Note, record: Record) -> Note:
    if note.trait.startswith("missing-field:") and not note.detail:
        return note._replace(detail=hint_for(note.trait.removeprefix("missing-field:"), record))
    return note


def _needed(layout: Layout) -> tuple[str, ...]:
    """The fields that a row of the layout cannot lack, under the names that they have in this file."""
    columns = layout.columns
    if layout.shape == "pairs":
        return tuple(name for name in (columns.prompt, columns.completion) if name is not None)
    if layout.shape == "labeled-text":
        return columns.prompt or "text", columns.label or "label"
    flat = layout.shape in ("alpaca", "prompt-completion", "prompt-response", "prompt-only", "text")
    named = [
        getattr(columns, _ROLES_OF_FIELDS.get(key, ""), None) if flat else None for key in required_keys(layout.shape)
    ]
    return tuple(name or key for name, key in zip(named, required_keys(layout.shape), strict=True))
