"""What a word that names no rule was meant to be: a code, a name or a prefix."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    class _Named(Protocol):
        @property
        def name(self) -> str: ...


# Least difflib ratio of a word and what it may have meant.
_ALIKE = 0.6
_LISTED = 12


def hint_for(word: str, rules: Mapping[str, _Named], *, prefixes: bool) -> str:
    """What to try in place of a word; prefixes: whether a prefix would do. Of equally near ones the lowest code."""
    codes = sorted(rules)
    families = sorted({code.rstrip("0123456789") for code in codes}) if prefixes else []
    near = _nearest(word.upper(), [*families, *codes]) or _nearest(word.lower(), [rules[code].name for code in codes])
    return f"did you mean {near}?" if near else "see `dataaudit rule --all`"


def listed(codes: Iterable[str]) -> str:
    """Codes in order, the first of many."""
    ordered = sorted(codes)
    more = len(ordered) - _LISTED
    return ", ".join(ordered[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _nearest(word: str, known: Iterable[str]) -> str | None:
    best, found = _ALIKE, None
    for name in known:
        ratio = SequenceMatcher(None, word, name).ratio()
        if ratio > best or (ratio == best and found is None):
            best, found = ratio, name
    return found
