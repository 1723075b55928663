"""What normal.c knows about characters beyond ASCII: one packed number each, worked out when a character is first met.

Only a character whose form does not depend on its neighbours has a form here. All others (marks that compose, parts of
Hangul syllables, forms too long to pack) are complex: a text that holds one is left to Python.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# normal.c has the same: three bits for the size of the form, flags; from bit 8 the combining class at the end, from bit
# 16 the form.
_KNOWN: Final = 8
_COMPLEX: Final = 16
_SPACE: Final = 32
_MARK: Final = 64
_LONGEST: Final = 6

_PAGE: Final = 256
_PAGES: Final = (0x10FFFF + 1) // _PAGE
# Where characters lie that are composed of others: the rest of Unicode has none, which the tests look after.
_COMPOSED: Final = (
    range(0xC0, 0x1200),
    range(0x1B00, 0x2300),
    range(0x3040, 0x3100),
    range(0x10500, 0x10600),
    range(0x11080, 0x11A00),
    range(0x16100, 0x16E00),
)
_VOWELS_AND_FINALS: Final = (range(0x1161, 0x1176), range(0x11A8, 0x11C3))  # of Hangul, composed by rule


class Table(NamedTuple):
    """Never changed, so that any thread may read it. A character that is not known has the entry 0."""

    pages: NDArray[np.uint16]
    """[0x1100]: of each 256 characters the number of their page; page 0 holds nothing."""
    entries: NDArray[np.uint64]
    """[pages, 256]."""


EMPTY: Final = Table(np.zeros(_PAGES, np.uint16), np.zeros((1, _PAGE), np.uint64))


def with_characters(table: Table, texts: Iterable[str], folded: Callable[[str], str]) -> Table:
    """The table with all characters of the texts. folded: the form of a text without signs, blanks not yet joined."""
    codes = np.array([code for code in map(ord, set().union(*texts)) if code >= 128], np.uint32)
    codes = codes[table.entries[table.pages[codes // _PAGE], codes % _PAGE] == 0]
    # Not numpy.unique, which imports masked arrays: that takes longer than all else here.
    new = [page for page in sorted(set((codes // _PAGE).tolist())) if table.pages[page] == 0]
    pages = table.pages.copy()
    pages[new] = range(len(table.entries), len(table.entries) + len(new))
    entries = np.concatenate([table.entries, np.zeros((len(new), _PAGE), np.uint64)])
    packed = [_entry(chr(code), folded) for code in codes.tolist()]
    entries[pages[codes // _PAGE], codes % _PAGE] = np.array(packed, np.uint64)
    return Table(pages, entries)


def _entry(char: str, folded: Callable[[str], str]) -> int:
    """Simple is what never composes with what stands before it, nor does its form; a mark must be its own form too."""
    form = folded(char)
    size = len(form.encode("utf-8", "surrogatepass"))
    parts, parts_of_form = unicodedata.normalize("NFD", char), unicodedata.normalize("NFD", form)
    mark = unicodedata.combining(parts[0]) != 0
    composes = any(part[:1] in composing() for part in (parts, parts_of_form) if part)
    reorders = form != char if mark else bool(form) and unicodedata.combining(parts_of_form[0]) != 0
    if size > _LONGEST or composes or reorders:
        return _KNOWN | _COMPLEX
    last = max(unicodedata.combining(part[-1]) for part in (parts, parts_of_form or parts))
    flags = _KNOWN | (_SPACE if char.isspace() else 0) | (_MARK if mark else 0)
    packed = int.from_bytes(form.encode("utf-8", "surrogatepass"), "little")
    return size | flags | last << 8 | packed << 16


@cache
def composing() -> frozenset[str]:
    """The characters that some other character before them takes in under NFC."""
    found = {chr(code) for places in _VOWELS_AND_FINALS for code in places}
    for char in (chr(code) for places in _COMPOSED for code in places):
        parts = unicodedata.decomposition(char)
        # Without those that NFC never puts together again.
        if " " in parts and parts[0] != "<" and unicodedata.normalize("NFC", char) == char:
            found.add(chr(int(parts.split()[1], 16)))
    return frozenset(found)
