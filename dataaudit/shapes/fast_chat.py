"""The fast path for the ordinary chat row: only role and content in every message, every content a string.

Gives what reading the row in full would give. All that depends on the roles, on which texts are blank and on the names
of the other fields is worked out once, in full, and remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dataaudit.shapes.base import Layout, Reading
from dataaudit.shapes.content import blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.shapes.base import Json, Note, Record

    Otherwise = TypeVar("Otherwise")

_VALUES_TELL = frozenset(("tools", "functions", "images", "videos", "audios"))
"""Fields whose values say more about a row than their names do; such a row is read in full."""
_MOST_TURNS = 64
_MOST_KEPT = 4096
_LONGEST_ROLE = 40
_BETWEEN = "\x1e"
_BLANK = object()
_EMPTY = object()
_FIELDS = object()
_NO_FIELD: Json = object()
_new = tuple.__new__
"""Makes a Reading of all its seven values at a third of the price of its constructor."""


class _Pattern(NamedTuple):
    """What every row of the same roles, blanks and fields gives. The texts of a row are meant by their index.

    system: the one system text, or None; of several, all of them. question: the same for the question, whose texts
    stand behind their roles (`heads`) where it is more than one user turn.
    """

    traits: tuple[str, ...]
    notes: tuple[Note, ...]
    system: int | None
    question: int | None
    answer: int | None
    systems: tuple[int, ...]
    questions: tuple[int, ...]
    heads: tuple[str, ...]


def chat_reader(layout: Layout, otherwise: Callable[[Record], Otherwise]) -> Callable[[Record], Reading | Otherwise]:
    """What reads the OpenAI chat rows of a file: ordinary ones here, every other one by `otherwise`."""
    key, label = layout.columns.id or "id", layout.columns.label or _NO_FIELD
    patterns: dict[tuple[Json, ...], _Pattern] = {}

    def read_row(record: Record) -> Reading | Otherwise:
        kind: list[Json] = []
        texts: list[str] = []
        name = category = None
        try:
            messages = record["messages"]
            if type(messages) is not list:
                return otherwise(record)
            for message in messages:
                text = message["content"]
                if len(message) != 2 or type(text) is not str:
                    return otherwise(record)
                kind.append(message["role"])
                if not text or text.isspace() or (not text.isascii() and blank(text)):
                    kind.append(_BLANK if text else _EMPTY)
                texts.append(text)
            if len(record) > 1:
                name, category = record.get(key), record.get(label)
                if not _names_tell(record, name, category):
                    return otherwise(record)
                kind += (_FIELDS, *record)
            traits, notes, system, question, answer, systems, questions, heads = patterns[tuple(kind)]
        except KeyError:
            return _unseen(layout, record, patterns, tuple(kind)) or otherwise(record)
        except TypeError:
            return otherwise(record)
        return _new(
            Reading,
            (
                _BETWEEN.join([texts[index] for index in systems]) if system is None else texts[system],
                _behind_roles(texts, questions, heads) if question is None else texts[question],
                None if answer is None else texts[answer],
                traits,
                notes,
                None if category is None or blank(category) else category,
                name,
            ),
        )

    return read_row


def _unseen(
    layout: Layout, record: Record, patterns: dict[tuple[Json, ...], _Pattern], kind: tuple[Json, ...]
) -> Reading | None:
    """The reading of the first ordinary row of a kind, which is then remembered; None of any other row."""
    found = _learn(layout, record) if _ordinary(record) else None
    if found is None:
        return None
    if len(patterns) >= _MOST_KEPT:
        patterns.clear()
    reading, patterns[kind] = found
    return reading


def _behind_roles(texts: list[str], questions: tuple[int, ...], heads: tuple[str, ...]) -> str:
    return _BETWEEN.join([head + texts[index] for head, index in zip(heads, questions, strict=True)])


def _names_tell(record: Record, name: Json, category: Json) -> bool:
    """Whether the names of the fields beside the messages say all about them."""
    return (
        _VALUES_TELL.isdisjoint(record)
        and (name is None or type(name) is str or type(name) is int)
        and (category is None or type(category) is str)
        and type(record.get("label")) is not bool
    )


def _learn(layout: Layout, record: Record) -> tuple[Reading, _Pattern] | None:
    """An ordinary row read in full, and what every row like it will give; None where it is of another shape."""
    from dataaudit.shapes.anatomy import read
    from dataaudit.shapes.chat import OpenAIChat

    shape = OpenAIChat(layout)
    if not shape.claims(record):
        return None
    example = shape.to_example(record)
    reading = read(example, shape.name)
    roles = [turn.role for turn in example.turns]
    answer = next((index for index in range(len(roles) - 1, -1, -1) if roles[index] == "assistant"), None)
    systems = tuple(index for index, role in enumerate(roles) if role == "system")
    questions = tuple(index for index, role in enumerate(roles) if role != "system" and index != answer)
    alone = len(questions) == 1 and roles[questions[0]] == "user"
    pattern = _Pattern(
        reading.traits,
        reading.notes,
        systems[0] if len(systems) == 1 else None,
        questions[0] if alone else None,
        answer,
        systems,
        questions,
        tuple(f"{roles[index]}: " for index in questions),
    )
    return reading, pattern


def _ordinary(record: Record) -> bool:
    messages = record.get("messages")
    return (
        type(messages) is list
        and 0 < len(messages) <= _MOST_TURNS
        and all(type(message) is dict and len(message) == 2 for message in messages)
        and all(type(message.get("role")) is str and type(message.get("content")) is str for message in messages)
        and all(len(message["role"]) <= _LONGEST_ROLE for message in messages)
    )


def _none(record: Record) -> None:
    return None


read_chat_fast = chat_reader(Layout("openai-chat"), _none)
"""The reading of an ordinary row of a file without columns of its own; None for every other row."""
