"""The fast path for flat records of strings: no example is made, and traits are looked up by what can change them.

The traits of such a row depend on its field names and on which of its parts are empty or blank, and on nothing else.
The first row of a kind is read in full, and what was found is kept for the rows like it; so both paths agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.base import Reading
from dataaudit.shapes.content import blank, canonical
from dataaudit.shapes.pairs import Alpaca, Pair, PromptOnly
from dataaudit.shapes.roles import words
from dataaudit.shapes.text import ImageCaption, LabeledText, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.shapes.base import Json, Note, Record, Shape

    Reader = Callable[[Record], Reading]
    Found = tuple[tuple[str, ...], tuple[Note, ...]]

MOST_KINDS = 4096
"""Kinds of rows that are kept; hostile data with ever new field names cannot fill the memory."""

_NUMBERS = (int, bool)
_SPACES = "white space"
"""Stands in a kind of row for an answer of white space only, which is another fact than an empty one."""
_new = tuple.__new__
"""Makes a Reading of all its seven values at a third of the price of its constructor."""


class _Memo:
    """What was found for each kind of row."""

    def __init__(self, thorough: Reader) -> None:
        self.thorough = thorough
        self.kinds: dict[object, Found] = {}
        self.listing = frozenset(words().media.listed)

    def learn(self, kind: object, record: Record) -> Reading:
        """Read the first row of a kind in full, and keep what was found; not of rows that list files, all unlike."""
        reading = self.thorough(record)
        if not self.listing.isdisjoint(record):
            return reading
        if len(self.kinds) >= MOST_KINDS:
            self.kinds.clear()
        self.kinds[kind] = (reading.traits, reading.notes)
        return reading


def fast_reader(shape: Shape, thorough: Reader) -> Reader:
    """The fast reader of a shape, or the thorough one where the shape has no fast path."""
    memo = _Memo(thorough)
    if isinstance(shape, Alpaca):
        named = shape.columns.system or shape.columns.label or shape.columns.id not in (None, "id")
        return thorough if named else _alpaca(shape, memo)
    if isinstance(shape, Pair) and shape.name != ImageCaption.name:
        if shape.columns.system is shape.columns.label is None and shape.columns.id in (None, "id"):
            return _two(shape.prompt, shape.completion, memo)
        return _wide(shape, memo)
    if isinstance(shape, LabeledText) and shape.columns.label is not None and shape.columns.system is None:
        return _labeled(shape.text, shape.columns.label, shape.columns.id or "id", memo)
    if isinstance(shape, Text | PromptOnly) and shape.columns.system is shape.columns.label is None:
        return _single(shape, memo)
    return thorough


def _name(value: Json) -> bool:
    return type(value) is str or type(value) is int


def _two(prompt: str, completion: str, memo: _Memo) -> Reader:
    kinds, thorough = memo.kinds, memo.thorough

    def read_row(record: Json) -> Reading:
        try:
            question, answer = record[prompt], record[completion]
            kind = (
                *record,
                not question or question.isspace() or (not question.isascii() and blank(question)),
                not answer or ((answer.isspace() or (not answer.isascii() and blank(answer))) and _SPACES),
            )
            traits, notes = kinds[kind]
        except (KeyError, TypeError, AttributeError):
            return slow(record)
        name = record.get("id")
        if type(question) is str is type(answer) and (name is None or _name(name)):
            return _new(Reading, ("", question, answer, traits, notes, None, name))
        return thorough(record)

    def slow(record: Json) -> Reading:
        if isinstance(record, dict):
            question, answer = record.get(prompt), record.get(completion)
            if type(question) is str is type(answer):
                return memo.learn(
                    (
                        *record,
                        blank(question),
                        not answer or ((answer.isspace() or (not answer.isascii() and blank(answer))) and _SPACES),
                    ),
                    record,
                )
        return thorough(record)

    return read_row


def _wide(shape: Pair, memo: _Memo) -> Reader:
    prompt, completion = shape.prompt, shape.completion
    system, label, key = shape.columns.system, shape.columns.label, shape.columns.id or "id"
    kinds, thorough = memo.kinds, memo.thorough

    def read_row(record: Json) -> Reading:
        if type(record) is not dict:
            return thorough(record)
        question, answer, name = record.get(prompt), record.get(completion), record.get(key)
        context = "" if system is None else record.get(system, "")
        category = "" if label is None else record.get(label, "")
        if not (type(question) is type(answer) is type(context) is type(category) is str):
            return thorough(record)
        if name is not None and not _name(name):
            return thorough(record)
        missing = blank(category)
        spaces = not answer or ((answer.isspace() or (not answer.isascii() and blank(answer))) and _SPACES)
        kind = (*record, blank(question), spaces, blank(context), missing)
        found = kinds.get(kind)
        if found is None:
            return memo.learn(kind, record)
        return _new(Reading, (context, question, answer, *found, None if missing else category, name))

    return read_row


def _labeled(text: str, label: str, key: str, memo: _Memo) -> Reader:
    kinds, thorough = memo.kinds, memo.thorough

    def read_row(record: Json) -> Reading:
        if type(record) is not dict:
            return thorough(record)
        question, answer, name = record.get(text), record.get(label), record.get(key)
        number = type(answer) in _NUMBERS
        if number:
            answer = canonical(answer)
        elif type(answer) is not str or blank(answer):
            return thorough(record)
        if type(question) is not str or not (name is None or _name(name)):
            return thorough(record)
        kind = (*record, not question or question.isspace() or (not question.isascii() and blank(question)), number)
        found = kinds.get(kind)
        if found is None:
            return memo.learn(kind, record)
        return _new(Reading, ("", question, answer, *found, answer, name))

    return read_row


def _single(shape: Text | PromptOnly, memo: _Memo) -> Reader:
    field = shape.text if isinstance(shape, Text) else shape.prompt
    key = shape.columns.id or "id"
    kinds, thorough, claims = memo.kinds, memo.thorough, shape.claims

    def read_row(record: Json) -> Reading:
        if type(record) is not dict:
            return thorough(record)
        question, name = record.get(field), record.get(key)
        if type(question) is not str or not (name is None or _name(name)):
            return thorough(record)
        kind = (*record, not question or question.isspace() or (not question.isascii() and blank(question)))
        found = kinds.get(kind)
        if found is None:
            return memo.learn(kind, record) if claims(record) else thorough(record)
        return _new(Reading, ("", question, None, *found, None, name))

    return read_row


def _alpaca(shape: Alpaca, memo: _Memo) -> Reader:
    prompt, completion = shape.prompt, shape.completion
    kinds, thorough = memo.kinds, memo.thorough

    def read_row(record: Json) -> Reading:
        if type(record) is not dict or "history" in record or "system" in record:
            return thorough(record)
        instruction, extra, answer = record.get(prompt), record.get("input", ""), record.get(completion)
        name = record.get("id")
        if not (type(instruction) is type(extra) is type(answer) is str) or not (name is None or _name(name)):
            return thorough(record)
        given = bool(extra) and not extra.isspace()
        spaces = not answer or ((answer.isspace() or (not answer.isascii() and blank(answer))) and _SPACES)
        kind = (
            *record,
            not instruction or instruction.isspace() or (not instruction.isascii() and blank(instruction)),
            spaces,
            given,
        )
        found = kinds.get(kind)
        if found is None:
            return memo.learn(kind, record)
        return _new(Reading, ("", f"{instruction}\n{extra}" if given else instruction, answer, *found, None, name))

    return read_row
