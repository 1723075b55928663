"""The text that an excerpt of a JSON row is about, without the braces, keys and marks around it. Escapes nothing."""

from __future__ import annotations

import json

_GAP = "..."
_BEFORE_VALUES = ":[,"


def without_json(text: str, caret: int | None) -> tuple[str, int | None]:
    """(text, caret) of an excerpt; a JSON string that it points at, or begins with behind a gap, stands for itself.

    What points at anything else stays as it is. A string can be cut at its end.
    """
    if caret is None:
        start = len(_GAP) if text.startswith(_GAP) else -1
    else:
        start = caret if text[:caret].rstrip().endswith(tuple(_BEFORE_VALUES)) else -1
    if start < 0 or text[start : start + 1] != '"':
        return text, caret
    inside = _inside(text, start + 1)
    return (_read(inside), None) if inside else (text, caret)


def _inside(text: str, start: int) -> str:
    """The text up to the quotation mark that ends a string, or to the end."""
    place = start
    while place < len(text) and text[place] != '"':
        place += 2 if text[place] == "\\" else 1
    return text[start:place]


def _read(inside: str) -> str:
    try:
        return str(json.loads(f'"{inside}"', strict=False))
    except ValueError:  # cut within an escape, or written out by an escape of ours
        return inside
