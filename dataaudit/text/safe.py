"""Makes text from the data safe to show: masks secrets, shows control characters, cuts to a width.

For every output meant for people. Not for judging: what counts as personal data is said by the privacy rules.
Masking comes before cutting, so that no cut can leave half a secret that is no longer recognised.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from dataaudit._resources import rule_data
from dataaudit.errors import RuleError

_GAP = "..."
_STARS = "***"
# Characters of a row looked at on each side of the caret: more than any secret but a key block, and of that
# each line looks random.
_WINDOW = 1024
# A screen cell holds a letter and its marks; more than this many characters a cell is an attack, not writing.
_CHARACTERS_A_CELL = 4

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
_AFTER_EMOJI = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
# Scripts written with joiners: Arabic to Sinhala, Tibetan and Myanmar, Khmer and Mongolian, Arabic forms.
_JOINING_LETTER = re.compile("[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")


def escape(text: str) -> str:
    r"""The text with controls, direction marks, invisible characters, lone surrogates as `\xNN` or `\uNNNN`.

    Ordinary text of all scripts stays as it is, joiners inside words and emoji included. Backslashes are not
    doubled: the result is for reading, not for reading back.
    """
    return _UNSAFE.sub(_shown, text)


def mask(text: str) -> str:
    """The text with everything that looks personal or secret cut to its first characters and `***`.

    Patterns: rules/masks.toml. Time is linear in the length of the text.
    """
    return _masked(text, None)[0]


def shown(text: str, paths: Iterable[str] = ()) -> str:
    """A message made safe: escaped and masked, but for paths of files, which the user has named."""
    parts = [text]
    for path in sorted({path for path in paths if path}, key=len, reverse=True):
        parts = [piece for part in parts for piece in _split_at(part, path)]
    known = frozenset(paths)
    return "".join(escape(part) if part in known else mask(escape(part)) for part in parts)


def _split_at(text: str, path: str) -> list[str]:
    pieces = [text]
    while path in pieces[-1]:
        before, _, after = pieces.pop().partition(path)
        pieces += [before, path, after]
    return [piece for piece in pieces if piece]


def display_width(text: str) -> int:
    """Columns that the text takes on a terminal: two for wide East Asian characters, none for marks."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def clip(text: str, caret: int | None, width: int) -> tuple[str, int | None]:
    """Cut the text to `width` terminal columns around the caret, else from the start; a cut shows as `...`.

    Returns the piece and the caret as an index into it.
    """
    if len(text) <= width * _CHARACTERS_A_CELL and display_width(text) <= width:
        return text, caret
    body = width - len(_GAP)
    focus = 0 if caret is None else min(caret, len(text))
    # The caret stands in the middle, or further right where the rest of the text fits.
    start = min(_start_of(text, focus, (width - 2 * len(_GAP)) // 2), _start_of(text, len(text), body))
    if start <= len(_GAP):
        start = 0
    head = _GAP if start else ""
    end = _end_of(text, start, width - len(head))
    tail = ""
    if end < len(text):
        end, tail = _end_of(text, start, body - len(head)), _GAP
    return head + text[start:end] + tail, None if caret is None else focus - start + len(head)


def excerpt(raw: str, column: int | None, width: int = 100) -> tuple[str, int | None]:
    """A masked, escaped piece of a row, and where `column` (1-based, in characters) lies in it."""
    caret = None if column is None else max(0, min(column - 1, len(raw)))
    centre = caret or 0
    start = max(0, centre - _WINDOW)
    stop = centre + _WINDOW
    piece, caret = _masked(raw[start:stop], None if caret is None else caret - start)
    if caret is not None:
        before = escape(piece[:caret])
        piece, caret = before + escape(piece[caret:]), len(before)
    else:
        piece = escape(piece)
    # What lies outside the window is cut too, and has to look cut.
    piece, caret = (_GAP + piece, None if caret is None else caret + len(_GAP)) if start else (piece, caret)
    return clip(piece + _GAP if stop < len(raw) else piece, caret, width)


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    if character in _JOINERS and _joins(match.string, match.start()):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _joins(text: str, position: int) -> bool:
    """Whether a joiner stands between two letters of a script that needs it, or between two emoji."""
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if not before or not after:
        return False
    if _JOINING_LETTER.match(before) and _JOINING_LETTER.match(after):
        return unicodedata.category(before)[0] in "LM" and unicodedata.category(after)[0] in "LM"
    pictured = unicodedata.category(before) == "So" or before in _AFTER_EMOJI
    return text[position] == "\u200d" and pictured and unicodedata.category(after) == "So"


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _start_of(text: str, end: int, room: int) -> int:
    """The first index from which text[index:end] fits into `room` columns."""
    start, floor = end, end - room * _CHARACTERS_A_CELL
    while start > max(0, floor) and (room := room - _cells(text[start - 1])) >= 0:
        start -= 1
    return start


def _end_of(text: str, start: int, room: int) -> int:
    """The last index up to which text[start:index] fits into `room` columns."""
    end, ceiling = start, start + room * _CHARACTERS_A_CELL
    while end < min(len(text), ceiling) and (room := room - _cells(text[end])) >= 0:
        end += 1
    return end


@dataclass(frozen=True)
class _Mask:
    pattern: Any
    keep: int
    test: str | None
    harmless: Any


@cache
def _masks() -> tuple[tuple[_Mask, ...], float, Any]:
    """The masks, the least entropy in bits a character of what counts as random, and a pattern of all masks in one."""
    import re2

    data = rule_data("masks.toml")
    options = re2.Options()
    options.log_errors = False
    masks = []
    for entry in data["mask"]:
        try:
            harmless = re2.compile(entry.get("except", "^$"), options)
            masks.append(_Mask(re2.compile(entry["pattern"], options), entry["keep"], entry.get("test"), harmless))
        except re2.error as error:
            raise RuleError(f"mask {entry['name']}: not a pattern: {error}", path="masks.toml") from error
    # Most texts match none: one look tells so.
    every = re2.compile("|".join(f"(?:{entry['pattern']})" for entry in data["mask"]), options)
    return tuple(masks), float(data["random"]["minimum_bits"]), every


def _masked(text: str, caret: int | None) -> tuple[str, int | None]:
    spans = _secrets(text)
    pieces: list[str] = []
    moved, length, done = caret, 0, 0
    for start, stop, keep in spans:
        shown = text[start : start + keep] + _STARS
        if caret is not None and moved is not None and caret >= start:
            # Inside a secret the caret points at its start: the other places are not shown.
            inside = caret < stop
            moved = length + (start - done) if inside else length + (start - done) + len(shown) + caret - stop
        pieces += [text[done:start], shown]
        length += start - done + len(shown)
        done = stop
    return "".join([*pieces, text[done:]]), moved


def _secrets(text: str) -> list[tuple[int, int, int]]:
    """Spans to mask, sorted and apart: (start, stop, characters that stay readable)."""
    masks, bits, every = _masks()
    # RE2 works on UTF-8, which has no surrogates; the replacement keeps the places of all others.
    clean = _SURROGATE.sub("\ufffd", text)
    if not every.search(clean):
        return []
    found: list[tuple[int, int, int]] = []
    for entry in masks:
        for match in entry.pattern.finditer(clean):
            start, stop = match.span(1 if entry.pattern.groups else 0)
            word = clean[start:stop]
            if not entry.harmless.search(word) and _passes(entry.test, word, bits):
                found.append((start, stop, min(entry.keep, (stop - start) // 3)))
    found.sort(key=lambda span: (span[0], span[2]))
    merged: list[tuple[int, int, int]] = []
    for start, stop, keep in found:
        if merged and start < merged[-1][1]:
            first, last, kept = merged[-1]
            merged[-1] = (
                first,
                max(last, stop),
                min(kept, start - first) if start > first else min(kept, keep),
            )
        else:
            merged.append((start, stop, keep))
    return merged


def _passes(test: str | None, word: str, bits: float) -> bool:
    if test == "digits":
        return any(c.isdigit() for c in word) and any(c.isalpha() for c in word) and _entropy(word) >= bits
    return test is None or not word.isalpha()


def _entropy(word: str) -> float:
    """Shannon entropy in bits a character."""
    return -sum(n / len(word) * math.log2(n / len(word)) for n in Counter(word).values())
