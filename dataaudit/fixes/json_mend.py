"""Mends JSON that has exactly one reading: a comma too much, and control characters that were written raw.

What is mended reads as the tolerant reader of `loaders.diagnosis` read it before; anything else is left alone.
"""

from __future__ import annotations

import re
from typing import Final

from dataaudit.loaders import UNREAD, parse
from dataaudit.shapes.lens import same

_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_CONTROL: Final = re.compile("[\x00-\x1f]")
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_SPACE: Final = " \t\r\n"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def mended(raw: bytes) -> bytes | None:
    """A row of JSON that readers refused, as they take it; None where that is not certain."""
    value, notes = parse(raw)
    if value is UNREAD or not any(note.trait == "invalid-json" for note in notes):
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    better = _without_commas(text).encode("utf-8")
    again, left = parse(better)
    certain = again is not UNREAD and same(again, value) and not any(note.trait == "invalid-json" for note in left)
    return better if certain else None


def without_mark(raw: bytes) -> bytes:
    """The row without a byte-order mark before it."""
    return raw.removeprefix(_BYTE_ORDER_MARK)


def _without_commas(text: str) -> str:
    """The text without commas before a closing bracket and at its end, and with raw controls in strings escaped."""
    parts: list[str] = []
    place = 0
    for found in _STRING.finditer(text):
        parts += [_tidy(text[place : found.start()]), _CONTROL.sub(_escape, found[0])]
        place = found.end()
    rest = _tidy(text[place:])
    end = rest.rstrip(_SPACE)
    return "".join(parts) + (end[:-1] + rest[len(end) :] if end.endswith(",") else rest)


def _tidy(between: str) -> str:
    """What stands between two strings, without commas that nothing but a closing bracket follows."""
    if "," not in between:
        return between
    kept: list[str] = []
    last = ""
    for char in reversed(between):
        if char == "," and last in ("}", "]"):
            continue
        kept.append(char)
        last = last if char in _SPACE else char
    return "".join(reversed(kept))


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], f"\\u{ord(found[0]):04x}")
