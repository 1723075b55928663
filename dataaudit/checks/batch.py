"""A run of consecutive rows in columns, as the checks see them, and the table of what every row leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.loaders.base import UNREAD, Block
from dataaudit.shapes.base import Note, Reading
from dataaudit.shapes.content import canonical
from dataaudit.shapes.media import has_media, media_of
from dataaudit.suppression import KEY, KEY_TRAIT, set_aside, traits_of
from dataaudit.text.fingerprint import RowKeys, fingerprint
from dataaudit.text.normalize import normal_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNREADABLE = "unread"
_SETS_KEPT = 20_000
_FOLDED = ("field", "turn-field", "role", "unknown-role", "schema-version", "silences")
_MANY = {name: f"{name}:(many)" for name in _FOLDED}
_COLUMNS = {
    "source": np.int32, "line": np.uint32, "offset": np.int64, "outline": np.uint32, "length": np.uint32,
    "exact": np.uint64, "normal": np.uint64, "question": np.uint64, "label": np.uint64, "id": np.uint64,
}  # fmt: skip


class SourceNumber(int):
    """The number of a source, told apart from other numbers in a state: the cache changes it where the list changed."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[SourceNumber], tuple[int]]:
        return SourceNumber, (int(self),)


class Outlines:
    """Sets of traits, interned: rows hold a small number instead of the set.

    Data with tens of thousands of sets (a new key in every row) has names folded into one: memory stays bounded.
    """

    def __init__(self, known: Iterable[tuple[str, ...]] = ()) -> None:
        self.traits: list[tuple[str, ...]] = []
        self._ids: dict[tuple[str, ...], int] = {}
        self._index: dict[str, list[int]] = {}
        self._indexed = 0
        for traits in known:
            self.number(traits)

    def number(self, traits: tuple[str, ...]) -> int:
        """The number of a set of traits."""
        number = self._ids.get(traits)
        if number is None:
            if len(self.traits) >= _SETS_KEPT:
                traits = tuple(sorted({_MANY.get(t.partition(":")[0], t) for t in traits}))
                if (number := self._ids.get(traits)) is not None:
                    return number
            number = self._ids[traits] = len(self.traits)
            self.traits.append(traits)
        return number

    def numbers_with(self, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        """For each number, whether any trait of its set passes."""
        result = np.zeros(len(self.traits), dtype=np.bool_)
        for trait, numbers in self.index().items():
            if test(trait):
                result[numbers] = True
        return result

    def index(self) -> dict[str, list[int]]:
        """The numbers of the sets that hold each trait, traits in the order of the alphabet."""
        if self._indexed != len(self.traits):
            index: dict[str, list[int]] = {}
            for number, traits in enumerate(self.traits):
                for trait in traits:
                    index.setdefault(trait, []).append(number)
            self._index, self._indexed = dict(sorted(index.items())), len(self.traits)
        return self._index


@dataclass(slots=True)
class Batch:
    """Consecutive rows of one source, all columns of one length.

    source: a `SourceNumber`; states keep it as it is, for the cache knows it by its type. records: parsed value or
    UNREAD. answers: None where the row has none. labels: None where the row has none.
    notes: (index, note) of odd rows. known: what the numbers of `outlines` stand for.
    """

    source: int
    lines: Sequence[int]
    offsets: Sequence[int]
    raws: Sequence[bytes]
    records: Sequence[Any]
    contexts: Sequence[str]
    questions: Sequence[str]
    answers: Sequence[str | None]
    labels: Sequence[str | None]
    ids: Sequence[str | int | None]
    outlines: Sequence[int]
    notes: list[tuple[int, Note]]
    known: Outlines
    _forms: tuple[list[bytes], list[bytes]] | None = None

    @property
    def forms(self) -> tuple[list[bytes], list[bytes]]:
        """The normal forms of the questions and of the answers, worked out once for all who need them."""
        if self._forms is None:
            self._forms = normal_forms(self.questions, self.answers)
        return self._forms

    def __len__(self) -> int:
        return len(self.lines)


_NOTHING = Reading("", "", None, (UNREADABLE,))


def make_batch(
    source: int,
    block: Block,
    read: Callable[[dict[str, Any]], Reading],
    outlines: Outlines,
    find: Callable[[Sequence[Reading]], dict[int, tuple[Note, ...]]] | None = None,
) -> Batch:
    """Read the records of a block as columns; what loader, shape and `find` note becomes traits of the row."""
    values, keys = _without_keys(block.values)
    readings = [_NOTHING if value is UNREAD else read(value) for value in values]
    found = find(readings) if find is not None else {}
    for index in {**block.notes, **found, **keys}:
        notes = (*block.notes.get(index, ()), *found.get(index, ()), *keys.get(index, ()))
        reading = readings[index]
        traits = tuple(sorted({*reading.traits, *(note.trait for note in notes)}))
        readings[index] = reading._replace(traits=traits, notes=(*notes, *reading.notes))
    contexts, questions, answers, traits_of, notes_of, labels, ids = zip(*readings, strict=True)
    placed = [(index, note) for index, row_notes in enumerate(notes_of) if row_notes for note in row_notes]
    return Batch(
        source, block.lines, block.offsets, block.raws, values,
        contexts, questions, answers, labels, ids, [outlines.number(traits) for traits in traits_of], placed, outlines,
    )  # fmt: skip


def _without_keys(values: Sequence[Any]) -> tuple[Sequence[Any], dict[int, tuple[Note, ...]]]:
    """Records without the reserved key, and what it says, as notes of the rows that have it."""
    having = [index for index, value in enumerate(values) if value is not UNREAD and KEY in value]
    if not having:
        return values, {}
    notes = {index: key_notes(values[index]) for index in having}
    return set_aside(values), notes


def key_notes(record: dict[str, Any]) -> tuple[Note, ...]:
    """What the reserved key of a record says: that it is there, and each word of it."""
    return Note(KEY_TRAIT, KEY), *(Note(trait, KEY, detail) for trait, detail in traits_of(record[KEY]))


@dataclass(slots=True)
class RowTable:
    """What every row leaves behind: some 60 bytes, in columns, in the order of sources and lines.

    source: index of the source. line, offset: place. outline: number of the row's set of traits. length: characters.
    exact, normal, question: keys of the row, its normal form, what it asks. label, id: fingerprints, 0 for none.
    """

    columns: dict[str, NDArray[Any]] = field(default_factory=lambda: {n: np.empty(0, t) for n, t in _COLUMNS.items()})

    def __len__(self) -> int:
        return len(self.columns["line"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    @classmethod
    def joined(cls, tables: Sequence[RowTable]) -> RowTable:
        """The rows of several tables, in order; the tables are emptied on the way so that memory is held once."""
        if len(tables) == 1:
            return tables[0]
        return cls({name: np.concatenate([t.columns.pop(name) for t in tables]) for name in _COLUMNS} if tables else {})


class TableBuilder:
    """Collects the rows of one unit."""

    def __init__(self) -> None:
        self._parts: list[RowTable] = []
        self._keys = RowKeys()
        self._labels: dict[str | None, int] = {None: 0}

    def add(self, batch: Batch, labels: Sequence[str | None]) -> None:
        """Append a batch; `labels` is the label of each row by the file's label source."""
        keys = self._keys.of_rows(batch.contexts, batch.questions, batch.answers, *batch.forms)
        texts = zip(batch.records, batch.questions, batch.answers, batch.contexts, strict=True)
        for index, (record, *words) in enumerate(texts):
            if record is UNREAD:
                keys[index] = (_raw_key(batch.raws[index]), 0, 0)
            elif not any(words):
                keys[index] = wordless_keys(record)
        shown = {number for number in set(batch.outlines) if has_media(batch.known.traits[number])}
        for index in [index for index, number in enumerate(batch.outlines) if number in shown] if shown else ():
            keys[index] = with_media(keys[index], batch.records[index])
        exact, normal, question = zip(*keys, strict=True)
        lengths = [
            len(c) + len(q) + (len(a) if a is not None else 0)
            for c, q, a in zip(batch.contexts, batch.questions, batch.answers, strict=True)
        ]
        none = np.zeros(len(batch), dtype=np.uint64)
        values: dict[str, Any] = {
            "source": np.full(len(batch), batch.source), "line": batch.lines, "offset": batch.offsets,
            "outline": batch.outlines, "length": lengths, "exact": exact, "normal": normal, "question": question,
            "label": [self._label(label) for label in labels] if any(labels) else none,
            "id": none if batch.ids.count(None) == len(batch) else [id_key(name) for name in batch.ids],
        }  # fmt: skip
        self._parts.append(RowTable({name: np.array(values[name], dtype=t) for name, t in _COLUMNS.items()}))

    def _label(self, label: str | None) -> int:
        key = self._labels.get(label)
        if key is None:
            key = label_key(label) if label is not None else 0
            if len(self._labels) < 10_000:
                self._labels[label] = key
        return key

    def table(self) -> RowTable:
        """All rows added."""
        return RowTable.joined(self._parts) if self._parts else RowTable()


def wordless_keys(record: dict[str, Any]) -> tuple[int, int, int]:
    """The keys of a row in which no text was found, an unknown one perhaps: all of it stands for its texts."""
    key = fingerprint(canonical(record))
    return key, key, 0


def with_media(keys: tuple[int, int, int], record: dict[str, Any]) -> tuple[int, int, int]:
    """The keys of a row that shows files: equal texts about other pictures are neither copies nor contradictions."""
    own = fingerprint("\x1e".join(media_of(record)))
    exact, normal, question = keys
    return exact ^ own, normal ^ own, question and (question ^ own)


def id_key(name: str | int | None) -> int:
    """The key of an id in the table; 0 for none."""
    return 0 if name is None else fingerprint(f"{type(name).__name__}:{name}")


def label_key(label: str) -> int:
    """The key of a label in the table; labels that differ in any character have different keys."""
    return fingerprint(label, 1) or 1


def _raw_key(raw: bytes) -> int:
    return fingerprint(raw.decode("utf-8", "surrogateescape").strip())
