"""Words, widths and colours that all text reporters share. Knows nothing of reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataaudit.text.safe import clip, display_width, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PAINT = re.compile("\x1b\\[[0-9;]*m")
_CHARACTERS_A_COLUMN = 4
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
SEVERITY_COLORS = {
    "error": "red",
    "warning": "yellow",
    "info": "blue",
    "hard": "red",
    "soft": "yellow",
    "advice": "blue",
}


@dataclass(frozen=True)
class View:
    """How a text report is laid out. shown: findings of a rule and file given in full."""

    color: bool = False
    quiet: bool = False
    width: int = 80
    shown: int = 5

    def paint(self, text: str, *styles: str) -> str:
        """The text in colours, or as it is where there are none."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def severity(self, word: str) -> str:
        """A severity in its colour."""
        return self.paint(word, SEVERITY_COLORS[word])


def plural(count: int, word: str, words: str | None = None) -> str:
    """'1 row', '1,204 rows'."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def ranges(numbers: Sequence[int], most: int = 24) -> str:
    """Ascending numbers as '12, 15-20, 31'; after `most` ranges as '... and 9 more'."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:most])
    rest = sum(b - a + 1 for a, b in runs[most:])
    return f"{shown} ... and {rest:,} more" if rest else shown


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `width` terminal columns; `first` starts the first, `rest` (else as wide) the others.

    Words longer than a line stay whole, so that paths can be copied; those longer than two lines, and text without
    spaces (Chinese, Japanese), may break anywhere.
    """
    if text.isascii() and len(text) + _width(first) <= width:
        return [(first + " ".join(text.split())).rstrip()]
    rest = " " * _width(first) if rest is None else rest
    lines, line, room = [], first, width - _width(first)
    fresh = True
    for word in _pieces(text, width - max(_width(first), _width(rest))):
        need = _width(word) + (not fresh)
        if not fresh and need > room:
            lines.append(line)
            line, room, need, fresh = rest, width - _width(rest), _width(word), True
        line += word if fresh else " " + word
        room, fresh = room - need, False
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterable[str]:
    width = max(width, 8)
    for word in text.split():
        # The escapes of colours are no text to break.
        whole = len(word) <= 2 * width or "\x1b" in word
        if (word.isascii() and whole) or (len(word) <= width * _CHARACTERS_A_COLUMN and _width(word) <= width):
            yield word
        else:
            yield from broken(word, width)


def broken(text: str, width: int) -> Iterable[str]:
    """Text in pieces of at most `width` terminal columns, blanks included; an empty one is one piece."""
    start = 0
    while start < len(text) or not start:
        # No more of the text is looked at than a line can hold, or the time would grow with its square.
        window = text[start : start + width]
        piece = clip(window, None, width)[0]
        piece = piece if piece == window else piece.removesuffix("...")
        yield piece
        start += max(1, len(piece))


def table(rows: Sequence[Sequence[str]], width: int, indent: str = "", right: Iterable[int] = ()) -> list[str]:
    """Rows as aligned lines; the last column wraps under itself. `right`: columns of numbers."""
    if not rows:
        return []
    columns = range(len(rows[0]) - 1)
    widths = [max(_width(row[column]) for row in rows) for column in columns]
    lines = []
    for row in rows:
        cells = []
        for column in columns:
            space = " " * (widths[column] - _width(row[column]))
            cells.append(space + row[column] if column in right else row[column] + space)
        lines += wrap(row[-1], width, indent + "".join(cell + "  " for cell in cells))
    return [line.rstrip() for line in lines]


def _width(text: str) -> int:
    """Columns that the text takes; the escapes of `View.paint` take none, and texts of the data hold none."""
    return display_width(_PAINT.sub("", text) if "\x1b" in text else text)


def place(path: str | None, line: int | None, column: int | None = None) -> str:
    """'train.jsonl:12:8', as far as it is known; 'all files' for a whole set."""
    if path is None:
        return "all files"
    return ":".join([escape(path), *(str(n) for n in (line, column if line is not None else None) if n is not None)])
