"""The fast path for the ordinary chat row: only role and content in every message, every content a string.

Gives what reading the row in full would give. All that depends on the roles and on which texts are blank is worked
out once, in full, and remembered.
"""

from __future__ import annotations

from typing import NamedTuple

from dataaudit.shapes.base import Layout, Note, Reading, Record

_PLAIN_KEYS = frozenset(("messages", "id", "metadata", "source"))
_MOST_TURNS = 64
_MOST_KEPT = 4096
_LONGEST_ROLE = 40
_BETWEEN = "\x1e"


class _Pattern(NamedTuple):
    """traits, notes: of every such row. system, question: which messages. heads: roles, None for one user turn."""

    traits: tuple[str, ...]
    notes: tuple[Note, ...]
    system: tuple[int, ...]
    question: tuple[int, ...]
    heads: tuple[str, ...] | None
    answer: int | None


_patterns: dict[tuple[object, ...], _Pattern] = {}
_isspace = str.isspace


def read_chat_fast(record: Record) -> Reading | None:
    """The reading of an ordinary OpenAI chat row; None for every other, which must be read in full.

    For layouts without columns of their own: the id is the field `id`, and no field is a label.
    """
    try:
        messages = record["messages"]
        if len(record) > 1 and not record.keys() <= _PLAIN_KEYS:
            return None
        roles = [message["role"] for message in messages]
        texts = [message["content"] for message in messages]
        traits, notes, system, question, heads, answer = _patterns[
            (type(messages), *record, *roles, *[text == "" or _isspace(text) for text in texts], *map(len, messages))
        ]
    except KeyError:
        return _learn(record)
    except TypeError:
        return None
    name = record.get("id")
    if name is not None and type(name) is not str and type(name) is not int:
        return None
    return Reading(
        texts[system[0]] if len(system) == 1 else _BETWEEN.join([texts[index] for index in system]),
        texts[question[0]]
        if heads is None
        else _BETWEEN.join([head + texts[i] for head, i in zip(heads, question, strict=True)]),
        None if answer is None else texts[answer],
        traits,
        notes,
        None,
        name,
    )


def _learn(record: Record) -> Reading | None:
    """Read a row in full, and remember what every row of the same roles and blanks will give."""
    from dataaudit.shapes.anatomy import read
    from dataaudit.shapes.chat import OpenAIChat

    shape = OpenAIChat(Layout(OpenAIChat.name))
    if not _ordinary(record) or not shape.claims(record):
        return None
    example = shape.to_example(record)
    reading = read(example, shape.name)
    if len(_patterns) >= _MOST_KEPT:
        _patterns.clear()
    roles = [turn.role for turn in example.turns]
    answer = next((index for index in range(len(roles) - 1, -1, -1) if roles[index] == "assistant"), None)
    question = tuple(index for index, role in enumerate(roles) if role != "system" and index != answer)
    alone = len(question) == 1 and roles[question[0]] == "user"
    texts = [message["content"] for message in record["messages"]]
    written = [message["role"] for message in record["messages"]]
    key = (list, *record, *written, *[text == "" or text.isspace() for text in texts], *([2] * len(texts)))
    _patterns[key] = _Pattern(
        reading.traits,
        reading.notes,
        tuple(index for index, role in enumerate(roles) if role == "system"),
        question,
        None if alone else tuple(f"{roles[index]}: " for index in question),
        answer,
    )
    return reading


def _ordinary(record: Record) -> bool:
    messages = record.get("messages")
    return (
        type(messages) is list
        and 0 < len(messages) <= _MOST_TURNS
        and record.keys() <= _PLAIN_KEYS
        and all(type(message) is dict and len(message) == 2 for message in messages)
        and all(type(message.get("role")) is str and type(message.get("content")) is str for message in messages)
        and all(len(message["role"]) <= _LONGEST_ROLE for message in messages)
    )
