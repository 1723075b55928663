"""Common ground of the shapes whose parts are named fields: drafting an example, and writing it back.

An example remembers the record it came from and the path of every part in it, so that the way back is a copy with the
edited parts put in place. Nothing here knows a particular shape.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from dataaudit.shapes.base import Example, Note, Turn
from dataaudit.shapes.content import blank, canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dataaudit.shapes.base import Json, Layout, Record

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a turn stood in its record, and what it said there."""

    path: Path | None
    role: str
    text: str | None
    content: Json


def text_of(value: Json) -> str | None:
    """A value as text: strings as they are, numbers and booleans as JSON, None for null, lists and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return canonical(value)
    return None


def label_text(value: Json) -> str | None:
    """A label as text, or None where it is missing (null, blank, an empty list).

    A list of one label is that label; several labels are sorted, since their order means nothing.
    """
    if isinstance(value, list):
        words = sorted(word for word in (text_of(item) for item in value) if word is not None and not blank(word))
        if len(words) != len(value):
            return canonical(value) if value and not all(item in (None, "") for item in value) else None
        return words[0] if len(words) == 1 else canonical(words) if words else None
    if isinstance(value, dict):
        return canonical(value) if value else None
    text = text_of(value)
    return text if text is not None and not blank(text) else None


def span_order(span: list[Json]) -> tuple[bool, float, str]:
    """Key to sort spans [start, end, label] by where they start; starts that are no usable number come last."""
    start = span[0] if span else None
    if isinstance(start, int) and not isinstance(start, bool) and abs(start) < 2**53:
        return False, float(start), canonical(span)
    return True, 0.0, canonical(span)


class Draft:
    """An example in the making; each part is read once and its path kept."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.example = Example([])
        self.places: list[Place] = []
        self.used: set[str] = set()
        self.named_by_team: set[str] = set()
        self.label_path: Path | None = None

    def turn(self, role: str, text: str | None, content: Json, path: Path | None) -> None:
        """Add a turn; `path` None for text that no single field holds."""
        self.example.turns.append(Turn(role, text, content, path=None if path is None else json_path(path)))
        self.places.append(Place(path, role, text, content))

    def field(self, role: str, name: str, *, needed: bool = True, scalar: bool = False) -> None:
        """Add the turn of a top-level field. `scalar`: numbers and booleans are text too."""
        if name not in self.record:
            if needed:
                self.note(f"missing-field:{name}", name)
            return
        value = self.record[name]
        self.used.add(name)
        text = text_of(value) if scalar else value if isinstance(value, str) else None
        # A null answer is noted by who reads the turns; a null where text may be left out is no fault.
        if text is None and (value is not None or (needed and role != "assistant")):
            self.note(f"wrong-type:{name}", name, f"{kind_of(value)} where text belongs")
        self.turn(role, text, value, (name,))

    def note(self, trait: str, field: str | None = None, detail: str = "") -> None:
        """Add a note."""
        self.example.notes.append(Note(trait, field, detail))

    def label(self, value: Json, path: Path | None) -> str | None:
        """Set the label; a missing one is noted. Returns it as text."""
        text = label_text(value)
        self.label_path = path
        self.example.label = text
        if text is None:
            self.note("label-missing", ".".join(map(str, path)) if path else None)
        return text

    def identify(self, name: str | None) -> None:
        """Set the id from a top-level field, if it is there."""
        name = name or "id"
        if name in self.record:
            self.example.id = self.record[name]
            self.used.add(name)

    def finish(self, shape: str, known: Collection[str]) -> Example:
        """The example; fields that the shape does not know and that play no part are in `extra`."""
        example = self.example
        known = {*known, *self.named_by_team}
        example.extra = {key: value for key, value in self.record.items() if key not in self.used and key not in known}
        example.hints = {
            "shape": shape,
            "record": self.record,
            "places": tuple(self.places),
            "label": (self.label_path, example.label),
            "extra": frozenset(example.extra),
            "fields": tuple(key for key in self.record if key not in known),
        }
        return example


def kind_of(value: Json) -> str:
    """The JSON name of a value's type, with an article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def json_path(path: Path) -> str:
    """A path as it is shown: `data.text`, `annotations[0].result`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def put(record: Any, path: Path, value: Json) -> Any:
    """A copy of a record with one value changed; only the containers on the path are copied."""
    if not path:
        return value
    copy: Any = dict(record) if isinstance(record, dict) else list(record)
    copy[path[0]] = put(copy[path[0]], path[1:], value)
    return copy


