"""Fenced blocks of a text: three or more backticks or tildes, as in Markdown. Not for what is inside them."""

from __future__ import annotations

import re
from typing import NamedTuple

from dataaudit.formats.lazy import lazy

_OPENING = lazy(r"^[ \t]{0,8}(`{3,}|~{3,})([^`\n]{0,60})", re.MULTILINE)
_RUNS = {"`": re.compile("`+"), "~": re.compile("~+")}
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
    """The fenced blocks of a text, the first 64 of them."""
    blocks: list[Block] = []
    place = 0
    while len(blocks) < _BLOCKS_AT_MOST and (opening := _OPENING.search(text, place)):
        blocks.append(block := _block(text, opening))
        place = max(block.end, opening.end())
    return blocks


def _block(text: str, opening: re.Match[str]) -> Block:
    fence, info = opening[1], opening[2].strip()
    line_end = text.find("\n", opening.end(1))
    same_line = text.find(fence, opening.end(1), line_end if line_end >= 0 else len(text))
    if same_line >= 0:
        return _on_one_line(text, opening, same_line)
    start = line_end + 1 if line_end >= 0 else len(text)
    name = info.split(None, 1)[0].lower() if info else ""
    close = _closing(text, fence, start)
    if close < 0:
        return Block(opening.start(), len(text), name, text[start:].strip("\n"), False)
    return Block(
        opening.start(), close + _run(text, close, fence[0]), name, text[start:close].rstrip(" \t").strip("\n"), True
    )


def _on_one_line(text: str, opening: re.Match[str], close: int) -> Block:
    """A block that is closed in the line that opens it: a word behind the fence is its info if anything follows."""
    inside = text[opening.end(1) : close].strip()
    word = re.match(r"[A-Za-z+#]{1,12}(?=[\s{\[<])", inside)
    info = word[0].lower() if word else ""
    return Block(opening.start(), close + _run(text, close, text[close]), info, inside[len(info) :].strip(), True)


def _closing(text: str, fence: str, start: int) -> int:
    """The index of the fence that closes a block: the first of a line, or the end of the text; -1 for none."""
    place = text.find(fence, start)
    while place >= 0:
        run = _run(text, place, fence[0])
        if not text[max(start, place - _LOOKED_AROUND) : place].rpartition("\n")[2].strip() or place + run == len(text):
            return place
        place = text.find(fence, place + run)
    return -1


def _run(text: str, place: int, char: str) -> int:
    """How many of the same character follow each other from `place` on."""
    match = _RUNS[char].match(text, place)
    return match.end() - place if match else 0
