"""What every record shape gives: the way to the one inner form, and the way back.

A shape module maps records; it does not judge them. What it finds odd it says as traits (neutral facts, listed in the
rule files) and notes (a trait with its place in the record).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

Json = Any
Record = dict[str, Json]


class Note(NamedTuple):
    """A trait of one row with its place: JSON path of the field, 1-based column of the line, words for the message."""

    trait: str
    field: str | None = None
    detail: str = ""
    column: int | None = None


@dataclass(slots=True)
class Call:
    """A tool call inside an assistant turn. `arguments` is as written: JSON text or an object.

    hints: what the shape needs to say where it stands and to write it back (`form`, `at`).
    """

    name: Json
    arguments: Json
    id: Json = None
    extra: dict[str, Json] = field(default_factory=dict)
    hints: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Turn:
    """One message. `role` is the inner name (system, user, assistant, tool, or as written where unknown).

    text: the text, or None where there is none (null or absent content, or not text at all).
    content: the content exactly as written; its Python type tells string, parts, null.
    path: JSON path of the text in the record (`messages[2].content`, `completion`).
    hints: what the shape needs to write the message back as it was.
    """

    role: str
    text: str | None
    content: Json
    written_role: Json = None
    calls: list[Call] = field(default_factory=list)
    result_of: Json = None
    name: Json = None
    weight: Json = None
    media: tuple[str, ...] = ()
    extra: dict[str, Json] = field(default_factory=dict)
    path: str | None = None
    hints: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Example:
    """One training example in the inner form, whatever shape it came in.

    turns: the conversation; a plain pair is a user turn and an assistant turn, a system prompt a system turn.
    rejected: the answer not preferred, in preference data; then the last turns of `turns` are the preferred one.
    label: the category of labeled text; reference: what a grader compares with; extra: every key that has no part.
    hints: what the shape needs to write the record back as it was (key names, key order, forms).
    notes: what was odd.
    """

    turns: list[Turn]
    tools: Json = None
    label: Json = None
    rejected: list[Turn] | None = None
    reference: Json = None
    id: Json = None
    extra: dict[str, Json] = field(default_factory=dict)
    hints: dict[str, Json] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field of a flat record plays which part; None where none does."""

    prompt: str | None = None
    completion: str | None = None
    system: str | None = None
    label: str | None = None
    id: str | None = None
    rejected: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records of one file are read: the majority shape and, for flat records, the columns.

    guessed: words for the user about what was guessed; empty when everything was known or given.
    demanded: the user named the shape.
    """

    shape: str
    columns: Columns = Columns()
    guessed: tuple[str, ...] = ()
    demanded: bool = False


class Reading(NamedTuple):
    """One record as columns for the checks.

    context: what the answer depends on besides the question (system prompt, declared tools).
    question, answer: prompt and target; for a chat all turns before the last answer, and that answer.
    Where no answer belongs to the question (plain text, prompts only), `answer` is None.
    """

    context: str
    question: str
    answer: str | None
    traits: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    label: str | None = None
    id: str | int | None = None


class Shape(Protocol):
    """One record shape. Instances are made from a Layout and hold no other state.

    verdict: the part ("label", "answer") that says what somebody thought of a text, and is no class of it: whether an
    answer is a good one, or a suggestion is right. None where there is none.
    """

    name: str
    verdict: str | None

    def claims(self, record: Record) -> bool:
        """Whether a record is of this shape, by its keys and the types of its values (cheap, no text is read)."""
        ...

    def to_example(self, record: Record) -> Example:
        """The inner form. Never raises: what does not fit becomes a note, and is kept in `extra`."""
        ...

    def to_record(self, example: Example) -> Record:
        """The record of an inner form; equal to the record read when the example came from this shape."""
        ...
