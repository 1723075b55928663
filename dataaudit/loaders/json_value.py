"""One JSON text to one value, with notes on what is odd about it. Not for files, lines or shapes.

The fast path is jiter in its strictest mode; what it refuses is read again by `diagnosis`, which says why and gives
the value where it can be had.
"""

from __future__ import annotations

from math import isfinite
from typing import Any, Final

import re2
from jiter import from_json

from dataaudit.loaders.base import UNREAD
from dataaudit.loaders.diagnosis import INTEGER_MAXIMUM, INTEGER_MINIMUM, diagnose
from dataaudit.shapes.base import Note

# Digits that may pass 64 bits, exponents that may pass the largest double, an escaped NUL.
SUSPECT: Final = re2.compile(rb"[0-9]{19}|[0-9][eE]\+?[0-9]{3}|\\u0000")

_TYPES: Final = {list: "array", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}


def parse(raw: bytes, *, plain: bool = False) -> tuple[Any, tuple[Note, ...]]:
    """The record that a line holds, or UNREAD, and what is odd about it.

    plain: `may_hold_odd` of the text around it was False. Columns of notes are 1-based and count characters.
    Never raises; time and memory are linear in `raw`.
    """
    try:
        value = from_json(raw, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError as error:
        return parse_refused(raw, str(error))
    notes = odd_notes(raw, value) if not plain and SUSPECT.search(raw) else ()
    return as_record(value, notes)


def parse_refused(raw: bytes, message: str) -> tuple[Any, tuple[Note, ...]]:
    """The same for a line that jiter refused with `message`."""
    if not raw.strip():
        return UNREAD, (Note("blank-line"),)
    return as_record(*diagnose(raw, message))


def as_record(value: Any, notes: tuple[Note, ...]) -> tuple[Any, tuple[Note, ...]]:
    """The value if it is an object, else UNREAD with the note `not-an-object:TYPE`."""
    if type(value) is dict or value is UNREAD:
        return value, notes
    return UNREAD, (*notes, Note(f"not-an-object:{type_name(value)}"))


def type_name(value: Any) -> str:
    """The JSON name of a value's type; for what JSON does not know, the Python name."""
    return _TYPES.get(type(value), type(value).__name__)


def odd_notes(raw: bytes, value: Any) -> tuple[Note, ...]:
    """Notes on a value that parsed: numbers too large, NUL characters."""
    return diagnose(raw, "")[1] if holds_odd(value) else ()


def holds_odd(value: Any) -> bool:
    """Whether a value holds, at any depth, a number outside 64 bits or a NUL character."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if "\x00" in item:
                return True
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, int):
            if not INTEGER_MINIMUM <= item <= INTEGER_MAXIMUM:
                return True
        elif isinstance(item, float) and not isfinite(item):
            return True
    return False
