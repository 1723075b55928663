"""Fenced blocks of a text: three or more backticks or tildes, as in Markdown. Not for what is inside them."""

from __future__ import annotations

from typing import NamedTuple

from dataaudit.formats.lazy import lazy

_MARKS = ("```", "~~~")
_COLONS = (":", "：")
_WORD = lazy(r"[A-Za-z+#]{1,12}(?=[\s{\[<])")
_BLOCKS_AT_MOST = 64
_LOOKED_AROUND = 200


class Block(NamedTuple):
    """start, end: indices of the whole block; info: what stands behind the opening fence, in its first word."""

    start: int
    end: int
    info: str
    body: str
    closed: bool


def find_blocks(text: str) -> list[Block]:
    """The fenced blocks of a text, the first 64 of them: each opens a line, or stands behind a colon."""
    marks = [mark for mark in _MARKS if mark in text]
    blocks: list[Block] = []
    place = 0
    while len(blocks) < _BLOCKS_AT_MOST and (start := _next(text, marks, place)) >= 0:
        place = _run_end(text, start)
        if _opens_line(text, start) or _line_before(text, start).rstrip().endswith(_COLONS):
            blocks.append(block := _block(text, start, place))
            place = block.end
    return blocks


def _next(text: str, marks: list[str], place: int) -> int:
    """The index of the next mark, -1 for none."""
    if len(marks) == 1:
        return text.find(marks[0], place)
    return min([start for mark in marks if (start := text.find(mark, place)) >= 0], default=-1)


def _opens_line(text: str, place: int) -> bool:
    """Whether nothing but blanks stands before `place` in its line."""
    return not place or text[place - 1] == "\n" or not _line_before(text, place).strip()


def _line_before(text: str, place: int) -> str:
    """What stands in the same line before `place`; of a long line only the last characters."""
    start = max(0, place - _LOOKED_AROUND)
    return text[max(start, text.rfind("\n", start, place) + 1) : place]


def _run_end(text: str, place: int) -> int:
    """The index after the run of equal characters, three or more, at `place`."""
    end, char = place + 3, text[place]
    while text[end : end + 1] == char:
        end += 1
    return end


def _block(text: str, start: int, opened: int) -> Block:
    """The block that the fence between the two indices opens."""
    fence = text[start:opened]
    line_end = text.find("\n", opened)
    if line_end < 0:
        line_end = len(text)
    same_line = text.find(fence, opened, line_end)
    if same_line >= 0:
        return _on_one_line(text, start, opened, same_line)
    info = text[opened : min(line_end, opened + _LOOKED_AROUND)].split(None, 1)
    name = info[0].lower() if info else ""
    close = _closing(text, fence, line_end + 1)
    if close < 0:
        return Block(start, len(text), name, text[line_end + 1 :].strip("\n"), False)
    body = text[line_end + 1 : close].rstrip(" \t").strip("\n")
    return Block(start, _run_end(text, close), name, body, True)


def _on_one_line(text: str, start: int, opened: int, close: int) -> Block:
    """A block that is closed in the line that opens it: a word behind the fence is its info if anything follows."""
    inside = text[opened:close].strip()
    word = _WORD.match(inside)
    info = word[0] if word else ""
    return Block(start, _run_end(text, close), info.lower(), inside[len(info) :].strip(), True)


def _closing(text: str, fence: str, start: int) -> int:
    """The index of the fence that closes a block: the first of a line, or the end of the text; -1 for none."""
    place = text.find(fence, start)
    while place >= 0:
        end = _run_end(text, place)
        if _opens_line(text, place) or end == len(text):
            return place
        place = text.find(fence, end)
    return -1
