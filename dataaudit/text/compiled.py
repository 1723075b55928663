"""The fast side of normal forms: what `normalize` defines, computed by normal.c where it was compiled.

Texts that normal.c cannot do are left to the definition, and so is every text where there is no compiled library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from ctypes import CDLL, addressof, c_char
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import numpy as np

from dataaudit.text.characters import EMPTY, Table, with_characters
from dataaudit.text.libraries import BYTES, NUMBER, POINTER, address, open_library

_BLOCK: Final = 64  # bytes the library reads and writes at once: that many behind the end
_PADDING: Final = "\0" * _BLOCK
_GROWTH: Final = 3  # bytes of a form for each byte of its text, at most
_UNKNOWN: Final = 2
_AT_ONCE: Final = 128  # texts, some 50 kB: what is worked on stays in the processor's cache

_LIBRARY: Final = open_library(
    Path(__file__).with_name("normal.c"),
    interface=1,
    functions={"forms": (BYTES, POINTER, NUMBER, *(POINTER,) * 5)},
)
COMPILED: Final = _LIBRARY is not None


class NormalForms:
    """The normal forms of many texts at once. What is kept between calls are characters met; any thread may call."""

    def __init__(self, definition: Callable[[str], bytes], folded: Callable[[str], str]) -> None:
        """Take what defines the form of a text, and of a character among others, signs and blanks left aside."""
        self._definition = definition
        self._folded = folded
        self._table = EMPTY

    def __call__(self, texts: Sequence[str]) -> list[bytes]:
        """The form of each text."""
        if _LIBRARY is None:
            return [self._definition(text) for text in texts]
        if len(texts) <= _AT_ONCE:
            return self._part(_LIBRARY, texts)
        parts = (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
        return [form for part in parts for form in self._part(_LIBRARY, part)]

    def _part(self, library: CDLL, texts: Sequence[str]) -> list[bytes]:
        forms, states = _compute(library, texts, self._table)
        if _UNKNOWN in states:
            unknown = [place for place, state in enumerate(states) if state == _UNKNOWN]
            met = [texts[place] for place in unknown]
            # Of two threads one may lose what it added, for the other table; it is then met again.
            self._table = table = with_characters(self._table, met, self._folded)
            for place, form in zip(unknown, _compute(library, met, table)[0], strict=True):
                forms[place] = form
        for place, form in enumerate(forms):
            if not form and texts[place]:
                forms[place] = self._definition(texts[place])
        return forms


def _compute(library: CDLL, texts: Sequence[str], table: Table) -> tuple[list[bytes], bytearray]:
    """(forms, states). The form is empty where it is so, and where the library cannot tell it."""
    if all(map(str.isascii, texts)):
        growth, sizes, data = 1, map(len, texts), "".join([*texts, _PADDING]).encode()
    else:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        growth, sizes, data = _GROWTH, map(len, encoded), b"".join([*encoded, _PADDING.encode()])
    offsets = array("q", accumulate(sizes, initial=0))
    forms = np.empty(growth * len(data), np.uint8)
    ends = np.empty(len(offsets), np.int64)
    states = bytearray(len(offsets))
    failed = library.dataaudit_forms(
        data,
        offsets.buffer_info()[0],
        len(texts),
        address(table.pages),
        address(table.entries),
        address(forms),
        address(ends),
        addressof(c_char.from_buffer(states)),
    )
    if failed:
        raise MemoryError("no memory to normalise texts")
    places = ends.tolist()
    written = forms[: places[-1]].tobytes()
    return [written[start:end] for start, end in pairwise(places)], states
