"""Cuts JSON text into its top-level elements. Knows commas, brackets and levels; reads no value.

Levels: 0 between top-level values, 1 inside a top-level array, 2 inside a list of a wrapping object.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dataaudit.loaders.structure import CLOSE, COMMA, OPEN, Events, Scanner
from dataaudit.shapes.base import Note

# After so many changes of level the text has no structure worth following: what is left becomes one element.
_CHANGES: Final = 500
# What is kept of an element over the limit.
_KEPT: Final = 4096
_FILE_NOTES: Final = 20
# Events looked at in one go: bounds what a change of level costs.
_WINDOW: Final = 4096
# A longer indent than this is not remembered.
_TAIL: Final = 64
_SPACE: Final = b" \t\r\n"
_ELEMENT: Final = bytes((OPEN, CLOSE, COMMA))


@dataclass(slots=True)
class Element:
    """One piece of text that should be one value. size: its bytes in the file (more than `raw` over the limit)."""

    line: int
    offset: int
    raw: bytes
    size: int
    notes: tuple[Note, ...] = ()


class Splitter:
    """Feed it the pieces of a text in order; every byte that is not structure comes back in an element."""

    def __init__(self, limit: int, *, wrapped: bool) -> None:
        self.file_notes: list[tuple[int | None, Note]] = []
        self.line = 1
        self._limit = limit
        self._wrapped = wrapped
        self._scanner = Scanner()
        self._level = 0
        self._changes = 0
        self._position = 0
        self._piece = self._tail = b""
        self._newlines: list[int] = []
        self._held: list[bytes] = []
        self._held_size = 0
        self._from = 0
        self._start = 0
        self._start_line = 1
        self._closed = False
        self._after_comma = False
        self._lists = 0
        self._several = False
        self._skipping = False
        self._mark: bytes | None = None
        self._beside = False
        self._note: tuple[Note, ...] = ()

    def feed(self, piece: bytes) -> Iterator[Element]:
        """The elements that end in this piece (not empty)."""
        self._piece = piece
        events = self._scanner.scan(piece)
        self._newlines = events.newlines.tolist()
        shift = 0
        for begin in range(0, len(events.positions), _WINDOW):
            window = events.rest(begin, shift, begin + _WINDOW)
            for element, change in self._follow(window):
                shift += change
                if element:
                    yield element
        self._scanner.depth += shift
        self._hold(piece[self._from :])
        self._from = 0
        self._tail = (self._tail + piece)[-_TAIL:]
        self._position += len(piece)
        self.line += len(self._newlines)

    def _follow(self, events: Events) -> Iterator[tuple[Element | None, int]]:
        """The elements that end in a run of events, with the corrections of depth on the way."""
        marks = self._marks(events)
        while self._changes < _CHANGES:
            bounds = events.boundaries(self._level, marks)
            whole = self._whole_elements(bounds)
            for number, (index, place, kind, depth) in enumerate(bounds):
                if number in whole and not self._closed:
                    continue
                level, mark = self._level, self._mark
                element, shift = self._step(place, kind, depth)
                if element or shift:
                    yield element, shift
                if self._level != level or shift:
                    self._changes += 1
                    events = events.rest(index + (kind != OPEN or not shift), shift)
                    break
                if self._mark is not mark:
                    events, marks = events.rest(index + 1, 0), self._marks(events)
                    break
            else:
                return

    def _whole_elements(self, bounds: list[tuple[int, int, int, int]]) -> set[int]:
        """Numbers of the brackets of elements that a comma follows: there the comma tells all."""
        if not self._level or (self._wrapped and self._level < 2):
            return set()
        kinds = bytes(kind for _, _, kind, _ in bounds)
        whole: set[int] = set()
        number = kinds.find(_ELEMENT)
        while number >= 0:
            if bounds[number][3] == self._level + 1 and bounds[number + 2][3] == self._level:
                whole |= {number, number + 1}
            number = kinds.find(_ELEMENT, number + 3)
        return whole

    def finish(self) -> Iterator[Element]:
        """What is left at the end of the text."""
        self._piece, self._newlines = b"", []
        outside = self._wrapped and self._level < 2
        element = self._cut(0, 0)
        if element and not (outside and self._lists):
            yield element
        if self._level:
            self._say("the file ends before its closing bracket", self.line)

    def _step(self, place: int, kind: int, depth: int) -> tuple[Element | None, int]:
        """Follow one boundary: the element that ends there, and by how much depth must be corrected."""
        level = self._level
        char = self._piece[place : place + 1]
        if kind == OPEN and depth > level + 1:
            # A record begins in a place where none should: the one before it lacks a closing bracket.
            return self._cut(place, 0), level + 1 - depth
        if self._wrapped and level < 2:
            return self._step_in_wrapper(place, kind, depth, char), 0
        if kind == OPEN:
            return self._open(place, char), 0
        if kind == COMMA:
            return self._comma(place), 0
        if depth == level:
            self._closed = True
            return (self._cut(place + 1, 0) if level == 0 else None), 0
        if char == b"]" and level:
            return self._leave(place), 0
        return None, level - depth

    def _step_in_wrapper(self, place: int, kind: int, depth: int, char: bytes) -> Element | None:
        if kind == OPEN and char == b"{" and depth == 1:
            self._level = 1
        elif kind == OPEN and char == b"[" and depth == 2:
            self._level = 2
            self._lists += 1
            self._skipping = False
            self._begin(place + 1)
        elif kind == CLOSE and depth <= 0:
            self._level = 0
            self._begin(place + 1)
        return None

    def _open(self, place: int, char: bytes) -> Element | None:
        element = None
        if self._closed and self._level:
            element = self._cut(place, 0)
            self._note = (Note("invalid-json", detail="a comma is missing before this element"),)
        elif self._level == 0 and char == b"[":
            element = self._cut(place, 1)
            self._level = 1
        self._closed = False
        return element

    def _comma(self, place: int) -> Element | None:
        element = self._cut(place, 1)
        if element is None and not self._skipping:
            self._say("a comma without an element before it", self._line_of(place))
        self._after_comma = True
        return element

    def _leave(self, place: int) -> Element | None:
        """The end of the list."""
        trailing = self._after_comma
        element = self._cut(place, 1)
        if element is None and trailing and not self._skipping:
            self._say("a comma before the closing bracket", self._line_of(place))
        self._level -= 1
        return element

    def _say(self, detail: str, line: int) -> None:
        if len(self.file_notes) < _FILE_NOTES:
            self.file_notes.append((line, Note("invalid-json", detail=detail)))

    def _line_of(self, place: int) -> int:
        return self.line + bisect_left(self._newlines, place)

    def _begin(self, place: int) -> None:
        self._held, self._held_size = [], 0
        self._from = place
        self._start = self._position + place
        self._start_line = self._line_of(place)
        self._closed = self._after_comma = False

    def _hold(self, part: bytes) -> None:
        if part and self._held_size <= self._limit:
            self._held.append(part)
        self._held_size += len(part)

    def _cut(self, place: int, skip: int) -> Element | None:
        """End the element before `place`; the next one begins `skip` bytes later. None if it is white space only."""
        self._hold(self._piece[self._from : place])
        text = b"".join(self._held)
        size, start, line, notes = self._held_size, self._start, self._start_line, self._note
        self._begin(place + skip)
        raw = text.lstrip(_SPACE)
        if not raw:
            return None
        self._note = ()
        blank = text[: len(text) - len(raw)]
        raw = raw.rstrip(_SPACE)
        if size > self._limit:
            raw = raw[:_KEPT]
        else:
            size = len(raw)
        if self._first_of_list(raw, blank, line):
            return None
        return Element(line + blank.count(b"\n"), start + len(blank), raw, size, notes)

    def _first_of_list(self, raw: bytes, blank: bytes, line: int) -> bool:
        """Learn from the first element; True if the list of a wrapper holds no objects and is left out."""
        # The first element may stand beside the bracket: then the second one tells.
        beside, self._beside = self._beside, self._level > 0
        if self._mark is None and self._level and (b"\n" in blank or beside):
            indent = blank.rpartition(b"\n")[2]
            mark = b"\n" + indent + b"{"
            # Without an indent only a whole record on one line shows that no inner object begins a line.
            telling = bool(indent) or (b'"' in raw and b"\n" not in raw)
            usable = telling and b"\n" in blank and raw.startswith(b"{") and mark not in raw and len(mark) < _TAIL
            self._mark = mark if usable else b""
        if not self._wrapped or self._level != 2:
            return False
        if self._lists and not self._skipping and not raw.startswith(b"{"):
            self._skipping = True
            self._lists -= 1
        if self._lists > 1 and not self._several:
            self._several = True
            self.file_notes.append((line, Note("several-lists", detail="their records are read one after the other")))
        return self._skipping

    def _marks(self, events: Events) -> list[int]:
        """Places of the brackets that begin a record by their line and indent."""
        found: list[int] = []
        if not self._mark or not events.positions.size:
            return found
        text, before = self._tail + self._piece, len(self._tail)
        width = len(self._mark) - 1
        place = text.find(self._mark, max(int(events.positions[0]) + before - width, 0))
        end = int(events.positions[-1]) + before
        while 0 <= place <= end - width:
            found.append(place + width - before)
            place = text.find(self._mark, place + 1)
        return found
