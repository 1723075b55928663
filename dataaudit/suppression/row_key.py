"""The reserved key of a row that names the rules to be silent about it. Not a field of the data.

Whatever the key holds becomes traits of the row; a value that names no rule is one too, and a finding by rule SCH026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY: Final = "dataaudit_ignore"
KEY_TRAIT: Final = f"field:{KEY}"
SILENCES: Final = "silences:"
WRONG: Final = "silences-nothing"

# No name of a rule is longer, and no row has more faults; hostile rows cannot fill the memory with words.
_LONGEST: Final = 60
_MOST: Final = 32


def traits_of(value: Any) -> list[tuple[str, str]]:
    """(trait, detail) of what the key holds: `silences:WORD` for each word, `silences-nothing` for anything else.

    A text holds words between spaces and commas, as a CSV column has them; null and an empty text or list hold none.
    """
    if value is None:
        return []
    if isinstance(value, str):
        words: Sequence[Any] = value.replace(",", " ").split(maxsplit=_MOST)
    elif isinstance(value, list):
        words = value
    else:
        return [(WRONG, "neither a list nor a text")]
    found = []
    for word in words[:_MOST]:
        if not isinstance(word, str):
            found.append((WRONG, "not a text"))
        elif _is_word(word.strip()):
            found.append((SILENCES + word.strip(), ""))
        else:
            found.append((WRONG, f"{word[:_LONGEST]!r} is no name of a rule"))
    if len(words) > _MOST:
        found.append((WRONG, f"more than {_MOST} words"))
    return found


def set_aside(values: Sequence[Any]) -> list[Any]:
    """Records without the key, in their order; anything that is no record stays as it is."""
    return [without(value) if type(value) is dict and KEY in value else value for value in values]


def without(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the key; the record itself is left as it is."""
    return {name: value for name, value in record.items() if name != KEY}


def _is_word(word: str) -> bool:
    return 0 < len(word) <= _LONGEST and word.isascii() and word.replace("-", "").isalnum()
