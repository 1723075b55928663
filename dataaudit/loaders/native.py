"""Values of tables (pandas, numpy, Arrow) to the values that JSON has. Nothing is judged here."""

from __future__ import annotations

import datetime
import decimal
from typing import Any

from dataaudit.loaders.diagnosis import INTEGER_MAXIMUM, INTEGER_MINIMUM
from dataaudit.shapes.base import Note

_DEPTH = 200


def plain(value: Any, depth: int = 0) -> Any:
    """The value as dict, list, str, int, float, bool or None; dates as ISO text, bytes as text where they are UTF-8.

    A missing value of a table (NaN, NaT, NA) is None. Deeper than 200 levels becomes its text.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, float):
        return None if value != value else float(value)
    if depth > _DEPTH:
        return "..."
    if isinstance(value, dict):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return None if value != value else value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode(errors="replace")
    if hasattr(value, "tolist"):
        return plain(value.tolist(), depth + 1)
    return None if type(value).__name__ in ("NAType", "NaTType") else str(value)


def text_notes(value: Any) -> tuple[Note, ...]:
    """Notes on a record that never was text: lone surrogates, NUL, NaN, numbers too large. At most one of each."""
    found: dict[str, Note] = {}
    waiting = [value]
    seen = 0
    while waiting and seen < 1_000_000:
        item = waiting.pop()
        seen += 1
        if isinstance(item, str):
            if "\x00" in item:
                found["nul-character"] = Note("nul-character", detail="NUL in a string")
            if not item.isascii() and _has_surrogate(item):
                found["lone-surrogate"] = Note("lone-surrogate", detail="half a surrogate pair in a string")
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, int) and not INTEGER_MINIMUM <= item <= INTEGER_MAXIMUM:
            found["huge-number"] = Note("huge-number", detail="an integer outside 64 bits")
        elif isinstance(item, float) and item - item != 0:
            found["not-a-number"] = Note("not-a-number", detail=str(item))
    return tuple(found[name] for name in sorted(found))


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
