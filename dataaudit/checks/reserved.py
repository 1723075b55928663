"""SCH019: words that a provider keeps for itself, looked for in all texts of a batch at once.

The words are literal, and RE2 finds all of them in one pass whose time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from dataaudit._resources import rule_data
from dataaudit.shapes.base import Note, Reading

if TYPE_CHECKING:
    from dataaudit.catalogue import Provider

_PREFIX = "reserved:"
_BETWEEN = "\x1e"
Finder = Callable[[Sequence[Reading]], dict[int, tuple[Note, ...]]]


@cache
def reserved_sets() -> dict[str, tuple[str, ...]]:
    """The words of each set of rules/reserved.toml."""
    data = rule_data("reserved.toml")
    return {name: tuple(entry["words"]) for name, entry in data["sets"].items()}


def sets_asked_for(providers: Sequence[Provider]) -> tuple[str, ...]:
    """The sets that any of the providers makes a demand about."""
    patterns = {demand.pattern for provider in providers for demand in provider.demands}
    return tuple(name for name in reserved_sets() if f"{_PREFIX}{name}" in patterns or f"{_PREFIX}*" in patterns)


def make_finder(names: Sequence[str]) -> Finder | None:
    """A function from readings to the notes of those (by index) that hold a word of a set; None for no sets."""
    if not names:
        return None
    import re2

    words = {
        word: [name for name in names if word in reserved_sets()[name]] for n in names for word in reserved_sets()[n]
    }
    pattern = re2.compile("|".join(re2.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))

    def find(readings: Sequence[Reading]) -> dict[int, tuple[Note, ...]]:
        texts = [_BETWEEN.join((r.context, r.question, r.answer or "")) for r in readings]
        joined = _BETWEEN.join(texts)
        if joined.isascii():
            if pattern.search(joined) is None:
                return {}
            ends = list(accumulate(len(text) + 1 for text in texts))
            return {index: notes for index in _rows(pattern, joined, ends) if (notes := _notes(texts[index], words))}
        return {index: notes for index, text in enumerate(texts) if (notes := _notes(text, words))}

    return find


def _rows(pattern: object, joined: str, ends: list[int]) -> list[int]:
    from bisect import bisect_right

    found = {bisect_right(ends, match.start()) for match in pattern.finditer(joined)}  # type: ignore[attr-defined]
    return sorted(found)


def _notes(text: str, words: dict[str, list[str]]) -> tuple[Note, ...]:
    found: dict[str, str] = {}
    for word, names in words.items():
        if word in text:
            for name in names:
                found.setdefault(name, word)
    return tuple(Note(f"{_PREFIX}{name}", None, repr(word)) for name, word in sorted(found.items()))
