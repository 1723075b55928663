"""What a training row is charged for: the messages that it holds or would become, as texts.

Counted as in OpenAI's cookbook: the texts, the roles, and a few tokens around each message and each example. Tools and
calls count as the JSON text that they are written as, which is an approximation: how they are really written is not
published. Images and other media are not counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.shapes.content import canonical
from dataaudit.shapes.registry import default_shape
from dataaudit.shapes.tools import tools_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.shapes.base import Example, Record, Shape, Turn

_FLAT = frozenset(("prompt-completion", "prompt-response", "pairs", "alpaca", "labeled-text", "prompt-only"))
"""Shapes whose texts stand in the columns of a batch as they are."""
_LABELED = frozenset(("labeled-text", "label-studio", "label-studio-min", "argilla", "prodigy", "doccano"))
"""Shapes whose label is what is learned."""


class Said(NamedTuple):
    """One text that is counted. role: None for text that is no message. trained: whether it is a target.

    near: it stands for tools or calls, which are written for the model in a way that is not published.
    """

    text: str
    role: str | None
    trained: bool
    name: str | None = None
    near: bool = False


class Texts(NamedTuple):
    """The columns of one row that stand for it where its record cannot be used."""

    context: str
    question: str
    answer: str | None
    label: str | None


def said_in(record: Any, shape: str, own: Shape, texts: Texts) -> list[Said]:
    """The messages of a row that has been read as `shape`; `own` is the shape of its file. Never raises."""
    if shape == "text":
        return [Said(texts.question, None, True)] if texts.question else []
    if shape in _FLAT or not isinstance(record, dict):
        return _columns(texts, shape)
    if shape == "openai-chat" and (plain := _plain_chat(record)) is not None:
        return plain
    if shape == "tokenized":
        return []
    reader = own if own.name == shape else default_shape(shape)
    found = _of_example(reader.to_example(record))
    if shape in _LABELED and texts.label and not any(one.trained for one in found):
        found.append(Said(texts.label, "assistant", True))
    return found if any(one.text for one in found) else _columns(texts, shape)


def _columns(texts: Texts, shape: str) -> list[Said]:
    answer = texts.label if shape in _LABELED and texts.answer is None else texts.answer
    given = (Said(texts.context, "system", False), Said(texts.question, "user", False))
    found = [one for one in given if one.text]
    return found if not answer else [*found, Said(answer, "assistant", True)]


def _plain_chat(record: Record) -> list[Said] | None:
    """The messages of an ordinary chat row; None where a message holds more than role and text."""
    messages = record.get("messages")
    if not isinstance(messages, list) or "tools" in record or "functions" in record:
        return None
    found = []
    for message in messages:
        if not isinstance(message, dict) or len(message) != 2:
            return None
        role, text = message.get("role"), message.get("content")
        if not isinstance(role, str) or not isinstance(text, str):
            return None
        found.append(Said(text, role, role == "assistant"))
    return found


def _of_example(example: Example) -> list[Said]:
    found = [_of_turn(turn) for turn in (*example.turns, *(example.rejected or ()))]
    tools = tools_of(example.tools)
    return [Said(canonical(tools), None, False, near=True), *found] if tools else found


def _of_turn(turn: Turn) -> Said:
    text = turn.text or ""
    if turn.calls:
        calls = [{"arguments": call.arguments, "name": call.name} for call in turn.calls]
        text = f"{text}\n{canonical(calls)}" if text else canonical(calls)
    trained = turn.role == "assistant" and turn.weight != 0
    return Said(text, turn.role, trained, turn.name if isinstance(turn.name, str) else None, bool(turn.calls))


def added_around(said: Sequence[Said], message: int, name: int, example: int) -> int:
    """Tokens around the messages of a row: `message` for each, `name` for each name, `example` once."""
    messages = [one for one in said if one.role is not None]
    return example + sum(message + (name if one.name else 0) for one in messages) if messages else 0