def edited(turn: Turn, place: Place) -> Json:
    """What a turn says now: its content where that was changed, else its text, else what stood there."""
    if turn.content != place.content:
        return turn.content
    return turn.text if turn.text != place.text else place.content


def plain(turn: Turn) -> str:
    """The text of a turn of any shape, empty where it has none."""
    return turn.text or ""


class Parts(NamedTuple):
    """An example of any shape as three texts."""

    system: str | None
    prompt: str
    answer: str | None


def parts_of(example: Example) -> Parts:
    """System text, prompt and answer of an example from any shape.

    Several turns before the answer become one prompt, each on its own paragraph behind its role: a flat record has no
    other place for them.
    """
    system = [plain(turn) for turn in example.turns if turn.role == "system"]
    turns = [turn for turn in example.turns if turn.role != "system"]
    answer = plain(turns.pop()) if turns and turns[-1].role == "assistant" else None
    prompt = plain(turns[0]) if len(turns) == 1 else "\n\n".join(f"{turn.role}: {plain(turn)}" for turn in turns)
    return Parts("\n\n".join(system) if system else None, prompt, answer)


def with_system(parts: Parts) -> str:
    """The prompt of a shape that has no field for a system text."""
    return f"{parts.system}\n\n{parts.prompt}" if parts.system else parts.prompt


class FieldShape(ABC):
    """A shape whose records are read part by part from named fields."""

    name: ClassVar[str]
    verdict: str | None = None

    def __init__(self, layout: Layout) -> None:
        self.columns = layout.columns

    @abstractmethod
    def claims(self, record: Record) -> bool:
        """Whether a record is of this shape, by its keys and the types of its values."""

    @abstractmethod
    def fill(self, record: Record, draft: Draft) -> None:
        """Read the parts of a record, whatever is in it."""

    @abstractmethod
    def build(self, example: Example) -> Record:
        """The record of an example that came from another shape."""

    @abstractmethod
    def known(self) -> Collection[str]:
        """The names of the fields that belong to the shape; any other one is a fact about the row."""

    def to_example(self, record: Json) -> Example:
        """The inner form. Never raises: what does not fit becomes a note, and is kept in `extra`."""
        if not isinstance(record, dict):
            return Example(
                [], hints={"value": record}, notes=[Note("unknown-shape", None, f"{kind_of(record)}, no object")]
            )
        draft = Draft(record)
        self.fill(record, draft)
        return draft.finish(self.name, self.known())

    def to_record(self, example: Example) -> Record:
        """The record read, with the edits of the example in it; built anew when it came from another shape."""
        places: tuple[Place, ...] = example.hints.get("places", ())
        own = example.hints.get("shape") == self.name and same_roles(example.turns, places)
        if not own:
            return foreign_extra(example) | self.build(example)
        record: Record = example.hints["record"]
        for turn, place in zip(example.turns, places, strict=True):
            value = edited(turn, place)
            if value is not place.content:
                record = self.write(record, place, value)
        path, label = example.hints["label"]
        if path is not None and example.label != label:
            record = put(record, path, [example.label] if isinstance(value_at(record, path), list) else example.label)
        return merge_extra(record, example)

    def write(self, record: Record, place: Place, value: Json) -> Record:
        """Put an edited turn back; a turn that no single field holds stays as it was read."""
        return record if place.path is None else put(record, place.path, value)


def value_at(record: Json, path: Path) -> Json:
    """The value at a path that is known to exist."""
    for step in path:
        record = record[step]
    return record


def same_roles(turns: list[Turn], places: Iterable[Place]) -> bool:
    """Whether no turn was added, taken away or moved."""
    return [turn.role for turn in turns] == [place.role for place in places]


def merge_extra(record: Record, example: Example) -> Record:
    """The record with the changes made to `extra`: fields taken out, changed or added."""
    before: frozenset[str] = example.hints["extra"]
    if before == example.extra.keys() and all(record[key] is example.extra[key] for key in before):
        return dict(record)
    kept = {key: value for key, value in record.items() if key not in before or key in example.extra}
    return {**kept, **example.extra}


def foreign_extra(example: Example) -> dict[str, Json]:
    """The fields without a part of an example from another shape, and its id."""
    return {**({} if example.id is None else {"id": example.id}), **example.extra}
